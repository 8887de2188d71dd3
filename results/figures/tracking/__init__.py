"""The pictures of `track`."""
