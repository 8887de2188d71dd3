"""Statistics of structure. Source of truth: networkx, and shapes whose values are known by hand."""

from math import isnan
from typing import Any

import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray

from simulation import structure
from simulation.outcomes import outcome_named


def ties_of(graph: Any) -> Any:
    """Pairs (one, other), one < other, int[ties, 2]."""
    return np.array(sorted(tuple(sorted(tie)) for tie in graph.edges), np.int64).reshape(-1, 2)


def numbered(graph: Any) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    return structure.neighbours(ties_of(graph), len(graph))


GRAPHS = {
    **{f"random {seed}": nx.gnp_random_graph(15, 0.1 + 0.1 * seed, seed=seed) for seed in range(8)},
    "complete": nx.complete_graph(7),
    "ring": nx.cycle_graph(9),
    "star": nx.star_graph(8),
    "path": nx.path_graph(6),
    "disconnected": nx.disjoint_union(nx.complete_graph(4), nx.path_graph(5)),
    "one tie": nx.Graph([(0, 1)]),
    "mostly strangers": nx.disjoint_union(nx.empty_graph(5), nx.path_graph(3)),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_everybody_is_listed_under_those_who_know_it_in_order(name: str) -> None:
    start, known = numbered(GRAPHS[name])
    for member in GRAPHS[name]:
        assert known[start[member] : start[member + 1]].tolist() == sorted(GRAPHS[name][member])


@pytest.mark.parametrize("name", GRAPHS)
def test_transitivity_is_that_of_networkx(name: str) -> None:
    graph = GRAPHS[name]
    found = structure.transitivity(*numbered(graph))
    if any(degree > 1 for _, degree in graph.degree):
        assert found == pytest.approx(nx.transitivity(graph))
    else:
        assert isnan(found), "without two ties that meet there is nothing to close"


@pytest.mark.parametrize("name", GRAPHS)
def test_betweenness_is_that_of_networkx(name: str) -> None:
    by_networkx = list(nx.betweenness_centrality(GRAPHS[name]).values())
    assert structure.betweenness(*numbered(GRAPHS[name])) == pytest.approx(by_networkx)

    members = len(by_networkx)
    if members > 2:
        central = sum(max(by_networkx) - one for one in by_networkx) / (members - 1)
        assert structure.betweenness_centralization(*numbered(GRAPHS[name])) == pytest.approx(central)


@pytest.mark.parametrize("name", GRAPHS)
def test_modularity_is_that_of_networkx(name: str) -> None:
    graph = GRAPHS[name]
    label = np.random.default_rng(4).integers(0, 4, len(graph))
    classes = [{member for member in graph if label[member] == one} for one in range(4)]
    found = structure.modularity(*numbered(graph), label)
    assert found == pytest.approx(nx.community.modularity(graph, [one for one in classes if one]))


@pytest.mark.parametrize("members", [3, 6, 20])
def test_a_star_is_fully_central_and_a_ring_not_at_all(members: int) -> None:
    star, ring = numbered(nx.star_graph(members - 1)), numbered(nx.cycle_graph(members))

    assert structure.degree_centralization(star[0]) == pytest.approx(1.0)
    assert structure.betweenness_centralization(*star) == pytest.approx(1.0)
    assert structure.degree_centralization(ring[0]) == 0.0
    assert structure.betweenness_centralization(*ring) == pytest.approx(0.0)


def test_degree_centralization_by_hand() -> None:
    # Degrees 1, 2, 2, 1: the distances to the largest sum to 2, those of a star of 4 to 6.
    assert structure.degree_centralization(numbered(nx.path_graph(4))[0]) == pytest.approx(2 / 6)


def test_homophily_by_hand() -> None:
    start, known = structure.neighbours(np.array([[0, 1], [0, 2], [1, 2], [2, 3]], np.int64), 4)
    assert structure.homophily(start, known, np.array([0, 0, 1, 1])) == 0.0
    assert structure.homophily(start, known, np.array([0, 0, 0, 1])) == 0.5
    assert structure.homophily(start, known, np.array([0, 0, 0, 0])) == 1.0
    assert structure.homophily(start, known, np.array([0, 1, 2, 3])) == -1.0


def test_without_ties_what_is_said_of_ties_is_missing() -> None:
    found = structure.statistics(np.empty((0, 2), np.int64), np.zeros(5, np.int64), np.zeros(5, np.int64))

    missing = {"transitivity", "modularity_topic", "modularity_region", "homophily_topic", "homophily_region"}
    assert {name for name, value in found.items() if isnan(value)} == missing
    assert found["degree_centralization"] == found["betweenness_centralization"] == 0.0


def test_two_members_have_no_centre() -> None:
    start, known = numbered(nx.path_graph(2))
    assert isnan(structure.degree_centralization(start))
    assert isnan(structure.betweenness_centralization(start, known))


@pytest.mark.parametrize(("more", "missing"), [(0, False), (1, True)])
def test_betweenness_is_missing_where_members_are_too_many(more: int, missing: bool) -> None:
    assert f"above {structure.MOST_FOR_BETWEENNESS} members" in outcome_named("betweenness_centralization").meaning
    network = structure.neighbours(np.array([[0, 1]], np.int64), structure.MOST_FOR_BETWEENNESS + more)
    assert isnan(structure.betweenness_centralization(*network)) is missing


def test_all_statistics_come_under_their_names() -> None:
    graph = GRAPHS["random 3"]
    topic, region = np.arange(15) % 3, np.arange(15) % 2

    found = structure.statistics(ties_of(graph), topic, region)

    by_topic = [{member for member in graph if member % 3 == one} for one in range(3)]
    by_region = [{member for member in graph if member % 2 == one} for one in range(2)]
    inside = sum(one % 2 == other % 2 for one, other in graph.edges)
    assert found == {
        "transitivity": pytest.approx(nx.transitivity(graph)),
        "degree_centralization": structure.degree_centralization(numbered(graph)[0]),
        "betweenness_centralization": structure.betweenness_centralization(*numbered(graph)),
        "modularity_topic": pytest.approx(nx.community.modularity(graph, by_topic)),
        "modularity_region": pytest.approx(nx.community.modularity(graph, by_region)),
        "homophily_topic": structure.homophily(*numbered(graph), topic),
        "homophily_region": pytest.approx((2 * inside - len(graph.edges)) / len(graph.edges)),
    }
