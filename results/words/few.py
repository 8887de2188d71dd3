"""So few sets of parameters, networks or futures that what is read from them is rough."""

from collections.abc import Sequence

from results.words.sentence import told
from scenarios import Posterior
from scenarios.schema.posterior import IN_A_ROW

FEW = 20
"""Below so many, hardly one lies where the outer 2.5 % of a spread are, and its width is off by a sixth. Ours."""


def few(count: int, things: str, remedy: str = "") -> str:
    """A warning where something is read from too few; "" where they are enough.

    Args:
        count: of what it is read from.
        things: what that is, in the plural.
        remedy: how to have more.
    """
    if count >= FEW:
        return ""
    return (
        f"This rests on so few {things} ({count}) that intervals, ranges and chances are rough; take {FEW} or more"
        f"{f' ({remedy})' if remedy else ''} before you rely on it."
    )


def few_sets(posteriors: Sequence[Posterior], replicates: int) -> str:
    """The same of the sets of parameters that replicates live with, or of the networks where parameters are fixed."""
    if not posteriors:
        return told("few.networks", count=replicates, enough=FEW) if replicates < FEW else ""
    most = max(len(one) for one in posteriors)
    if most < FEW:  # no number of replicates uses more
        return told("few.posterior", count=most, enough=FEW)
    used = max(one.in_use(replicates) for one in posteriors)
    return told("few.sets", count=used, enough=FEW, replicates=str(FEW * IN_A_ROW)) if used < FEW else ""
