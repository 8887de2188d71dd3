"""Which virtual studies test anything: the statistic can be computed, and the arms could have differed.

A ratio over an arm in which nothing happened is infinite, and one of an empty arm is not a number. Where all arms stand
at the same end of what is possible (all members are active in both, say) they cannot differ, whatever the model holds.
Neither speaks for the model or against it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from results.studies.possible_answers import possible_of_an_arm
from results.studies.virtual_studies import Prediction, Side, sides
from scenarios.observed.study import Pattern

MOST_UNTESTED = 0.5
"""Share of the virtual studies that may test nothing before the pattern is left undecided."""


def computed(prediction: Prediction) -> NDArray[np.bool_]:
    """Which virtual studies come to a number, bool[particles, studies]."""
    found = np.isfinite(prediction.draws)
    if prediction.pattern.statistic == "odds_ratio":
        found &= ~(prediction.arms == 1.0).any(axis=-1)  # odds of all against none
    return np.asarray(found)


def at_their_limit(prediction: Prediction) -> NDArray[np.bool_]:
    """In which of them all arms, two or more, stand at the same end of what is possible, bool[particles, studies]."""
    arms, ends = prediction.arms, possible_of_an_arm(prediction.pattern)
    if arms.shape[-1] == 1:
        return np.zeros(arms.shape[:-1], np.bool_)
    return np.asarray((arms == ends[0]).all(axis=-1) | (arms == ends[1]).all(axis=-1))


def could_tell(prediction: Prediction) -> NDArray[np.bool_]:
    """Which virtual studies test anything, bool[particles, studies]."""
    return np.asarray(computed(prediction) & ~at_their_limit(prediction))


def why_untested(prediction: Prediction) -> str:
    """Why most virtual studies test nothing; "" where more do than do not."""
    told = could_tell(prediction)
    if 1 - told.mean() <= MOST_UNTESTED:
        return ""
    limit = at_their_limit(prediction) & computed(prediction)
    said = []
    if limit.any():
        arms = _all_of(sides_named(prediction.pattern), prediction.pattern)
        said.append(
            f"nothing was tested: {arms} are at their limit in {limit.sum():,} of {limit.size:,} {_unit(prediction)}"
        )
    return "; ".join(filter(None, [*said, why_uncomputed(prediction)]))


def why_uncomputed(prediction: Prediction) -> str:
    """In how many virtual studies the statistic cannot be computed, and why; "" where it can in all."""
    failed = ~computed(prediction)
    if not failed.any():
        return ""
    cause = _cause(prediction, failed)
    return f"cannot be computed in {failed.sum():,} of {failed.size:,} {_unit(prediction)}: {cause}"


def _unit(prediction: Prediction) -> str:
    return "networks" if prediction.pattern.networks == 1 else "virtual studies"


def _cause(prediction: Prediction, failed: NDArray[np.bool_]) -> str:
    """The commonest reason for which a statistic could not be computed."""
    names = sides_named(prediction.pattern)
    empty = [int((failed & (prediction.sums[..., side, 1] <= 0)).sum()) for side in range(len(names))]
    if len(names) == 1:
        return "there was nothing to count"
    if 2 * max(empty) >= failed.sum():
        return f"there was nothing to count in {names[int(np.argmax(empty))]}"
    ends = [(f"{end} in {name}", prediction.arms[..., side] == value)
            for side, name in enumerate(names) for end, value in (("none", 0.0), ("all", 1.0))]  # fmt: skip
    return max(ends, key=lambda one: int((failed & one[1]).sum()))[0]


def emptied(prediction: Prediction) -> Sequence[str]:
    """The arms that nobody is in, in any virtual study.

    Of `acquainted` an arm is a way in which two first met, so it is empty where nobody met in that way.
    """
    counted = 0 if prediction.pattern.outcome == "acquainted" else 1
    names = sides_named(prediction.pattern)
    return [name for side, name in enumerate(names) if not (prediction.sums[..., side, counted] > 0).any()]


def vanished(prediction: Prediction) -> bool:
    """Whether nothing of what the arms, two or more, are compared by ever happens, in any virtual study."""
    return prediction.sums.shape[2] > 1 and not (prediction.sums[..., 0] != 0).any()


def sides_named(pattern: Pattern) -> list[str]:
    """The arms of a pattern, or its months, by name."""
    each = 2 if pattern.compares_months else 1  # sides of an arm
    return [_named(side, number // each + 1, of_arms=bool(pattern.arms)) for number, side in enumerate(sides(pattern))]


def _named(side: Side, number: int, *, of_arms: bool) -> str:
    month = "" if side.month is None else f"month {side.month}"
    if not of_arms and month:
        return month
    arm = f'"{side.arm.name}"' if side.arm.name else f"arm {number}"
    return f"{arm} in {month}" if month else arm


def _all_of(names: Sequence[str], pattern: Pattern) -> str:
    what = "months" if pattern.compares_months and not pattern.arms else "arms"
    return f"both {what}" if len(names) == 2 else f"all {what}"
