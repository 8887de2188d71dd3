"""What a bank says of the parameters: emulators of its studies, and particles drawn under all of them or some."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.calibrating.bank.emulator import Emulator, emulate
from results.calibrating.bank.keeping import Bank, believed_of
from results.calibrating.bank.prior_draws import centred, from_unit
from results.calibrating.bank.regression import training
from results.calibrating.bank.slice_walk import Walk, walk
from results.calibrating.bank.sources import Source
from results.calibrating.bank.standing import Standing, standing
from results.calibrating.bank.study_likelihood import Finding, findings_of, study_likelihood
from results.calibrating.posterior_summary import Calibration, Free
from scenarios import ScenarioError
from scenarios.schema.posterior import of_one_network
from simulation.running.threads import in_order, one_thread_a_product, processors

STEPS = 200
"""Of each chain."""
MORE, TIMES = 100, 3
"""Steps that chains go on which have not settled, and times that they do, twice as far each time (counts)."""
APART = 1_000_000
"""Between seeds of walks that go on."""
SPARE = 1.05
"""Chains for each particle that is wanted: the few that a study refuses to run with are left out in the end."""

Values = NDArray[np.float64]
Findings = Mapping[str, Sequence[Finding]]
"""Name of a source -> what was found there."""


@dataclass(frozen=True, eq=False)
class Learner:
    """Emulators of all sources of a bank.

    Attributes:
        free: the parameters.
        emulators: one a source.
        standing: which values can stand together.
        discrepancy: times the usual one.
    """

    free: tuple[Free, ...]
    emulators: tuple[Emulator, ...]
    standing: Standing
    discrepancy: float = 1.0

    @property
    def names(self) -> tuple[str, ...]:
        """Of the sources."""
        return tuple(one.source.name for one in self.emulators)

    @property
    def dimensions(self) -> int:
        """Parameters, and what is each study's own (count)."""
        return len(self.free) + sum(len(self.own(one)) + len(one.source.unsure) for one in self.emulators)

    def own(self, emulator: Emulator) -> list[int]:
        """Places among an emulator's of parameters that describe one network and no other: each study has its own."""
        return [place for place, mine in enumerate(emulator.places) if of_one_network(self.free[mine].key)]

    def values(self, states: Values) -> Values:
        """The parameters of some states, in their units, float[states, parameters]."""
        return from_unit(self.free, _unit(states[:, : len(self.free)]))

    def inputs(self, states: Values, names: Container[str]) -> dict[str, Values]:
        """What the emulators of the sources that are named take of some states."""
        unit = _unit(states)
        shared = centred(self.free, from_unit(self.free, unit[:, : len(self.free)]))
        found, first = {}, len(self.free)
        for one in self.emulators:
            own = self.own(one)
            middle = first + len(own)
            last = middle + len(one.source.unsure)
            if one.source.name in names:
                mine = shared[:, list(one.places)]
                if own:
                    free = [self.free[one.places[place]] for place in own]
                    mine[:, own] = centred(free, from_unit(free, unit[:, first:middle]))
                found[one.source.name] = np.concatenate([mine, 2 * unit[:, middle:last] - 1], axis=1)
            first = last
        return found

    def log_likelihoods(self, findings: Findings) -> Callable[[Values], dict[str, Values]]:
        """Log likelihood of what was found in each source that is named, of states, float[states] each."""
        each = {
            one.source.name: study_likelihood(one, findings[one.source.name], discrepancy=self.discrepancy)
            for one in self.emulators
            if one.source.name in findings
        }

        def found(states: Values) -> dict[str, Values]:
            inputs = self.inputs(states, each)
            return {name: of(inputs[name]) for name, of in each.items()}

        return found

    def log_likelihood(self, findings: Findings) -> Callable[[Values], Values]:
        """Log likelihood of all that was found in the sources that are named, of states, float[states]."""
        each = self.log_likelihoods(findings)
        return lambda states: np.sum(list(each(states).values()), axis=0)

    @property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """What was found in all sources."""
        return {one.source.name: findings_of(one) for one in self.emulators}

    def walk(
        self,
        findings: Findings,
        *,
        chains: int,
        seed: int,
        steps: int = STEPS,
        start: Values | None = None,
        progress: Callable[[int], None] = lambda _steps: None,
    ) -> Walk:
        """Chains under what was found in the sources that are named; see `walk`."""
        with one_thread_a_product():
            return walk(
                self.log_likelihood(findings), self.dimensions, chains=chains, steps=steps, seed=seed,
                stands=self.stands, start=start, progress=progress,
            )  # fmt: skip

    def walk_on(self, findings: Findings, start: Values, *, steps: int, seed: int) -> Walk:
        """Chains go on from where they are until they have settled: twice as far each time, a few times at most."""
        for more in range(TIMES):
            far = steps * 2**more
            walk = self.walk(findings, chains=len(start), seed=seed + APART * (more + 1), steps=far, start=start)
            if walk.settled:
                break
            start = walk.states
        return walk

    def stands(self, states: Values) -> NDArray[np.bool_]:
        """Which states have values that can stand together."""
        return self.standing(self.values(states))

    def calibration(self, states: Values, wanted: int, *, settled: bool) -> Calibration:
        """Particles of the states whose values can stand together; all of the same weight."""
        values = self.values(states)
        stands = [row for row in values if self._can_stand(row)][:wanted]
        if not stands:
            raise ScenarioError("no set of parameters that was learned can be run")
        found = np.stack(stands)
        return Calibration(self.free, found, np.full(len(found), 1 / len(found)), (), settled)

    def _can_stand(self, values: Values) -> bool:
        believed = believed_of(self.free, values)
        try:
            for one in self.emulators:
                one.source.scenarios(believed, 0)
        except ScenarioError:
            return False
        return True


def learner(
    bank: Bank,
    *,
    seed: int,
    discrepancy: float = 1.0,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda _sources: None,
) -> Learner:
    """Train an emulator of each source of a bank.

    Raises:
        MissingExtraError: if scikit-learn is not installed.
    """

    def trained(source: Source) -> Emulator:
        return emulate(bank, source, seed=seed)

    found = []
    with training():
        for one in in_order(trained, bank.sources, workers or processors()):
            found.append(one)
            progress(1)
    return Learner(bank.free, tuple(found), standing(bank.free, bank.sources), discrepancy)


def _unit(states: Values) -> Values:
    from scipy.special import ndtr

    return np.asarray(ndtr(states))
