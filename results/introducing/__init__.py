"""Whom to introduce to whom: pairs and groups of members, ranked by what their introduction adds: `introduce`."""
