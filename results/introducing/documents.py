"""What `introduce` prints with `--json`, and what it keeps as a table; the types give their schema."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from results.folders.parquet import Columns
from results.introducing.ranking import FALSE, Introduction
from results.words.document import ParametersDocument, parameters_document
from results.words.schema import Count, Folder, Number
from scenarios import Scenario

SEPARATOR = "; "
"""Between names in a cell."""


@dataclass(frozen=True)
class Found:
    """Introductions that were looked at closely.

    Attributes:
        scenario: the network.
        outcome: that they add to.
        introduced: month of the introductions.
        month: at whose end the outcome counts.
        ranked: the one that adds most first.
        candidates: pairs of strangers that there are (count).
        screened: networks that these were looked at in (count).
        networks: simulated with each, and without (count).
        seed: of the luck.
    """

    scenario: Scenario
    outcome: str
    introduced: int
    month: int
    ranked: tuple[Introduction, ...]
    candidates: int
    screened: int
    networks: int
    seed: int

    def names(self, one: Introduction) -> tuple[str, ...]:
        """Who is introduced."""
        assert self.scenario.roster is not None
        return tuple(self.scenario.roster.names[member] for member in one.members)

    def shared(self, one: Introduction) -> tuple[str, ...]:
        """Topics that all of them work on."""
        assert self.scenario.roster is not None
        work = np.all(self.scenario.roster.interests[list(one.members)] > 0, axis=0).tolist()
        return tuple(topic for topic, they_do in zip(self.scenario.roster.topics, work, strict=True) if they_do)


class IntroductionDocument(TypedDict):
    """A pair or a group, and what its introduction adds."""

    members: list[str]
    topics: Annotated[list[str], Field(description="that all of them work on")]
    adds: Annotated[Number, Field(description="to the outcome, on average over luck and parameters")]
    low: Annotated[Number, Field(description="of the 95 % interval of this average")]
    high: Number
    p: Annotated[Number, Field(description="how often an introduction that adds nothing would look as good")]
    worth_it: Annotated[bool, Field(description="whether it adds anything, by the false discovery rate")]
    know: Annotated[Number, Field(description="share of networks in which two of them know each other anyway")]
    overlap: Annotated[Number, Field(description="common interests, 0 to 1")]


class IntroduceDocument(TypedDict):
    """What `introduce --json` prints."""

    scenario: str
    outcome: str
    introduced: Annotated[Count, Field(description="month of the introductions")]
    month: Annotated[Count, Field(description="at whose end the outcome counts")]
    introductions: list[IntroductionDocument]
    false_discovery_rate: Number
    candidates: Annotated[Count, Field(description="pairs of members that do not know each other")]
    screened: Annotated[Count, Field(description="networks that all pairs were looked at in")]
    replicates: Annotated[Count, Field(description="networks simulated with each introduction, and without")]
    seed: Count
    parameters: ParametersDocument
    run_folder: NotRequired[Folder]


def introduce_document(found: Found) -> IntroduceDocument:
    """What was found, but for its folder."""
    return {
        "scenario": found.scenario.name,
        "outcome": found.outcome,
        "introduced": found.introduced,
        "month": found.month,
        "introductions": [
            {
                "members": list(found.names(one)),
                "topics": list(found.shared(one)),
                "adds": one.adds,
                "low": one.low,
                "high": one.high,
                "p": one.p,
                "worth_it": one.worth_it,
                "know": one.know,
                "overlap": one.overlap,
            }
            for one in found.ranked
        ],
        "false_discovery_rate": FALSE,
        "candidates": found.candidates,
        "screened": found.screened,
        "replicates": found.networks,
        "seed": found.seed,
        "parameters": parameters_document([found.scenario], found.networks),
    }


def introduction_columns(found: Found) -> Columns:
    """A row for each introduction, the one that adds most first; names in one cell."""
    rows: Sequence[Introduction] = found.ranked
    numbers = {
        name: np.array([float(getattr(one, name)) for one in rows])
        for name in ("adds", "low", "high", "p", "know", "overlap")
    }
    return {
        "members": [SEPARATOR.join(found.names(one)) for one in rows],
        "topics": [SEPARATOR.join(found.shared(one)) for one in rows],
        **numbers,
        "worth_it": np.array([one.worth_it for one in rows]),
    }
