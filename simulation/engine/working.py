"""The second half of a month, compiled: partners, grants, work, evidence, engagement, decay.

The twin of `model/member.py` and the working half of `model/network.py`; read those first, this makes them fast.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import draws, rules
from simulation.compiling import internal
from simulation.draws import draw, draw_row, whole
from simulation.engine import arrays
from simulation.engine.after_closing import members_drift_away
from simulation.engine.arrays import APPLIED, COLLABORATING, NONE, State, forget_tie, note, overlap_of
from simulation.engine.meeting import Now, encounter, find_stranger, has_spare_capacity, luck, luck_of_all, meet, room
from simulation.sorting import sort_by_lot

KNOWS_VIEW = rules.ROOM_IS_SHIPPED and rules.TRUST_WEIGHT_IS_SHIPPED and rules.WIDENED_IS_SHIPPED
"""Whether bounds of who is in view hold, and of how much that widens search."""


@internal
def need_now(state: State, b: Any, number: int) -> float:
    """A member's funding need, less what a grant meets while it lasts."""
    return rules.need_now(state.members[number].need, state.members[number].funded, b.need_met)


@internal
def yes_chance(state: State, b: Any, place: int, number: int, partner: int, pull: float) -> float:
    """Chance that a member says yes to a partner over their tie; at place -1 they are strangers."""
    trust, common, base = 0.0, 0.0, b.yes_cold
    if place >= 0:
        trust, common, base = state.ties[place].trust, state.ties[place].overlap, b.yes_base
    else:
        common = overlap_of(state, number, partner)
    member = state.members[number]
    return rules.yes_chance(
        trust,
        common,
        need_now(state, b, number),
        need_now(state, b, partner),
        rules.load(member.unfunded, member.funded, b.funded_load),
        pull,
        rules.pair_alignment(member.alignment, state.members[partner].alignment),
        base,
        b.yes_trust,
        b.yes_interest,
        b.yes_grant,
        b.yes_rivalry,
        b.rivalry_relief,
        b.yes_load,
    )


@internal
def start_collaboration(state: State, place: int, month: int, grant_end: int) -> None:
    """The two begin to work together, under a grant if `grant_end` (the first month after it) is not 0."""
    tie, counts = state.ties[place], state.counts
    tie.status, tie.begun, tie.grant_end, tie.at_closing = COLLABORATING, month, grant_end, False
    state.active[counts[arrays.ACTIVE]] = place
    counts[arrays.ACTIVE] += 1
    counts[arrays.FORMED] += 1
    note(state, month, rules.FUNDED if grant_end > 0 else rules.UNFUNDED, tie.one, tie.other)
    if rules.is_facilitated(tie.origin):
        counts[arrays.FORMED_BY_FACILITATION] += 1
    for number in (tie.one, tie.other):
        member = state.members[number]
        member.ever = True
        if grant_end > 0:
            member.funded += 1
        else:
            member.unfunded += 1


@internal
def can_be_asked(state: State, b: Any, other: int, place: int) -> bool:
    """Whether a member could be asked over a tie."""
    return bool(
        state.members[other].present and state.ties[place].status == NONE and has_spare_capacity(state, b, other)
    )


@internal
def weight_in_view(state: State, b: Any, other: int, place: int) -> float:
    """Weight of one that a member could ask over a tie: trust, and the room that it has."""
    weight = rules.trust_weight(state.ties[place].trust, b.trust_power)
    is_all_or_nothing = rules.ROOM_IS_SHIPPED and b.capacity_softness <= 0.0
    return weight if is_all_or_nothing else weight * room(state, b, other)


@internal
def list_partners(state: State, b: Any, number: int) -> int:
    """Whom a member could ask, into `ones`, `others` and `candidates`; how many they are."""
    count, start = 0, state.members[number].start
    for known in range(start, start + state.members[number].degree):
        other, place = state.known[known].member, state.known[known].tie
        if can_be_asked(state, b, other, place):
            tie = state.ties[place]
            state.candidates[count] = place
            state.ones[count], state.others[count] = state.words[tie.one], state.words[tie.other]
            count += 1
    return count


@internal
def partners_in_view(state: State, b: Any, number: int, count: int) -> float:
    """How many partners of equal trust the listed ones amount to; 0 without any."""
    total, largest = 0.0, 0.0
    for candidate in range(count):
        place = state.candidates[candidate]
        weight = weight_in_view(state, b, int(state.ties[place].one) + int(state.ties[place].other) - number, place)
        total += weight
        largest = max(largest, weight)
    return total / largest if largest > 0.0 else 0.0


@internal
def view_between(state: State, b: Any, count: int) -> tuple[float, float]:
    """Between which numbers `partners_in_view` lies where room is all or nothing, without powers.

    Shares of the largest trust only get smaller with the power that is taken of them: so a whole power below that of
    the scenario gives too many, the next one too few. One that is whole is the very power, but for rounding.
    """
    largest = 0.0
    for candidate in range(count):
        largest = max(largest, state.ties[state.candidates[candidate]].trust)
    if largest <= 0.0 and b.trust_power > 0.0:
        return 0.0, 0.0
    whole_power, fewest, most = min(2, int(b.trust_power)), 0.0, 0.0
    for candidate in range(count):
        share, weight = state.ties[state.candidates[candidate]].trust / largest if largest > 0.0 else 1.0, 1.0
        for _ in range(whole_power):
            weight *= share
        most += weight
        if b.trust_power <= whole_power:
            fewest += weight
        elif b.trust_power <= whole_power + 1:
            fewest += weight * share
    return max(1.0, fewest), most


@internal
def looks_by_view(state: State, b: Any, number: int, count: int, acts: float, chance: float) -> bool:
    """Whether a member looks for a partner, its chance widened by those listed, who are all that it could ask.

    What lies between bounds that are cheap is worked out only for those whose luck lies between them.
    """
    if KNOWS_VIEW and b.capacity_softness <= 0.0:
        fewest, most = view_between(state, b, count)
        if acts >= rules.widened(chance, most, b.search_breadth) + 1e-9:
            return False
        if acts < rules.widened(chance, fewest, b.search_breadth) - 1e-9:
            return True
    return bool(acts < rules.widened(chance, partners_in_view(state, b, number, count), b.search_breadth))


@internal
def choose_partner(state: State, b: Any, now: Now, number: int, count: int) -> int:
    """The tie over which a member asks one of those listed to collaborate; -1 without any."""
    ones, others = state.ones[:count], state.others[:count]
    draw_row(now.seed, now.replicate, draws.PARTNER, now.month, ones, others, state.race_one, state.race_other)
    best, chosen = np.inf, -1
    for candidate in range(count):
        place = state.candidates[candidate]
        tie = state.ties[place]
        is_one = tie.one == number
        chance = state.race_one[candidate] if is_one else state.race_other[candidate]
        if not rules.surely_loses(chance, rules.most_trust_weight(tie.trust, b.trust_power), best):
            time = rules.race(chance, weight_in_view(state, b, tie.other if is_one else tie.one, place))
            if time < best:
                best, chosen = time, int(place)
    return chosen


@internal
def apply(state: State, b: Any, place: int, willing: bool, month: int) -> None:
    """Two apply together for the open call; writing the application is itself an encounter."""
    tie = state.ties[place]
    one, other = state.members[tie.one], state.members[tie.other]
    application = state.waiting[state.counts[arrays.APPLICATIONS]]
    application.tie, application.willing = place, willing
    application.aligned = rules.pair_alignment(one.alignment, other.alignment)
    state.counts[arrays.APPLICATIONS] += 1
    tie.status = APPLIED
    one.applications += 1
    other.applications += 1
    encounter(state, b, place, rules.APPLICATION)
    note(state, month, rules.APPLICATION, tie.one, tie.other)


@internal
def look_for_partners(p: Any, state: State, now: Now) -> None:
    """Members with spare capacity look for partners, one after the other."""
    b = p.behaviour
    luck_of_all(state, now, draws.SEARCH)
    for position in range(state.counts[arrays.ORDERED]):
        number = state.order[position]
        if not has_spare_capacity(state, b, number):
            continue
        engagement = state.members[number].engagement
        chance = rules.search_chance(b.initiative, engagement, now.is_held, b.closed_initiative)
        chance *= now.fading * room(state, b, number)
        chance = rules.more_often(chance, state.members[number].activity)
        acts, known, listed = state.first[position], state.members[number].degree, -1
        acting = acts < chance
        # Who is in view is worked out only where it decides: one at least, and no more than could be asked.
        if not rules.WIDENED_IS_SHIPPED and b.search_breadth > 0.0:
            listed = list_partners(state, b, number)
            acting = looks_by_view(state, b, number, listed, acts, chance)
        elif not acting and b.search_breadth > 0.0 and rules.looks(acts, chance, state.wider[known]):
            listed = list_partners(state, b, number)
            if rules.looks(acts, chance, state.wider[listed]):
                acting = looks_by_view(state, b, number, listed, acts, chance)
        if not acting:
            continue
        place, partner = -1, -1
        if state.second[position] < b.cold_share:
            near = luck(now, draws.COLD, state.words[number], draws.ATTEMPTS)[0]
            partner = find_stranger(p, state, now, draws.COLD, number, near)
        else:
            if listed < 0:
                listed = list_partners(state, b, number)
            place = choose_partner(state, b, now, number, listed)
            if place >= 0:
                partner = state.ties[place].one + state.ties[place].other - number
        if partner < 0:
            continue
        one, other = min(number, partner), max(number, partner)
        ones, others = luck(now, draws.YES, state.words[one], state.words[other])
        if ones < yes_chance(state, b, place, one, other, now.pull) and others < yes_chance(
            state, b, place, other, one, now.pull
        ):
            willing = (
                now.call > 0
                and ones < yes_chance(state, b, place, one, other, 0.0)
                and others < yes_chance(state, b, place, other, one, 0.0)
            )
            if place < 0:
                place = meet(state, b, number, partner, rules.CONTACT, now.month)
                if place < 0:
                    return
            if now.call > 0:
                apply(state, b, place, willing, now.month)
            else:
                start_collaboration(state, place, now.month, 0)


@internal
def award_grants(p: Any, state: State, now: Now) -> int:
    """Awards in the month of a call; how many grants were given. All are turned down if the call was cancelled."""
    b, counts = p.behaviour, state.counts
    if counts[arrays.APPLICATIONS] == 0:
        return 0
    grants = now.grants if now.call > 0 else 0.0
    finish, ranked, kept = np.empty(counts[arrays.APPLICATIONS]), np.empty(counts[arrays.APPLICATIONS], np.int64), 0
    for waiting in range(counts[arrays.APPLICATIONS]):
        application = state.waiting[waiting]
        tie = state.ties[application.tie]
        one, other = state.members[tie.one], state.members[tie.other]
        tie.status = NONE
        one.applications -= 1
        other.applications -= 1
        if one.present and other.present:
            weight = rules.award_weight(application.aligned, b.award_focus)
            finish[kept] = rules.race(luck(now, draws.AWARD, state.words[tie.one], state.words[tie.other])[0], weight)
            ranked[kept] = kept
            valid = state.waiting[kept]
            valid.tie, valid.willing, valid.aligned = application.tie, application.willing, application.aligned
            kept += 1
    counts[arrays.APPLICATIONS] = 0
    awards, given = whole(grants, luck(now, draws.AWARDS, 0, 0)[0]), 0
    sort_by_lot(finish, ranked, kept)
    for rank in range(kept):
        place, willing = int(state.waiting[ranked[rank]].tie), state.waiting[ranked[rank]].willing
        if rank < awards:
            given += 1
            start_collaboration(state, place, now.month, now.month + p.grants.months)
        elif (
            willing
            and has_spare_capacity(state, b, state.ties[place].one)
            and has_spare_capacity(state, b, state.ties[place].other)
        ):
            start_collaboration(state, place, now.month, 0)
    return given


@internal
def collaborations_work(p: Any, state: State, now: Now) -> None:
    """Collaborations build trust, make evidence, and may end."""
    b, closing, counts = p.behaviour, p.closing, state.counts
    closed_factor = 1.0 if now.is_held else b.closed_hazard
    factor = rules.closing_hazard_factor(
        not now.is_open, closed_factor, closing.capstone, b.capstone_cut, closing.handover, b.handover_cut
    )
    kept = 0
    for position in range(counts[arrays.ACTIVE]):
        place = int(state.active[position])
        tie = state.ties[place]
        one, other = state.members[tie.one], state.members[tie.other]
        funded, grant_ends = now.month < tie.grant_end, now.month == tie.grant_end
        if grant_ends:
            one.funded -= 1
            one.unfunded += 1
            other.funded -= 1
            other.unfunded += 1
        encounter(state, b, place, rules.WORK)
        work, ends = luck(now, draws.WORK, state.words[tie.one], state.words[tie.other])
        if work < rules.evidence_chance(b.evidence_rate, funded, b.funded_evidence):
            if counts[arrays.PIECES] >= state.pieces.shape[0]:
                counts[arrays.FULL] = 1
                return
            piece = state.pieces[counts[arrays.PIECES]]
            piece.maker, piece.partner, piece.appears = tie.one, tie.other, now.month + b.evidence_lag
            counts[arrays.PIECES] += 1
        hazard = rules.end_hazard(
            tie.trust,
            0.5 * (one.engagement + other.engagement),
            funded,
            grant_ends,
            b.end_hazard,
            b.end_trust,
            b.end_disengagement,
            b.funded_hazard,
            b.grant_end_hazard,
            factor,
        )
        if b.unpaid_hazard > 0.0 and rules.is_unpaid(funded, tie.grant_end > 0, now.is_held):
            need = 0.5 * (need_now(state, b, tie.one) + need_now(state, b, tie.other))
            hazard += rules.unpaid_hazard(need, one.region == other.region, b.unpaid_hazard, b.unpaid_distance)
        if tie.begun < now.month and rules.happens(ends, hazard):
            tie.status = NONE
            note(state, now.month, rules.ENDED, tie.one, tie.other)
            if funded:
                one.funded -= 1
                other.funded -= 1
            else:
                one.unfunded -= 1
                other.unfunded -= 1
        else:
            state.active[kept] = place
            kept += 1
    counts[arrays.ACTIVE] = kept


@internal
def take_up(p: Any, state: State, month: int, number: int, trust: float, chance: float) -> None:
    """A member takes a piece of evidence up; it is perhaps translated, later."""
    b, member = p.behaviour, state.members[number]
    member.taken_up += 1
    member.practice = rules.practice_after(member.practice, b.practice_evidence, trust)
    if chance < b.translation_chance and month + b.translation_lag < state.translated.shape[0]:
        state.translated[month + b.translation_lag] += 1


@internal
def pass_on(p: Any, state: State, now: Now, piece: int, maker: int, partner: int) -> None:
    """A new piece of evidence reaches those who trust one of its makers."""
    kind = draws.UPTAKE + draws.KINDS * state.words[partner]
    start, count = state.members[maker].start, 0
    for place in range(start, start + state.members[maker].degree):
        number = int(state.known[place].member)
        if state.members[number].present and state.mark[number] != piece:
            state.ones[count], state.others[count] = state.words[number], state.words[maker]
            state.candidates[count] = state.known[place].tie
            count += 1
    ones, others = state.ones[:count], state.others[:count]
    draw_row(now.seed, now.replicate, kind, now.month, ones, others, state.race_one, state.race_other)
    for taker in range(count):
        tie = state.ties[state.candidates[taker]]
        if state.race_one[taker] < p.behaviour.uptake * tie.trust:
            number = int(tie.one) + int(tie.other) - maker
            state.mark[number] = piece
            state.members[number].from_others = True
            take_up(p, state, now.month, number, tie.trust, state.race_other[taker])


@internal
def evidence_spreads(p: Any, state: State, now: Now) -> int:
    """New evidence is taken up by its makers and by those who trust them; how many pieces appeared."""
    counts, first = state.counts, state.counts[arrays.FIRST_PIECE]
    last = first
    while last < counts[arrays.PIECES] and state.pieces[last].appears <= now.month:
        last += 1
    if last > first:
        state.mark[:] = -1
    for piece in range(first, last):
        one, other = int(state.pieces[piece].maker), int(state.pieces[piece].partner)
        note(state, now.month, rules.OUTPUT, one, other)
        word, others_word = state.words[one], state.words[other]
        ones = luck(now, draws.UPTAKE + draws.KINDS * others_word, word, word)[1]
        others = luck(now, draws.UPTAKE + draws.KINDS * word, others_word, others_word)[1]
        take_up(p, state, now.month, one, 1.0, ones)
        take_up(p, state, now.month, other, 1.0, others)
        state.mark[one] = piece
        state.mark[other] = piece
        pass_on(p, state, now, piece, one, other)
        pass_on(p, state, now, piece, other, one)
    counts[arrays.FIRST_PIECE] = last
    return int(last - first)


@internal
def worth_of(state: State, which: int, count: int, scale: float) -> float:
    """What so many collaborations (0) or pieces of evidence (1) are worth: looked up, as long as they are counted."""
    return float(state.worth[which, count]) if count < arrays.COUNTED else rules.saturating(count, scale)


@internal
def engagement_moves(p: Any, state: State, now: Now) -> None:
    """Engagement moves; while somebody holds the network, members may leave it; later they may drift away."""
    b, network, counts = p.behaviour, p.network, state.counts
    for number in range(counts[arrays.EVER]):
        member = state.members[number]
        if not member.present:
            continue
        leadership, heavy_hand = 0.0, 0.0
        if now.is_open:
            heavy_hand = b.heavy_hand * now.weight
            present = counts[arrays.PRESENT]
            share = rules.leadership_share(member.leader, network.leaders, present, network.flexibility)
            leadership = b.leadership_burden * (1.0 - now.weight) * share
        target = rules.engagement_target(
            b.engagement_base,
            b.engagement_collaborations * worth_of(state, 0, member.unfunded + member.funded, rules.WORTH_OF_PARTNERS),
            b.engagement_facilitation * now.facilitation,
            b.engagement_relevance * member.relevance,
            b.engagement_uptake * worth_of(state, 1, member.taken_up, rules.WORTH_OF_UPTAKE),
            leadership,
            b.fundraising_burden * need_now(state, b, number),
            heavy_hand,
        )
        member.engagement = rules.moved(member.engagement, target * now.fading, b.engagement_rate)
        member.adapted = rules.adapted_after(member.adapted, b.fit_rate, network.flexibility)
    if now.is_held:
        members_leave(b, state, now)
    elif b.drift > 0.0:
        members_drift_away(b, state, now)


@internal
def members_leave(b: Any, state: State, now: Now) -> None:
    """Members may leave, for reasons of their own or because their engagement stays low."""
    luck_of_all(state, now, draws.LEAVING)
    for position in range(state.counts[arrays.ORDERED]):
        member = state.members[state.order[position]]
        member.low_months = member.low_months + 1 if member.engagement < b.leave_below else 0
        own, low = state.first[position], state.second[position]
        if rules.leaves(member.low_months >= b.leave_patience, b.attrition, own, b.leave_chance, low):
            member.present = False
            state.counts[arrays.PRESENT] -= 1


@internal
def representatives_change(p: Any, state: State, now: Now) -> None:
    """Representatives leave, of members that have left the network too; a part of the trust goes with them."""
    b = p.behaviour
    if b.turnover <= 0.0:
        return
    chance = rules.monthly_chance(b.turnover)
    kept = rules.trust_kept(b.trust_kept, p.network.flexibility, p.closing.handover and not now.is_open, b.handover_cut)
    ever = state.counts[arrays.EVER]
    words = state.words[:ever]
    draw_row(now.seed, now.replicate, draws.TURNOVER, now.month, words, state.nobody, state.first, state.second)
    for number in range(ever):
        if state.first[number] < chance:
            member = state.members[number]
            member.representative, member.adapted = int(state.second[number] * 3), 0.0
            for place in range(member.start, member.start + member.degree):
                state.ties[state.known[place].tie].trust *= kept


@internal
def lose_trust(b: Any, words: NDArray[np.int64], tie: Any, shared: int, now: Now, lot: float) -> None:
    """A month's decay of one tie; one that lapses, by its lot, has no trust left."""
    age, decay = now.month - int(tie.met), b.decay
    if b.decay_spread > 0.0:
        if tie.fading == 0.0:
            chance = draw(now.seed, now.replicate, draws.FADING, 0, words[tie.one], words[tie.other])[0]
            tie.fading = rules.lognormal(chance, b.decay_spread)
        decay *= tie.fading
    tie.trust *= rules.decay_factor(age, shared, tie.event_only, decay, b.embedding, b.ageing, b.event_decay)
    if (
        b.lapse > 0.0
        and tie.status == NONE
        and lot < rules.most_lapse_hazard(tie.trust, shared, b.lapse, b.lapse_trust, b.embedding)
    ):
        hazard = rules.lapse_hazard(tie.trust, shared, b.lapse, b.lapse_trust, b.embedding)
        if rules.happens(lot, hazard):
            tie.trust = 0.0


@internal
def decay_few(b: Any, state: State, high: int, now: Now) -> None:
    """Decay of all ties among a FEW members: contacts as bits, shared ones by a bitwise and, lots FEW at a time."""
    ties, contacts, lots, one_bit = state.ties, state.contacts, state.race_one, np.uint64(1)
    contacts[:] = np.uint64(0)
    for place in range(high):
        tie = ties[place]
        if tie.one >= 0 and tie.strong:
            contacts[tie.one] |= one_bit << np.uint64(tie.other)
            contacts[tie.other] |= one_bit << np.uint64(tie.one)
    for first in range(0, high, arrays.FEW):
        last = min(high, first + arrays.FEW)
        if b.lapse > 0.0:
            for place in range(first, last):  # of free places too: to leave them out would cost more
                state.ones[place - first] = state.words[max(0, ties[place].one)]
                state.others[place - first] = state.words[ties[place].other]
            ones, others = state.ones[: last - first], state.others[: last - first]
            draw_row(now.seed, now.replicate, draws.LAPSE, now.month, ones, others, lots, state.race_other)
        for place in range(first, last):
            tie = ties[place]
            if tie.one >= 0:
                both, shared = contacts[tie.one] & contacts[tie.other], 0
                while both != np.uint64(0):  # all of them: so the compiler knows that bits are counted
                    both &= both - one_bit
                    shared += 1
                lose_trust(b, state.words, tie, shared, now, lots[place - first])


@internal
def list_strong(state: State, ever: int, high: int) -> None:
    """The strong contacts of each member into `strong_start` and `strong`: short lists that stay near at hand."""
    start, strong, ties = state.strong_start, state.strong, state.ties
    start[: ever + 1] = 0
    for place in range(high):
        tie = ties[place]
        if tie.one >= 0 and tie.strong:
            start[tie.one] += 1
            start[tie.other] += 1
    total = 0
    for number in range(ever):  # each begins at its end, and is filled from there backwards
        total += start[number]
        start[number] = total
    start[ever] = total
    for place in range(high):
        tie = ties[place]
        if tie.one >= 0 and tie.strong:
            start[tie.one] -= 1
            strong[start[tie.one]] = tie.other
            start[tie.other] -= 1
            strong[start[tie.other]] = tie.one


@internal
def shared_contacts(
    start: NDArray[np.int64], strong: NDArray[np.int32], mark: NDArray[np.int32], one: int, other: int
) -> int:
    """Strong contacts that two share, counted up to SHARED_CONTACTS; those of `one` are marked with its number."""
    shared = 0
    for place in range(start[other], start[other + 1]):
        if mark[strong[place]] == one:
            shared += 1
            if shared == rules.SHARED_CONTACTS:
                break
    return shared


@internal
def decay_many(b: Any, state: State, ever: int, high: int, now: Now) -> None:
    """Decay of all ties among any number of members: contacts of one after the other are marked."""
    list_strong(state, ever, high)
    start, strong, mark = state.strong_start, state.strong, state.mark
    mark[:] = -1
    for one in range(ever):
        for place in range(start[one], start[one + 1]):
            mark[strong[place]] = one
        first = state.members[one].start
        for place in range(first, first + state.members[one].degree):
            other = int(state.known[place].member)
            if other > one:
                shared = shared_contacts(start, strong, mark, one, other) if start[one] < start[one + 1] else 0
                lot = luck(now, draws.LAPSE, state.words[one], state.words[other])[0] if b.lapse > 0.0 else 1.0
                lose_trust(b, state.words, state.ties[state.known[place].tie], shared, now, lot)


@internal
def trust_decays(p: Any, state: State, now: Now) -> None:
    """One sweep over the ties: trust decays, some lapse; all are judged by the month's first shared contacts."""
    ever, high = state.counts[arrays.EVER], state.counts[arrays.HIGH]
    if state.members.shape[0] <= arrays.FEW:
        decay_few(p.behaviour, state, high, now)
    else:
        decay_many(p.behaviour, state, ever, high, now)
    for place in range(high):
        tie = state.ties[place]
        if tie.one >= 0:
            if tie.trust < rules.FORGOTTEN and tie.status == NONE:
                note(state, now.month, rules.LOST, tie.one, tie.other)
                forget_tie(state, place)
            else:
                tie.strong = tie.trust > rules.STRONG
