"""The first half of a month, compiled: founding, joining, the funder, facilitation, contacts.

The twin of `model/facilitator.py`, `model/funder.py` and the meeting half of `model/network.py`; read those first: this
only makes them fast.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import draws, funding, rules
from simulation.compiling import internal, woven
from simulation.draws import draw, draw_row, draw_slots, preferred, slots_for, whole
from simulation.engine import arrays
from simulation.engine.arrays import State, add_tie, find_tie, note, overlap_of
from simulation.founding import RosterArrays, found_members, take_part
from simulation.identities import Identities
from simulation.sorting import put_in_order
from simulation.standing import BEGAN, ENDED, GRANT_END, ONE, OTHER, Parameters, stand


class Now(NamedTuple):
    """The month as all its steps see it: whose luck it is, and what is in force.

    `facilitation_paid` and `grants_paid` are the shares of them that funders pay, `weight` theirs in the agenda.
    """

    seed: int
    replicate: int
    month: int
    is_open: bool
    is_held: bool
    fading: float
    facilitation: float
    facilitation_paid: float
    grants: float
    grants_paid: float
    call: int
    pull: float
    weight: float
    busiest: float


@internal
def luck(now: Now, kind: int, member: int, other: int) -> tuple[float, float]:
    """The two uniforms of an event this month, which goes by the words of members and topics."""
    return draw(now.seed, now.replicate, kind, now.month, member, other)


@internal
def luck_of_all(state: State, now: Now, kind: int) -> None:
    """The two uniforms of an event of every member, in the order of the month, into `first` and `second`."""
    order = state.order_words[: state.counts[arrays.ORDERED]]
    draw_row(now.seed, now.replicate, kind, now.month, order, state.nobody, state.first, state.second)


@internal
def gain_of(kind: int, b: Any) -> float:
    """Trust that an encounter of `kind` adds (share of missing trust)."""
    if kind == rules.CONVENING:
        return float(b.trust_convening)
    if kind == rules.GROUP:
        return float(b.trust_group)
    if kind == rules.INTRODUCTION:
        return float(b.trust_introduction)
    if kind == rules.CONTACT:
        return float(b.trust_contact)
    if kind == rules.WORK:
        return float(b.trust_work)
    return float(b.trust_application)


@internal
def encounter(state: State, b: Any, place: int, kind: int) -> None:
    """Two who know each other meet: trust and shared practice grow."""
    tie = state.ties[place]
    if kind != rules.CONVENING:
        tie.event_only = False
    tie.trust = rules.trust_after(tie.trust, gain_of(kind, b), tie.overlap)
    one, other = state.members[tie.one], state.members[tie.other]
    one.practice = rules.practice_after(one.practice, b.practice_gain, tie.trust)
    other.practice = rules.practice_after(other.practice, b.practice_gain, tie.trust)


@internal
def meet(state: State, b: Any, member: int, other: int, kind: int, month: int) -> int:
    """Two members meet, perhaps for the first time; the place of their tie, -1 if there is no room left."""
    tie = find_tie(state, member, other)
    if tie < 0:
        tie = add_tie(state, member, other, kind, month)
    if tie >= 0:
        encounter(state, b, tie, kind)
        note(state, month, kind, member, other)
    return tie


@woven
def found_state(p: Any, roster: RosterArrays, state: State, seed: int, replicate: int) -> None:
    """The founding: nobody has met, but for the ties from before."""
    counts, network, drawn = state.counts, p.network, p.members
    who = found_members(
        seed,
        replicate,
        network.members,
        network.regions,
        drawn.interests_fewest,
        drawn.interests_most,
        drawn.need,
        drawn.need_spread,
        drawn.engagement,
        drawn.engagement_spread,
        drawn.activity_spread,
        drawn.champions,
        network.leaders,
        network.prior_ties,
        network.prior_trust,
        roster,
        Identities(state.words, state.topic_words, state.marks, state.everybody),
    )
    counts[:] = 0
    counts[arrays.EVER] = counts[arrays.PRESENT] = network.members
    state.interests[:, :] = who.interests
    take_part(state.interests, roster.groups, state.parts)
    for number in range(state.members.shape[0]):
        member = state.members[number]
        member.engagement, member.need = who.engagement[number], who.need[number]
        member.activity = who.activity[number]
        member.region, member.representative = who.region[number], who.representative[number]
        member.capacity = rules.capacity(drawn.capacity, drawn.capacity_step, who.size[number])
        member.champion, member.leader = who.champion[number], who.leader[number]
        member.present, member.ever, member.from_others = number < network.members, False, False
        member.adapted, member.practice, member.relevance, member.alignment = 0.0, 0.0, 0.0, 0.0
        member.unfunded, member.funded, member.applications, member.taken_up, member.low_months = 0, 0, 0, 0, 0
        member.start, member.degree, member.room, member.joined = 0, 0, 0, 0
    if p.behaviour.search_breadth > 0.0:
        for in_view in range(state.wider.shape[0]):
            state.wider[in_view] = rules.times_wider(in_view, p.behaviour.search_breadth)
    for count in range(arrays.COUNTED):
        state.worth[0, count] = rules.saturating(count, rules.WORTH_OF_PARTNERS)
        state.worth[1, count] = rules.saturating(count, rules.WORTH_OF_UPTAKE)
    for one in range(state.common.shape[0]):
        for other in range(one + 1):
            common = rules.overlap(state.interests[one], state.interests[other])
            state.common[one, other] = state.common[other, one] = common
    state.translated[:] = 0
    state.agenda[:] = 0.0
    list_places(state)
    if network.today > 0:
        stand_as_known(p, roster, state, seed, replicate)
        return
    for pair in range(who.ties.shape[0]):
        if who.ties[pair, 1] < network.members:
            bring_tie(state, who.ties[pair, 0], who.ties[pair, 1], who.trust[pair], 0)


@internal
def stand_as_known(p: Any, roster: RosterArrays, state: State, seed: int, replicate: int) -> None:
    """Members and ties as they are known today; `found_state` has put the members in as at the founding."""
    b, counts, today, known = p.behaviour, state.counts, p.network.today, roster.standing
    while counts[arrays.EVER] < roster.joins.shape[0] and roster.joins[counts[arrays.EVER]] <= today:
        state.members[counts[arrays.EVER]].present = True
        counts[arrays.EVER] += 1
        counts[arrays.PRESENT] += 1
    for number in range(roster.leaves.shape[0]):
        if 0 < roster.leaves[number] <= today and state.members[number].present:
            state.members[number].present = False
            counts[arrays.PRESENT] -= 1
    drawn, engaged = np.empty(state.words.shape[0], np.int64), np.empty(state.words.shape[0])
    for number in range(state.words.shape[0]):
        drawn[number], engaged[number] = state.members[number].representative, state.members[number].engagement
    parameters = Parameters(
        float(p.members.engagement), float(b.engagement_rate), int(b.relational_months), float(b.fit_gap),
        float(b.fit_rate), float(p.network.flexibility), float(p.network.prior_trust), float(b.trust_convening),
        float(b.trust_group), float(b.trust_introduction), float(b.trust_contact), float(b.trust_work),
        float(b.trust_application), float(b.decay), float(b.decay_spread), float(b.embedding), float(b.ageing),
        float(b.event_decay), float(b.evidence_rate), int(b.evidence_lag), float(b.funded_evidence),
    )  # fmt: skip
    stood = stand(
        known, parameters, today, roster.ties, roster.trust, state.interests, drawn, engaged, state.words, seed,
        replicate,
    )  # fmt: skip
    for number in range(counts[arrays.EVER]):
        state.members[number].joined = today
    for number in range(min(known.since.shape[0], counts[arrays.EVER])):
        member = state.members[number]
        member.joined = roster.joins[number] if roster.joins.shape[0] > 0 else 0
        member.engagement, member.representative = stood.engagement[number], stood.representative[number]
        member.adapted, member.practice = stood.adapted[number], known.practice[number]
        member.taken_up, member.from_others = known.uptake[number], known.from_others[number]
        member.low_months = known.low_months[number]
    for pair in range(roster.ties.shape[0]):
        if roster.ties[pair, 1] < counts[arrays.EVER]:
            bring_known_tie(roster, state, pair, stood.trust[pair], today)
    for place in range(known.works.shape[0]):
        take_up_work(roster, state, place, today)
    if known.waiting.shape[0] > 0:
        set_agenda(p, state, today, True)  # what they have applied with is aligned with it
    for place in range(known.waiting.shape[0]):
        take_up_application(state, known.waiting[place])
    for piece in range(stood.pieces.shape[0]):
        if counts[arrays.PIECES] >= state.pieces.shape[0]:
            counts[arrays.FULL] = 1
            return
        new = state.pieces[counts[arrays.PIECES]]
        new.appears, new.maker, new.partner = stood.pieces[piece, 0], stood.pieces[piece, 1], stood.pieces[piece, 2]
        counts[arrays.PIECES] += 1


@internal
def take_up_application(state: State, waiting: NDArray[np.int64]) -> None:
    """A pair that waits for an open call: month, one, other, 1 if they would go on without a grant."""
    place, count = find_tie(state, waiting[1], waiting[2]), state.counts[arrays.APPLICATIONS]
    if place < 0:
        return
    application = state.waiting[count]
    one, other = state.members[waiting[1]], state.members[waiting[2]]
    application.tie, application.willing = place, waiting[3] > 0
    application.aligned = rules.pair_alignment(one.alignment, other.alignment)
    state.counts[arrays.APPLICATIONS] = count + 1
    state.ties[place].status = arrays.APPLIED
    one.applications += 1
    other.applications += 1
    note(state, waiting[0], rules.APPLICATION, waiting[1], waiting[2])


@internal
def bring_known_tie(roster: RosterArrays, state: State, pair: int, trust: float, today: int) -> None:
    """A tie that stands today."""
    known, one, other = roster.standing, roster.ties[pair, 0], roster.ties[pair, 1]
    place = add_tie(state, one, other, known.origin[pair], known.met[pair])
    if place >= 0:
        tie = state.ties[place]
        tie.event_only, tie.trust, tie.strong = known.events_only[pair], trust, trust > rules.STRONG
        note(state, today, rules.BEFORE, one, other)


@internal
def take_up_work(roster: RosterArrays, state: State, place: int, today: int) -> None:
    """A collaboration that has begun so far, and perhaps ended."""
    works, counts = roster.standing.works, state.counts
    one, other, grant_end = works[place, ONE], works[place, OTHER], works[place, GRANT_END]
    counts[arrays.FORMED] += 1
    state.members[one].ever = state.members[other].ever = True
    note(state, works[place, BEGAN], rules.FUNDED if grant_end > 0 else rules.UNFUNDED, one, other)
    found = find_tie(state, one, other)
    if found >= 0 and rules.is_facilitated(state.ties[found].origin):
        counts[arrays.FORMED_BY_FACILITATION] += 1
    if works[place, ENDED] > 0:
        note(state, works[place, ENDED], rules.ENDED, one, other)
        return
    if found < 0 or counts[arrays.FULL] > 0:
        return
    tie = state.ties[found]
    tie.status, tie.begun, tie.grant_end = arrays.COLLABORATING, works[place, BEGAN], grant_end
    state.active[counts[arrays.ACTIVE]] = found
    counts[arrays.ACTIVE] += 1
    for number in (one, other):
        if today < grant_end:
            state.members[number].funded += 1
        else:
            state.members[number].unfunded += 1


@internal
def bring_tie(state: State, one: int, other: int, trust: float, month: int) -> None:
    """A tie from before the network, of two that are in it from a month on."""
    place = find_tie(state, one, other)
    if place < 0:
        place = add_tie(state, one, other, rules.BEFORE, month)
        if place < 0:
            return
        note(state, month, rules.BEFORE, one, other)
    state.ties[place].trust = trust
    state.ties[place].strong = trust > rules.STRONG


@internal
def list_places(state: State) -> None:
    """All that ever come, by challenge group and by region: `founding.Places` in the state's own arrays."""
    count = 0
    state.topic_start[0] = state.region_start[0] = 0
    for topic in range(state.interests.shape[1]):
        for member in state.everybody:
            if state.parts[member, topic] > 0.0:
                state.topic_members[count] = member
                count += 1
        state.topic_start[topic + 1] = count
    count = 0
    for region in range(state.region_start.shape[0] - 1):
        for member in state.everybody:
            if state.members[member].region == region:
                state.region_members[count] = member
                count += 1
        state.region_start[region + 1] = count


@internal
def order_of_month(state: State, seed: int, replicate: int, month: int) -> None:
    """The members in the network, in this month's drawn order."""
    count = 0
    for member in range(state.counts[arrays.EVER]):
        if state.members[member].present:
            state.candidates[count], state.order_words[count] = member, state.words[member]
            count += 1
    present = state.order_words[:count]
    draw_row(seed, replicate, draws.ORDER, month, present, state.nobody, state.first, state.second)
    put_in_order(state.first, state.candidates, count, state.order)
    for position in range(count):
        state.order_words[position] = state.words[state.order[position]]
    state.counts[arrays.ORDERED] = count


@internal
def members_join(p: Any, state: State, seed: int, replicate: int, month: int, closing: int) -> None:
    """New members come in while the network lives."""
    if p.network.joining > 0.0 and rules.is_open(month, closing):
        for _ in range(whole(p.network.joining, draw(seed, replicate, draws.JOINING, month, 0, 0)[0])):
            state.members[state.counts[arrays.EVER]].present = True
            state.members[state.counts[arrays.EVER]].joined = month
            state.counts[arrays.EVER] += 1
            state.counts[arrays.PRESENT] += 1


@woven
def come_and_go_as_planned(roster: RosterArrays, state: State, month: int, is_open: bool) -> None:
    """Members of a roster join while the network is open, with their ties from before, and leave."""
    counts = state.counts
    while is_open and counts[arrays.EVER] < roster.joins.shape[0] and roster.joins[counts[arrays.EVER]] == month:
        number = counts[arrays.EVER]
        state.members[number].present, state.members[number].joined = True, month
        counts[arrays.EVER] += 1
        counts[arrays.PRESENT] += 1
        for pair in range(roster.ties.shape[0]):
            if roster.ties[pair, 1] == number:
                bring_tie(state, roster.ties[pair, 0], number, roster.trust[pair], month)
    for number in range(roster.leaves.shape[0]):
        if roster.leaves[number] == month and state.members[number].present:
            state.members[number].present = False
            counts[arrays.PRESENT] -= 1


@internal
def busiest(state: State) -> float:
    """Largest activity of all members so far."""
    most = 0.0
    for number in range(state.counts[arrays.EVER]):
        most = max(most, state.members[number].activity)
    return most


@internal
def meeting_chance(b: Any, state: State, busiest: float, member: int, other: int) -> float:
    """Chance that a member meets a stranger whom it has found."""
    asks_interest = b.contact_interest > 0.0 or not rules.STRANGER_CHANCE_IS_SHIPPED
    common = overlap_of(state, member, other) if asks_interest else 1.0
    near = state.members[member].region == state.members[other].region
    return rules.stranger_chance(
        state.members[other].activity, busiest, common, b.contact_interest, near, b.region_odds
    )


@internal
def weigh_strangers(p: Any, state: State, busiest: float) -> None:
    """With what chances strangers who are found are met: of each two where that is cheap, of each at most elsewhere."""
    b, ever = p.behaviour, state.counts[arrays.EVER]
    if knows_chances(p, state):
        for member in range(ever):
            for other in range(ever):
                state.met[member, other] = meeting_chance(b, state, busiest, member, other)
        return
    for other in range(ever):
        activity = state.members[other].activity
        for near in range(2):
            if rules.STRANGER_CHANCE_IS_SHIPPED:
                state.likely[other, near] = rules.stranger_chance(activity, busiest, 1.0, 0.0, near == 1, b.region_odds)
            else:
                state.likely[other, near] = 1.0


@internal
def knows_chances(p: Any, state: State) -> bool:
    """Whether all chances that strangers meet are worked out before: where members are FEW and none is drawn later."""
    return bool(state.met.shape[0] > 0 and p.network.joining <= 0.0)


@internal
def announce_closing(p: Any, state: State) -> None:
    """Engagement falls, the more the shorter the notice."""
    b = p.behaviour
    shock = rules.notice_shock(p.closing.notice, b.notice_shock, b.notice_softening)
    shock_all(state, shock)


@internal
def announce_exits(p: Any, state: State, month: int) -> None:
    """The same where funders say that they leave, one after another, in proportion to what goes with them."""
    b, closing, replaced = p.behaviour, p.derived.closing_month, p.members.replacement
    for one in range(p.funders.shape[0]):
        shock = funding.exit_shock(month, one, closing, replaced, b.notice_shock, b.notice_softening, p.funders)
        if shock > 0.0:
            shock_all(state, shock)


@internal
def shock_all(state: State, shock: float) -> None:
    """All members that are there lose a share of their engagement."""
    for number in range(state.counts[arrays.EVER]):
        member = state.members[number]
        if member.present:
            member.engagement *= 1.0 - shock


@internal
def engaged_champions(state: State, least: float) -> int:
    """Champions still in the network whose engagement is `least` or more."""
    champions = 0
    for number in range(state.counts[arrays.EVER]):
        member = state.members[number]
        if member.present and member.champion and member.engagement >= least:
            champions += 1
    return champions


@internal
def champions_win(p: Any, state: State, seed: int, replicate: int, month: int) -> bool:
    """Whether champions who are still engaged win a renewal."""
    champions = engaged_champions(state, p.behaviour.champion_engaged)
    luck_of_plea = draw(seed, replicate, draws.PLEA, month, 0, 0)[0]
    return rules.plea_succeeds(champions, p.behaviour.renewal_chance, luck_of_plea)


@internal
def leaders_present(state: State) -> int:
    """How many of the leadership group are in the network now."""
    leaders = 0
    for number in range(state.counts[arrays.EVER]):
        if state.members[number].present and state.members[number].leader:
            leaders += 1
    return leaders


@internal
def set_agenda(p: Any, state: State, month: int, is_open: bool) -> None:
    """The agenda, and its alignment with and relevance to each member."""
    ever, topics = state.counts[arrays.EVER], state.agenda.shape[0]
    if not is_open:
        for number in range(ever):
            if state.members[number].present:
                state.members[number].relevance = 0.0
                state.members[number].alignment = 0.0
        return
    interests = np.zeros(topics)
    for number in range(ever):
        if state.members[number].present:
            for topic in range(topics):
                interests[topic] += state.interests[number, topic]
    weights, weight = funding.weights_in_force(month, p.funders), funding.weight_in_force(month, p.funders)
    before = rules.agenda(interests, p.priorities, weights)
    agenda, has_shifted = before, funding.has_shifted(month, p.funders)
    if has_shifted:
        now = funding.priorities_in_force(month, p.funders, p.priorities, p.shifted_priorities)
        agenda = rules.agenda(interests, now, weights)
    state.agenda[:] = agenda
    leaders = leaders_present(state) if p.behaviour.leadership_fit > 0.0 else 0
    for number in range(ever):
        member = state.members[number]
        if member.present:
            member.alignment = unshifted = rules.overlap(state.interests[number], agenda)
            if has_shifted:
                unshifted = rules.overlap(state.interests[number], before)
            relevance = rules.relevance(member.alignment, unshifted, p.network.flexibility)
            member.relevance = rules.led_relevance(relevance, p.behaviour.leadership_fit, weight, leaders)


@internal
def nth_try(
    state: State, now: Now, kind: int, member: int, place: int, attempt: int, tries: int
) -> tuple[float, float]:
    """The two uniforms of one attempt at an open set; drawn `tries` at a time, which costs hardly more than one."""
    nth = attempt % tries
    if nth == 0:
        key, word = place * draws.ATTEMPTS + attempt, state.words[member]
        draw_slots(now.seed, now.replicate, kind, now.month, word, key, state.tries[:tries], state.accepts)
    return float(state.tries[nth]), float(state.accepts[nth])


@internal
def is_named(state: State) -> bool:
    """Whether members have names, by which they are found: the numbers of drawn ones are places themselves."""
    return bool(state.marks.shape[0] > 0)


@internal
def find_anybody(state: State, now: Now, kind: int, member: int, place: int) -> int:
    """Another member in the network by keyed slots; -1 if none is found."""
    places = state.counts[arrays.EVER]
    slots = slots_for(places)
    for attempt in range(draws.ATTEMPTS):
        chance = nth_try(state, now, kind, member, place, attempt, arrays.TRIES)[0]
        other = preferred(chance, state.everybody, places, state.marks) if is_named(state) else int(chance * slots)
        if 0 <= other < places and state.members[other].present and other != member:
            return other
    return -1


@internal
def so_far(listed: NDArray[np.int64], ever: int) -> int:
    """How many of a list, in order of number, have come into the network so far."""
    low, high = 0, listed.shape[0]
    while low < high:
        middle = (low + high) // 2
        if listed[middle] < ever:
            low = middle + 1
        else:
            high = middle
    return low


@internal
def find_among(state: State, now: Now, listed: NDArray[np.int64], kind: int, member: int, place: int) -> int:
    """Another member in the network out of a list by keyed slots; -1 if none."""
    ever, places = state.counts[arrays.EVER], 0
    if not is_named(state):
        places = so_far(listed, ever)
    slots = slots_for(places)
    for attempt in range(draws.ATTEMPTS):
        chance, other = nth_try(state, now, kind, member, place, attempt, arrays.TRIES)[0], -1
        if is_named(state):
            other = preferred(chance, listed, ever, state.marks)
        else:
            position = int(chance * slots)
            if position < places:
                other = int(listed[position])
        if other >= 0 and state.members[other].present and other != member:
            return other
    return -1


@internal
def room(state: State, b: Any, number: int) -> float:
    """What room a member has for one more; an open application counts as a collaboration."""
    member = state.members[number]
    carried = rules.load(member.unfunded, member.funded, b.funded_load) + member.applications
    return rules.room(carried, member.capacity, b.capacity_softness)


@internal
def has_spare_capacity(state: State, b: Any, number: int) -> bool:
    """Whether a member can take on one more; always where the limit is soft."""
    return (rules.ROOM_IS_SHIPPED and b.capacity_softness > 0.0) or room(state, b, number) > 0.0


@internal
def most_likely(state: State, exact: bool, member: int, other: int, region: int) -> float:
    """Chance that a member meets a stranger whom it has found, or where that is not exact, one that is not below it."""
    if exact:
        return float(state.met[member, other])
    return float(state.likely[other, int(state.members[other].region == region)])


@internal
def find_new(p: Any, state: State, now: Now, listed: NDArray[np.int64], kind: int, member: int) -> int:
    """A member in the network, not known yet, out of a list by keyed slots; -1 if none.

    One that is to be asked (kind COLD) must have spare capacity.
    """
    b, ever, named = p.behaviour, state.counts[arrays.EVER], is_named(state)
    places = 0 if named else so_far(listed, ever)  # one at least: its own
    slots, region, exact = slots_for(places), state.members[member].region, knows_chances(p, state)
    for attempt in range(draws.ATTEMPTS):
        chance, lot = nth_try(state, now, kind, member, 0, attempt, arrays.MANY_TRIES)
        if named:
            position = preferred(chance, listed, ever, state.marks)
            is_there, other = position >= 0, max(0, position)
        else:
            position = int(chance * slots)
            is_there, other = position < places, int(listed[min(position, places - 1)])
        if (  # any order finds the same: what refuses nine in ten comes first
            lot < most_likely(state, exact, member, other, region)
            and is_there
            and state.members[other].present
            and other != member
            and find_tie(state, member, other) < 0
            and (kind != draws.COLD or has_spare_capacity(state, b, other))
            and (exact or lot < meeting_chance(b, state, now.busiest, member, other))
        ):
            return other
    return -1


@internal
def attendance(p: Any, state: State, month: int, number: int) -> float:
    """Chance that a member comes when it is invited: engagement x fit."""
    b, member = p.behaviour, state.members[number]
    fit = rules.fit(member.representative, month, b.relational_months, b.fit_gap, member.adapted)
    return float(member.engagement * fit)


@internal
def work_done(p: Any, state: State, facilitation: float) -> float:
    """Intensity at which the facilitator's plan is carried out: leaders carry a part, and time may run short."""
    plan, per_leader = p.facilitation, p.behaviour.leadership_work
    leaders = leaders_present(state) if per_leader > 0.0 else 0
    return rules.carried_work(facilitation, per_leader, leaders) * rules.work_share(
        plan.group_rate * p.network.topics,
        plan.session_effort,
        plan.introductions * state.counts[arrays.PRESENT],
        plan.introduction_effort,
        plan.convening_every,
        plan.convening_effort,
    )


@internal
def convene(p: Any, state: State, now: Now, work: float) -> int:
    """A convening; how many members attended. Of one that is cancelled only who would have is noted; nobody meets."""
    attending = 0
    luck_of_all(state, now, draws.ATTENDANCE)
    for place in range(state.counts[arrays.ORDERED]):
        number = state.order[place]
        state.members[number].there = state.first[place] < attendance(p, state, now.month, number)
        state.members[number].lot = state.second[place]
        if state.members[number].there:
            attending += 1
            arrays.note(state, now.month, rules.ATTENDED, number, number)
    if now.month == p.facilitation.cancelled:
        return 0
    sought = 0.5 * p.facilitation.encounters * work / p.facilitation.reference
    for place in range(state.counts[arrays.ORDERED]):
        number = state.order[place]
        if state.members[number].there:
            for meeting in range(whole(sought, state.members[number].lot)):
                other = find_anybody(state, now, draws.CONVENING, number, meeting)
                if other >= 0 and state.members[other].there:
                    meet(state, p.behaviour, number, other, rules.CONVENING, now.month)
    return attending


@internal
def hold_session(p: Any, state: State, now: Now, topic: int) -> None:
    """A session of a topic's challenge group, for those who take part in it."""
    for place in range(state.counts[arrays.ORDERED]):
        number = state.order[place]
        state.members[number].there = False
        part = state.parts[number, topic]
        if part > 0.0:
            comes, fraction = luck(now, draws.GROUP_ATTENDANCE, state.words[number], state.topic_words[topic])
            state.members[number].there = comes < attendance(p, state, now.month, number) * part
            state.members[number].lot = fraction
    listed = state.topic_members[state.topic_start[topic] : state.topic_start[topic + 1]]
    sought = 0.5 * p.facilitation.group_encounters
    for place in range(state.counts[arrays.ORDERED]):
        number = state.order[place]
        if state.members[number].there:
            for meeting in range(whole(sought, state.members[number].lot)):
                key = state.topic_words[topic] * draws.ATTEMPTS + meeting
                other = find_among(state, now, listed, draws.GROUP, number, key)
                if other >= 0 and state.members[other].there:
                    meet(state, p.behaviour, number, other, rules.GROUP, now.month)


@internal
def run_challenge_groups(p: Any, state: State, now: Now, work: float) -> int:
    """Groups meet, the more often the more the agenda is about their topic; how many sessions were held."""
    topics, whole_agenda, held = state.agenda.shape[0], state.agenda.sum(), 0
    for topic in range(topics):
        share = state.agenda[topic] / whole_agenda
        chance = rules.session_chance(p.facilitation.group_rate, work, share, topics)
        if luck(now, draws.SESSION, state.topic_words[topic], 0)[0] < chance:
            held += 1
            hold_session(p, state, now, topic)
    return held


@internal
def introduce(p: Any, state: State, now: Now, work: float) -> int:
    """Introductions; how many were made or tried."""
    tried, rate = 0, p.facilitation.introductions * work
    luck_of_all(state, now, draws.INTRODUCTION)
    for place in range(state.counts[arrays.ORDERED]):
        number = state.order[place]
        for introduction in range(whole(rate, state.first[place])):
            tried += 1
            best, chosen = 0.0, -1
            for candidate in range(rules.CANDIDATES):
                key = introduction * rules.CANDIDATES + candidate
                other = find_anybody(state, now, draws.CANDIDATE, number, key)
                if other >= 0:
                    common, trust = 0.0, 0.0
                    tie = find_tie(state, number, other)
                    if tie >= 0:
                        common, trust = state.ties[tie].overlap, state.ties[tie].trust
                    else:
                        common = overlap_of(state, number, other)
                    score = rules.introduction_score(common, trust)
                    if score > best:
                        best, chosen = score, other
            if chosen >= 0:
                meet(state, p.behaviour, number, chosen, rules.INTRODUCTION, now.month)
    return tried


@internal
def mark_known(state: State, number: int) -> None:
    """Mark all that a member knows with its number."""
    start = state.members[number].start
    for place in range(start, start + state.members[number].degree):
        state.mark[state.known[place].member] = number


@internal
def win_race(state: State, now: Now, kind: int, number: int, of: int, strangers_only: bool) -> int:
    """The winner of a member's race of `kind` among those that `of` knows, by trust and activity; -1 if nobody."""
    if strangers_only:
        mark_known(state, number)
    count, start = 0, state.members[of].start
    for place in range(start, start + state.members[of].degree):
        other = int(state.known[place].member)
        if state.members[other].present and other != number and not (strangers_only and state.mark[other] == number):
            state.ones[count], state.others[count] = state.words[number], state.words[other]
            state.candidates[count] = state.known[place].tie
            count += 1
    ones, others = state.ones[:count], state.others[:count]
    draw_row(now.seed, now.replicate, kind, now.month, ones, others, state.race_one, state.race_other)
    best, chosen = np.inf, -1
    for candidate in range(count):
        tie, chance = state.ties[state.candidates[candidate]], state.race_one[candidate]
        other = int(tie.one) + int(tie.other) - of
        weight = tie.trust * state.members[other].activity
        if not rules.surely_loses(chance, weight, best):
            time = rules.race(chance, weight)
            if time < best:
                best, chosen = time, other
    return chosen


@internal
def find_stranger(p: Any, state: State, now: Now, kind: int, number: int, near: float) -> int:
    """Somebody that a member does not know, more likely from its own region; -1 if none is found.

    Args:
        p: the scenario's numbers.
        state: of the network.
        now: the month.
        kind: STRANGER for a contact, COLD for a partner.
        number: of the member.
        near: the uniform that settles whether only its own region is looked at.
    """
    listed = state.everybody
    if near < p.behaviour.own_region:
        region = state.members[number].region
        listed = state.region_members[state.region_start[region] : state.region_start[region + 1]]
    return find_new(p, state, now, listed, kind, number)


@internal
def make_contacts(p: Any, state: State, now: Now) -> None:
    """Contacts without facilitation: one who is known, a friend of a friend (triadic closure), or a stranger."""
    b = p.behaviour
    luck_of_all(state, now, draws.CONTACT)
    state.mark[:] = -1
    for place in range(state.counts[arrays.ORDERED]):
        number, other = state.order[place], -1
        if state.first[place] < rules.more_often(b.contact_rate, state.members[number].activity):
            near, keeps = luck(now, draws.CONTACT, state.words[number], 1)
            keeping = keeps < b.contact_known
            if keeping or state.second[place] < b.friend_of_friend:
                kind = draws.KEEPING if keeping else draws.FRIEND
                other = win_race(state, now, kind, number, number, False)
                if other >= 0 and not keeping:
                    other = win_race(state, now, draws.FRIENDS_FRIEND, number, other, True)
            else:
                other = find_stranger(p, state, now, draws.STRANGER, number, near)
            if other >= 0:
                meet(state, b, number, other, rules.CONTACT, now.month)


@internal
def introduce_as_planned(p: Any, roster: RosterArrays, state: State, month: int) -> int:
    """Introductions that stand in a plan, of members that are there; how many."""
    planned, made = roster.introductions, 0
    for place in range(planned.shape[0]):
        if planned[place, 0] == month:
            one, other = planned[place, 1], planned[place, 2]
            if state.members[one].present and state.members[other].present:
                meet(state, p.behaviour, one, other, rules.INTRODUCTION, month)
                made += 1
    return made


@internal
def meet_as_measured(p: Any, roster: RosterArrays, state: State, month: int) -> None:
    """Who is known to have met in this month meets, if both are still members."""
    contacts = roster.contacts
    for place in range(contacts.shape[0]):
        if contacts[place, 0] == month:
            one, other = contacts[place, 1], contacts[place, 2]
            if state.members[one].present and state.members[other].present:
                meet(state, p.behaviour, one, other, rules.CONTACT, month)
