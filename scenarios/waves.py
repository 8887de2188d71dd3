"""The former place of `scenarios.observed.waves`: what is imported from here stays importable."""

from scenarios.observed.beginning import at_first_wave
from scenarios.observed.waves import Waves, WavesError, read_waves

__all__ = ["Waves", "WavesError", "at_first_wave", "read_waves"]
