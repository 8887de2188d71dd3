"""Which assumptions what happened needs: each is switched off in turn, and the fit is compared, luck by luck.

An assumption is
  supported     where the facts need it: without it they are at least 3 times less likely, by more than luck;
  contradicted  where they are at least 3 times more likely without it, by more than luck;
  undecided     otherwise: the facts do without it, or nothing in them depends on it, or more networks would tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.studies import Prediction
from results.verdicts import Word, landed, log_score, quantiles
from scenarios import Assumption

NOTABLE = log(3.0)
"""Least difference in log score that counts: 3 times as likely."""
BY_LUCK = 3.0
"""Standard errors of that difference which luck may explain: some fifty assumptions are tried, and not one of them
should pass by luck alone."""


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
    """

    id: str
    with_it: float
    without: float
    gain: float
    error: float
    moved: bool
    missed: bool = False


@dataclass(frozen=True)
class Necessity:
    """The verdict on one assumption.

    Attributes:
        id: of the assumption.
        title: the assumption as a claim.
        gain: sum over patterns of log score with it less that without.
        error: standard error of that sum.
        verdict: "supported", "contradicted" or "undecided".
        why: the reason in plain words.
        effects: pattern by pattern, those that were asked.
    """

    id: str
    title: str
    gain: float
    error: float
    verdict: Word
    why: str
    effects: tuple[Effect, ...]


def to_finding(one: Necessity) -> dict[str, Any]:
    """As JSON values, to be kept."""
    return asdict(one)


def from_finding(kept: Mapping[str, Any]) -> Necessity:
    """What `to_finding` made."""
    return Necessity(**{**kept, "effects": tuple(Effect(**one) for one in kept["effects"])})


def effect(with_it: Prediction, without: Prediction) -> Effect:
    """What switching an assumption off does to a pattern; both are predicted with the same luck."""
    on, off = with_it.draws.ravel(), without.draws.ravel()
    particles, networks = with_it.draws.shape
    inside_on, inside_off = landed(with_it.pattern, on), landed(with_it.pattern, off)
    return Effect(
        id=with_it.pattern.id,
        with_it=quantiles(on[~np.isnan(on)])[1],
        without=quantiles(off[~np.isnan(off)])[1],
        gain=log_score(inside_on) - log_score(inside_off),
        error=_error(inside_on, inside_off, particles * max(1.0, networks / with_it.pattern.networks)),
        moved=not np.array_equal(on, off, equal_nan=True),
    )


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


def judge_assumption(assumption: Assumption, effects: Sequence[Effect]) -> Necessity:
    """The verdict on an assumption from what switching it off does to each pattern."""
    gain = sum(one.gain for one in effects)
    error = sqrt(sum(one.error**2 for one in effects))
    word, why = _verdict(gain, error, effects)
    return Necessity(assumption.id, assumption.title, gain, error, word, why, tuple(effects))


def _verdict(gain: float, error: float, effects: Sequence[Effect]) -> tuple[Word, str]:
    if not any(one.moved for one in effects):
        return "undecided", "cannot tell: nothing that was observed depends on it"
    if all(one.missed for one in effects if one.moved):
        return "undecided", "cannot tell: what was observed is missed with it and without it"
    strongest = max(effects, key=lambda one: abs(one.gain))
    at = f"{strongest.id}: {_shown(strongest.with_it)} with it, {_shown(strongest.without)} without"
    if gain >= NOTABLE and gain > BY_LUCK * error:
        return "supported", f"the facts need it ({at})"
    if gain <= -NOTABLE and -gain > BY_LUCK * error:
        return "contradicted", f"the facts fit better without it ({at})"
    if abs(gain) + BY_LUCK * error < NOTABLE:
        return "undecided", "does without it: the facts fit as well when it is switched off"
    return "undecided", f"cannot tell: the fit changes by no more than luck ({at})"


def _shown(value: float) -> str:
    return "nothing" if np.isnan(value) else f"{value:.2g}"
