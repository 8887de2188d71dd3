"""The run folder: whose it is, what was asked, which files are whole."""
