"""The Shapley value: how much of what a coalition makes each of its players makes.

A game gives every coalition of players a value, here one for each replicate. A coalition is a whole number whose bit i
says whether player i is in it.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from math import factorial

import numpy as np

from results.estimates.parameter_uncertainty import Values
from scenarios.schema.whole_numbers import whole_number

Game = Callable[[int], Values]
"""Value of a coalition, float[...]; of one shape for all."""
Order = tuple[int, ...]
"""Players as they join, one after the other."""


def coalition(players: Iterable[int]) -> int:
    """The coalition of some players."""
    return sum(1 << player for player in players)


def shapley(game: Game, players: int) -> Values:
    """What each player makes, from all coalitions: its mean marginal contribution over all orders of joining.

        phi_i = sum over S without i of  |S|! (n - |S| - 1)! / n!  (v(S + i) - v(S))

    They add up to v(all) - v(none); who never changes anything gets 0; players alike in everything get the same; and
    the parts of a sum of games are the sums of the parts.

    Args:
        game: value of each coalition.
        players: how many there are, n.

    Returns:
        float[players, ...].

    Source:
        Shapley (1953), A value for n-person games, doi:10.1515/9781400881970-018: the value, and that nothing else
        has these four properties. Ours: to take it replicate by replicate.
    """
    parts = []
    for player in range(players):
        others = [one for one in range(players) if one != player]
        part = np.zeros_like(game(0))
        for size in range(players):
            weight = factorial(size) * factorial(players - size - 1) / factorial(players)
            for made in map(coalition, combinations(others, size)):
                part = part + weight * (game(made | 1 << player) - game(made))
        parts.append(part)
    return np.array(parts)


def interaction(game: Game, players: int, one: int, other: int) -> Values:
    """How much more two players make together than each by itself, whoever else is there; 0 in an additive game.

        I_ij = sum over S without i and j of  |S|! (n - |S| - 2)! / (n - 1)!
               (v(S + i + j) - v(S + i) - v(S + j) + v(S))

    Args:
        game: value of each coalition.
        players: how many there are, n.
        one: player i.
        other: player j.

    Source:
        Grabisch & Roubens (1999), International Journal of Game Theory 28, doi:10.1007/s001820050125: the
        interaction index.
    """
    others = [player for player in range(players) if player not in (one, other)]
    i, j = 1 << one, 1 << other
    found = np.zeros_like(game(0))
    for size in range(players - 1):
        weight = factorial(size) * factorial(players - size - 2) / factorial(players - 1)
        for made in map(coalition, combinations(others, size)):
            found = found + weight * (game(made | i | j) - game(made | i) - game(made | j) + game(made))
    return found


def orders(players: int, count: int, seed: int) -> tuple[Order, ...]:
    """Orders of joining drawn at random, in antithetic pairs: each second one is the one before it backwards.

    Who joins early in one order joins late in the other, so that what depends on who is there already is evened out
    within a pair, and pairs differ less than two orders drawn independently.

    Args:
        players: how many there are.
        count: how many orders; even.
        seed: of the draw.

    Raises:
        ValueError: if the count is odd, or below 4: the difference of two pairs is the least that says how sure it is.

    Source:
        Castro, Gomez & Tejada (2009), Computers & Operations Research 36(5), doi:10.1016/j.cor.2008.04.004:
        sampling of orders. Mitchell, Cooper, Frank & Holmes (2022), Journal of Machine Learning Research 23(43):
        antithetic pairs.
    """
    count = whole_number("orders", count, None)
    if count < 4 or count % 2:
        raise ValueError(f"orders is {count}: allowed is an even number from 4, for they are drawn in pairs")
    luck = np.random.default_rng(whole_number("seed", seed, high=None))
    drawn = [tuple(luck.permutation(players).tolist()) for _ in range(count // 2)]
    return tuple(order for one in drawn for order in (one, one[::-1]))


def coalitions_along(order: Order) -> list[int]:
    """The coalitions that come about as players join in an order, from none to all."""
    return [coalition(order[:size]) for size in range(len(order) + 1)]


def marginals(game: Game, some: Sequence[Order]) -> Values:
    """What each player adds as it joins, in each order; their mean over orders is an unbiased estimate of `shapley`.

    In every order they add up to v(all) - v(none), and so do their means.

    Returns:
        float[orders, players, ...].
    """
    found = []
    for order in some:
        values = [game(made) for made in coalitions_along(order)]
        added = {player: values[place + 1] - values[place] for place, player in enumerate(order)}
        found.append([added[player] for player in range(len(order))])
    return np.array(found)
