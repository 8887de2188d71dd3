"""A run made again from its folder alone, and compared with it: `reproduce`."""
