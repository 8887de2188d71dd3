"""Python of a plain subset as JavaScript, so that a page without a server says what the command line says.

Rules and sentences stand once, in Python; `translation.translated` reads their source and writes the same functions for
a page. What was considered and left: Pyodide (10 MB, and the page is to stay below 2), Brython and Transcrypt (they
evaluate text, which the page's content policy forbids), MicroPython (no dataclasses, no match, no Decimal).

**The subset.** What is outside of it is an error that names file, line and construct; `runtime/` holds what the rest
means, as Python means it: truth, equality, order, division, rounding, formats, whole numbers apart from floats.

- functions with defaults and keyword-only arguments, `*args` and `**values` in their definition; lambdas; functions in
  functions (without `nonlocal`); generators
- `if`, `for`, `while`, `break`, `continue`, `return`, `raise`, `try` with `except` by name, `match` on literals,
  classes (their fields by place), names and `|`; `assert` is left out
- all expressions but `await`, and `%` on text
- dataclasses, with defaults and `replace`, NamedTuples and the tables of a scenario, with methods and properties;
  of a class, only what is named somewhere is translated
- what `names.BUILTINS` and `names.OUTSIDE` list of Python's own functions and modules, and methods of text, lists,
  dicts and sets that `runtime/methods.js` has
- module-level names: their values, as the imported module has them; where a value holds functions, its source

Not kept: whole numbers beyond 2**53 exactly, the sign of a Decimal zero, that a set is frozen, and most faults that
types exclude, such as a name that an object does not have. A generator that a loop has left is at its end. Sums of
floats are added one by one, as Python did before 3.12; a power that is neither whole nor of 10 may differ in its last
bit. Annotations are not read, but for fields of records and tables: they say how `legato.python.made` makes them of a
page's plain data.

`stand_ins` has what is translated instead of what holds arrays; `plain_values` gives a scenario to a page.
"""
