"""Outcomes of one's own: what a file of Python functions counts in every month, beside the shipped outcomes."""

from dataclasses import dataclass
from typing import ClassVar

from scenarios.schema.own_files import OwnFile


@dataclass(frozen=True)
class OwnOutcomes(OwnFile):
    """A file of outcomes; `simulation.own_outcomes` checks and loads it."""

    KIND: ClassVar[str] = "outcomes"
