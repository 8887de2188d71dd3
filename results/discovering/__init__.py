"""Under which conditions a plan fails: `discover`."""
