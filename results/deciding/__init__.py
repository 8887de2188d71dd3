"""Plans over many futures: `compare --over`."""
