"""How true ties become reports: who names whom, how strong a tie must be to be named, and who is named by mistake."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Rule = Literal["mean", "either", "both"]
RULES: tuple[Rule, ...] = ("mean", "either", "both")
"""What a tie is where its two sides report differently: the mean of the two, the higher or the lower of them."""
STRONG_BY_MISTAKE = 1e-3
"""Of those named by mistake the share that is told as more than the weakest tie that counts; ours: hardly any."""
_EDGE = 1e-6
"""Log-odds are taken of chances this far from 0 and 1 at least."""


@dataclass(frozen=True)
class Reporting:
    """How members report their ties. As it stands by default, reports are the truth.

    Attributes:
        named: chance that a member names a tie that is just strong enough to count, 0 to 1.
        named_strong: the same of a tie of strength 1; between the two the chance rises evenly with the strength.
        habit: how much members differ in naming: standard deviation of what each adds to the log-odds, 0 or more.
        mistaken: chance that a member names somebody to whom it has no tie that counts, 0 to 1.
        together: whether there is one report of each pair, which the data show on both sides.

    Source:
        Butts 2003, Network inference, error, and informant (in)accuracy, Social Networks 25(2),
        doi:10.1016/S0378-8733(02)00038-2: false negatives and false positives of each informant. De Bacco, Contisciani,
        Cardoso-Silva, Safdari, Lima Borges, Baptista, Sweet, Young, Koster, Ross, McElreath, Redhead & Power 2023,
        Latent network models to account for noisy, multiply reported social network data, J. R. Stat. Soc. A 186(3),
        doi:10.1093/jrsssa/qnac004: two reports of each tie. Ours: the chance rises with the strength.
    """

    named: float = 1.0
    named_strong: float = 1.0
    habit: float = 0.0
    mistaken: float = 0.0
    together: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether every tie is reported as it is."""
        return (self.named, self.named_strong, self.habit, self.mistaken) == (1.0, 1.0, 0.0, 0.0)

    def chance(
        self, strength: NDArray[np.float64], habits: NDArray[np.float64], tied_from: float
    ) -> NDArray[np.float64]:
        """Chance that each names each other, float[..., members, members].

        Args:
            strength: of the true ties, float[..., members, members]; row i are the ties that member i may name.
            habits: what each member adds to its log-odds, float[..., members].
            tied_from: strength from which two count as tied.
        """
        share = np.clip((strength - tied_from) / max(1.0 - tied_from, _EDGE), 0.0, 1.0)
        tied = self.named + (self.named_strong - self.named) * share
        named = np.where(strength >= tied_from, tied, self.mistaken)
        if not self.habit:
            return named
        held = np.clip(named, _EDGE, 1 - _EDGE)
        odds = np.log(held) - np.log1p(-held) + habits[..., :, None]
        # Chances of exactly 0 and 1 are nobody's habit.
        return np.where((named > 0) & (named < 1), 1.0 / (1.0 + np.exp(-odds)), named)


EXACT = Reporting()
"""Every tie is reported as it is, and no other."""


def tie_of(told: NDArray[np.float64], rule: Rule) -> NDArray[np.float64]:
    """Strength of each tie by what its two sides report, float[..., members, members], symmetric; 0 on the diagonal.

    Where one side alone reports, that is the tie; where neither does, it is nan.

    Args:
        told: reports, float[..., from, to]; nan where nothing was told.
        rule: for two reports that differ.
    """
    back = np.swapaxes(told, -1, -2)
    one, other = np.where(np.isnan(told), back, told), np.where(np.isnan(back), told, back)
    if rule == "mean":
        tie = (one + other) / 2
    else:
        tie = np.maximum(one, other) if rule == "either" else np.minimum(one, other)
    members = told.shape[-1]
    tie[..., np.arange(members), np.arange(members)] = 0.0
    return tie
