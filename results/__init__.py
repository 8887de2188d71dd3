"""What it means. Third stop of the flow: scenarios -> simulation -> results -> cli.

Takes Ensembles, gives back estimates, paired differences, run folders, pictures and sentences. Imports `scenarios` and
`simulation`; knows nothing of terminals. `__init__.pyi` says what is here and where it comes from; each name is loaded
when it is first used, for `legato --help` must not wait.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
