"""Bytes, tables, TOML lines and graphs from files, with every fault at its place."""
