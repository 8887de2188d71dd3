"""What the evidence says about parameters: `calibrate`."""
