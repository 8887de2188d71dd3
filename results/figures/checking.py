"""From verdicts, posteriors and recoveries to files: which pictures `check` and `calibrate` have."""
