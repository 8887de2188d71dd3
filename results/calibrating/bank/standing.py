"""Which sets of parameters can stand together: values that contradict each other are no part of the prior."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.calibrating.bank.sources import Source
from results.calibrating.posterior_summary import Free
from scenarios import ScenarioError, value_of
from scenarios.schema.contradictions import TOGETHER, contradictions
from scenarios.schema.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Standing:
    """What has to be looked at.

    Attributes:
        free: parameters.
        bases: scenarios that nobody else has, each with the places of parameters that may contradict each other there.
    """

    free: tuple[Free, ...]
    bases: tuple[tuple[Scenario, tuple[int, ...]], ...]

    def __call__(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which sets can stand, of values in their units, float[sets, parameters] -> bool[sets]."""
        asked = sorted({place for _, places in self.bases for place in places})
        columns = {place: list(map(self.free[place].value, values[:, place].tolist())) for place in asked}
        sets = range(len(values))
        return np.array([all(self._stands(columns, row, *one) for one in self._slots) for row in sets], bool)

    @cached_property
    def _slots(self) -> list[tuple[Scenario, list[tuple[int, dict[str, Any], str]]]]:
        """Each base, and where the parameters that matter there are written: place, values of its table, name."""
        return [
            (base, [(place, *self._where(base, self.free[place].key)) for place in places])
            for base, places in self.bases
        ]

    def _stands(
        self, columns: Mapping[int, Sequence[float]], row: int, base: Scenario,
        slots: Sequence[tuple[int, dict[str, Any], str]],
    ) -> bool:  # fmt: skip
        for place, table, name in slots:
            table[name] = columns[place][row]
        return next(contradictions(base, base.observed), None) is None

    def _where(self, base: Scenario, key: str) -> tuple[dict[str, Any], str]:
        """The values of a table of a base, as a dictionary, and the name of a key there.

        A frozen table is written into: each set of values has another copy otherwise, which takes ten times as long.
        """
        *path, name = key.split(".")
        table: Any = base
        for part in path:
            table = table.__dict__[part]
        return table.__dict__, name


def standing(free: Sequence[Free], sources: Sequence[Source]) -> Standing:
    """What has to be looked at for some sources; scenarios that differ in nothing that matters are looked at once."""
    found: dict[str, tuple[Scenario, tuple[int, ...]]] = {}
    for source in sources:
        mine = {one.key: place for place, one in enumerate(free) if one.key not in source.settled}
        touchy = sorted(set(chain.from_iterable(group for group in TOGETHER if not mine.keys().isdisjoint(group))))
        places = tuple(mine[key] for key in touchy if key in mine)
        if not places:
            continue
        try:
            bases = source.scenarios({}, 0)
        except ScenarioError:  # it cannot run without what is to be learned: the bank says so when it is filled
            continue
        for base in bases:
            told = repr((places, [(key, value_of(base, key)) for key in touchy if key not in mine]))
            found.setdefault(told, (base.model_copy(deep=True), places))
    return Standing(tuple(free), tuple(found.values()))
