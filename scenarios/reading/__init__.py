"""From names and files to a Scenario, and back."""
