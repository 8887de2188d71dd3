"""What was observed of the network that a scenario describes: an entry for each outcome in `[observed]` of its file.

It is of that network alone: a scenario that extends the file does not inherit it, and a scenario in which somebody
decides otherwise loses it, see `scenarios.reading.counterfactual`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from scenarios.files.faults import near_miss, shown
from scenarios.files.toml_lines import Lines
from scenarios.schema.fields import LAST_MONTH
from scenarios.schema.measured import MEASURED, Measured, read_measured, wilson
from scenarios.schema.table_parts import Faults, Part

_SHARE, _AMOUNT, _INDEX = (0.0, 1.0), (0.0, 1e12), (-1.0, 1.0)
IN_A_MONTH: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        **dict.fromkeys(("collaboration_rate", "active_rate"), _SHARE),
        **dict.fromkeys(("collaborations", "collaborations_formed"), _AMOUNT),
        **dict.fromkeys(("new_relationships", "unexpected_relationships"), _AMOUNT),
        **dict.fromkeys(("trust", "tie_density", "engagement", "retention", "network_alive"), _SHARE),
        "evidence": _AMOUNT,
        **dict.fromkeys(("uptake", "practice"), _SHARE),
        **dict.fromkeys(("translation", "cost", "months_worked", "members_cost"), _AMOUNT),
        "founders_rate": _SHARE,
    }
)
"""Outcomes that are observed at the end of a month -> smallest and largest value."""
OF_THE_WHOLE: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        **dict.fromkeys(("legacy_rate", "survival"), _SHARE),
        **dict.fromkeys(("cost_per_collaboration", "cost_per_collaboration_month", "cost_per_surviving"), _AMOUNT),
        **dict.fromkeys(("transitivity", "degree_centralization", "betweenness_centralization"), _INDEX),
        **dict.fromkeys(("modularity_topic", "modularity_region", "homophily_topic", "homophily_region"), _INDEX),
        "facilitator_dependence": _SHARE,
        **dict.fromkeys(("active_at_closing", "surviving", "formed_in_all", "collaboration_months"), _AMOUNT),
        **dict.fromkeys(("total_cost", "cost_backbone", "cost_convenings", "cost_introductions"), _AMOUNT),
        **dict.fromkeys(("cost_grants", "cost_ending"), _AMOUNT),
        **dict.fromkeys(("evidence_in_all", "translation_in_all", "members_cost_in_all"), _AMOUNT),
        **dict.fromkeys(("formed_year_after", "months_worked_year_after", "evidence_year_after"), _AMOUNT),
        **dict.fromkeys(("translation_year_after", "cost_year_after", "members_cost_year_after"), _AMOUNT),
    }
)
"""Outcomes of a whole run, which have no month of their own -> smallest and largest value."""
OF_MEMBERS = ("collaboration_rate", "founders_rate", "active_rate", "retention", "uptake", "practice", "legacy_rate")
"""Shares of the members."""
COUNTED = (*OF_MEMBERS, "tie_density", "survival", "facilitator_dependence", "network_alive")
"""Shares, which may be written as how many of how many."""
AFTER_CLOSING = (
    *("legacy_rate", "survival", "surviving", "cost_per_surviving"),
    *("formed_year_after", "months_worked_year_after", "evidence_year_after"),
    *("translation_year_after", "cost_year_after", "members_cost_year_after"),
)
"""What is observed a year after closing."""
_KEYS = ("month", *MEASURED, "source")


@dataclass(frozen=True)
class Observation:
    """One outcome of a network as it was observed.

    Attributes:
        outcome: its name.
        month: at the end of which it was observed; None for an outcome of the whole run.
        measured: what was found, in the outcome's unit, with a value and an interval.
        source: where that was read.
    """

    outcome: str
    month: int | None
    measured: Measured
    source: str

    def describe(self) -> dict[str, Any]:
        """As plain data; what was not written is left out, but for an interval that was computed."""
        found = {name: getattr(self.measured, name) for name in ("value", "low", "high", "successes", "of")}
        plain = {"month": self.month, **found, "source": self.source}
        return {key: value for key, value in plain.items() if value is not None}

    def written(self) -> dict[str, Any]:
        """The keys and values of its table in a file."""
        computed = ["value"] if self.measured.of is not None else []
        if self.has_wilson_interval:
            computed += ["low", "high"]
        return {name: value for name, value in self.describe().items() if name not in computed}

    @property
    def is_after_closing(self) -> bool:
        """Whether it was observed a year after closing."""
        return self.outcome in AFTER_CLOSING

    @property
    def has_wilson_interval(self) -> bool:
        """Whether its interval is the one computed of its count."""
        found = self.measured
        if found.successes is None or found.of is None:
            return False
        return (found.low, found.high) == wilson(found.successes, found.of)


class _Told(Faults):
    """Faults of `[observed]` in the words of the reader of scenarios: by dotted key, without a line."""

    def __init__(self, said: list[str]) -> None:
        super().__init__("", Lines(""))
        self._said = said

    def blame(self, key: str, text: str) -> None:
        """Note a fault under the key's place."""
        place, _, last = key.rpartition(".")
        self._said.append(f"{place}.{text}" if text.startswith(f"{last} ") else f"{place}: {text}")


def read_observations(written: Any, faults: list[str]) -> tuple[Observation, ...]:
    """What `[observed]` of a scenario file says; what is wrong with it joins the faults."""
    if not isinstance(written, dict):
        faults.append(
            f"observed is {shown(written)}: allowed is a table for each outcome, [observed.collaboration_rate]"
        )
        return ()
    found = []
    for outcome, values in written.items():
        place = f"observed.{outcome}"
        if outcome not in IN_A_MONTH and outcome not in OF_THE_WHOLE:
            hint = near_miss(outcome, [*IN_A_MONTH, *OF_THE_WHOLE])
            hint = hint or f"; there are {', '.join([*IN_A_MONTH, *OF_THE_WHOLE])}"
            faults.append(f"observed.{shown(outcome)[1:-1]} is not an outcome{hint}")
        elif not isinstance(values, dict):
            faults.append(f"{place} is {shown(values)}: allowed is a table with {', '.join(_KEYS)}")
        elif (one := _read(outcome, Part(values, place, _KEYS, _Told(faults)))) is not None:
            found.append(one)
    return tuple(found)


def _read(outcome: str, part: Part) -> Observation | None:
    source = part.text("source")
    month = _month(outcome, part)
    least, most = {**IN_A_MONTH, **OF_THE_WHOLE}[outcome]
    measured = read_measured(part, least, most) if _is_complete(outcome, part) else Measured(None, None, None)
    return None if part.bad else Observation(outcome, month, measured, source)


def _month(outcome: str, part: Part) -> int | None:
    if outcome in OF_THE_WHOLE:
        if part.has("month"):
            part.blame("month", f"month is given, but {outcome} is said of a whole run; leave month out")
        return None
    if not part.has("month"):
        part.blame("month", "month is missing: write the month at whose end it was observed; 1 is the network's first")
    return part.whole("month", 1, LAST_MONTH)


def _is_complete(outcome: str, part: Part) -> bool:
    """Whether it says a count, or a value with its interval."""
    if part.has("successes") or part.has("of"):
        if outcome in COUNTED:
            return True
        for key in ("successes", "of"):
            if part.has(key):
                part.blame(key, f"{key} is given, but {outcome} is no share; write value, low and high")
        return False
    counts = " (or successes and of)" if outcome in COUNTED else ""
    missing = [key for key in ("value", "low", "high") if not part.has(key)]
    for key in missing:
        part.blame(key, f"{key} is missing: write value, low and high{counts}, for nothing is known to the point")
    return not missing
