"""Portraits of a network: how one replicate looked in the months asked for."""

from collections.abc import Iterator, Sequence

from scenarios import Scenario
from scenarios.schema.roster import SIZES
from scenarios.schema.standing import Work
from scenarios.schema.whole_numbers import whole_number
from simulation.model.network import CollaborationNetwork
from simulation.model.reference import let_go
from simulation.model.ties import ORIGINS
from simulation.own_rules.loading import with_rules
from simulation.snapshot import MemberState, Snapshot, SnapshotMember, SnapshotState, SnapshotTie, member_names


def portray(scenario: Scenario, *, seed: int = 1, replicate: int = 0, months: Sequence[int]) -> tuple[Snapshot, ...]:
    """Run one replicate of the reference model and keep how it looked at the end of each of `months`.

    Raises:
        ValueError: if a month lies outside the run.
    """
    months = [whole_number("month", month, scenario.network.today, scenario.last_month) for month in months]
    model = with_rules(scenario.rules, "simulation.model.network")
    network: CollaborationNetwork = model.CollaborationNetwork(scenario, seed=seed, replicate=replicate)
    taken = {}
    while True:
        if network.month in months:
            taken[network.month] = snapshot(network)
        if network.month >= max(months, default=0):
            break
        network.step()
    let_go(network)
    return tuple(taken[month] for month in months)


def snapshot(network: CollaborationNetwork) -> Snapshot:
    """How a network looks now."""
    settings, roster = network.settings, network.settings.roster
    topics = roster.topics if roster else [f"topic {topic + 1}" for topic in range(settings.network.topics)]
    regions = roster.regions if roster else [f"region {region + 1}" for region in range(settings.network.regions)]
    names = member_names(roster, len(network.organizations))
    members = tuple(
        SnapshotMember(
            name=names[m.number],
            topic=topics[m.main_topic],
            region=regions[m.region],
            size=SIZES[m.size],
            need=m.need,
            engagement=m.engagement,
            champion=m.champion,
            present=m.present,
            interests=tuple((topics[topic], float(weight)) for topic, weight in enumerate(m.interests) if weight),
            activity=m.activity,
        )
        for m in network.in_rows
    )
    ties: list[tuple[SnapshotTie, tuple[int, bool]]] = []
    for pair, tie in network.ties.items():
        collaboration = network.collaborations.get(pair)
        funded = collaboration is not None and collaboration.funded(network.month)
        one, other = sorted(map(network.row_of, pair))
        origin, collaborates = ORIGINS[tie.origin], collaboration is not None
        shown = SnapshotTie(one, other, tie.trust, tie.overlap, origin, collaborates, funded)
        ties.append((shown, (tie.met, tie.event_only)))
    ties.sort(key=lambda tie: (tie[0].one, tie[0].other))
    return Snapshot(
        settings.name, network.luck.seed, network.luck.replicate, network.month, members,
        tuple(tie for tie, _ in ties), _state(network, tuple(known for _, known in ties)),
    )  # fmt: skip


def _waiting(network: CollaborationNetwork) -> Iterator[tuple[int, int, int, bool]]:
    """Pairs that wait for an open call, in the order in which they have applied."""
    for application in network.applications.values():
        one, other = sorted(map(network.row_of, (application.one, application.other)))
        yield application.month, one, other, application.willing_anyway


def _state(network: CollaborationNetwork, ties: tuple[tuple[int, bool], ...]) -> SnapshotState:
    """What a run that goes on from here needs to know besides."""
    stock, works = network.stocktaking, []
    for work in network.collaborated:
        one, other = sorted(map(network.row_of, (work.one, work.other)))
        works.append(Work(work.start, one, other, max(0, work.grant_end - 1), work.ended))
    members = tuple(
        MemberState(
            m.joined, m.left, m.practice, m.taken_up, m.took_up_from_others, m.low_months, m.representative, m.since
        )
        for m in network.in_rows
    )
    own = stock.members_spent + network.funder.spent_by_members
    return SnapshotState(
        members, ties, tuple(works), {month: tuple(rows) for month, rows in network.attended.items()},
        (network.funder.spent, own, stock.evidence, stock.translated), tuple(_waiting(network)),
        sum(network.translations_due.values()),
    )  # fmt: skip
