"""Virtual replications of a study: its networks, its arms, its measure, run on the model as often as it takes.

A study is a handful of networks, often one. What it would have found is therefore spread by luck, and by what is not
known of the parameters; both are in the draws that a prediction is made of.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from results.studies.measures import counts, months_to_watch, rate, statistic
from results.studies.studied_network import Network
from scenarios import Assumption, Scenario, ScenarioError, replace, value_of
from scenarios.observed.groups import Arm
from scenarios.observed.study import Observed, Pattern
from scenarios.observed.uncertain import LENGTHS, drawn
from scenarios.schema.contradictions import INTERESTS, decided_with
from simulation import historian
from simulation.running.threads import in_order, processors

Believed = Mapping[str, Any]
"""Dotted key -> value: one possible set of the uncertain parameters; empty is the scenario's own."""


@dataclass(frozen=True)
class Side:
    """One thing that a pattern's statistic is made of: an arm, or the month before or after."""

    arm: Arm
    month: int | None


def sides(pattern: Pattern) -> tuple[Side, ...]:
    """The sides of a pattern; of two months the later one is the first, so that ratios are after over before."""
    if pattern.compares_months:
        return tuple(Side(arm, month) for arm in pattern.arms or (Arm(),) for month in reversed(pattern.months))
    return tuple(Side(arm, None) for arm in pattern.arms) or (Side(Arm(), None),)


class Run(NamedTuple):
    """One run of a study with an assumption switched off.

    Attributes:
        scenario: what is run; None where the assumption has nothing to do, so that the same happens as with it.
        counts: pattern -> what was counted with it, float[networks, sides, 2].
    """

    scenario: Scenario | None
    counts: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Replication:
    """A study as the model can be asked for it.

    Attributes:
        study: what was found, and in which setting.
        seed: of the luck.
    """

    study: Observed
    seed: int = 1

    @cached_property
    def runs(self) -> list[tuple[dict[str, Any], list[tuple[Pattern, int, Side]]]]:
        """Settings, and what is counted under them: patterns that need the same run share it."""
        runs: dict[str, tuple[dict[str, Any], list[tuple[Pattern, int, Side]]]] = {}
        for pattern in self.study.patterns:
            for place, side in enumerate(sides(pattern)):
                settings = dict(side.arm.settings)
                run = runs.setdefault(repr(sorted(settings.items())), (settings, []))
                run[1].append((pattern, place, side))
        return list(runs.values())

    def scenario(self, settings: Believed, believed: Believed, off: Believed, number: int | None = None) -> Scenario:
        """What is run: the arm's settings win over what is believed, what is switched off wins over both.

        Settings that are uncertain are those of set `number`, or in their middle.

        It lasts as long as the arm does by itself: switching off renewal must not take away months that are asked for.
        """
        own = self._left_open(settings, believed)
        if not set(LENGTHS).intersection([*own, *off]):
            own = {"network.months": replace(self.study.scenario, settings).last_month, **own}
        unsure = {} if number is None else drawn(self.study.uncertain, self.study.name, number)
        return replace(self.study.scenario, {**own, **unsure, **settings, **off})

    def _left_open(self, settings: Believed, believed: Believed) -> dict[str, Any]:
        """What is believed of keys that neither the study nor this arm settles, nor any arm bounds."""
        arms = [arm for arm, _ in self.runs]
        topics = min(arm.get("network.topics", self.study.scenario.network.topics) for arm in ({}, *arms))
        interests = [believed[key] for key in INTERESTS if key in believed]
        bounded = decided_with(self.study.settled.union(*arms), topics, interests)
        known = bounded.union(self.study.settled, settings)
        return {key: value for key, value in believed.items() if key not in known}

    def counts(
        self, believed: Believed, replicates: Sequence[int], off: Believed, number: int | None = None,
        without: Sequence[Run] = (),
    ) -> dict[str, NDArray[np.float64]]:  # fmt: skip
        """What networks count: pattern -> float[networks, sides, 2], numerators and denominators.

        Args:
            believed: values of uncertain parameters; what the study settles itself it keeps.
            replicates: numbers of the networks.
            off: values that win over everything: an assumption that is switched off.
            number: of the set, by which settings are drawn that are uncertain; None: each network draws its own.
            without: what is run with `off`, one an entry of `runs`, where that is known.
        """
        if number is None and self.study.uncertain:
            each = [self.counts(believed, [replicate], off, replicate) for replicate in replicates]
            return {one.id: np.concatenate([part[one.id] for part in each]) for one in self.study.patterns}
        found = {one.id: np.zeros((len(replicates), len(sides(one)), 2)) for one in self.study.patterns}
        made = without or [Run(self.scenario(one, believed, off, number), {}) for one, _ in self.runs]
        for (scenario, known), (_, asked) in zip(made, self.runs, strict=True):
            if scenario is None:
                for pattern, place, _ in asked:
                    found[pattern.id][:, place] = known[pattern.id][:, place]
                continue
            months = {month for pattern, _, side in asked for month in months_to_watch(pattern, side.month, scenario)}
            tell = historian(scenario, seed=self.seed, months=sorted(months))
            for row, replicate in enumerate(replicates):
                network = Network(tell(replicate))
                for pattern, place, side in asked:
                    found[pattern.id][row, place] = counts(pattern, side.arm, side.month, network)
        return found


def changes(scenario: Scenario, off: Believed) -> bool:
    """Whether switching something off changes a scenario at all."""
    try:
        changed = replace(scenario, off)
    except ScenarioError:
        return False
    return any(value_of(changed, key) != value_of(scenario, key) for key in off)


@dataclass(frozen=True, eq=False)
class Prediction:
    """What the model says a study would have found.

    Attributes:
        pattern: asked for.
        study: name of the study.
        counts: float[particles, networks, sides, 2]; networks of one particle share their parameters.
        first: number of the first particle.
    """

    pattern: Pattern
    study: str
    counts: NDArray[np.float64]
    first: int = 0

    @cached_property
    def sums(self) -> NDArray[np.float64]:
        """What virtual studies count, added up over their networks: float[particles, studies, sides, 2].

        A study of one network is each network by itself. One of many is as many drawn with replacement from the
        networks of its particle, so that few networks make the prediction wider than it is, never narrower.
        """
        particles, networks = self.counts.shape[:2]
        if self.pattern.networks == 1:
            return self.counts
        sums = np.empty_like(self.counts)
        name = zlib.crc32(f"{self.study}/{self.pattern.id}".encode())
        for particle in range(particles):
            luck = np.random.default_rng([name, self.first + particle])
            chosen = luck.integers(0, networks, (networks, self.pattern.networks))
            sums[particle] = self.counts[particle][chosen].sum(axis=1)
        return sums

    @cached_property
    def arms(self) -> NDArray[np.float64]:
        """What each arm of the virtual studies comes to, float[particles, studies, sides]; nan where it is empty."""
        return rate(self.pattern, self.sums[..., 0], self.sums[..., 1])

    @cached_property
    def draws(self) -> NDArray[np.float64]:
        """What virtual studies find, float[particles, studies]; nan where one could not tell, infinite over nothing."""
        return statistic(self.pattern, self.arms)

    @cached_property
    def pooled(self) -> NDArray[np.float64]:
        """What all networks of a particle come to together, float[particles]."""
        sums = self.counts.sum(axis=1)
        return statistic(self.pattern, rate(self.pattern, sums[..., 0], sums[..., 1]))


class InForce:
    """What is predicted with every assumption in force; without one of them, only what that touches is run again.

    Args:
        studies: with their patterns.
        believed: sets of the parameters.
        predictions: of these studies, by these sets.
        seed: of their luck.
    """

    def __init__(
        self, studies: Sequence[Observed], believed: Sequence[Believed], predictions: Sequence[Prediction], seed: int
    ) -> None:
        self.studies, self._believed = studies, believed
        self._made = {study.name: Replication(study, seed) for study in studies}
        self._counts: dict[str, dict[str, NDArray[np.float64]]] = {study.name: {} for study in studies}
        for one in predictions:
            self._counts[one.study][one.pattern.id] = one.counts
        self._scenarios: dict[tuple[str, int], list[Scenario]] = {}

    def touched(self, off: Believed) -> list[Observed]:
        """The studies in which values change a scenario at all, be it with one set, or in one arm."""
        return [one for one in self.studies if any(self._is_changed(one, particle, off) for particle in self._sets)]

    def without(self, assumption: Assumption, study: Observed, particle: int) -> list[Run]:
        """What is run with a set once an assumption is switched off; empty where the runs may last longer then."""
        if not set(LENGTHS).isdisjoint(assumption.off):
            return []
        counts = {pattern: each[particle] for pattern, each in self._counts[study.name].items()}
        return [Run(_without(assumption, one), counts) for one in self._of(study, particle)]

    @property
    def _sets(self) -> range:
        return range(len(self._believed))

    def _is_changed(self, study: Observed, particle: int, off: Believed) -> bool:
        return any(changes(scenario, off) for scenario in self._of(study, particle))

    def _of(self, study: Observed, particle: int) -> list[Scenario]:
        """What a set runs, made once; two threads may make the same."""
        if (study.name, particle) not in self._scenarios:
            made = self._made[study.name]
            self._scenarios[study.name, particle] = [
                made.scenario(settings, self._believed[particle], {}, particle) for settings, _ in made.runs
            ]
        return self._scenarios[study.name, particle]


def _without(assumption: Assumption, scenario: Scenario) -> Scenario | None:
    """A scenario without an assumption; None where it has nothing to do there."""
    return replace(scenario, assumption.off) if may_be_at_work(assumption, scenario) else None


def may_be_at_work(assumption: Assumption, scenario: Scenario) -> bool:
    """Whether an assumption does anything in a scenario; if not, the same happens without it, to the last bit.

    What a posterior varies may have any value.
    """
    varying = scenario.posterior.keys if scenario.posterior is not None else ()
    keys = (*assumption.off, *assumption.idle, *(key for all_of in assumption.neutral for key in all_of))
    return assumption.is_at_work({key: object() if key in varying else value_of(scenario, key) for key in keys})


def predict(
    studies: Sequence[Observed],
    believed: Sequence[Believed],
    *,
    networks: int,
    seed: int = 1,
    off: Believed | None = None,
    without: Callable[[Observed, int], Sequence[Run]] = lambda _study, _particle: (),
    common: bool = False,
    first: int = 0,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _networks: None,
) -> tuple[Prediction, ...]:
    """What the model says that studies would have found, pattern by pattern.

    Args:
        studies: with their patterns.
        believed: particles, possible sets of the uncertain parameters.
        networks: virtual networks for each particle.
        seed: of the luck.
        off: values that win over everything: an assumption that is switched off.
        without: what a study runs with `off` and a particle, where that is known; empty if not.
        common: whether all particles live through the same luck; else each has its own, and its own settings where
            these are uncertain.
        first: number of the first network.
        workers: threads; nothing depends on it but the time.
        progress: hears of particles of a study as they are finished.
    """
    made = [Replication(study, seed) for study in studies]
    tasks = [(one, particle) for one in made for particle in range(len(believed))]

    def work(task: tuple[Replication, int]) -> dict[str, NDArray[np.float64]]:
        one, particle = task
        start = first + (0 if common else particle * networks)
        replicates = range(start, start + networks)
        number = None if common else particle
        return one.counts(believed[particle], replicates, off or {}, number, without(one.study, particle))

    counted: Iterator[dict[str, NDArray[np.float64]]] = in_order(work, tasks, workers or processors())
    found = []
    for one in made:
        parts = []
        for _ in believed:
            parts.append(next(counted))
            progress(1)
        found += [
            Prediction(pattern, one.study.name, np.stack([part[pattern.id] for part in parts]))
            for pattern in one.study.patterns
        ]
    return tuple(found)
