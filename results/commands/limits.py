"""Which values a request allows: its fields are checked by this, and the options of the command line are made of it.

Nothing is imported from elsewhere, for `legato --help` must not wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Integral, Real
from os import PathLike
from pathlib import Path


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`, both included; None: without an end."""

    low: int
    high: int | None = None

    def allows(self, value: object) -> bool:
        """Whether it is such a number."""
        if not isinstance(value, Integral) or isinstance(value, bool):
            return False
        return self.low <= int(value) and (self.high is None or int(value) <= self.high)

    def __str__(self) -> str:
        return f"a whole number from {self.low} {'up' if self.high is None else f'to {self.high:,}'}"


@dataclass(frozen=True)
class Number:
    """A finite number above `above`, and at most `high`; None: without an end."""

    above: float | None = None
    high: float | None = None

    def allows(self, value: object) -> bool:
        """Whether it is such a number."""
        if not isinstance(value, Real) or isinstance(value, bool) or not isfinite(float(value)):
            return False
        number = float(value)
        return (self.above is None or number > self.above) and (self.high is None or number <= self.high)

    def __str__(self) -> str:
        ends = [f"above {self.above:g}"] if self.above is not None else []
        ends += [f"at most {self.high:g}"] if self.high is not None else []
        return " ".join(["a number", " and ".join(ends)]).strip()


@dataclass(frozen=True)
class OneOf:
    """One of these words."""

    words: tuple[str, ...]

    def allows(self, value: object) -> bool:
        """Whether it is one of them."""
        return value in self.words

    def __str__(self) -> str:
        return f"{', '.join(self.words[:-1])} or {self.words[-1]}"


@dataclass(frozen=True)
class OneOfOrFile(OneOf):
    """One of these words, or the name of a file with one of these endings."""

    endings: tuple[str, ...] = ()

    def allows(self, value: object) -> bool:
        """Whether it is one of them."""
        is_file = isinstance(value, (str, PathLike)) and str(value).lower().endswith(self.endings)
        return is_file or super().allows(value)

    def __str__(self) -> str:
        return f"{', '.join(self.words)}, or a file ({', '.join(self.endings)})"


Limit = Whole | Number | OneOf
Limits = Mapping[str, Limit]
"""Field of a request -> what is allowed; a field whose default is None may also be left out."""

SEED = Whole(0, 2**32 - 1)
MONTH = Whole(1, 1200)
WORKERS = Whole(1)
DESIGNS = OneOfOrFile(("grid", "lhs", "sequence", "sobol", "morris", "adaptive"), (".csv", ".parquet"))
METHODS = OneOf(("sobol", "morris"))
LANGUAGES = OneOf(("en", *sorted(file.stem for file in Path(__file__).parents[1].glob("words/languages/*.po"))))
_BRIEFED: Limits = {"language": LANGUAGES}
_SCENARIOS: Limits = {**_BRIEFED, "seed": SEED, "workers": WORKERS, "engine": OneOf(("compiled", "mesa"))}

DESCRIBING: Limits = {"month": Whole(0)}
RUNNING: Limits = {**_SCENARIOS, "replicates": Whole(1, 10_000_000), "precision": Number(above=0)}
OVER: Limits = {
    **_SCENARIOS,
    "replicates": Whole(1, 10_000_000),
    "futures": Whole(2, 100_000),
    "at_least": Number(),
    "at_most": Number(),
}
OF_MEMBERS: Limits = {
    **_BRIEFED,
    "seed": SEED,
    "workers": WORKERS,
    "replicates": Whole(1, 1_000_000),
    "month": Whole(0),
}
EXPLAINING: Limits = {**_SCENARIOS, "replicates": Whole(1, 10_000_000), "orders": Whole(4, 1_000_000)}
SWEEPING: Limits = {**_SCENARIOS, "replicates": Whole(1, 10_000_000), "points": Whole(1, 10_000_000)}
BUDGET = Number(above=0, high=1e15)
OPTIMISING: Limits = {
    **_SCENARIOS,
    "budget": BUDGET,
    "trials": Whole(2, 100_000),
    "replicates": Whole(2, 1_000_000),
    "final": Whole(2, 1_000_000),
}
ROBUST = OneOf(("satisficing", "regret", "worst-tenth", "percentile", "mean", "hurwicz"))
OPTIMISING_OVER: Limits = {
    **OPTIMISING,
    "futures": Whole(2, 100_000),
    "search_futures": Whole(2, 100_000),
    "robust": ROBUST,
}
APPORTIONING: Limits = {
    **OPTIMISING,
    "trials": Whole(2, 10_000),
}
EXITING: Limits = {
    **_SCENARIOS,
    "budget": BUDGET,
    "month": Whole(0, 100_000),
    "decide_again": Whole(1, 100_000),
    "co_funder": Number(above=0, high=1),
    "replicates": Whole(20, 1000),
    "final": Whole(20, 1000),
}
CHECKING: Limits = {**_BRIEFED, "seed": SEED, "workers": WORKERS, "replicates": Whole(1, 1_000_000)}
CALIBRATING: Limits = {
    **_BRIEFED,
    "seed": SEED,
    "workers": WORKERS,
    "particles": Whole(10, 100_000),
    "replicates": Whole(2, 100_000),
    "generations": Whole(1, 100),
    "method": OneOf(("abc-smc", "bank")),
    "draws": Whole(60, 10_000_000),
}
RECOVERING: Limits = {**CALIBRATING, "data_sets": Whole(1, 100_000)}
PLANNING: Limits = {"seed": SEED, "workers": WORKERS, "members": Whole(2, 100_000)}
DISCOVERING: Limits = {
    **_BRIEFED,
    "seed": SEED,
    "workers": WORKERS,
    "below": Number(),
    "above": Number(),
    "boxes": Whole(1, 20),
    "density": Number(above=0, high=1),
    "points": Whole(20, 10_000_000),
}
EMULATING: Limits = _BRIEFED
VERIFYING: Limits = {"seed": SEED, "sample": Whole(1, 10_000_000)}
REPRODUCING: Limits = {"workers": WORKERS}
FORECASTING: Limits = {"seed": SEED, "workers": WORKERS, "replicates": Whole(20, 1000), "now": Whole(0, 100_000)}
INTRODUCING: Limits = {
    **_BRIEFED,
    "seed": SEED,
    "workers": WORKERS,
    "replicates": Whole(20, 1000),
    "top": Whole(1, 100),
    "size": Whole(2, 5),
    "introduced": Whole(1, 100_000),
    "month": Whole(1, 100_000),
}
TRACKING: Limits = {
    **_SCENARIOS,
    "replicates": Whole(200, 1000),
    "alarm": Number(above=0, high=1),
    "month": Whole(1, 100_000),
}
EXPORTING: Limits = {
    "seed": SEED,
    "form": OneOf(("csv", "xlsx", "graphml", "yed", "kumu", "kumu-json", "parquet", "state", "agents")),
    "month": Whole(0, 100_000),
    "replicate": Whole(0, 2**31 - 1),
    "replicates": Whole(1, 1_000_000),
}
REPORTING: Limits = {**_BRIEFED, "form": OneOf(("html", "pdf", "docx", "pptx", "xlsx"))}
EXPLORING: Limits = {**_BRIEFED, "seed": SEED, "replicates": Whole(2, 2000)}
