"""The compiled engine as WebAssembly: the same code, made for a web page instead of this processor."""
