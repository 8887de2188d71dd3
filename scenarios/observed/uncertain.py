"""Settings of a study that are not known exactly: a range instead of a value, from which each virtual study draws.

The draw is a pure function of the study's name, the key, and the number of the parameter set, so that the same check
gives the same, and an assumption that is switched off lives with the same settings.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any, Literal

import numpy as np

from scenarios.files.faults import shown
from scenarios.schema.keys import KEYS
from scenarios.schema.table_parts import Faults, Part, is_number

Scale = Literal["linear", "log"]
SCALES: tuple[Scale, ...] = ("linear", "log")
EVENLY = {"linear": "evenly", "log": "evenly on a logarithmic scale"}
"""Scale -> how a value is drawn."""
LENGTHS = ("network.months", "closing.month", "closing.renewal_months", "closing.follow_up")
"""Keys that say how long is simulated, which patterns count on."""
_RANGE = ("low", "high", "scale")


@dataclass(frozen=True)
class UncertainSetting:
    """A key of a study's setting that may be anything in a range.

    Attributes:
        key: dotted key of a scenario.
        low: lower end, in the key's unit.
        high: its upper end.
        scale: "linear", each value as likely as any other, or "log", as likely between 1 and 2 as between 2 and 4.
    """

    key: str
    low: float
    high: float
    scale: Scale = "linear"

    @property
    def middle(self) -> float | int:
        """The value where nothing is drawn: the arithmetic middle, or the geometric one."""
        return self._at(0.5)

    def drawn(self, study: str, number: int) -> float | int:
        """The value of parameter set `number` of a study."""
        luck = np.random.default_rng([zlib.crc32(f"{study}/{self.key}".encode()), number])
        return self._at(float(luck.random()))

    def _at(self, share: float) -> float | int:
        """The value so far along the range, from 0 to 1; of whole numbers each has the same share."""
        whole = KEYS[self.key].kind == "int"
        low, high = (self.low - 0.5, self.high + 0.5) if whole else (self.low, self.high)
        if self.scale == "log":
            value = sqrt(low * high) if share == 0.5 else exp(log(low) + share * (log(high) - log(low)))
        else:
            value = low + share * (high - low)
        return round(min(max(value, self.low), self.high)) if whole else min(max(value, self.low), self.high)

    def __str__(self) -> str:
        return f"{self.key} from {self.low:g} to {self.high:g}, {EVENLY[self.scale]}"


def drawn(uncertain: Iterable[UncertainSetting], study: str, number: int) -> dict[str, Any]:
    """The settings of a study that parameter set `number` lives with, by key."""
    return {one.key: one.drawn(study, number) for one in uncertain}


def read_range(key: str, written: dict[str, Any], faults: Faults) -> UncertainSetting | None:
    """The range that is written under a key of [setting]; what is wrong with it is blamed, and None is given."""
    part = Part(written, f"setting.{key}", _RANGE, faults)
    known = KEYS[key]
    if known.kind not in ("int", "float"):
        part.blame("", f"{key} is a range: allowed is {known.allowed}; only numbers can have a range")
        return None
    if key in LENGTHS:
        part.blame("", f"{key} is a range, but says how long is simulated; give it a value")
        return None
    scale = part.word("scale", SCALES, "linear")
    ends = []
    for name in ("low", "high"):
        value = written.get(name)
        if value is None:
            part.blame("", f"{key} has no {name}: a range is written {{ low = 1, high = 5 }}")
        elif not is_number(value) or known.fault(value):
            part.blame(name, f"{name} is {shown(value)}: allowed is {known.allowed}")
        else:
            ends.append(value)
    if part.bad or len(ends) < 2:
        return None
    low, high = ends
    if not low < high:
        part.blame("low", f"low is {shown(low)} and high {shown(high)}: low must be less than high")
    elif scale == "log" and low <= 0:
        part.blame("scale", f'scale is "log", but low is {shown(low)}: allowed is above 0')
    else:
        return UncertainSetting(key, float(low), float(high), "log" if scale == "log" else "linear")
    return None
