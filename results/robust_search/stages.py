"""The futures of a robust search: a pool of which the search takes some, those of the choice, those of the report.

Every stage has futures that no other has, as long as there are enough of them, and luck that no other has. In one
future all plans have the same luck, and another future has another: so luck evens out over futures, and what is left of
it is in every interval over futures.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from scenarios.designs.design import Design
from scenarios.designs.factors import Factor
from scenarios.designs.futures import POSTERIOR, read_futures
from scenarios.designs.futures import Futures as Drawn
from scenarios.designs.table_rows import levels_of
from scenarios.files.faults import RequestError
from scenarios.schema.posterior import Posterior

StageName = Literal["pool", "choice", "report"]
STAGES: tuple[StageName, ...] = ("pool", "choice", "report")
FEWEST = 2
"""Futures at the least: over one there is nothing to be robust against."""
POOL = 4
"""Futures in the pool for each that the search takes."""


@dataclass(frozen=True, eq=False)
class Stage:
    """Futures that plans live through.

    Attributes:
        name: which.
        shares: float[futures, factors], how far along each factor every future lies.
        particles: of the posterior, one for each future; empty where parameters are fixed.
        seeds: of the luck in each future.
    """

    name: StageName
    shares: NDArray[np.float64]
    particles: tuple[int, ...]
    seeds: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.seeds)


@dataclass(frozen=True, eq=False)
class Futures:
    """What may come.

    Attributes:
        name: what they are called.
        title: what may come, in words.
        factors: what differs between futures, beside parameters.
        known: what is not known of the parameters; None where they are fixed.
        stages: by name.
        again: what the stages have in common, because there is too little of it: "rows" of a table, "particles".
    """

    name: str
    title: str
    factors: tuple[Factor, ...]
    known: Posterior | None
    stages: Mapping[StageName, Stage]
    again: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What differs between futures."""
        return (*(factor.key for factor in self.factors), *(self.known.keys if self.known is not None else ()))

    def values(self, stage: StageName, future: int) -> dict[str, Any]:
        """What the keys are in a future."""
        there = self.stages[stage]
        shares = there.shares[future].tolist()
        told = {factor.key: factor.value(share) for factor, share in zip(self.factors, shares, strict=True)}
        if self.known is not None:
            told |= self.known.settings(there.particles[future])
        return told

    def design(self, stage: StageName, base: Scenario) -> Design:
        """The futures of a stage as points of a design."""
        there = self.stages[stage]
        factors, shares = self.factors, there.shares
        if self.known is not None:
            drawn = [self.known.settings(particle) for particle in there.particles]
            more, places = levels_of({key: [one[key] for one in drawn] for key in self.known.keys})
            factors, shares = (*factors, *more), np.column_stack([shares, places])
        return Design("lhs", factors, (base.with_posterior(None),), shares, len(there), 0)


def futures_asked(what: str, scenario: Scenario, searched: int, futures: int | None, seed: int) -> Futures:
    """The futures that are meant, for every stage.

    Args:
        what: as `--over` names them.
        scenario: that is planned, with what is not known of its parameters.
        searched: futures of the search (count).
        futures: of the choice, and again of the report (count); as many as are usual if left out.
        seed: of all that is drawn.

    Raises:
        ScenarioError: with every fault of what is named.
        RequestError: if there is one future only.
    """
    named, shares = _rows(what, scenario, POOL * searched, futures, seed)
    if len(named) < FEWEST:
        raise RequestError(
            "over", f"{what} has one future only; robust is what holds in several: give {FEWEST} or more"
        )
    factors = () if what == POSTERIOR else named.factors
    again = {"rows"} if factors and all(factor.levels for factor in factors) and Path(what).suffix == ".csv" else set()
    known = scenario.posterior and scenario.posterior.without({factor.key for factor in factors})
    particles: dict[StageName, tuple[int, ...]] = dict.fromkeys(STAGES, ())
    if known:
        order = np.random.default_rng(seed).permutation(known.draws).tolist()
        begin = 0
        for stage in STAGES:
            end = begin + len(shares[stage])
            particles[stage] = tuple(int(order[place % len(order)]) for place in range(begin, end))
            begin = end
        again |= {"particles"} if begin > len(order) else set()
    stages = {}
    for stage in STAGES:
        seeds = tuple(stage_seed(seed, stage, future) for future in range(len(shares[stage])))
        stages[stage] = Stage(stage, shares[stage], particles[stage], seeds)
    return Futures(named.name, named.title, factors, known or None, stages, tuple(sorted(again)))


def stage_seed(seed: int, stage: str, future: int) -> int:
    """Of the luck in a future of a stage; one that nobody would take by chance."""
    digest = hashlib.sha256(f"legato optimise --over {stage} {seed} {future}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def _rows(
    what: str, scenario: Scenario, pool: int, futures: int | None, seed: int
) -> tuple[Drawn, dict[StageName, NDArray[np.float64]]]:
    """What is named, and what differs between futures beside parameters, float[futures, factors], for every stage.

    Ranges are drawn for each stage. The rows of a table are all there is: they come again in every stage.
    """
    if what == POSTERIOR:
        named = read_futures(what, [scenario], count=futures, seed=seed)  # refuses where nothing varies
        counts: dict[StageName, int] = {"pool": pool, "choice": len(named), "report": len(named)}
        return named, {stage: np.empty((count, 0)) for stage, count in counts.items()}
    fixed = [scenario.with_posterior(None)]
    if Path(what).suffix == ".csv":
        named = read_futures(what, fixed, count=futures, seed=seed)
        return named, dict.fromkeys(STAGES, named.shares)
    drawn: dict[StageName, Drawn] = {
        stage: read_futures(what, fixed, count=pool if stage == "pool" else futures, seed=stage_seed(seed, stage, -1))
        for stage in STAGES
    }
    return drawn["report"], {stage: one.shares for stage, one in drawn.items()}
