"""Which assumptions the facts need: each is switched off in turn, and the fit is compared with the same luck.

An assumption is
  supported     where the facts need it: without it they are at least 3 times less likely, by more than luck;
  contradicted  where they are at least 3 times more likely without it, by more than luck;
  undecided     otherwise: the facts do without it, or nothing in them depends on it, or more networks would tell.

A virtual study is compared where it tests something with the assumption, and can be computed without it (`testable`).
Where switching it off leaves nobody in an arm, or nothing to count, the pattern cannot be asked any more: that is so by
definition, and is no evidence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import log, sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from results.checking.verdicts import Word
from results.studies.landing import landed, log_score, quantiles
from results.studies.testable import (
    MOST_UNTESTED,
    computed,
    could_tell,
    emptied,
    vanished,
    why_uncomputed,
    why_untested,
)
from results.studies.virtual_studies import Prediction
from scenarios import Assumption

NOTABLE = log(3.0)
"""Least difference in log score that counts: 3 times as likely."""
BY_LUCK = 3.0
"""Standard errors of that difference which luck may explain: some fifty assumptions are tried, and not one of them
should pass by luck alone."""
NOTICED = 0.5
"""Share of the networks without an assumption that a statistic of a survey must notice."""


Short = Literal["needed", "fits better without", "not needed", "cannot tell"]
"""A verdict in as few words as a figure has room for; "undecided" is one of the last two."""


@dataclass(frozen=True)
class Effect:
    """What switching an assumption off does to one pattern.

    Attributes:
        id: of the pattern.
        with_it: median of the virtual studies with the assumption.
        without: median without it.
        gain: log score with it, less that without; above 0 the pattern speaks for it.
        error: standard error of the gain, from the luck of the virtual studies.
        moved: whether anything changed at all.
        missed: whether what was observed is missed with it and without it, so that nothing follows.
        unasked: why the pattern says nothing of the assumption although something changed: what switching it off
            leaves empty. "" where it does say something; where not, gain and error are 0.
    """

    id: str
    with_it: float
    without: float
    gain: float
    error: float
    moved: bool
    missed: bool = False
    unasked: str = ""


@dataclass(frozen=True)
class Noticing:
    """The statistic of a survey that would best have noticed that an assumption is switched off.

    Attributes:
        survey: its name.
        statistic: with the month of its wave; "" where none is judged.
        power: share of the networks without the assumption that it notices.
    """

    survey: str
    statistic: str
    power: float

    @property
    def could(self) -> bool:
        """Whether it would have noticed most of them."""
        return self.power >= NOTICED


@dataclass(frozen=True)
class Necessity:
    """The verdict on one assumption.

    Attributes:
        id: of the assumption.
        title: the assumption as a claim.
        gain: sum over patterns of log score with it less that without.
        error: standard error of that sum.
        verdict: "supported", "contradicted" or "undecided".
        short: the same in a word or three, which tell "not needed" from "cannot tell".
        why: the reason in plain words.
        effects: pattern by pattern, those that were asked.
        noticing: the statistic of a survey that would best have noticed that it is switched off; None without surveys.
    """

    id: str
    title: str
    gain: float
    error: float
    verdict: Word
    short: Short
    why: str
    effects: tuple[Effect, ...]
    noticing: Noticing | None = None

    @property
    def is_untouched(self) -> bool:
        """Whether nothing that was observed depends on it."""
        return not any(one.moved for one in self.effects)

    @property
    def strongest(self) -> Effect | None:
        """The effect that speaks most for the verdict; None where nothing changed, or nothing could be asked."""
        return strongest([one for one in self.effects if one.moved and not one.unasked], self.gain)


def to_finding(one: Necessity) -> dict[str, Any]:
    """As JSON values, to be kept."""
    return asdict(one)


def from_finding(kept: Mapping[str, Any]) -> Necessity:
    """What `to_finding` made."""
    noticing = kept.get("noticing")
    return Necessity(
        **{
            **kept,
            "effects": tuple(Effect(**one) for one in kept["effects"]),
            "noticing": None if noticing is None else Noticing(**noticing),
        }
    )


def effect(with_it: Prediction, without: Prediction) -> Effect:
    """What switching an assumption off does to a pattern; both are predicted with the same luck."""
    pattern, on, off = with_it.pattern, with_it.draws.ravel(), without.draws.ravel()
    both = (could_tell(with_it) & computed(without)).ravel()
    moved = not np.array_equal(on, off, equal_nan=True)
    unasked = _why_unasked(with_it, without, float(both.mean())) if moved else ""
    gain = error = 0.0
    if not unasked and both.any():
        particles, networks = with_it.draws.shape
        inside_on, inside_off = landed(pattern, on[both]), landed(pattern, off[both])
        gain = log_score(inside_on) - log_score(inside_off)
        error = _error(inside_on, inside_off, particles * max(1.0, networks / pattern.networks) * float(both.mean()))
    return Effect(
        id=pattern.id,
        with_it=quantiles(on[~np.isnan(on)])[1],
        without=quantiles(off[~np.isnan(off)])[1],
        gain=gain,
        error=error,
        moved=moved,
        unasked=unasked,
    )


def _why_unasked(with_it: Prediction, without: Prediction, compared: float) -> str:
    """Why a pattern cannot be asked with the assumption and without it; "" where it can."""
    if gone := [name for name in emptied(without) if name not in emptied(with_it)]:
        return f"without it nobody is left in {' or '.join(gone)}"
    if vanished(without) and not vanished(with_it):
        return "without it nothing happens that the groups could be compared by"
    if 1 - compared <= MOST_UNTESTED:
        return ""
    if why := why_untested(with_it):
        return why
    return f"without it, {why_uncomputed(without)}"


def _error(on: NDArray[np.bool_], off: NDArray[np.bool_], independent: float) -> float:
    """Standard error of the difference of two log shares of the same draws, by the delta method.

    Studies of several networks are drawn from the same few networks again and again: only as many as could be made of
    different networks are independent, and at least one for each set of parameters.

    A share of which nothing landed is known to a factor of e at best. Where nothing landed either way the pattern is
    missed with and without the assumption: it adds no gain, and no doubt.
    """
    studies = len(on)
    if studies < 2 or not (on.any() or off.any()):
        return 0.0
    share_on, share_off = ((int(one.sum()) + 0.5) / (studies + 1.0) for one in (on, off))
    values = on / share_on - off / share_off
    return sqrt(float(np.var(values, ddof=1)) / independent + (0.0 if on.any() and off.any() else 1.0))


def strongest(effects: Sequence[Effect], gain: float) -> Effect | None:
    """The effect that moves most in the direction of the sum of all gains, never against it; None without effects."""
    return max(effects, key=lambda one: one.gain if gain >= 0 else -one.gain, default=None)


def judge_assumption(assumption: Assumption, effects: Sequence[Effect], noticing: Noticing | None = None) -> Necessity:
    """The verdict on an assumption from what switching it off does to each pattern; beside it what surveys notice."""
    gain = sum(one.gain for one in effects)
    error = sqrt(sum(one.error**2 for one in effects))
    word, short, why = _verdict(gain, error, effects)
    return Necessity(assumption.id, assumption.title, gain, error, word, short, why, tuple(effects), noticing)


def _verdict(gain: float, error: float, effects: Sequence[Effect]) -> tuple[Word, Short, str]:
    moved = [one for one in effects if one.moved]
    if not moved:
        return "undecided", "cannot tell", "cannot tell: nothing observed depends on it"
    unasked = "; ".join(f"{one.id} cannot be asked: {one.unasked}" for one in moved if one.unasked)
    foremost = strongest([one for one in moved if not one.unasked], gain)
    if foremost is None:
        return "undecided", "cannot tell", f"cannot tell: {unasked}"
    if all(one.missed for one in moved if not one.unasked):
        return "undecided", "cannot tell", "cannot tell: the model misses the facts with it and without it"
    word, short, why = _of_what_was_asked(gain, error, foremost)
    return word, short, f"{why}; {unasked}" if unasked else why


def _of_what_was_asked(gain: float, error: float, foremost: Effect) -> tuple[Word, Short, str]:
    at = f"{foremost.id}: {_with_and_without(foremost)}"
    if gain >= NOTABLE and gain > BY_LUCK * error:
        return "supported", "needed", f"the facts need it ({at})"
    if gain <= -NOTABLE and -gain > BY_LUCK * error:
        return "contradicted", "fits better without", f"the facts fit better without it ({at})"
    if abs(gain) + BY_LUCK * error < NOTABLE:
        return "undecided", "not needed", "not needed: the facts fit as well without it"
    return "undecided", "cannot tell", f"cannot tell: the fit changes by no more than luck ({at})"


def _with_and_without(one: Effect) -> str:
    """Both values with as many digits as it takes to tell them apart; said once where they are the same."""
    if one.with_it == one.without:
        return f"{_shown(one.with_it, 2)} with it and without"
    pairs = ((_shown(one.with_it, digits), _shown(one.without, digits)) for digits in range(2, 7))
    on, off = next((pair for pair in pairs if pair[0] != pair[1]), (_shown(one.with_it, 7), _shown(one.without, 7)))
    return f"{on} with it, {off} without"


def _shown(value: float, digits: int) -> str:
    return "nothing" if np.isnan(value) else "infinity" if np.isinf(value) else f"{value:.{digits}g}"
