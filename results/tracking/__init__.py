"""On track? What was observed of a network so far, what is likely to come of it, and what to look at next: `track`."""
