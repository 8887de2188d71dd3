"""The compiled twin of the Mesa model, for ensembles: the same rules, the same luck, arrays instead of objects.

`model/network.py` is the reference, written to be read; this follows its month step by step. Change a rule in
`rules.py`, both call it. Change what a month does in `model/network.py` first, then here; the twin's test holds the
two together.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario, at_particle, check_particles
from simulation import funding, ledger, rules, structure
from simulation.compiling import compiled, internal, woven
from simulation.draws import identity
from simulation.engine import arrays
from simulation.engine.after_closing import steward_holds
from simulation.engine.arrays import State
from simulation.engine.meeting import (
    Now,
    announce_closing,
    announce_exits,
    busiest,
    champions_win,
    come_and_go_as_planned,
    convene,
    found_state,
    introduce,
    introduce_as_planned,
    make_contacts,
    meet_as_measured,
    members_join,
    order_of_month,
    run_challenge_groups,
    set_agenda,
    weigh_strangers,
    work_done,
)
from simulation.engine.numbers import Numbers, numbers_of
from simulation.engine.observing import begin_to_observe, keep_last, observe
from simulation.engine.working import (
    award_grants,
    collaborations_work,
    engagement_moves,
    evidence_spreads,
    look_for_partners,
    representatives_change,
    trust_decays,
)
from simulation.founding import RosterArrays, members_ever, roster_arrays
from simulation.identities import identities, in_order
from simulation.network_state import Observer
from simulation.outcomes import CLOCK, COST_PARTS, MONTHLY_NAMES, NAMES, check_filled
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.own_outcomes.loading import fill_ratios, observer_of, out_of_range
from simulation.standing import months_worked

MONTHLY_COLUMNS, COLUMNS = len(MONTHLY_NAMES), len(NAMES)
_FILLED: set[str] = set()


def _place(name: str) -> int:
    """Place of an outcome in a row of values, asked for once, so that compiled code does not depend on their order."""
    _FILLED.add(name)
    return NAMES.index(name)


LEGACY_RATE, SURVIVAL = _place("legacy_rate"), _place("survival")
COST_EACH, COST_MONTH = _place("cost_per_collaboration"), _place("cost_per_collaboration_month")
COST_SURVIVING, FIRST_PART, PARTS = _place("cost_per_surviving"), _place(COST_PARTS[0]), len(COST_PARTS)
TRANSITIVITY, DEGREE, BETWEENNESS = (
    _place("transitivity"),
    _place("degree_centralization"),
    _place("betweenness_centralization"),
)
MODULARITY_TOPIC, MODULARITY_REGION = _place("modularity_topic"), _place("modularity_region")
HOMOPHILY_TOPIC, HOMOPHILY_REGION = _place("homophily_topic"), _place("homophily_region")
DEPENDENCE, AT_CLOSING, SURVIVING = _place("facilitator_dependence"), _place("active_at_closing"), _place("surviving")
SO_FAR = np.array([_place(name) for name in CLOCK["closing"].values()])
A_YEAR_AFTER = np.array([_place(name) for name in CLOCK["year after"].values()])
AT_THE_END = np.array([_place(name) for name in CLOCK["end"].values()])
(
    RATE, ACTIVE_RATE, ACTIVE, EVER_FORMED, NEW, UNEXPECTED, TRUST, DENSITY, ENGAGEMENT, RETENTION, EVIDENCE, UPTAKE,
    PRACTICE, TRANSLATION, SPENT, ALIVE, FOUNDERS_RATE, WORKED, OWN_SPENDING,
) = (
    _place(name)
    for name in (
        "collaboration_rate", "active_rate", "collaborations", "collaborations_formed", "new_relationships",
        "unexpected_relationships", "trust", "tie_density", "engagement", "retention", "evidence", "uptake", "practice",
        "translation", "cost", "network_alive", "founders_rate", "months_worked", "members_cost",
    )
)  # fmt: skip
check_filled("the compiled engine (simulation/engine/run.py)", _FILLED | set(COST_PARTS))


class SoFar(NamedTuple):
    """What has come of a network up to a month, and what its funders have spent on it, and its members of their own."""

    evidence: int
    translated: int
    worked: int
    spent: float
    own: float


@internal
def take_stock(p: Any, state: State, so_far: SoFar, row: NDArray[np.float64]) -> None:
    """The month that has just ended, into `row`."""
    counts = state.counts
    ever, ties = counts[arrays.EVER], counts[arrays.TIES]
    rate, founders, collaborating, most, uptake, practice, engagement = 0, 0, 0, 0, 0, 0, 0.0
    for number in range(ever):
        member = state.members[number]
        rate += member.ever
        founders += member.ever and number < p.network.members
        collaborating += member.unfunded + member.funded > 0
        most = max(most, member.unfunded + member.funded)
        uptake += member.from_others
        practice += member.practice >= p.behaviour.practice_improved
        if member.present:
            engagement += member.engagement
    new, unexpected, trust = 0, 0, 0.0
    for place in range(counts[arrays.HIGH]):
        tie = state.ties[place]
        if tie.one >= 0:
            trust += tie.trust
            if tie.origin != rules.BEFORE:
                new += 1
                unexpected += tie.overlap == 0.0
    row[RATE], row[ACTIVE_RATE] = rate / ever, collaborating / ever
    row[ACTIVE], row[EVER_FORMED] = counts[arrays.ACTIVE], counts[arrays.FORMED]
    row[NEW], row[UNEXPECTED] = 2 * new / ever, 2 * unexpected / ever
    row[TRUST] = trust / ties if ties > 0 else 0.0
    row[DENSITY] = ties / (ever * (ever - 1) / 2)
    row[ENGAGEMENT] = engagement / counts[arrays.PRESENT] if counts[arrays.PRESENT] > 0 else 0.0
    row[RETENTION] = counts[arrays.PRESENT] / ever
    row[EVIDENCE], row[UPTAKE], row[PRACTICE] = so_far.evidence, uptake / ever, practice / ever
    row[TRANSLATION], row[SPENT] = so_far.translated, so_far.spent
    row[ALIVE] = rules.is_alive(most)
    row[FOUNDERS_RATE], row[WORKED], row[OWN_SPENDING] = founders / p.network.members, so_far.worked, so_far.own


@internal
def take_legacy(state: State, month: int, at_closing: int, values: NDArray[np.float64]) -> int:
    """What is left a year after closing, into `values`; how many collaborations have survived."""
    counts, surviving, unpaid = state.counts, 0, 0
    for place in range(counts[arrays.ACTIVE]):
        tie = state.ties[state.active[place]]
        surviving += rules.has_survived(tie.at_closing, month < tie.grant_end)
    for number in range(counts[arrays.EVER]):
        unpaid += state.members[number].unfunded > 0
    values[LEGACY_RATE] = unpaid / counts[arrays.EVER]
    values[AT_CLOSING], values[SURVIVING] = at_closing, surviving
    if at_closing > 0:
        values[SURVIVAL] = surviving / at_closing
    return int(surviving)


@internal
def take_structure(state: State, values: NDArray[np.float64]) -> None:
    """Statistics of the network's structure into `values`."""
    ever = state.counts[arrays.EVER]
    start, topic, region = np.zeros(ever + 1, np.int64), np.empty(ever, np.int64), np.empty(ever, np.int64)
    for number in range(ever):
        start[number + 1] = start[number] + state.members[number].degree
        topic[number], region[number] = np.argmax(state.interests[number]), state.members[number].region
    known, filled = np.empty(start[ever], np.int32), start[:-1].copy()
    for number in range(ever):  # each into the lists of whom it knows: so every list is in order of number
        begin = state.members[number].start
        for place in range(begin, begin + state.members[number].degree):
            other = state.known[place].member
            known[filled[other]] = number
            filled[other] += 1
    values[TRANSITIVITY] = structure.transitivity(start, known)
    values[DEGREE] = structure.degree_centralization(start)
    values[BETWEENNESS] = structure.betweenness_centralization(start, known)
    values[MODULARITY_TOPIC] = structure.modularity(start, known, topic)
    values[MODULARITY_REGION] = structure.modularity(start, known, region)
    values[HOMOPHILY_TOPIC] = structure.homophily(start, known, topic)
    values[HOMOPHILY_REGION] = structure.homophily(start, known, region)
    if state.counts[arrays.FORMED] > 0:
        values[DEPENDENCE] = state.counts[arrays.FORMED_BY_FACILITATION] / state.counts[arrays.FORMED]


@internal
def what_is_in_force(p: Any, state: State, seed: int, replicate: int, month: int, closing: int, unheld: int) -> Now:
    """Budgets and the open call of the month; after the closing what a steward does of a backbone's work.

    `unheld` is the number of months since somebody last held the network.
    """
    funded = funding.in_force(
        month, closing, p.derived.wind_down_month, p.closing.wind_down, p.members.replacement, p.funders
    )
    facilitation, grants = p.facilitation.intensity * funded.facilitation, p.grants.per_call * funded.grants
    call, pull, present = 0, 0.0, state.counts[arrays.PRESENT]
    if grants > 0.0 and present > 0:
        call = rules.call_open(month, closing, p.grants.first, p.grants.every, p.grants.window)
        if call > 0:
            pull = rules.grant_pull(grants * p.derived.grant_appeal, present)
    is_open = rules.is_open(month, closing)
    if not is_open and unheld == 0:
        facilitation = p.behaviour.steward_intensity
    fading = rules.faded(unheld, p.behaviour.fading)
    most = busiest(state)
    if month == p.network.today + 1 or state.counts[arrays.EVER] > p.network.members:  # somebody may have joined
        weigh_strangers(p, state, most)
    weight = funding.weight_in_force(month, p.funders)
    return Now(
        seed, replicate, month, is_open, unheld == 0, fading, facilitation, funded.facilitation_paid, grants,
        funded.grants_paid, call, pull, weight, most,
    )  # fmt: skip


@internal
def total(paid: NDArray[np.float64]) -> float:
    """What was paid for everything, in the scenario's currency; added up as the reference does."""
    spent = 0.0
    for amount in paid:
        spent += amount
    return spent


@internal
def pay(bill: NDArray[np.float64], part: int, amount: float, share: float) -> None:
    """Funders pay a share of an amount, and members the rest: rows 0 and 1 of `bill`, amounts[2, PARTS]."""
    bill[0, part] += amount * share
    bill[1, part] += amount * (1.0 - share)


@internal
def enter(bill: NDArray[np.float64], own: float, backbone: float, row: NDArray[np.float64]) -> None:
    """What was spent so far into a row of a ledger; `backbone` are the months of a full one."""
    for part in range(PARTS):
        row[part], row[ledger.IN_PLACE + part] = bill[0, part], bill[1, part]
    row[ledger.OWN], row[ledger.BACKBONE_MONTHS] = own, backbone


@internal
def facilitate(p: Any, state: State, now: Now, closing: int, bill: NDArray[np.float64]) -> int:
    """The facilitator's month; what it costs is added to `bill`, as `pay` does it. How many attended."""
    attended, due = 0, (now.month - 1) % p.facilitation.convening_every == 0
    if not now.is_open:
        if now.is_held and due and now.facilitation > 0.0:
            attended = convene(p, state, now, now.facilitation)  # members by themselves: the funder pays nothing
        return attended
    share = now.facilitation_paid
    capstone = p.closing.capstone and now.month == closing
    if capstone:
        pay(bill, rules.FOR_ENDING, p.costs.capstone, 1.0)
    if p.closing.handover and now.month == closing:
        pay(bill, rules.FOR_ENDING, p.costs.handover, 1.0)
    if now.facilitation <= 0.0:
        return attended
    work = work_done(p, state, now.facilitation)
    if capstone or due:
        attended = convene(p, state, now, work)
        pay(bill, rules.FOR_CONVENINGS, p.costs.attendance * attended, share)
    for _ in range(run_challenge_groups(p, state, now, work)):
        pay(bill, rules.FOR_CONVENINGS, p.costs.session, share)
    for _ in range(introduce(p, state, now, work)):
        pay(bill, rules.FOR_INTRODUCTIONS, p.costs.introduction, share)
    return attended


@internal
def unfunded_work(state: State, month: int) -> int:
    """How many collaborations are active now without a grant."""
    unfunded = 0
    for place in range(state.counts[arrays.ACTIVE]):
        unfunded += month >= state.ties[state.active[place]].grant_end
    return unfunded


@woven
def run_one(
    p: Any,
    roster: RosterArrays,
    owned: State,
    seed: int,
    replicate: int,
    months: NDArray[np.float64],
    values: NDArray[np.float64],
    course: NDArray[np.float64],
    own: Observer | None,
) -> bool:
    """One replicate: its months and values, and its ledger where `course` has rows for it.

    False if the state was too small: grow it and run again; or if an outcome of one's own is out of its range.
    """
    state = arrays.lend(owned)
    found_state(p, roster, state, seed, replicate)
    counts, closing = state.counts, p.derived.closing_month
    known, today = roster.standing, p.network.today
    spent_before, members_spent = known.counted[0], known.counted[1]
    evidence, translated, at_closing, surviving = int(known.counted[2]), int(known.counted[3]), 0, 0
    worked_months = months_worked(known.works, today)
    unheld, bill, backbone = 0, np.zeros((2, PARTS)), 0.0  # months since somebody last held the network
    values[:] = np.nan
    so_far = SoFar(evidence, translated, worked_months, spent_before, members_spent)
    take_stock(p, state, so_far, months[today])
    if counts[arrays.FULL] > 0:
        return False
    begin_to_observe(own)
    if not observe(own, state, so_far, today, rules.is_open(today, closing), replicate, months[today], MONTHLY_COLUMNS):
        return False
    arrays.note_month(state, today, rules.is_open(today, closing))
    if course.shape[0] > 0:
        enter(bill, members_spent, backbone, course[today])
    for month in range(today + 1, p.derived.last_month + 1):
        members_join(p, state, seed, replicate, month, closing)
        come_and_go_as_planned(roster, state, month, rules.is_open(month, closing))
        order_of_month(state, seed, replicate, month)
        if month == p.derived.announcement_month:
            announce_closing(p, state)
        announce_exits(p, state, month)
        hears_champions = month == p.derived.closing_month and p.derived.can_be_renewed
        if hears_champions and champions_win(p, state, seed, replicate, month):
            closing += p.closing.renewal_months
        if not rules.is_open(month, closing) and not steward_holds(
            p, state, seed, replicate, month - closing, unheld == 0
        ):
            unheld += 1
        now = what_is_in_force(p, state, seed, replicate, month, closing, unheld)
        if now.is_open:
            pay(bill, rules.FOR_BACKBONE, p.costs.backbone * now.facilitation / 12.0, now.facilitation_paid)
            backbone += now.facilitation
        set_agenda(p, state, month, now.is_open)
        members_spent += p.costs.member_attendance * facilitate(p, state, now, closing, bill)
        if now.is_open:
            for _ in range(introduce_as_planned(p, roster, state, month)):
                pay(bill, rules.FOR_INTRODUCTIONS, p.costs.introduction, now.facilitation_paid)
        make_contacts(p, state, now)
        meet_as_measured(p, roster, state, month)
        look_for_partners(p, state, now)
        if now.call == 0 or now.call == month:
            for _ in range(award_grants(p, state, now)):
                # not `.size`: uncompiled, that is the record's own
                pay(bill, rules.FOR_GRANTS, p.grants["size"], now.grants_paid)
        collaborations_work(p, state, now)
        evidence += evidence_spreads(p, state, now)
        engagement_moves(p, state, now)
        representatives_change(p, state, now)
        trust_decays(p, state, now)
        arrays.note_month(state, month, now.is_open)
        if counts[arrays.FULL] > 0:
            return False

        translated += state.translated[month]
        worked_months += counts[arrays.ACTIVE]
        members_spent += p.costs.member_work * unfunded_work(state, month)
        spent, members_in_all = spent_before + total(bill[0]), members_spent + total(bill[1])
        so_far = SoFar(evidence, translated, worked_months, spent, members_in_all)
        take_stock(p, state, so_far, months[month])
        if not observe(own, state, so_far, month, now.is_open, replicate, months[month], MONTHLY_COLUMNS):
            return False
        if course.shape[0] > 0:
            enter(bill, members_spent, backbone, course[month])
        if month == p.derived.reporting_month:
            take_structure(state, values)
        if closing > 0 and month == closing:
            at_closing = counts[arrays.ACTIVE]
            for place in range(at_closing):
                state.ties[state.active[place]].at_closing = True
        if closing > 0 and month == closing + rules.LEGACY:
            surviving = take_legacy(state, month, at_closing, values)
            for place in range(len(SO_FAR)):
                values[A_YEAR_AFTER[place]] = months[month, SO_FAR[place]]
    values[:MONTHLY_COLUMNS] = months[p.derived.reporting_month, :MONTHLY_COLUMNS]
    for column in range(MONTHLY_COLUMNS, months.shape[1]):
        values[COLUMNS + column - MONTHLY_COLUMNS] = months[p.derived.reporting_month, column]
    keep_last(own, values, COLUMNS, months.shape[1] - MONTHLY_COLUMNS)
    spent = spent_before + total(bill[0])
    for place in range(len(SO_FAR)):
        values[AT_THE_END[place]] = months[p.derived.last_month, SO_FAR[place]]
    values[FIRST_PART : FIRST_PART + PARTS] = bill[0]
    if counts[arrays.FORMED] > 0:
        values[COST_EACH] = spent / counts[arrays.FORMED]
    if worked_months > 0:
        values[COST_MONTH] = spent / worked_months
    if surviving > 0:
        values[COST_SURVIVING] = spent / surviving
    return True


@woven
def _run_block(
    p: Any,
    roster: RosterArrays,
    state: State,
    seed: int,
    first: int,
    values: NDArray[np.float64],
    sum_months: NDArray[np.float64],
    kept_months: NDArray[np.float64],
    begin: int,
    courses: NDArray[np.float64],
    own: Observer | None,
) -> int:
    """Replicates `first` on, one a row of `values`, without the interpreter lock.

    Args:
        p: the scenario's numbers.
        roster: its roster, empty where members are drawn.
        state: to work in.
        seed: of the luck.
        first: number of the replicate of row 0.
        values: takes a row per replicate, float[replicates, COLUMNS], and columns for outcomes of one's own.
        sum_months: takes the sum of the monthly courses, float[months + 1, MONTHLY_COLUMNS], and columns likewise.
        kept_months: takes the courses of the first rows, float[kept, months + 1, columns of `sum_months`].
        begin: row to begin with; 0, or where the state was too small before.
        courses: takes the ledgers of the first rows, float[kept, months + 1, ledger.COLUMNS].
        own: asks outcomes of one's own; None where there are none.

    Returns:
        Rows done. Fewer than there are if the state was too small for the next one, or `own` went wrong in it.
    """
    months = np.full(sum_months.shape, np.nan)
    none = np.empty((0, ledger.COLUMNS))
    for row in range(begin, values.shape[0]):
        course = courses[row] if row < courses.shape[0] else none
        if not run_one(p, roster, state, seed, first + row, months, values[row], course, own):
            return row
        sum_months += months
        if row < kept_months.shape[0]:
            kept_months[row] = months
    return int(values.shape[0])


@compiled
def run_block(
    p: Any,
    roster: RosterArrays,
    state: State,
    seed: int,
    first: int,
    values: NDArray[np.float64],
    sum_months: NDArray[np.float64],
    kept_months: NDArray[np.float64],
    begin: int,
    courses: NDArray[np.float64],
) -> int:
    """See `_run_block`: with the shipped outcomes only."""
    return _run_block(p, roster, state, seed, first, values, sum_months, kept_months, begin, courses, None)


@compiled
def run_observed_block(
    p: Any,
    roster: RosterArrays,
    state: State,
    seed: int,
    first: int,
    values: NDArray[np.float64],
    sum_months: NDArray[np.float64],
    kept_months: NDArray[np.float64],
    begin: int,
    courses: NDArray[np.float64],
    own: Observer,
) -> int:
    """The same with outcomes of one's own. One function for all files of them: what they count is compiled apart."""
    return _run_block(p, roster, state, seed, first, values, sum_months, kept_months, begin, courses, own)


class Watched(NamedTuple):
    """One replicate: its values float[columns], its course float[months + 1, monthly columns], its EVENT records."""

    values: NDArray[np.float64]
    course: NDArray[np.float64]
    events: Any


class Engine:
    """Runs blocks of replicates of one scenario; any number of threads may share one engine.

    Each thread works in a state of its own, which grows when a replicate needs more room and is used again. Where the
    scenario carries a posterior, all its particles share these states: only their numbers differ.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        check_particles(scenario)
        self._ordered = in_order(scenario)
        scenario = self.scenario = self._ordered.scenario
        self.seed, _ = identity(seed, 0)
        self._who = identities(scenario, members_ever(scenario))
        self._numbers = numbers_of(scenario)
        self._of_particle: dict[int, Numbers] = {}
        self._roster = roster_arrays(scenario)
        self._outcomes = outcomes_of(scenario.outcomes)
        self._idle: list[State] = []
        self._room = first_room(members_ever(scenario))

    def run_block(
        self,
        first: int,
        values: NDArray[np.float64],
        kept_months: NDArray[np.float64],
        ledgers: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        """Replicates `first` on into the rows of `values`, and the courses of the first ones into `kept_months`.

        Where somebody asks for them, what they spent up to each month into `ledgers`, which `ledger.empty` makes.

        Returns:
            The sum of their monthly courses, float[months + 1, monthly columns].

        Raises:
            OutcomeValueError: if an outcome of one's own is out of its range.
        """
        sum_months = np.zeros((self.scenario.last_month + 1, len(self._outcomes.monthly_names)))
        entered = ledger.empty(0, self.scenario.last_month) if ledgers is None else ledgers
        state = self._idle.pop() if self._idle else self._state()
        for begin, end in self._stretches(first, len(values)):
            numbers, done = self._numbers_of(first + begin), 0
            rows, courses, own = values[begin:end], kept_months[begin:end], entered[begin:end]
            while True:
                done = self._run(numbers, state, first + begin, rows, sum_months, courses, done, own)
                if done == len(rows):
                    break
                self._room = max(self._room, 2 * len(state.ties))
                state = self._state()
        self._idle.append(state)
        fill_ratios(self.scenario.outcomes, values, first)
        if never := [name for name, value in zip(MONTHLY_NAMES, values[0], strict=False) if np.isnan(value)]:
            raise RuntimeError(f"the compiled engine (simulation/engine/run.py) has not counted {', '.join(never)}")
        return sum_months

    def _run(self, numbers: Numbers, state: State, first: int, *more: Any) -> int:
        """Rows done, see `run_block`; with outcomes of one's own where the scenario carries some."""
        given = numbers, self._roster, state, self.seed, first, *more
        own = self.scenario.outcomes
        if own is None:
            return int(run_block(*given))
        observer = observer_of(own)
        done = int(run_observed_block(*given, observer))  # type: ignore[call-arg]  # `more` is of one length
        if observer.wrong[0] > 0:
            function, month, replicate, value = observer.wrong.tolist()
            raise out_of_range(own, int(function) - 1, int(month), int(replicate), value)
        return done

    def _stretches(self, first: int, replicates: int) -> Iterator[tuple[int, int]]:
        """Rows that follow each other with one particle: the first, and the one after the last."""
        posterior = self.scenario.posterior
        particles = np.zeros(replicates) if posterior is None else posterior.particles_of(first, replicates)
        borders = [0, *(np.flatnonzero(np.diff(particles)) + 1).tolist(), replicates]
        return pairwise(borders)

    def _numbers_of(self, replicate: int) -> Numbers:
        """What a replicate is run with; made once for each particle. Two threads may make the same one."""
        posterior = self.scenario.posterior
        if posterior is None:
            return self._numbers
        particle = posterior.particle_of(replicate)
        if particle not in self._of_particle:
            self._of_particle[particle] = numbers_of(at_particle(self.scenario, particle))
        return self._of_particle[particle]

    def watch(self, replicate: int, months: Sequence[int] = ()) -> "Watched":
        """One replicate, with everything that happens between two members, and the ties that stand in some months."""
        events = 16 * self._room
        values = np.full((1, len(self._outcomes.names)), np.nan)
        course = np.full((1, self.scenario.last_month + 1, len(self._outcomes.monthly_names)), np.nan)
        while True:
            state = self._state(events)
            state.watched[list(months)] = True
            numbers, total = self._numbers_of(replicate), np.zeros(course.shape[1:])
            ledgers = ledger.empty(0, self.scenario.last_month)
            if self._run(numbers, state, replicate, values, total, course, 0, ledgers):
                fill_ratios(self.scenario.outcomes, values, replicate)
                events_told = state.events[: state.counts[arrays.EVENTS]].view(np.ndarray).copy()
                if len(self._ordered.members):
                    ends = self._ordered.rows(np.stack([events_told["one"], events_told["other"]]))
                    events_told["one"], events_told["other"] = ends.min(axis=0), ends.max(axis=0)
                return Watched(values[0], course[0], events_told)
            self._room, events = 2 * self._room, 2 * events

    def _state(self, events: int = 0) -> State:
        scenario, room = self.scenario, self._room
        return arrays.allocate(self._who, scenario.network.regions, scenario.last_month, room, room, events)


def first_room(members: int) -> int:
    """Ties to make room for at first: all pairs of a small network, some for each member of a large one."""
    return min(members * (members - 1) // 2, 32 * members) + 64
