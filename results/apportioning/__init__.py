"""A budget apportioned among several networks: `portfolio`."""
