"""A network put in as it is known today: members, ties, collaborations so far, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation import rules
from simulation.founding import roster_arrays
from simulation.model.ties import Application, Collaboration, Tie
from simulation.standing import Parameters, Stood, months_worked, stand

if TYPE_CHECKING:
    from scenarios.schema.roster import Roster
    from scenarios.schema.standing import Standing, Work
    from simulation.model.network import CollaborationNetwork


def stand_as_known(network: CollaborationNetwork) -> None:
    """Members and ties as they are known today; the network has put the founders in as at the founding."""
    roster = network.settings.roster
    assert roster is not None
    assert roster.standing is not None
    known = roster.standing
    _come_and_go(network, roster)
    stood = _stood(network)
    for member in network.organizations:
        number = member.number
        if number < len(known.since):
            member.engagement, member.representative = (
                float(stood.engagement[number]),
                int(stood.representative[number]),
            )
            member.adapted, member.practice = float(stood.adapted[number]), float(known.practice[number])
            member.taken_up, member.took_up_from_others = int(known.uptake[number]), bool(known.from_others[number])
            member.low_months, member.since = int(known.low_months[number]), int(known.since[number])
            member.joined = roster.joins[number] if roster.joins else 0
    for place, (one, other, _) in enumerate(roster.ties or ()):
        if other < len(network.organizations):
            _bring_tie(network, known, place, one, other, float(stood.trust[place]))
    for work in known.works:
        _take_up(network, work)
    if known.waiting:
        network.funder.sets_agenda()  # what they have applied with is aligned with it
    for waiting in known.waiting:
        _wait(network, *waiting)
    network.plan_evidence(stood.pieces.tolist())
    cost, own, evidence, translated = known.counted.tolist()
    network.funder.spent_before = cost
    stock = network.stocktaking
    stock.members_spent, stock.evidence, stock.translated = own, int(evidence), int(translated)
    stock.months_of_collaboration = int(months_worked(roster_arrays(network.settings).standing.works, network.month))


def _come_and_go(network: CollaborationNetwork, roster: Roster) -> None:
    """Who has joined so far, and who has left."""
    while (number := len(network.organizations)) < len(roster.joins) and roster.joins[number] <= network.month:
        network.organizations.append(network.member_class(network, number))
    network.busiest = max(member.activity for member in network.organizations)
    for member, left in zip(network.organizations, roster.leaves, strict=False):
        member.present = not 0 < left <= network.month
        member.left = 0 if member.present else left
    network.present_count = len(network.present_members())


def _stood(network: CollaborationNetwork) -> Stood:
    """What follows from the files by the rules, with this replicate's parameters and luck."""
    settings, b, who = network.settings, network.settings.behaviour, network.founding
    parameters = Parameters(
        settings.members.engagement, b.engagement_rate, b.relational_months, b.fit_gap, b.fit_rate,
        settings.network.flexibility, settings.network.prior_trust, b.trust_convening, b.trust_group,
        b.trust_introduction, b.trust_contact, b.trust_work, b.trust_application, b.decay, b.decay_spread, b.embedding,
        b.ageing, b.event_decay, b.evidence_rate, b.evidence_lag, network.grant.evidence,
    )  # fmt: skip
    arrays = roster_arrays(settings)
    return stand(
        arrays.standing, parameters, network.month, arrays.ties, arrays.trust, who.interests, who.representative,
        who.engagement, network.words, network.luck.seed, network.luck.replicate,
    )  # fmt: skip


def _bring_tie(network: CollaborationNetwork, known: Standing, place: int, one: int, other: int, trust: float) -> None:
    """A tie that stands today."""
    tie = network.tie_between(network.organizations[one], network.organizations[other], int(known.origin[place]))
    tie.met, tie.event_only = int(known.met[place]), bool(known.events_only[place])
    tie.trust, tie.strong = trust, trust > rules.STRONG
    network.note(rules.BEFORE, one, other)


def _wait(network: CollaborationNetwork, month: int, one: int, other: int, anyway: int) -> None:
    """A pair that waits for an open call."""
    partners = network.organizations[one], network.organizations[other]
    alignment = rules.pair_alignment(partners[0].alignment, partners[1].alignment)
    network.applications[one, other] = Application(one, other, alignment, bool(anyway), month)
    for partner in partners:
        partner.applications += 1
    network.note(rules.APPLICATION, one, other, month=month)


def _take_up(network: CollaborationNetwork, work: Work) -> None:
    """A collaboration that has begun so far, and perhaps ended."""
    partners = network.organizations[work.one], network.organizations[work.other]
    grant_end = work.funded_until + 1 if work.funded_until else 0
    tie: Tie | None = partners[0].known.get(work.other)
    network.stocktaking.formed += 1
    network.stocktaking.formed_by_facilitation += tie is not None and tie.facilitated
    network.note(rules.FUNDED if grant_end else rules.UNFUNDED, work.one, work.other, month=work.began)
    for partner in partners:
        partner.ever_collaborated = True
    collaboration = Collaboration(work.one, work.other, work.began, grant_end, work.ended)
    network.adds(collaboration)
    if work.ended:
        network.note(rules.ENDED, work.one, work.other, month=work.ended)
        return
    for partner in partners:
        if collaboration.funded(network.month):
            partner.funded += 1
        else:
            partner.unfunded += 1
