"""Emulators of a finished run: response surfaces to look at, and points added where an emulator is unsure."""
