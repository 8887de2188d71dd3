"""What happens. Second stop of the flow: scenarios -> simulation -> results -> cli.

Takes a Scenario and a seed, gives back an Ensemble of replicates, or Snapshots of one. Imports `scenarios`; knows
nothing of tables or terminals. The model itself is read in `model/` and `rules.py`. `__init__.pyi` says what is here
and where it comes from; each name is loaded when it is first used, for Mesa and numba take seconds.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
