"""One scenario with some of its values moved, against another: what a page with levers says of the two.

Nothing is simulated here. Numbers come from `live_comparison`, or from the engine in a page, whose script is this very
module (see `results.exploring.javascript`): they are those of `legato compare` for as many replicates of one seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from results.comparing import words as compare_words
from results.comparing.decision import decision
from results.comparing.fitted_cells import average_cell, change_cell
from results.comparing.networks import Networks
from results.estimates.comparison import Comparison
from results.words.decision import Decision
from results.words.differences import change as change_words
from results.words.differences import way_of
from results.words.headlines import HEADLINES
from results.words.numbers import label as label_numbers
from results.words.observed import left_out_sentence
from results.words.plan_names import title_of
from results.words.sentence import told
from results.words.unlike import unlike
from scenarios import KEYS, Scenario, value_of
from scenarios.files.on_every_system import fit_as_name
from scenarios.reading.writing import unsaid

EXPLORED, PINNED = "explored", "pinned"
COSTS = (
    "total_cost",
    "cost_backbone",
    "cost_convenings",
    "cost_introductions",
    "cost_grants",
    "cost_ending",
    "cost_per_collaboration",
    "cost_per_collaboration_month",
    "cost_per_surviving",
)
MOST_NAMED = 3
"""Values that the title of a scenario names, of those that were moved."""


@dataclass(frozen=True)
class Variant:
    """A scenario with some values moved.

    Attributes:
        given: a library name, or the path of a file, either with changes ("salex: grants.per_call=2"); "" where it has
            to be saved first.
        moved: dotted key and value as `--set` takes it, in the order of the schema.
    """

    given: str
    moved: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """What is asked: one variant against another, with the same luck.

    Attributes:
        this: what is explored.
        baseline: what it is compared with.
        seed: of the luck.
        replicates: networks of each (count).
        posterior: "shipped", the path of a file, or None for fixed values.
        settings: `--set` texts that hold for both.
    """

    this: Variant
    baseline: Variant
    seed: int = 1
    replicates: int = 200
    posterior: str | None = "shipped"
    settings: tuple[str, ...] = ()


def called(name: str, moved: Sequence[tuple[str, str]], ending: str, not_called: str = "") -> str:
    """What a variant is called: as the scenario is, if nothing was moved and the other one is not called so."""
    if not moved and name != not_called:
        return name
    found = f"{fit_as_name(name)}-{ending}"
    while found == not_called:  # a file can be called so, too
        found = f"{found}-{ending}"
    return found


def titled(title: str, moved: Sequence[tuple[str, str]]) -> str:
    """Its title, which says what was moved, as that of one says which was typed with changes beside its name."""
    if not moved:
        return title
    named = [f"{key}={value}" for key, value in moved[:MOST_NAMED]]
    if len(moved) > MOST_NAMED:
        named.append(f"{len(moved) - MOST_NAMED} more")
    return f"{title} with {', '.join(named)}"


def with_sources(sources: Mapping[str, str], moved: Mapping[str, Any]) -> dict[str, str]:
    """Where values come from, once some were moved: as `--set` says it, and defaults say it themselves."""
    kept = {key: said for key, said in sources.items() if key not in moved}
    return {**kept, **{key: said for key, value in moved.items() if (said := unsaid(key, value, "--set"))}}


def file_of(name: str) -> str:
    """The file in which a scenario is saved."""
    return f"{name}.toml"


@dataclass(frozen=True)
class Line:
    """One outcome in words: its label with the unit, both averages, the paired difference, and what to make of it.

    `way` says only where the difference goes, `words` also what would settle it.
    """

    outcome: str
    label: str
    base: str
    this: str
    difference: str
    words: str
    way: str
    is_clear: bool


@dataclass(frozen=True, eq=False)
class Explored:
    """The answer.

    Attributes:
        asked: the question.
        this: the scenario explored.
        base: the one it is compared with.
        as_given: both as their files have them, without any setting.
        names: what both are called with nothing moved.
        comparison: all estimates and differences.
        rules: files of rules of one's own that each is simulated with, without their folders; "" for none.
        same_rules: whether both have the same rules.
    """

    asked: Asked
    this: Scenario
    base: Scenario
    as_given: tuple[Scenario, Scenario]
    names: tuple[str, str]
    comparison: Comparison
    rules: tuple[str, str] = ("", "")
    same_rules: bool = True

    @property
    def differ(self) -> bool:
        """Whether the two differ, in a key or in their rules."""
        return len(self.changes) > 0 or not self.same_rules

    @property
    def changes(self) -> tuple[str, ...]:
        """Keys in which the two differ."""
        return tuple(key for key in KEYS if value_of(self.this, key) != value_of(self.base, key))

    @property
    def decision(self) -> Decision | None:
        """Which of the two to choose, and why; None where they do not differ."""
        return decision(self.comparison, (self.base, self.this), {}) if self.differ else None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The difference in words."""
        if not self.differ:
            return (told("answer.none", plan=self.base.name),)
        said = compare_words.answer(self.comparison, self.this.name, title_of(self.this))
        sizes = compare_words.sizes(self.comparison, (self.base, self.this))
        return (said, *filter(None, [sizes]), *compare_words.trade_offs(self.comparison))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the intervals include, and how many networks they come from."""
        both = [Networks(one, self.asked.seed, self.asked.replicates) for one in (self.this, self.base)]
        said = (
            *compare_words.notes(both, None),
            compare_words.pairing(self.comparison),
            compare_words.of_parameters(self.comparison, HEADLINES),
            *unlike((self.base, self.this)),
            *self._left_out(),
        )
        return tuple(note for note in said if note)

    def _left_out(self) -> list[str]:
        """What was observed of networks, and is not of these, in which a lever was moved."""
        pairs = zip(self.as_given, (self.this, self.base), strict=True)
        return list(dict.fromkeys(left_out_sentence(before, after) for before, after in pairs))

    def lines(self) -> tuple[Line, ...]:
        """The headline outcomes, side by side."""
        return tuple(self._line(outcome) for outcome in HEADLINES if outcome not in COSTS)

    def costs(self) -> tuple[Line, ...]:
        """What it costs the funder, side by side."""
        return tuple(self._line(outcome) for outcome in COSTS)

    def _line(self, outcome: str) -> Line:
        change = self.comparison.difference(self.this.name, outcome)
        base, this = (average_cell(self.comparison, one.name, outcome) for one in (self.base, self.this))
        size, said = change_cell(change, self.comparison), change_words(change)
        return Line(outcome, label_numbers(outcome), base, this, size, said, way_of(change), change.is_clear)
