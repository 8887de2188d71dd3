"""How far a survey was answered: who answered, who names whom, and how often two agree on their tie."""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from scenarios.observed.network_today import Reports


@dataclass(frozen=True, eq=False)
class Answers:
    """What the answers of one wave tell of themselves.

    Attributes:
        answered: members that answered (count).
        asked: members (count).
        both: ties that both sides report, of pairs of which both answered (count).
        one_sided: ties that only one of the two reports (count).
        names: members that each one names, nan where it did not answer, float[members].
        named_by: members that name each one (count), int[members].
        told_once: whether there is one report of each pair, so that nothing is known of agreement.
    """

    answered: int
    asked: int
    both: int
    one_sided: int
    names: NDArray[np.float64]
    named_by: NDArray[np.int64]
    told_once: bool

    @property
    def agreement(self) -> float:
        """Share of the ties that either reports that both report, where both answered; nan without any."""
        either = self.both + self.one_sided
        return nan if not either or self.told_once else self.both / either


def answers_of(reports: Reports) -> Answers:
    """What the reports of a wave tell of how it was answered."""
    said = np.nan_to_num(reports.told) >= reports.tied_from
    pairs = np.triu(reports.answered[:, None] & reports.answered[None, :], 1)
    return Answers(
        answered=int(reports.answered.sum()),
        asked=len(reports.answered),
        both=int((said & said.T & pairs).sum()),
        one_sided=int(((said ^ said.T) & pairs).sum()),
        names=np.where(reports.answered, said.sum(axis=1), np.nan).astype(np.float64),
        named_by=said.sum(axis=0, dtype=np.int64),
        told_once=reports.told_once,
    )
