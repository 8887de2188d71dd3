"""Where members stand: on graphs whose answer is known, and as networkx or a count by hand has it on any other."""

from itertools import combinations
from math import isnan

import networkx as nx
import numpy as np
import pytest

from results.describing.description import Description, describe
from scenarios.observed.network_today import NetworkToday
from scenarios.schema.roster import Roster


def roster(
    graph: "nx.Graph[int]", *, interests: list[list[float]] | None = None, region: list[int] | None = None
) -> Roster:
    members = len(graph)
    ties = tuple((one, other, float(data.get("trust", 1.0))) for one, other, data in sorted(graph.edges(data=True)))
    weights = np.array(interests) if interests else np.ones((members, 1))
    regions = region or [0] * members
    return Roster(
        tuple(f"M{number}" for number in range(members)),
        tuple(f"topic {number}" for number in range(weights.shape[1])),
        tuple(f"region {number}" for number in range(max(regions) + 1)) if region else ("not given",),
        weights,
        np.array(regions),
        np.ones(members, np.int64),
        np.full(members, 0.5),
        np.zeros(members, np.bool_),
        np.zeros(members),
        ties,
    )


def described(graph: "nx.Graph[int]") -> Description:
    return describe(NetworkToday("a network", roster(graph)))


def test_in_a_star_all_ways_lead_through_the_middle() -> None:
    found = described(nx.star_graph(5))
    places, whole = found.positions, found.whole
    assert places is not None
    assert whole is not None
    assert places.between.tolist() == [1.0, 0, 0, 0, 0, 0]
    assert places.only_through.tolist() == [10, 0, 0, 0, 0, 0]  # 5 x 4 / 2 pairs
    assert places.cut_off.tolist() == [4, 0, 0, 0, 0, 0]  # of 5 that remain, one is the largest rest
    assert places.near.tolist() == [5] * 6
    assert places.partners.tolist() == [5, 1, 1, 1, 1, 1]
    assert (places.central[0], places.brokers, places.joints) == (0, (0,), (0,))
    assert (whole.density, whole.closed, whole.farthest) == (5 / 15, 0.0, 2)
    assert whole.steps == pytest.approx((5 * 1 + 10 * 2) / 15)


def test_on_a_path_the_shares_are_those_of_the_closed_form() -> None:
    found = described(nx.path_graph(5))
    assert found.positions is not None
    # number i has i members on one side and 4 - i on the other: i (4 - i) of the 6 pairs of others
    assert found.positions.between.tolist() == pytest.approx([0, 3 / 6, 4 / 6, 3 / 6, 0])
    assert found.positions.cut_off.tolist() == [0, 1, 2, 1, 0]
    assert found.positions.near.tolist() == [2, 3, 4, 3, 2]


def test_where_everybody_knows_everybody_nobody_is_between() -> None:
    found = described(nx.complete_graph(6))
    assert found.positions is not None
    assert found.whole is not None
    assert not found.positions.between.any()
    assert not found.positions.only_through.any()
    assert not found.positions.brokers
    assert (found.whole.density, found.whole.closed, found.whole.steps) == (1.0, 1.0, 1.0)


def test_parts_and_members_without_a_tie_are_counted() -> None:
    graph = nx.disjoint_union_all([nx.empty_graph(1), nx.path_graph(2), nx.cycle_graph(4)])
    found = described(graph)
    assert found.positions is not None
    assert found.whole is not None
    assert found.whole.parts == (4, 2, 1)
    assert found.positions.part.tolist() == [2, 1, 1, 0, 0, 0, 0]
    assert found.positions.alone == (0,)
    assert isnan(found.positions.trust[0])
    assert isnan(found.positions.elsewhere[0])


@pytest.mark.parametrize("seed", range(4))
def test_any_network_is_as_networkx_and_a_count_by_hand_have_it(seed: int) -> None:
    graph = nx.gnp_random_graph(24, 0.1, seed=seed)
    for one, other in graph.edges:
        graph.edges[one, other]["trust"] = ((one * 7 + other * 3) % 10 + 1) / 10
    found = described(graph)
    places, whole = found.positions, found.whole
    assert places is not None
    assert whole is not None
    between = nx.betweenness_centrality(graph)
    for one in graph:
        its = list(graph.neighbors(one))
        assert places.partners[one] == len(its)
        assert places.between[one] == pytest.approx(between[one])
        assert places.near[one] == len(nx.single_source_shortest_path_length(graph, one, cutoff=2)) - 1
        lone = [
            pair
            for pair in combinations(its, 2)
            if not graph.has_edge(*pair) and len(list(nx.common_neighbors(graph, *pair))) == 1
        ]
        assert places.only_through[one] == len(lone)
        if its:
            assert places.trust[one] == pytest.approx(np.mean([graph.edges[one, other]["trust"] for other in its]))
        part = nx.node_connected_component(graph, one) - {one}
        rests = [len(rest) for rest in nx.connected_components(graph.subgraph(part))]
        assert places.cut_off[one] == (len(part) - max(rests) if rests else 0)
    assert whole.density == pytest.approx(nx.density(graph))
    assert whole.closed == pytest.approx(nx.transitivity(graph))
    largest = graph.subgraph(max(nx.connected_components(graph), key=len))
    assert whole.steps == pytest.approx(nx.average_shortest_path_length(largest))
    assert whole.farthest == nx.diameter(largest)


@pytest.mark.parametrize("members", [2, 3])
def test_the_smallest_networks_are_described(members: int) -> None:
    found = described(nx.empty_graph(members))
    assert found.whole is not None
    assert found.positions is not None
    assert (found.whole.density, found.whole.parts, found.whole.trust) == (0.0, (1,) * members, None)
    assert isnan(found.whole.closed)
    assert isnan(found.whole.steps)
    assert found.positions.central == ()


def test_ties_that_are_all_equally_strong_tell_nothing_of_trust() -> None:
    graph = nx.cycle_graph(6)
    assert described(graph).whole.trust is None  # type: ignore[union-attr]
    graph.edges[0, 1]["trust"] = 0.2
    trust = described(graph).whole.trust  # type: ignore[union-attr]
    assert trust is not None
    assert (trust.middle, trust.weak) == (1.0, 1)


def test_groups_count_ties_inside_and_outside() -> None:
    graph = nx.Graph([(0, 1), (1, 2), (2, 3), (0, 4)])
    interests: list[list[float]] = [[1, 0], [1, 0], [0.6, 0.8], [0, 1], [0, 1]]
    network = NetworkToday("a network", roster(graph, interests=interests, region=[0, 0, 0, 1, 2]))
    groups = {(one.kind, one.name): one for one in describe(network).groups}
    first = groups["topic", "topic 0"]
    assert first.members == (0, 1, 2)
    assert (first.ties, first.density, first.outward) == (2, 2 / 3, 1 - 4 / 6)  # 2 ties have 4 of its 6 ends
    lone = groups["region", "region 2"]
    assert (lone.members, lone.ties, lone.outward) == ((4,), 0, 1.0)
    assert isnan(lone.density)
    unsaid = NetworkToday("a network", network.roster, without_topics=frozenset({2}))
    assert {one.name: one.members for one in describe(unsaid).groups if one.kind == "topic"} == {
        "topic 0": (0, 1),
        "topic 1": (3, 4),
    }


def test_a_region_without_a_topic_is_missed_only_where_somebody_would_be_expected() -> None:
    graph = nx.empty_graph(12)
    interests: list[list[float]] = [*([[1.0, 0.0]] * 5), *([[0.0, 1.0]] * 6), [1, 0]]
    network = NetworkToday("a network", roster(graph, interests=interests, region=[0] * 5 + [1] * 6 + [2]))
    lacks = describe(network, topics=["TOPIC 1", "housing", "housing"], regions=["north"]).missing
    assert [(gap.topic, gap.region, gap.expected) for gap in lacks.gaps] == [
        ("topic 0", "region 1", 3.0),
        ("topic 1", "region 0", 2.5),
    ]
    assert (lacks.topics, lacks.regions) == (("housing",), ("north",))
    assert lacks.lone_regions == (("region 2", 11),)
