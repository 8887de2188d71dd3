"""Many points of a design, and which parameters matter: `sweep`, `sensitivity`."""
