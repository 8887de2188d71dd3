"""The rules: what happens between organizations, one pure function each, with units and sources.

Read by both twins: the Mesa agents and the compiled engine call these very functions. They stand in the order of a
month. One file, although a long one: whoever asks how the model behaves has to look in one place only. Where a
docstring names no source, the rule is ours; `docs/odd.md` says so for each.

Trust, engagement, fit, need, overlap, alignment and practice are levels in [0, 1]; hazards are per month.
"""

from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.compiling import compiled, small

# Kinds of encounter; also how a tie began. The first three are facilitated.
CONVENING, GROUP, INTRODUCTION, CONTACT, WORK, APPLICATION, BEFORE = 0, 1, 2, 3, 4, 5, 6
# What else happens between two: a collaboration begins under a grant, or without one, ends, or brings evidence; the tie
# is forgotten; at the end of a month that is watched the tie stands, the two collaborate. Of one alone: it came, is a
# member at that end, or has left. Of nobody: the network is open.
FUNDED, UNFUNDED, ENDED, OUTPUT, LOST, STANDS, ATTENDED, PRESENT = 7, 8, 9, 10, 11, 12, 13, 14
COLLABORATES, LEFT, OPEN = 15, 16, 17
# What the funder spends on, in the order of `outcomes.COST_PARTS`; the last is capstone and handover.
FOR_BACKBONE, FOR_CONVENINGS, FOR_INTRODUCTIONS, FOR_GRANTS, FOR_ENDING = 0, 1, 2, 3, 4


@small
def is_facilitated(origin: int) -> bool:
    """Whether two who first met by an encounter of kind `origin` met through facilitation."""
    return CONVENING <= origin <= INTRODUCTION


GRANT_SIZE, GRANT_MONTHS = 50_000.0, 12
"""The grant whose effects `behaviour` describes: US dollars for the pair, and months. The defaults of `grants.size` and
`grants.months`, with their sources: USD 43,000 a project (Tufts) to 50,000 a partner (Harvard Catalyst, Scialog)."""
STRONGEST_GRANT = 2.0
"""Effects of a grant grow with its money up to so many times those of the reference grant. Ours."""

SMALL, MEDIUM, LARGE = 0, 1, 2
EXECUTIVE, RESEARCH, PARTNERSHIP = 0, 1, 2

SHARED_CONTACTS = 4
"""More shared contacts than this protect a tie no further."""
STRONG = 0.1
"""Trust above which a tie counts as a shared contact."""
FORGOTTEN = 0.01
"""Trust below which a tie is forgotten."""
LEGACY = 12
"""Months after the closing at which legacy and survival are read."""
CANDIDATES = 5
"""Members among whom the facilitator looks for an introduction: a handful."""

ROOM_IS_SHIPPED = TRUST_WEIGHT_IS_SHIPPED = STRANGER_CHANCE_IS_SHIPPED = WIDENED_IS_SHIPPED = True
"""Whether the rule is the one that stands here, of which the engine knows what spares it work: constants, which the
compiler decides by. False where a rule of one's own is in its place (`own_rules`): then it is asked every time."""


# --- Who the members are ---------------------------------------------------------------------------------------------


@small
def normal_quantile(chance: float) -> float:
    """The number below which a standard normal variable falls with `chance`, to 7 digits.

    Source:
        Wichura 1988, Algorithm AS 241, J. Royal Statistical Society C 37(3), doi:10.2307/2347330: routine PPND7, which
        is right to about one part in 10^7.
    """
    centre = chance - 0.5
    if abs(centre) <= 0.425:
        r = 0.180625 - centre * centre
        above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        return centre * above / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    r = sqrt(-log(min(chance, 1.0 - chance)))
    if r <= 5.0:
        r -= 1.6
        above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        below = (0.12021132975 * r + 0.73700164250) * r + 1.0
    else:
        r -= 5.0
        above = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        below = (0.012258202635 * r + 0.24197894225) * r + 1.0
    return above / below if centre > 0.0 else -above / below


@small
def lognormal(chance: float, spread: float) -> float:
    """A factor that is 1 on average, by its uniform: exp(spread z - spread^2 / 2), where z is standard normal.

    Args:
        chance: the uniform that z is made of.
        spread: standard deviation of the factor's logarithm; at 0 the factor is 1.
    """
    return exp(spread * normal_quantile(chance) - 0.5 * spread * spread)


@small
def more_often(chance: float, activity: float) -> float:
    """The chance of what a member does, by its activity (1 on average): chance x activity, at most 1.

    Args:
        chance: of a member of average activity.
        activity: of the member, 1 on average.

    Ours: that contacts, the search for partners and earlier ties follow one activity.
    """
    return min(1.0, chance * activity)


@small
def stranger_chance(
    activity: float, busiest: float, common: float, interest: float, near: bool, region_odds: float
) -> float:
    """Chance that a stranger who was found is the one that is met; otherwise another is looked for.

        activity / busiest x exp(-interest x (1 - overlap)) [/ region_odds if from another region]

    So a member is found in proportion to its activity, and to what it has in common with whoever looks. Region counts
    by pairs: the odds of one stranger from the own region against one from elsewhere are `region_odds`, however many
    regions there are.

    Args:
        activity: of the stranger.
        busiest: largest activity of all that have come so far.
        common: overlap of interests of the two.
        interest: how strongly contacts are led by common interests; at 0 not at all.
        near: whether both are from the same region.
        region_odds: of a stranger from the own region against one from elsewhere; at 1 region does not count.

    Source:
        Catalini 2018, Management Science 64(9): who works nearby is met more (individuals). From the paper: that being
        near counts. Ours: the rest; no study gives whom organizations contact that they do not know.
    """
    chance = activity / busiest * exp(-interest * (1.0 - common))
    return chance if near else chance / region_odds


# --- The funder acts -------------------------------------------------------------------------------------------------


@small
def is_open(month: int, closing: int) -> bool:
    """Whether the network lives in `month`; `closing` is its last month, 0 if it never closes."""
    return closing == 0 or month <= closing


@small
def is_winding_down(month: int, first: int) -> bool:
    """Whether `month` is one at the wind-down level; `first` is the first of them, 0 if there is none."""
    return first > 0 and month >= first


@small
def level_in_force(month: int, closing: int, winding: int, shift: int, shift_factor: float, wind_down: float) -> float:
    """What is left in `month` of a budget: 1 in full, 0 once the network has closed.

    Args:
        month: the month.
        closing: last month of the network, 0 if it never closes.
        winding: first month at the wind-down level, 0 if there is none.
        shift: first month after the funder's shift, 0 if there is none.
        shift_factor: budget after the shift, against before.
        wind_down: budget at the wind-down level, against before.
    """
    if not is_open(month, closing):
        return 0.0
    level = 1.0
    if shift > 0 and month >= shift:
        level *= shift_factor
    if is_winding_down(month, winding):
        level *= wind_down
    return level


@small
def even_step(place: int, months: int) -> float:
    """What is left of a share in a month of a taper in equal steps: (months - place) / (months + 1).

    So a taper of 3 months leaves three, two and one quarter. Ours.

    Args:
        place: of the month in the taper, 0 for the first.
        months: that the taper lasts.
    """
    return (months - place) / (months + 1)


@small
def share_in_force(month: int, share: float, entry: int, exit_month: int, taper: NDArray[np.float64]) -> float:
    """What a funder pays in `month` of what it pays in full.

        0 before its entry and after its exit; share x what the taper leaves in its last months; else share

    Ours.

    Args:
        month: the month.
        share: of the funder among all funders, in full.
        entry: first month in which it pays.
        exit_month: last month in which it pays, 0 if it stays.
        taper: what is left of the share in the last months before the exit, that of the exit the last, float[months].
    """
    if month < entry:
        return 0.0
    place = month - exit_month + taper.shape[0] - 1
    if exit_month == 0 or place < 0:
        return share
    if month > exit_month:
        return 0.0
    return float(share * taper[place])


@small
def announces_exit(month: int, exit_month: int, notice: int, closing: int) -> bool:
    """Whether a funder says in `month` that it leaves; one that leaves with the closing, or later, has nothing to say.

    Args:
        month: the month.
        exit_month: last month in which it pays, 0 if it stays.
        notice: months between its saying so and its exit.
        closing: last month of the network as planned, 0 if it never closes.
    """
    return exit_month > 0 and month == exit_month - notice and (closing == 0 or exit_month < closing)


@small
def call_open(month: int, closing: int, first: int, every: int, window: int) -> int:
    """The month in which the call open in `month` is decided; 0 if none is open.

    A call is open during `window` months, the last of which is the month of its awards; a call that would be decided
    after the closing never opens.
    """
    call = first
    if month > first:
        call = first + ((month - first + every - 1) // every) * every
    if call - month < window and is_open(call, closing):
        return call
    return 0


@small
def notice_shock(notice: int, size: float, softening: float) -> float:
    """Share of its engagement that a member loses when closing is announced `notice` months ahead.

        shock = size / (1 + notice / softening)

    Args:
        notice: months between the announcement and the closing.
        size: of the shock without notice (share).
        softening: months of notice that halve it.

    Ours: no study gives the effect of notice; that short notice hurts is the SALEX designers' lesson (R4D 2024).
    """
    return size / (1.0 + notice / softening)


@small
def plea_succeeds(engaged_champions: int, chance: float, luck: float) -> bool:
    """Whether the pleas of champions, each alike and independent, win a renewal: chance 1 - (1 - p)^k.

    Args:
        engaged_champions: champions engaged enough to plead (count).
        chance: that the plea of one wins.
        luck: uniform that settles it.
    """
    missed = 1.0
    for _ in range(engaged_champions):
        missed *= 1.0 - chance
    return luck < 1.0 - missed


# --- The agenda ------------------------------------------------------------------------------------------------------


@small
def overlap(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Common interests: the cosine of two weightings of topics, each of unit length, float[topics].

    0 without a common topic, 1 for the very same interests.
    """
    total = 0.0
    for topic in range(one.shape[0]):
        total += one[topic] * other[topic]
    return min(1.0, total)


@compiled
def unit(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same weighting with unit length, float[topics]; all topics alike where there is no weight at all."""
    length = 0.0
    for topic in range(weights.shape[0]):
        length += weights[topic] * weights[topic]
    result = np.empty_like(weights)
    for topic in range(weights.shape[0]):
        result[topic] = weights[topic] / sqrt(length) if length > 0.0 else 1.0 / sqrt(float(weights.shape[0]))
    return result


@compiled
def agenda(
    members_interests: NDArray[np.float64], priorities: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What the network works on: a mixture of members' interests and the funders' priorities, of unit length.

    Args:
        members_interests: sum of the members' interests, float[topics].
        priorities: each funder's weights of the topics, float[funders, topics].
        weights: share of each funder in the agenda, float[funders]; at 0 the agenda follows the members' demand alone.
    """
    demand, together = unit(members_interests), 0.0
    for funder in range(weights.shape[0]):
        together += weights[funder]
    mixed = np.empty_like(demand)
    for topic in range(demand.shape[0]):
        mixed[topic] = (1.0 - together) * demand[topic]
    for funder in range(weights.shape[0]):
        supply = unit(priorities[funder])
        for topic in range(demand.shape[0]):
            mixed[topic] += weights[funder] * supply[topic]
    return unit(mixed)


@small
def relevance(now: float, unshifted: float, flexibility: float) -> float:
    """Relevance of the agenda to a member: its alignment now, and what flexibility saves of what a shift took.

    Args:
        now: alignment of the member with the agenda as it is.
        unshifted: its alignment without the funder's shift.
        flexibility: of the network, 0 to 1.

    Ours, after the SALEX designers' lesson (R4D 2024): flexible members find themselves again in a moved agenda.
    """
    return now + flexibility * max(0.0, unshifted - now)


@small
def led_relevance(relevant: float, share: float, weight: float, leaders: int) -> float:
    """Relevance of an agenda that a leadership group brings closer to what members ask for.

        relevance + share x (1 - weight) x (1 - exp(-leaders / 4)) x (1 - relevance)

    Four leaders see most of what members ask for; where the funder decides alone they have nothing to decide.

    Args:
        relevant: relevance without them.
        share: of the missing relevance that a group which sees everything adds, where members decide alone.
        weight: of all funders in the agenda.
        leaders: in the network now (members).

    Source:
        The SALEX designers (R4D 2024): a member leadership group carried a demand-driven agenda. The rest is ours.
    """
    return relevant + share * (1.0 - weight) * (1.0 - exp(-leaders / 4.0)) * (1.0 - relevant)


# --- The facilitator convenes, members meet --------------------------------------------------------------------------


@small
def fit(representative: int, month: int, relational_months: int, gap: float, adapted: float) -> float:
    """How well a member's representative fits the work of `month`, in [0, 1].

    Executives fit the early, relational months, researchers the later, evidence-making ones, partnership leads both by
    half. The work moves from the one to the other over `relational_months`. `gap` is what the least fitting
    representative lacks; `adapted` is the share of a member's lack that flexibility has already mended.

    Args:
        representative: kind of representative: EXECUTIVE, RESEARCH or PARTNERSHIP.
        month: since the founding.
        relational_months: months over which the work moves.
        gap: what the least fitting representative lacks.
        adapted: share of the lack that is mended.

    Ours, after the SALEX designers' lesson (R4D 2024): who represents a member shifts as goals clear up.
    """
    evidence_making = min(1.0, month / relational_months)
    if representative == EXECUTIVE:
        lack = evidence_making
    elif representative == RESEARCH:
        lack = 1.0 - evidence_making
    else:
        lack = 0.5
    return 1.0 - gap * lack * (1.0 - adapted)


@small
def adapted_after(adapted: float, rate: float, flexibility: float) -> float:
    """Share of the lack of fit mended a month later: what is left shrinks by rate x flexibility.

    Args:
        adapted: share of the lack of fit that is mended so far.
        rate: at which it is mended in a flexible network (1/month).
        flexibility: of the network, 0 to 1.
    """
    return adapted + rate * flexibility * (1.0 - adapted)


@small
def carried_work(facilitation: float, per_leader: float, leaders: int) -> float:
    """Intensity at which the facilitator's work is done where leaders carry a part of it without being paid.

        facilitation + (1 - facilitation) x (1 - exp(-per_leader x leaders))

    They help a backbone, which is in place; they do not replace one. Never above that of a full backbone. Ours.

    Args:
        facilitation: intensity in force, 0 to 1.
        per_leader: what one leader carries.
        leaders: in the network now (members).
    """
    return facilitation + (1.0 - facilitation) * (1.0 - exp(-per_leader * leaders))


@small
def work_share(
    sessions: float,
    session_effort: float,
    introductions: float,
    introduction_effort: float,
    convening_every: int,
    convening_effort: float,
) -> float:
    """Share of its plan that the backbone's staff has time for: everything, as long as the plan fits.

        planned = sessions x session_effort + introductions x introduction_effort + convening_effort / convening_every
        share   = 1 where planned is at most 1, else 1 / planned

    A full backbone has one month of itself in a month, half of one half of it and half of the plan: so the share does
    not depend on the intensity. All three kinds of work are cut alike, so that more of one is less of the others; a
    plan that leaves time over gains nothing.

    Args:
        sessions: of all challenge groups, at full intensity (1/month).
        session_effort: months of a full backbone that one takes.
        introductions: of all members, at full intensity (1/month).
        introduction_effort: months of a full backbone that one takes.
        convening_every: months between convenings.
        convening_effort: months of a full backbone that one takes.

    Ours: no study gives the staff time of a backbone by what it is spent on.
    """
    planned = sessions * session_effort + introductions * introduction_effort + convening_effort / convening_every
    return 1.0 / planned if planned > 1.0 else 1.0


@small
def session_chance(rate: float, facilitation: float, share: float, topics: int) -> float:
    """Chance that a topic's challenge group meets in a month.

    Args:
        rate: sessions a month at full facilitation and an even agenda (1/month).
        facilitation: intensity in force, 0 to 1.
        share: the topic's share of the agenda.
        topics: how many topics there are.
    """
    return 1.0 - exp(-rate * facilitation * share * topics)


@small
def introduction_score(common: float, trust: float) -> float:
    """What the facilitator looks for when it introduces two: much in common, and little trust yet.

    Args:
        common: overlap of interests of the two.
        trust: between them, 0 for strangers.
    """
    return common * (1.0 - trust)


@small
def trust_after(trust: float, gain: float, common: float) -> float:
    """Trust after an encounter: a share of what is missing is added, all of `gain` only if interests are the same.

    t + gain x (0.5 + 0.5 overlap) x (1 - t)

    Args:
        trust: before the encounter.
        gain: of an encounter of its kind.
        common: overlap of interests of the two.
    """
    return trust + gain * (0.5 + 0.5 * common) * (1.0 - trust)


@small
def practice_after(practice: float, gain: float, trust: float) -> float:
    """Shared practice (monitoring, evaluation, learning) after an encounter or a piece of evidence, by trust.

    Args:
        practice: of the member before.
        gain: of an encounter, or of a piece of evidence.
        trust: between the two.
    """
    return practice + gain * trust * (1.0 - practice)


@small
def race(chance: float, weight: float) -> float:
    """When a candidate crosses the line of an exponential race; the earliest is chosen.

    Chances are proportional to weights, and a candidate's luck does not depend on who else runs. A weight of 0 never
    arrives.
    """
    if weight <= 0.0:
        return np.inf
    return -log(chance) / weight


@small
def surely_loses(chance: float, weight: float, best: float) -> bool:
    """Whether a candidate of at most this weight cannot cross the line before `best`; False says nothing.

    -log(chance) is never below 1 - chance, so that most of those who lose need no logarithm. That a computed logarithm
    is rounded is left room for.
    """
    return (1.0 - chance) * _ROUNDED_DOWN >= best * weight


_ROUNDED_DOWN = 1.0 - 1e-12


# --- Members look for partners ---------------------------------------------------------------------------------------


@small
def capacity(base: int, step: int, size: int) -> int:
    """Collaborations that a member can carry, by its size class.

    Args:
        base: of a medium organization (collaborations).
        step: more or less for each size class.
        size: SMALL, MEDIUM or LARGE.
    """
    return base + step * (size - MEDIUM)


@small
def load(unfunded: int, funded: int, funded_load: float) -> float:
    """What a member carries: collaborations, a funded one with less weight because a grant pays for staff.

    Args:
        unfunded: collaborations without a grant (count).
        funded: collaborations under one (count).
        funded_load: weight of one under a grant.
    """
    return unfunded + funded_load * funded


@small
def room(carried: float, limit: int, softness: float) -> float:
    """What room a member has for one more collaboration, in [0, 1].

        logistic((limit - carried - 0.5) / softness);  with softness 0: 1 below the limit, else 0

    It multiplies the chance that the member looks for a partner, and its weight among those asked.

    Args:
        carried: its load and its open applications (collaborations).
        limit: its capacity (collaborations).
        softness: collaborations over which room shrinks from nearly all to hardly any.

    Ours: no study says how organizations ration their time. Half of the room is left half a collaboration below the
    limit, so that a small softness is the hard limit for whole numbers.
    """
    if softness <= 0.0:
        return 1.0 if carried < limit else 0.0
    return 1.0 / (1.0 + exp(min(700.0, -(limit - carried - 0.5) / softness)))


@small
def search_chance(initiative: float, engagement: float, is_held: bool, closed_initiative: float) -> float:
    """Chance that a member with spare capacity looks for a partner this month (1/month): initiative x engagement.

    Once the network has closed and nobody holds it, nobody reminds members to look there: `closed_initiative` of it is
    left.

    Args:
        initiative: chance of a fully engaged member (1/month).
        engagement: of the member.
        is_held: whether the network is open, or has a steward.
        closed_initiative: share that is left otherwise.
    """
    chance = initiative * engagement
    return chance if is_held else chance * closed_initiative


@small
def widened(chance: float, in_view: float, breadth: float) -> float:
    """Chance that a member looks for a partner this month, by how many are in view.

        1 - (1 - chance) ^ (in_view ^ breadth)

    With breadth 0 it is `chance`, however many a member knows, so that a new acquaintance takes the place of an old one
    in its search. With breadth 1 each is asked as often as if it were the only one, as long as chances are small.

    Args:
        chance: with one partner in view.
        in_view: how many partners of equal trust those in view amount to: the sum of their weights in the race over
            the largest of these. Fewer than one count as one.
        breadth: exponent.

    Ours: no study tells how search grows with what one knows.
    """
    return float(1.0 - (1.0 - chance) ** times_wider(in_view, breadth))


@small
def times_wider(in_view: float, breadth: float) -> float:
    """How many times as much a member searches as with one partner in view: in_view ^ breadth, 1 at least."""
    return float(max(1.0, in_view) ** breadth)


@small
def looks(luck: float, chance: float, times: float) -> bool:
    """Whether a member might look for a partner, by its uniform, with so many `times_wider`; False is sure.

    `widened` is never above times x chance (Bernoulli's inequality), so that most need no powers.
    """
    return luck < chance * times + 1e-9


@small
def trust_weight(trust: float, power: float) -> float:
    """Weight of a known member in the race for whom to ask: trust ^ power. Called the same way for power 0.

    Args:
        trust: between the two.
        power: exponent.
    """
    return float(trust**power)


@small
def most_trust_weight(trust: float, power: float) -> float:
    """What `trust_weight` is surely not above, without a power: a level is the less, the higher its power."""
    if power >= 2.0:
        return trust * trust
    return trust if power >= 1.0 else 1.0


@small
def common_interest(common: float) -> float:
    """What common interests are worth to a collaboration: some common ground does most.

        (1 - exp(-overlap / 0.25)) / (1 - exp(-4))

    Args:
        common: overlap of interests.

    Source:
        Lane et al. 2021, SMJ 42(6): some common interest raises joint work. From the paper: that the first bit matters
        most. Ours: the form and the scale 0.25.
    """
    return (1.0 - exp(-common / 0.25)) / (1.0 - exp(-4.0))


@small
def rivalry(need: float, others_need: float, common: float) -> float:
    """Competition for the same outside money: both needy, and alike in interest (overlap to the 4th power).

    Args:
        need: funding need of the one.
        others_need: of the other.
        common: overlap of interests.

    Source:
        Lane et al. 2021, SMJ 42(6): the very same field lowers mutual citation. From the paper: that it turns only
        among the very alike. Ours: the 4th power; a linear form could never give their interior optimum.
    """
    return need * others_need * common * common * common * common


@small
def grant_pull(grants: float, members: int) -> float:
    """Pull of an open call: 1 - exp(-grants / (0.12 x members)), so that more grants go on mattering.

    Args:
        grants: of the call, counted in grants of the reference size.
        members: in the network.
    """
    return 1.0 - exp(-grants / (0.12 * members))


class GrantEffects(NamedTuple):
    """What a grant of some size and length does, where `behaviour` says what the reference grant does.

    Attributes:
        load: weight of a funded collaboration in a member's load.
        need_met: share of a member's need that it meets.
        evidence: how much more evidence it yields (ratio).
        hazard: hazard of ending while it lasts (ratio).
        appeal: how many grants of the reference size each counts for in the pull of a call.
    """

    load: float
    need_met: float
    evidence: float
    hazard: float
    appeal: float


def grant_effects(
    size: float,
    months: int,
    elasticity: float,
    load: float,
    need_met: float,
    evidence: float,
    hazard: float,
) -> GrantEffects:
    """The effects of a grant by its money.

        strength = min(2, (size / months / (50,000 / 12)) ^ elasticity), of a month of it
        appeal   = (size / 50,000) ^ elasticity, of the whole

    A month of a grant of strength s frees capacity, meets need and adds evidence s times as much as the reference
    grant does, as far as there is any to free or to meet; the hazard's ratio is raised to the power s. So a longer
    grant of the same money is a thinner one. At elasticity 0 every grant is the reference grant.

    Args:
        size: for the pair (US dollars).
        months: that it lasts.
        elasticity: of what a grant does by its money.
        load: of `load`, under the reference grant, and so on.
        need_met: of `need_now`.
        evidence: of `evidence_chance`.
        hazard: of `end_hazard`.

    Ours: no study was found that gives what a collaboration grant does by its size.
    """
    strength = min(STRONGEST_GRANT, (size / months / (GRANT_SIZE / GRANT_MONTHS)) ** elasticity)
    beyond = 1.0 - strength  # 0 for the reference grant, so that its effects stay what they are to the last bit
    return GrantEffects(
        load=min(1.0, max(0.0, load + (1.0 - load) * beyond)),
        need_met=min(1.0, need_met - need_met * beyond),
        evidence=evidence + (1.0 - evidence) * beyond,
        hazard=hazard**strength,
        appeal=(size / GRANT_SIZE) ** elasticity,
    )


@small
def need_now(need: float, funded: int, met: float) -> float:
    """Funding need that is left while `funded` grants last: a grant meets a share of it, further ones no more.

    Args:
        need: of the member without grants.
        funded: its collaborations under a grant (count).
        met: share that a grant meets.
    """
    return need * (1.0 - met) if funded > 0 else need


@small
def yes_chance(
    trust: float,
    common: float,
    need: float,
    others_need: float,
    carried: float,
    pull: float,
    alignment: float,
    base: float,
    b_trust: float,
    b_interest: float,
    b_grant: float,
    b_rivalry: float,
    relief: float,
    b_load: float,
) -> float:
    """Chance that a member says yes to a collaboration with another.

        logistic(base + b_trust t + b_interest interest + b_grant pull need alignment - b_rivalry rivalry - b_load load)

    The pull of a grant that two can win together also takes away `relief` of their rivalry, in proportion.

    Args:
        trust: between the two.
        common: their overlap of interests.
        need: funding need of the one who is asked.
        others_need: funding need of the other.
        carried: load of the one who is asked (collaborations).
        pull: of the open call, 0 if none is open.
        alignment: of the pair with the agenda.
        base: log odds for a stranger.
        b_trust: log odds for full trust.
        b_interest: log odds for common interests.
        b_grant: log odds for full pull, need and alignment.
        b_rivalry: log odds that full rivalry costs.
        relief: share of rivalry that a full pull takes away.
        b_load: log odds that each collaboration carried costs.
    """
    rivals = rivalry(need, others_need, common) * (1.0 - relief * pull)
    odds = (
        base
        + b_trust * trust
        + b_interest * common_interest(common)
        + b_grant * pull * need * alignment
        - b_rivalry * rivals
        - b_load * carried
    )
    return 1.0 / (1.0 + exp(min(700.0, -odds)))  # beyond 700 exp overflows, and the chance is 0 anyway


# --- Grants are awarded ----------------------------------------------------------------------------------------------


@small
def pair_alignment(one: float, other: float) -> float:
    """Alignment of a pair with the agenda: the mean of the two.

    Args:
        one: alignment of the one with the agenda.
        other: of the other.
    """
    return 0.5 * (one + other)


@small
def award_weight(alignment: float, focus: float) -> float:
    """Weight of an application in the race for a grant: exp(focus x alignment). At focus 0 awards are a lottery.

    Args:
        alignment: of the pair with the agenda.
        focus: how strongly awards follow it.
    """
    return exp(focus * alignment)


# --- Collaborations work, and end ------------------------------------------------------------------------------------


@small
def evidence_chance(rate: float, funded: bool, factor: float) -> float:
    """Chance that a month of joint work becomes a piece of evidence; a grant multiplies it (at most to 1).

    Args:
        rate: without a grant (1/month).
        funded: whether a grant lasts.
        factor: how much more likely under one.
    """
    return min(1.0, rate * factor) if funded else rate


@small
def end_hazard(
    trust: float,
    engagement: float,
    funded: bool,
    grant_ends: bool,
    base: float,
    kappa: float,
    disengagement: float,
    funded_factor: float,
    grant_end: float,
    closing_factor: float,
) -> float:
    """Hazard that a collaboration ends this month.

        base x exp(-kappa t) x exp(disengagement x (0.6 - e)) [x funded_factor while a grant lasts] x closing_factor
        + grant_end x exp(-kappa t) in the month in which the grant ends

    Args:
        trust: between the partners.
        engagement: mean of the partners.
        funded: whether a grant lasts.
        grant_ends: whether this is the first month after it.
        base: hazard without trust (1/month).
        kappa: protection by trust.
        disengagement: how lost engagement raises the hazard: so notice reaches survival.
        funded_factor: hazard under a grant, against without.
        grant_end: extra hazard when the grant ends.
        closing_factor: of `closing_hazard_factor`.

    Source:
        Feinberg et al. 2008, Am. J. Prev. Med. 34(6): 90 % go on after the grant, then 3 to 8 % end a year. From the
        paper: that there is a step at the grant's end and an ordinary hazard after. Ours: the form.
    """
    protected = exp(-kappa * trust)
    hazard = base * protected * exp(disengagement * (0.6 - engagement)) * closing_factor
    if funded:
        hazard *= funded_factor
    if grant_ends:
        hazard += grant_end * protected
    return hazard


@small
def closing_hazard_factor(
    closed: bool, closed_factor: float, capstone: bool, capstone_cut: float, handover: bool, handover_cut: float
) -> float:
    """How closing changes the hazard: 1 while the network lives; then higher, less so after capstone and handover.

    While a steward holds the network, `closed_factor` is 1.

    Args:
        closed: whether the network has closed.
        closed_factor: how much higher the hazard is then.
        capstone: whether there was a capstone.
        capstone_cut: share of the hazard that it takes away.
        handover: whether there was a handover plan.
        handover_cut: share of the hazard that it takes away.

    Source:
        European Court of Auditors 2009: only a minority of about 167 networks of excellence went on; Feinberg et al.
        2008: planning for sustainability helps. From them: the directions. Ours: the sizes.
    """
    if not closed:
        return 1.0
    factor = closed_factor
    if capstone:
        factor *= 1.0 - capstone_cut
    if handover:
        factor *= 1.0 - handover_cut
    return factor


@small
def faded(months: int, fading: float) -> float:
    """What is left of initiative and of what membership is worth, `months` after somebody last held the network.

        exp(-fading x months)

    Args:
        months: since somebody last held the network.
        fading: pace (1/month).

    Ours: a network is a habit, and habits without occasion fade. No study gives the pace.
    """
    return exp(-fading * months)


@small
def drift_hazard(drift: float, engagement: float) -> float:
    """Hazard that a member drifts away from a network that nobody holds (1/month): the less engaged, the sooner.

    Args:
        drift: hazard without any engagement (1/month).
        engagement: of the member.
    """
    return drift * (1.0 - engagement)


@small
def steward_chance(
    members: int, champions: int, handover: bool, chance: float, b_handover: float, b_champion: float, size: float
) -> float:
    """Chance that somebody takes the network over when it closes: a steward, such as a member or its leadership group.

        odds = chance / (1 - chance) x exp(b_handover if handover + b_champion x champions) x (members / 20) ^ -size

    0 where `chance` is 0 or nobody is left, 1 where it is 1.

    Args:
        members: still in the network (count).
        champions: of them, champions that are engaged (count).
        handover: whether a handover plan was made.
        chance: of a network of 20 without plan and champions.
        b_handover: log odds that a plan adds.
        b_champion: log odds that each engaged champion adds.
        size: exponent with which odds fall with members.

    Source:
        European Court of Auditors 2009: only a minority of about 167 large networks of excellence became
        self-sustaining; Feinberg et al. 2008, Am. J. Prev. Med. 34(6): 90 % of 110 coalitions went on, more often with
        a plan. From them: the directions of plan and size. Ours: the form, and that champions matter here.
    """
    if chance <= 0.0 or members == 0:
        return 0.0
    if chance >= 1.0:
        return 1.0
    odds = log(chance / (1.0 - chance)) + b_champion * champions - size * log(members / 20.0)
    if handover:
        odds += b_handover
    return 1.0 / (1.0 + exp(min(700.0, -odds)))


@small
def is_unpaid(funded: bool, had_grant: bool, is_held: bool) -> bool:
    """Whether nobody pays for a collaboration any longer: its grant has run out, or nobody holds the network.

    Args:
        funded: whether a grant lasts.
        had_grant: whether it ever had one.
        is_held: whether the network is open, or has a steward.
    """
    return not funded and (had_grant or not is_held)


@small
def unpaid_hazard(need: float, same_region: bool, hazard: float, distance: float) -> float:
    """Hazard that a collaboration which nobody pays for any longer ends for want of money, beside `end_hazard`.

        hazard x need x (distance if the partners are from different regions)

    Trust does not shield from it: partners may trust each other and still have to go where the money is.

    Args:
        need: funding need that is left, mean of the partners.
        same_region: whether they are from the same region.
        hazard: of partners in full need in one region (1/month).
        distance: hazard between regions, against within one.

    Source:
        CORDIS, Horizon 2020, computed by us: 11 % of pairs in one country begin another joint project within half
        a year after their first, 2.5 % across countries. From it: the direction of distance. Ours: the form, that need
        drives it, and the sizes.
    """
    return hazard * need * (1.0 if same_region else distance)


@small
def has_survived(at_closing: bool, funded: bool) -> bool:
    """Whether a collaboration that is active a year after closing has survived it: it began before, and has no grant.

    One that is still under a grant has not been tried yet.
    """
    return at_closing and not funded


@small
def is_alive(most_partners: int) -> bool:
    """Whether a network is alive, by the most partners that any of its members collaborates with (count).

    At least three members are connected by collaborations just where one of them has two partners.

    Source:
        Feinberg et al. 2008, Am. J. Prev. Med. 34(6) count coalitions that go on. Ours: that three are enough.
    """
    return most_partners >= 2


@small
def chance_of(hazard: float) -> float:
    """Chance that something of constant `hazard` (1/month) happens within a month: 1 - exp(-hazard)."""
    return 1.0 - exp(-hazard)


@small
def happens(luck: float, hazard: float) -> bool:
    """Whether something of constant `hazard` (1/month) happens within a month, by its uniform.

    The chance of it is never above the hazard, but for rounding, so that most need no exponential.
    """
    return luck < hazard + 1e-9 and luck < chance_of(hazard)


# --- Engagement moves ------------------------------------------------------------------------------------------------


WORTH_OF_PARTNERS, WORTH_OF_UPTAKE = 1.0, 3.0
"""Collaborations, and pieces of evidence taken up, that are worth about two thirds of what any number is."""


@small
def saturating(count: float, scale: float) -> float:
    """What `count` of something is worth, each further one less: 1 - exp(-count / scale).

    Args:
        count: of what is worth something.
        scale: count that is worth two thirds of what any number is.
    """
    return 1.0 - exp(-count / scale)


@small
def leadership_share(leads: bool, leaders: int, members: int, flexibility: float) -> float:
    """Share of a leader's burden that a member carries: flexibility spreads the burden evenly over all members.

    Args:
        leads: whether the member is in the leadership group.
        leaders: in the group (members).
        members: in the network now (count).
        flexibility: of the network, 0 to 1.
    """
    alone = 1.0 if leads else 0.0
    if members <= 0:
        return alone
    return (1.0 - flexibility) * alone + flexibility * min(1.0, leaders / members)


@small
def engagement_target(
    base: float,
    collaborations: float,
    facilitation: float,
    relevant: float,
    uptake: float,
    leadership: float,
    fundraising: float,
    heavy_hand: float,
) -> float:
    """The engagement that membership is worth: what it gives less what it burdens, held to [0, 1].

    Each argument is already weighted: what a member that gets nothing keeps, what its collaborations, facilitation, a
    relevant agenda and evidence taken up add, and what leadership, fundraising and a funder's heavy hand cost.

    Args:
        base: what a member that gets nothing keeps.
        collaborations: what they add.
        facilitation: what it adds.
        relevant: what a relevant agenda adds.
        uptake: what evidence taken up adds.
        leadership: what it costs.
        fundraising: what it costs.
        heavy_hand: what the funder's costs.
    """
    worth = base + collaborations + facilitation + relevant + uptake - leadership - fundraising - heavy_hand
    return min(1.0, max(0.0, worth))


@small
def moved(level: float, target: float, rate: float) -> float:
    """A level after a month on its way to `target`: level + rate x (target - level).

    Args:
        level: now.
        target: it moves to.
        rate: share of the way that it goes in a month.
    """
    return level + rate * (target - level)


@small
def leaves(patience_spent: bool, attrition: float, own_luck: float, chance: float, low_luck: float) -> bool:
    """Whether a member leaves: for reasons of its own, or because its engagement has stayed low too long.

    Args:
        patience_spent: whether its engagement has been low for too long.
        attrition: chance of leaving for reasons of its own (1/month).
        own_luck: uniform that settles that.
        chance: of leaving once patience is spent (1/month).
        low_luck: uniform that settles that.
    """
    return own_luck < attrition or (patience_spent and low_luck < chance)


# --- Representatives change ------------------------------------------------------------------------------------------


@small
def monthly_chance(yearly: float) -> float:
    """Chance a month of what happens with chance `yearly` within a year: 1 - (1 - yearly)^(1/12).

    Args:
        yearly: chance within a year.
    """
    return float(1.0 - (1.0 - yearly) ** (1.0 / 12.0))


@small
def trust_kept(kept: float, flexibility: float, handed_over: bool, handover_cut: float) -> float:
    """Share of the trust in its ties that a member keeps when its representative leaves.

        1 - (1 - kept) x (1 - flexibility / 2) [x (1 - handover_cut) once the network has closed with a handover plan]

    Args:
        kept: share that is kept without flexibility and handover.
        flexibility: of the network; at 1 half of the loss is avoided.
        handed_over: whether the network has closed, and had a handover plan.
        handover_cut: share of the loss that the plan avoids.

    Source:
        Broschak & Block 2014, Academy of Management J. 57(3): ties between firms dissolve more often when managers on
        either side leave, less so where ties are strong. From the paper: the direction. Ours: that trust is lost rather
        than the tie, the sizes, and what flexibility and a handover plan do.
    """
    lost = (1.0 - kept) * (1.0 - 0.5 * flexibility)
    if handed_over:
        lost *= 1.0 - handover_cut
    return 1.0 - lost


# --- Trust decays, ties lapse -----------------------------------------------------------------------------------------


@small
def unprotected(shared: int, embedding: float) -> float:
    """Share of decay and lapse that shared contacts do not prevent: 1 - embedding x shared / 4.

    Args:
        shared: contacts that both trust, counted up to SHARED_CONTACTS.
        embedding: share that so many prevent.
    """
    return 1.0 - embedding * min(shared, SHARED_CONTACTS) / SHARED_CONTACTS


@small
def decay_factor(
    age: int,
    shared: int,
    event_only: bool,
    decay: float,
    embedding: float,
    ageing: float,
    event_decay: float,
) -> float:
    """What a tie's trust is multiplied with at the end of a month, contact or not.

        1 - decay x (event_decay if known from convenings only) x (1 - embedding x shared / 4) / (1 + ageing x age)

    Held at 0 or above.

    Args:
        age: months since the two met.
        shared: contacts that both trust, counted up to SHARED_CONTACTS.
        event_only: whether they have met at convenings only.
        decay: loss of a young tie without shared contacts (1/month).
        embedding: share of the loss that SHARED_CONTACTS prevent.
        ageing: how age slows the loss (1/month).
        event_decay: how much faster a tie decays that is known from convenings only.

    Source:
        Burt 2002, Social Networks 24: older and embedded ties decay less; Giese et al. 2020, Social Networks 62: easy
        come, easy go. From them: the directions. Ours: the form and the sizes.
    """
    loss = decay * unprotected(shared, embedding) / (1.0 + ageing * age)
    if event_only:
        loss *= event_decay
    return max(0.0, 1.0 - loss)


@small
def lapse_hazard(trust: float, shared: int, lapse: float, protection: float, embedding: float) -> float:
    """Hazard that a tie without joint work lapses: all at once, whatever trust is left (1/month).

        lapse x exp(-protection x t) x (1 - embedding x shared / 4)

    Args:
        trust: in the tie, after this month's decay.
        shared: contacts that both trust, counted up to SHARED_CONTACTS.
        lapse: hazard without trust and shared contacts (1/month).
        protection: by trust.
        embedding: share of the hazard that SHARED_CONTACTS prevent; the same as for decay.

    Source:
        Burt 2002, Social Networks 24: bridges, whose ends share no contacts, are lost first. From the paper: the
        direction. Ours: that ties also end at once, the form, and that trust protects.
    """
    return lapse * exp(-protection * trust) * unprotected(shared, embedding)


@small
def most_lapse_hazard(trust: float, shared: int, lapse: float, protection: float, embedding: float) -> float:
    """What `lapse_hazard` is never above, and neither is its chance, without an exponential: exp(-x) <= 1 / (1 + x)."""
    return lapse * unprotected(shared, embedding) / (1.0 + protection * trust) + 1e-9
