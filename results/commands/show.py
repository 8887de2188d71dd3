"""`legato show`: every value of a scenario, and where it comes from; `legato scenarios`: which scenarios there are."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

import scenarios
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.statement import Statement
from results.comparing.choosing_scenarios import Chosen, Settings, apart, choose, left_out
from results.comparing.documents import ScenariosDocument, ShowDocument, scenarios_document, show_document
from results.comparing.tables import SHOW_WIDTH, show_lines, show_tables
from results.words.delta_odd import DeltaDocument, delta_document, delta_lines
from results.words.narrative import Block
from results.words.observed import observed_lines
from results.words.table import Table
from scenarios import Scenario
from scenarios.files.faults import RequestError


@dataclass(frozen=True)
class Show:
    """Every value of a scenario, with its unit, who settles it, and its range.

    Attributes:
        scenario: a name of the library, the path of a TOML file, either with changes ("salex: grants.per_call=2"), or
            a Scenario.
        settings: changes to it, as "KEY=VALUE" or by key.
        sources: whether what each value is, and the estimate or assumption behind it, is said too.
        odd: whether its delta-ODD is said instead: what it changes of the model against the scenario that it extends.
    """

    scenario: Chosen
    _: KW_ONLY
    settings: Settings = ()
    sources: bool = False
    odd: bool = False

    def answer(self, listener: Listener = HERE) -> Statement:  # noqa: ARG002  # it is done at once
        """Say it; nothing is run or kept.

        Raises:
            ScenarioError: with every fault of the scenario.
        """
        (chosen,) = choose([self.scenario], self.settings, None, without_own="show")
        if self.odd:
            source, _ = apart(self.scenario)
            if isinstance(source, Scenario):
                raise RequestError("odd", "only a file says what it extends; give the scenario's name, or its file")
            delta = scenarios.delta(chosen, source)
            return DeltaAnswer((tuple(delta_lines(delta)),), delta_document(delta))
        listed = scenarios.rows(chosen)
        rows = [vars(row) for row in listed]
        head = f"{chosen.name}: {chosen.title}", chosen.question
        below = *observed_lines(chosen, sources=self.sources), *left_out([self.scenario], [chosen])
        values: list[Block] = [("", *show_lines(rows, sources=True))] if self.sources else [*show_tables(rows)]
        return ShowAnswer((head, *values, below), show_document(chosen, listed), scenario=chosen, rows=rows)


@dataclass(frozen=True, eq=False, repr=False)
class ShowAnswer(Statement):
    """Every value of a scenario.

    Attributes:
        scenario: with its changes.
        rows: a row for each value: key, value, unit, role, what is allowed, what it is, and its source.
    """

    DOCUMENT: ClassVar[Any] = ShowDocument

    _: KW_ONLY
    scenario: Scenario
    rows: Sequence[Mapping[str, Any]]

    def blocks_at(self, width: int) -> tuple[Block, ...]:
        """The blocks; a terminal too narrow for the table has a line for each value."""
        head, *values, below = self.blocks
        if isinstance(values[0], Table) and width < SHOW_WIDTH:
            values = [("", *show_lines(self.rows, sources=False))]
        return head, *values, below


@dataclass(frozen=True, eq=False, repr=False)
class DeltaAnswer(Statement):
    """What a scenario changes in the model."""

    DOCUMENT: ClassVar[Any] = DeltaDocument


@dataclass(frozen=True)
class Library:
    """Which scenarios ship with Legato, and what each asks?"""

    def answer(self, listener: Listener = HERE) -> "LibraryAnswer":  # noqa: ARG002  # it is done at once
        """Say it."""
        library = scenarios.summaries()
        rows = tuple((one.name, one.question) for one in library)
        return LibraryAnswer((Table("", ("scenario", "question"), rows),), scenarios_document(library))


@dataclass(frozen=True, eq=False, repr=False)
class LibraryAnswer(Statement):
    """The scenarios that ship with Legato."""

    DOCUMENT: ClassVar[Any] = ScenariosDocument
