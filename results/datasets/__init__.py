"""Results as data frames and datasets: every table with what its columns mean, whatever the command."""
