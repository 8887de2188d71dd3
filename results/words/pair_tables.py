"""Pairs and members by name, as tables: a row a pair, a row a member, with what becomes of them in many networks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from results.estimates.predicted_pairs import PredictedPairs
from results.folders.parquet import Column, Columns


def pairs_among(members: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each pair of some members once, in order of their numbers: the one and the other, int[pairs] each."""
    one, other = np.triu_indices(len(members), 1)
    return members[one], members[other]


def pair_columns(
    names: Sequence[str], predicted: PredictedPairs, members: NDArray[np.int64], *, reported: bool = False
) -> Columns:
    """A row for each pair: one, other, the shares of networks in which they are tied and collaborate, and mean trust.

    Args:
        names: of all members.
        predicted: what was counted.
        members: numbers of those whose pairs are wanted, ascending.
        reported: whether there is a column for the share of networks in which a survey counts them as tied.
    """
    one, other = pairs_among(members)
    shares = {"reported": predicted.reported} if reported else {}
    shares |= {"tied": predicted.tied, "collaborating": predicted.working}
    return {
        "one": [names[number] for number in one.tolist()],
        "other": [names[number] for number in other.tolist()],
        **{name: counts[one, other] / predicted.networks for name, counts in shares.items()},
        "trust": predicted.trust[one, other] / predicted.networks,
    }


def member_columns(
    names: Sequence[str], predicted: PredictedPairs, members: NDArray[np.int64], *, reported: bool = False
) -> Columns:
    """A row for each member: the chance to collaborate with anybody, how many collaborators and ties, and to have none.

    Args:
        names: of all members.
        predicted: what was counted.
        members: numbers of those who are wanted, ascending.
        reported: whether there is a column for the mean number of ties that a survey counts.
    """
    counts = {"collaborations": predicted.working, "ties": predicted.tied}
    counts |= {"reported_ties": predicted.reported} if reported else {}
    return {
        "member": [names[number] for number in members.tolist()],
        "collaborating": predicted.active[members] / predicted.networks,
        **{name: _each(table, members) / predicted.networks for name, table in counts.items()},
        "alone": predicted.alone[members] / predicted.networks,
    }


def below_each_other(tables: Sequence[Columns]) -> Columns:
    """Tables with the same columns as one; there is one at least."""
    return {name: _joined([table[name] for table in tables]) for name in tables[0]}


def _joined(parts: Sequence[Column]) -> Column:
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)  # type: ignore[arg-type]  # all of one kind
    return [word for part in parts for word in part]


def _each(counts: NDArray[np.int64], members: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of the others each has, added up over networks, int[members]."""
    return np.asarray(counts[np.ix_(members, members)].sum(axis=1))
