"""Virtual studies: what was observed, repeated in simulated networks. Checking and calibrating share them."""
