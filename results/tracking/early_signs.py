"""What to look at: indicators of today that predict the target, what to measure next, and how much will be known when.

All of it is learned from the simulated networks of the plan, so it is as good as the model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.estimates.conditioning import Conditioning
from results.estimates.scores import auc
from results.tracking.looking import evened
from results.tracking.observation import Progress
from simulation.outcomes import MONTHLY_NAMES
from simulation.running.ensemble import Ensemble

Values = NDArray[np.float64]

NO_SIGN = ("cost", "members_cost", "network_alive", "founders_rate")
"""Monthly outcomes that nobody would measure for this."""
MOST_SIGNS, MOST_TO_MEASURE, MOST_LATER = 5, 3, 6
LEAST_SIDE = 0.1
"""Share of the networks that lie on either side of a sign's mark, at least."""
LEAST_GAIN = 0.02
"""Of what is still open, what a further measurement must tell to be worth a word."""
TELLS = 0.55
"""From this AUC on an indicator predicts anything."""


@dataclass(frozen=True)
class Sign:
    """An indicator of today that predicts whether the target is reached.

    Attributes:
        outcome: the indicator.
        month: of today.
        mark: from which on (or up to which) networks count as doing well.
        more_is_better: whether more of it is the good sign.
        chance_above: share of networks on the good side that reach the target.
        chance_below: the same on the other side.
        auc: chance that a network that reaches it shows a better sign than one that does not; .5 tells nothing.
        observed: its value, where it was observed today.
    """

    outcome: str
    month: int
    mark: float
    more_is_better: bool
    chance_above: float
    chance_below: float
    auc: float
    observed: float | None

    @property
    def is_good(self) -> bool | None:
        """Whether the network is on the good side; None where it was not observed today."""
        if self.observed is None:
            return None
        return self.observed >= self.mark if self.more_is_better else self.observed <= self.mark


@dataclass(frozen=True)
class ToMeasure:
    """Something that was not observed this month.

    Attributes:
        outcome: its name.
        tells: share of what is still open that it would tell, 0 to 1.
    """

    outcome: str
    tells: float


@dataclass(frozen=True)
class Later:
    """A month in which one will know more.

    Attributes:
        month: at whose end.
        known: share of what will come that can be known then, 0 to 1, if the same is observed then, exactly.
    """

    month: int
    known: float


def signs(plan: Ensemble, progress: Progress, reached: NDArray[np.bool_]) -> tuple[Sign, ...]:
    """Indicators of today, the one that tells most first; none where the target is nearly always reached, or never."""
    if not LEAST_SIDE / 2 < reached.mean() < 1 - LEAST_SIDE / 2:
        return ()
    found = []
    for outcome in MONTHLY_NAMES:
        values = plan.course(outcome)[:, progress.now]
        if outcome in NO_SIGN or values.std() == 0:
            continue
        area = auc(values, reached)
        more = area >= 0.5
        if max(area, 1 - area) >= TELLS and (mark := _mark(values, reached, more)) is not None:
            good = values >= mark if more else values <= mark
            mine = next((one.value for one in progress.observed
                         if (one.outcome, one.month) == (outcome, progress.now)), None)  # fmt: skip
            found.append(
                Sign(outcome, progress.now, mark, more, float(reached[good].mean()), float(reached[~good].mean()),
                     max(area, 1 - area), mine)
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.auc, one.outcome))[:MOST_SIGNS])


def _mark(values: Values, reached: NDArray[np.bool_], more: bool) -> float | None:
    """The value that parts networks that reach the target best from those that do not; None if none leaves two sides.

    Source:
        Youden 1950, Index for rating diagnostic tests, Cancer 3(1).
    """
    best, at = 0.0, None
    for value in np.unique(np.quantile(values, np.linspace(LEAST_SIDE, 1 - LEAST_SIDE, 33), method="higher")):
        good = values >= value if more else values <= value
        if LEAST_SIDE <= good.mean() <= 1 - LEAST_SIDE:
            parted = float(good[reached].mean() - good[~reached].mean())
            if parted > best:
                best, at = parted, float(value)
    return at


def to_measure(plan: Ensemble, progress: Progress, seen: Values, future: Values) -> tuple[ToMeasure, ...]:
    """What would tell most, besides what was observed, the one that tells most first."""
    known = _explained(seen, future)
    observed = {one.outcome for one in progress.observed if one.month == progress.now}
    found = []
    for outcome in MONTHLY_NAMES:
        values = evened(outcome, plan.course(outcome)[:, progress.now])
        if outcome in observed or outcome in NO_SIGN or values.std() == 0:
            continue
        more = _explained(np.column_stack([seen, values]), future)
        tells = (more - known) / (1 - known) if known < 1 else 0.0
        if tells >= LEAST_GAIN:
            found.append(ToMeasure(outcome, tells))
    return tuple(sorted(found, key=lambda one: (-one.tells, one.outcome))[:MOST_TO_MEASURE])


def later(plan: Ensemble, progress: Progress, seen: Values, future: Values, month: int) -> tuple[Later, ...]:
    """How much of what comes in `month` can be known in months before it."""
    ahead = range(progress.now + 1, month)
    steps = sorted({ahead[round(place)] for place in np.linspace(0, len(ahead) - 1, MOST_LATER)}) if ahead else []
    found = []
    for at in steps:
        then = [evened(outcome, plan.course(outcome)[:, at]) for outcome in progress.outcomes]
        found.append(Later(at, _explained(np.column_stack([seen, *then]), future)))
    return tuple(found)


def _explained(seen: Values, future: Values) -> float:
    return Conditioning(seen, seen[0]).explained(future)
