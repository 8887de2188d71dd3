"""Members by name: what becomes of each of them in many simulated networks, and what a plan changes for whom."""
