"""Whether a run folder holds what the model gives: `verify`."""
