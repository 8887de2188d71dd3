"""Statistics of the structure of a network of ties, exact and compiled. Checked against networkx in the tests."""

import numpy as np
from numpy.typing import NDArray

from simulation.compiling import compiled

MOST_FOR_BETWEENNESS = 300
"""Members up to which betweenness is worth its time, which grows with members x ties."""

NAN = float("nan")


@compiled
def neighbours(ties: NDArray[np.int64], members: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Whom each member knows, in order of number.

    Args:
        ties: pairs (one, other), one < other, each once, in lexical order, int[ties, 2].
        members: how many there are.

    Returns:
        start int[members + 1] and known int[2 ties]: member i knows `known[start[i] : start[i + 1]]`.
    """
    start = np.zeros(members + 1, np.int64)
    for tie in range(ties.shape[0]):
        start[ties[tie, 0] + 1] += 1
        start[ties[tie, 1] + 1] += 1
    for member in range(members):
        start[member + 1] += start[member]
    known = np.empty(2 * ties.shape[0], np.int32)
    filled = start[:-1].copy()
    for tie in range(ties.shape[0]):
        one, other = ties[tie, 0], ties[tie, 1]
        known[filled[one]] = other
        known[filled[other]] = one
        filled[one] += 1
        filled[other] += 1
    return start, known


@compiled
def transitivity(start: NDArray[np.int64], known: NDArray[np.int32]) -> float:
    """Share of connected triples that are closed; nan without any connected triple."""
    closed, triples = 0, 0
    members = start.shape[0] - 1
    for one in range(members):
        degree = start[one + 1] - start[one]
        triples += degree * (degree - 1) // 2
        for place in range(start[one], start[one + 1]):
            other = known[place]
            if other > one:
                a, b = start[one], start[other]
                while a < start[one + 1] and b < start[other + 1]:
                    if known[a] == known[b]:
                        closed += 1  # each triangle is met at each of its three ties
                        a += 1
                        b += 1
                    elif known[a] < known[b]:
                        a += 1
                    else:
                        b += 1
    return closed / triples if triples > 0 else NAN


@compiled
def degree_centralization(start: NDArray[np.int64]) -> float:
    """Freeman's: sum of the distances to the largest degree, over that of a star; nan below three members."""
    members = start.shape[0] - 1
    if members < 3:
        return NAN
    degrees = start[1:] - start[:-1]
    return float((degrees.max() * members - degrees.sum()) / ((members - 1.0) * (members - 2.0)))


@compiled
def betweenness(start: NDArray[np.int64], known: NDArray[np.int32]) -> NDArray[np.float64]:
    """Share of the shortest paths between others that lead through each member, normalized, float[members].

    Source:
        Brandes 2001, A faster algorithm for betweenness centrality, J. Math. Sociology 25(2).
    """
    members = start.shape[0] - 1
    result = np.zeros(members)
    distance, paths = np.empty(members, np.int64), np.empty(members)
    owed, queue = np.empty(members), np.empty(members, np.int64)
    for source in range(members):
        distance[:] = -1
        paths[:] = 0.0
        owed[:] = 0.0
        distance[source], paths[source], queue[0] = 0, 1.0, source
        head, tail = 0, 1
        while head < tail:
            one = queue[head]
            head += 1
            if tail == members and distance[one] == distance[queue[tail - 1]]:
                break  # everybody is found, and nothing lies beyond the last ones
            for place in range(start[one], start[one + 1]):
                other = known[place]
                if distance[other] < 0:
                    distance[other] = distance[one] + 1
                    queue[tail] = other
                    tail += 1
                if distance[other] == distance[one] + 1:
                    paths[other] += paths[one]
        for position in range(tail - 1, 0, -1):
            other = queue[position]
            result[other] += owed[other]
            if distance[other] > 1:  # what the source's own contacts owe, they owe the source, which does not count
                share = (1.0 + owed[other]) / paths[other]
                for place in range(start[other], start[other + 1]):
                    one = known[place]
                    if distance[one] == distance[other] - 1:
                        owed[one] += paths[one] * share
    if members > 2:
        result /= (members - 1.0) * (members - 2.0)
    return result


@compiled
def betweenness_centralization(start: NDArray[np.int64], known: NDArray[np.int32]) -> float:
    """Freeman's, of normalized betweenness: 1 for a star, 0 if all are alike; nan below 3 and above 300 members."""
    members = start.shape[0] - 1
    if members < 3 or members > MOST_FOR_BETWEENNESS:
        return NAN
    through = betweenness(start, known)
    return float((through.max() * members - through.sum()) / (members - 1.0))


@compiled
def modularity(start: NDArray[np.int64], known: NDArray[np.int32], label: NDArray[np.int64]) -> float:
    """Newman's modularity of a given partition, `label` int[members]; nan without ties. A formula, no search."""
    ends = known.shape[0]  # two a tie
    if ends == 0:
        return NAN
    classes = label.max() + 1
    inside, degree = np.zeros(classes), np.zeros(classes)
    for one in range(start.shape[0] - 1):
        degree[label[one]] += start[one + 1] - start[one]
        for place in range(start[one], start[one + 1]):
            if label[known[place]] == label[one]:
                inside[label[one]] += 1.0
    total = 0.0
    for place in range(classes):
        total += inside[place] / ends - (degree[place] / ends) ** 2
    return float(total)


@compiled
def homophily(start: NDArray[np.int64], known: NDArray[np.int32], label: NDArray[np.int64]) -> float:
    """Ties inside classes less ties between them, over all ties; nan without ties.

    Source:
        Krackhardt & Stern 1988, Social Psychology Quarterly 51(2): the E-I index; ours has the opposite sign.
    """
    ends, inside = known.shape[0], 0
    if ends == 0:
        return NAN
    for one in range(start.shape[0] - 1):
        for place in range(start[one], start[one + 1]):
            if label[known[place]] == label[one]:
                inside += 1
    return float((2.0 * inside - ends) / ends)


def statistics(ties: NDArray[np.int64], topic: NDArray[np.int64], region: NDArray[np.int64]) -> dict[str, float]:
    """All statistics of structure, by outcome name.

    Args:
        ties: pairs (one, other), one < other, each once, in lexical order, int[ties, 2].
        topic: main topic of each member, int[members].
        region: of each member, int[members].
    """
    start, known = neighbours(ties, len(topic))
    return {
        "transitivity": transitivity(start, known),
        "degree_centralization": degree_centralization(start),
        "betweenness_centralization": betweenness_centralization(start, known),
        "modularity_topic": modularity(start, known, topic),
        "modularity_region": modularity(start, known, region),
        "homophily_topic": homophily(start, known, topic),
        "homophily_region": homophily(start, known, region),
    }
