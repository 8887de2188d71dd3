"""What a scenario is made of: its tables, keys and limits, members, uncertainties and assumptions."""
