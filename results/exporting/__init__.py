"""Networks for other programs: `export`."""
