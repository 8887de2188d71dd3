"""How sure a number is, in a web page: the functions of `results.estimates`, compiled to WebAssembly."""
