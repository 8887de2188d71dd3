"""How it is said: the side of the door that faces people and scripts. Only `cli.py` knows of it.

Takes tables, sentences and documents from `results` and puts them on a terminal, a pipe or a screen. With `cli.py` the
only place that imports click and rich; whatever else it needs it imports when it is used, for `legato --help` must not
wait.
"""
