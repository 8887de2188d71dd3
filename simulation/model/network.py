"""The network of member organizations, month by month: the reference model, written to be read and subclassed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

import mesa
import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario, at_replicate
from simulation import draws, rules
from simulation.founding import Places, by_region, by_topic, found_in_order, members_ever, roster_arrays, take_part
from simulation.identities import identities, in_order
from simulation.model.facilitator import Facilitator
from simulation.model.funder import Funder
from simulation.model.member import MemberOrganization
from simulation.model.standing import stand_as_known
from simulation.model.stewardship import Stewardship
from simulation.model.stocktaking import Stocktaking
from simulation.model.ties import Application, Collaboration, Tie
from simulation.own_outcomes.catalogue import outcomes_of


class Piece(NamedTuple):
    """A piece of evidence on its way: the month in which it appears, and the partners who made it."""

    appears: int
    one: int
    other: int


class CollaborationNetwork(mesa.Model):
    """A collaboration network of organizations, from its founding past its closing.

    Args:
        settings: the scenario; of a posterior that it carries, the replicate's particle. (Not `scenario`: newer Mesa
            owns that name and would write into our frozen one.)
        seed: of the luck, 0 to 2^32 - 1; None, which Mesa's `batch_run` says for each of its iterations, is a seed that
            nobody had before: it stands in `luck.seed`, and in the data collector's column "seed".
        replicate: number of the run, 0 to 2^32 - 1; with the seed it fixes all luck.
        luck: another source of luck, for experiments.
        member_class: a subclass of MemberOrganization, to try another behaviour.

    Attributes:
        month: months since the founding; `network.today` before the first step, which is 0 but where a run goes on
            from what is known of a network.
        running: whether months are left; no step can be taken after the last.
        organizations: every member so far, in order of number, those that left too. Members of a roster are numbered
            in alphabetical order of what their luck goes by; `row` says where each stands in its file.
        ties: tie of each pair that knows each other, by (one, other), one < other.
        collaborations: the active ones, by (one, other).
        collaborated: all so far, in the order in which they began.
        applications: pairs that wait for the award of the open call.
        facilitation: intensity in force this month, 0 to 1; after the closing that of the members' own convenings.
        agenda: weight of each topic, of unit length, float[topics].
        busiest: largest activity of all members so far.
        grant: what a grant does, by its money.
        call: month in which the open call is decided; 0 if none is open.
        pull: of the open call, in [0, 1).
        chronicle: what has happened between two so far: month, kind (as numbered in `rules`), one, other by their rows.
        attended: month of a convening, held or cancelled -> rows of the members that came, or would have.
        outcomes: the catalogue of outcomes that are counted: the shipped ones, and those of one's own.
        stock: outcomes of every month so far, a row per month, in the order of `outcomes.monthly_names`.
    """

    def __init__(
        self,
        settings: Scenario,
        *,
        seed: int | None = 1,
        replicate: int = 0,
        luck: draws.Luck | None = None,
        member_class: type[MemberOrganization] = MemberOrganization,
    ) -> None:
        is_any = seed is None and luck is None
        luck = luck or draws.Luck(draws.any_seed() if seed is None else seed, replicate)  # refused before Mesa sees it
        super().__init__(rng=luck.seed)
        self._ordered = in_order(at_replicate(settings, luck.replicate))
        settings = self.settings = self._ordered.scenario
        self._who = identities(settings, members_ever(settings))
        self.outcomes = outcomes_of(settings.outcomes)
        self.luck = luck.of(self._who.words.tolist(), self._who.topics.tolist()) if settings.roster else luck
        self.member_class = member_class
        self.month = settings.network.today
        b = settings.behaviour
        self._gains = (  # by kind of encounter, as numbered in `rules`
            b.trust_convening,
            b.trust_group,
            b.trust_introduction,
            b.trust_contact,
            b.trust_work,
            b.trust_application,
        )
        self.grant = rules.grant_effects(
            settings.grants.size / settings.costs.per_usd,
            settings.grants.months,
            b.grant_strength,
            load=b.funded_load,
            need_met=b.need_met,
            evidence=b.funded_evidence,
            hazard=b.funded_hazard,
        )
        self.founding = found_in_order(settings, self.luck.seed, self.luck.replicate)
        self.parts = np.empty_like(self.founding.interests)
        take_part(self.founding.interests, roster_arrays(settings).groups, self.parts)
        self._topics = by_topic(self.parts, self._who.by_mark)
        self._regions = by_region(self.founding.region, settings.network.regions, self._who.by_mark)
        self.organizations: list[MemberOrganization] = []
        self.ties: dict[tuple[int, int], Tie] = {}
        self.collaborations: dict[tuple[int, int], Collaboration] = {}
        self.collaborated: list[Collaboration] = []
        self.applications: dict[tuple[int, int], Application] = {}
        self.evidence_due: deque[Piece] = deque()
        self.new_evidence: list[Piece] = []
        self.translations_due: dict[int, int] = {}
        self.is_open = True
        self.facilitation = 0.0
        self.agenda = np.zeros(settings.network.topics)
        self.call = 0
        self.pull = 0.0
        self.in_order: list[MemberOrganization] = []
        for number in range(settings.network.members):
            self.organizations.append(member_class(self, number))
        self.present_count = len(self.organizations)
        self.busiest = max(member.activity for member in self.organizations)
        if not self.month:
            for (one, other), trust in zip(self.founding.ties.tolist(), self.founding.trust.tolist(), strict=True):
                if other < len(self.organizations):
                    self._bring_tie(one, other, trust)
        self.attended: dict[int, list[int]] = {}
        self.chronicle: list[tuple[int, int, int, int]] = []
        for one, other in self.ties:
            self.note(rules.BEFORE, one, other)
        self.funder = Funder(self)
        self.facilitator = Facilitator(self)
        self.stewardship = Stewardship(self)
        self.stocktaking = Stocktaking(self)
        if self.month:
            stand_as_known(self)
        self.stock: list[list[float]] = [
            *([[np.nan] * len(self.outcomes.monthly_names)] * self.month),  # what was before today is not simulated
            self.stocktaking.of_month(),
        ]
        reporters: dict[str, Callable[[CollaborationNetwork], float]] = {
            name: lambda model, column=column: model.stock[-1][column]  # type: ignore[misc]
            for column, name in enumerate(self.outcomes.monthly_names)
        }
        if is_any:
            reporters["seed"] = lambda model: model.luck.seed
        self.datacollector = mesa.DataCollector(model_reporters=reporters)
        self.datacollector.collect(self)

    # A month, in order

    def step(self) -> None:
        """One month.

        Raises:
            RuntimeError: after the last month of the scenario.
        """
        last = self.settings.last_month
        if self.month >= last:
            raise RuntimeError(
                f"the run of '{self.settings.name}' ended with month {last}; network.months sets the last"
            )
        self.month += 1
        self.running = self.month < last
        self.members_join()
        self.funder.acts()
        self.facilitator.acts()
        self.facilitator.introduces_as_planned()
        self.stewardship.acts()
        self.members_meet()
        self.members_look_for_partners()
        self.funder.awards_grants()
        self.collaborations_work()
        self.evidence_spreads()
        self.engagement_moves()
        self.representatives_change()
        self.trust_decays()
        self.stock.append(self.stocktaking.of_month())
        self.datacollector.collect(self)

    def run(self) -> None:
        """All months of the scenario that are left."""
        while self.month < self.settings.last_month:
            self.step()

    def members_join(self) -> None:
        """New members come in while the network lives; then everybody's place in this month's order is drawn."""
        joining = self.settings.network.joining
        if rules.is_open(self.month, self.funder.closing) and joining > 0.0:
            for _ in range(draws.whole(joining, self.luck.one(draws.JOINING, self.month))):
                self.organizations.append(self.member_class(self, len(self.organizations)))
                self.present_count += 1
                self.busiest = max(self.busiest, self.organizations[-1].activity)
        self._come_and_go_as_planned()
        self.in_order = sorted(
            self.present_members(), key=lambda m: (self.luck.one(draws.ORDER, self.month, m.number), m.number)
        )

    def _come_and_go_as_planned(self) -> None:
        """Members of a roster join while the network is open, with their ties from before, and leave."""
        roster = self.settings.roster
        if roster is None:
            return
        while (
            rules.is_open(self.month, self.funder.closing)
            and (number := len(self.organizations)) < len(roster.joins)
            and roster.joins[number] == self.month
        ):
            self.organizations.append(self.member_class(self, number))
            self.present_count += 1
            self.busiest = max(self.busiest, self.organizations[-1].activity)
            for one, other, trust in roster.ties or ():
                if other == number:
                    self._bring_tie(one, other, trust)
                    self.note(rules.BEFORE, one, other)
        self._leave([one for one in self.present_members() if self._leaves_by_plan(one)])

    def _leaves_by_plan(self, member: MemberOrganization) -> bool:
        leaves = self.settings.roster.leaves if self.settings.roster else ()
        return member.number < len(leaves) and leaves[member.number] == self.month

    def _bring_tie(self, one: int, other: int, trust: float) -> None:
        """A tie from before the network, of two that are in it now."""
        tie = self.tie_between(self.organizations[one], self.organizations[other], rules.BEFORE)
        tie.trust, tie.strong = trust, trust > rules.STRONG

    def members_meet(self) -> None:
        """Contacts without facilitation: those that come about by themselves, then those that were measured."""
        for member in self.in_order:
            member.contacts_somebody()
        for month, one, other in self.settings.roster.contacts if self.settings.roster else ():
            if month == self.month and self.are_there(one, other):
                self.meet(self.organizations[one], self.organizations[other], rules.CONTACT)

    def members_look_for_partners(self) -> None:
        """Members with spare capacity look for partners, one after the other."""
        for member in self.in_order:
            member.looks_for_partner()

    def collaborations_work(self) -> None:
        """Collaborations build trust, make evidence, and may end."""
        b, closing = self.settings.behaviour, self.settings.closing
        closed_factor = 1.0 if self.is_held else b.closed_hazard
        closing_factor = rules.closing_hazard_factor(
            not self.is_open, closed_factor, closing.capstone, b.capstone_cut, closing.handover, b.handover_cut
        )
        for pair, collaboration in list(self.collaborations.items()):
            one, other = (self.organizations[number] for number in pair)
            funded = collaboration.funded(self.month)
            grant_ends = collaboration.grant_end == self.month
            if grant_ends:
                for partner in (one, other):
                    partner.funded -= 1
                    partner.unfunded += 1
            tie = self.meet(one, other, rules.WORK)
            work, ends = self.luck.pair(draws.WORK, self.month, *pair)
            if work < rules.evidence_chance(b.evidence_rate, funded, self.grant.evidence):
                self.evidence_due.append(Piece(self.month + b.evidence_lag, *pair))
            hazard = rules.end_hazard(
                tie.trust,
                0.5 * (one.engagement + other.engagement),
                funded,
                grant_ends,
                b.end_hazard,
                b.end_trust,
                b.end_disengagement,
                self.grant.hazard,
                b.grant_end_hazard,
                closing_factor,
            )
            if rules.is_unpaid(funded, collaboration.grant_end > 0, self.is_held):
                need, same = 0.5 * (one.need_now + other.need_now), one.region == other.region
                hazard += rules.unpaid_hazard(need, same, b.unpaid_hazard, b.unpaid_distance)
            if collaboration.start < self.month and ends < rules.chance_of(hazard):
                self._end(collaboration)

    def evidence_spreads(self) -> None:
        """New evidence is taken up by those who made it, and by those who trust them; some is translated, later."""
        self.new_evidence = []
        while self.evidence_due and self.evidence_due[0].appears <= self.month:
            self.new_evidence.append(self.evidence_due.popleft())
        for piece in self.new_evidence:
            self.note(rules.OUTPUT, piece.one, piece.other)
            makers = (self.organizations[piece.one], self.organizations[piece.other])
            reached = {piece.one, piece.other}
            for maker, partner in (makers, makers[::-1]):
                third = draws.UPTAKE + draws.KINDS * partner.number
                luck = self.luck.pair(third, self.month, maker.number, maker.number)
                self._take_up(maker, 1.0, luck[1])
            for maker, partner in (makers, makers[::-1]):
                third = draws.UPTAKE + draws.KINDS * partner.number
                for number, tie in maker.known.items():
                    taker = self.organizations[number]
                    if taker.present and number not in reached:
                        luck = self.luck.pair(third, self.month, number, maker.number)
                        if luck[0] < self.settings.behaviour.uptake * tie.trust:
                            reached.add(number)
                            taker.took_up_from_others = True
                            self._take_up(taker, tie.trust, luck[1])

    def _take_up(self, member: MemberOrganization, trust: float, luck: float) -> None:
        b = self.settings.behaviour
        member.taken_up += 1
        member.practice = rules.practice_after(member.practice, b.practice_evidence, trust)
        if luck < b.translation_chance:
            due = self.month + b.translation_lag
            self.translations_due[due] = self.translations_due.get(due, 0) + 1

    def engagement_moves(self) -> None:
        """Engagement moves; while somebody holds the network, members may leave it; later they may drift away."""
        for member in self.present_members():
            member.moves_engagement()
        if self.is_held:
            leaving = [member for member in self.present_members() if member.considers_leaving()]
            self._leave(leaving)
        elif self.settings.behaviour.drift > 0.0:
            drifting = [member for member in self.present_members() if member.drifts_away()]
            self._leave(drifting)
            gone = {member.number for member in drifting}
            for pair, collaboration in list(self.collaborations.items()):
                if not gone.isdisjoint(pair) and not collaboration.funded(self.month):
                    self._end(collaboration)

    def _leave(self, leaving: list[MemberOrganization]) -> None:
        for member in leaving:
            member.present, member.left = False, self.month
        self.present_count -= len(leaving)

    def representatives_change(self) -> None:
        """Representatives leave, of members that have left the network too; a part of the trust goes with them."""
        b, closing = self.settings.behaviour, self.settings.closing
        if b.turnover <= 0.0:
            return
        handed_over = closing.handover and not self.is_open
        kept = rules.trust_kept(b.trust_kept, self.settings.network.flexibility, handed_over, b.handover_cut)
        for member in self.organizations:
            leaves, who = self.luck.pair(draws.TURNOVER, self.month, member.number)
            if leaves < rules.monthly_chance(b.turnover):
                member.changes_representative(int(who * 3), kept)

    def trust_decays(self) -> None:
        """One sweep over the ties: trust decays, some lapse; all are judged by the month's first shared contacts."""
        b = self.settings.behaviour
        contacts: list[set[int]] = [
            {number for number, tie in member.known.items() if tie.strong} for member in self.organizations
        ]
        for pair, tie in list(self.ties.items()):
            shared = len(contacts[tie.one] & contacts[tie.other])
            age, decay = self.month - tie.met, b.decay * tie.fading
            tie.trust *= rules.decay_factor(age, shared, tie.event_only, decay, b.embedding, b.ageing, b.event_decay)
            if b.lapse > 0.0 and not self.are_busy(pair):
                hazard = rules.lapse_hazard(tie.trust, shared, b.lapse, b.lapse_trust, b.embedding)
                if self.luck.one(draws.LAPSE, self.month, *pair) < rules.chance_of(hazard):
                    tie.trust = 0.0
            if tie.trust < rules.FORGOTTEN and not self.are_busy(pair):
                self.note(rules.LOST, tie.one, tie.other)
                del self.ties[pair], self.organizations[tie.one].known[tie.other]
                del self.organizations[tie.other].known[tie.one]
        for tie in self.ties.values():
            tie.strong = tie.trust > rules.STRONG

    def row_of(self, number: int) -> int:
        """Where a member stands in the roster's file; its number where it stands in none."""
        return int(self._ordered.members[number]) if number < len(self._ordered.members) else number

    # What happens between two

    def meet(self, member: MemberOrganization, other: MemberOrganization, kind: int) -> Tie:
        """An encounter of two members: trust and shared practice grow; they know each other from now on."""
        tie = member.known.get(other.number) or self.tie_between(member, other, kind)
        if kind != rules.CONVENING:
            tie.event_only = False
        tie.last_contact = self.month
        if kind != rules.WORK:
            self.note(kind, tie.one, tie.other)
        tie.trust = rules.trust_after(tie.trust, self._gains[kind], tie.overlap)
        gain = self.settings.behaviour.practice_gain
        for one in (member, other):
            one.practice = rules.practice_after(one.practice, gain, tie.trust)
        return tie

    def tie_between(self, member: MemberOrganization, other: MemberOrganization, kind: int) -> Tie:
        """A new tie, without trust, of two that have not known each other."""
        one, two = (member, other) if member.number < other.number else (other, member)
        tie = Tie(
            one.number,
            two.number,
            overlap=rules.overlap(one.interests, two.interests),
            origin=kind,
            met=self.month,
            last_contact=self.month,
            event_only=kind == rules.CONVENING,
        )
        if self.settings.behaviour.decay_spread > 0.0:
            luck = self.luck.one(draws.FADING, 0, one.number, two.number)
            tie.fading = rules.lognormal(luck, self.settings.behaviour.decay_spread)
        self.ties[one.number, two.number] = one.known[two.number] = two.known[one.number] = tie
        return tie

    def note(self, kind: int, one: int, other: int, month: int | None = None) -> None:
        """Add to the chronicle: month, kind as numbered in `rules`, and the rows of the two it happened between."""
        first, second = sorted((self.organizations[one].row, self.organizations[other].row))
        self.chronicle.append((self.month if month is None else month, kind, first, second))

    def plan_evidence(self, pieces: Sequence[Sequence[int]]) -> None:
        """Evidence that is on its way: when it appears, and its makers, in order."""
        self.evidence_due.extend(Piece(*piece) for piece in pieces)

    @property
    def words(self) -> NDArray[np.int64]:
        """What the luck of all that are ever members goes by, int[members]."""
        return self._who.words

    def apply(self, one: MemberOrganization, other: MemberOrganization, *, willing_anyway: bool) -> None:
        """Two apply together for the open call; writing the application is itself an encounter."""
        alignment = rules.pair_alignment(one.alignment, other.alignment)
        self.applications[one.number, other.number] = Application(
            one.number, other.number, alignment, willing_anyway, self.month
        )
        one.applications += 1
        other.applications += 1
        self.meet(one, other, rules.APPLICATION)

    def withdraw_applications(self) -> list[Application]:
        """All applications, no longer waiting; those of a member that has left are void."""
        applications = list(self.applications.values())
        self.applications = {}
        for application in applications:
            for number in (application.one, application.other):
                self.organizations[number].applications -= 1
        return [
            application
            for application in applications
            if self.organizations[application.one].present and self.organizations[application.other].present
        ]

    def start_collaboration(self, one: MemberOrganization, other: MemberOrganization, *, grant_end: int = 0) -> None:
        """Two begin to work together, under a grant if `grant_end` (the first month after it) is given."""
        self.adds(Collaboration(one.number, other.number, self.month, grant_end))
        for partner in (one, other):
            partner.ever_collaborated = True
            if grant_end:
                partner.funded += 1
            else:
                partner.unfunded += 1
        self.stocktaking.note_start(one.known[other.number])
        self.note(rules.FUNDED if grant_end else rules.UNFUNDED, one.number, other.number)

    def adds(self, collaboration: Collaboration) -> None:
        """A collaboration that goes on, or has ended already."""
        self.collaborated.append(collaboration)
        if not collaboration.ended:
            self.collaborations[collaboration.one, collaboration.other] = collaboration

    def _end(self, collaboration: Collaboration) -> None:
        collaboration.ended = self.month
        del self.collaborations[collaboration.one, collaboration.other]
        self.note(rules.ENDED, collaboration.one, collaboration.other)
        for number in (collaboration.one, collaboration.other):
            if collaboration.funded(self.month):
                self.organizations[number].funded -= 1
            else:
                self.organizations[number].unfunded -= 1

    # Who is there

    @property
    def is_held(self) -> bool:
        """Whether the network is open, or has a steward."""
        return self.is_open or self.stewardship.lasts

    def are_busy(self, pair: tuple[int, int]) -> bool:
        """Whether two already collaborate or have applied together."""
        return pair in self.collaborations or pair in self.applications

    def are_there(self, *numbers: int) -> bool:
        """Whether all of these have joined, and have not left."""
        return all(n < len(self.organizations) and self.organizations[n].present for n in numbers)

    def present_members(self) -> list[MemberOrganization]:
        """Members in the network now, in order of number."""
        return [member for member in self.organizations if member.present]

    @property
    def leaders_present(self) -> int:
        """How many of the leadership group are in the network now."""
        return sum(member.present and member.leads for member in self.organizations)

    @property
    def in_rows(self) -> list[MemberOrganization]:
        """Every member so far as its file has them, those that left too; who joined later comes after them."""
        return sorted(self.organizations, key=lambda member: member.row)

    @property
    def everybody(self) -> Sequence[int]:
        """Numbers of all members so far; of a roster of all that ever come, in order of their marks."""
        return self._who.by_mark if self._is_named else range(len(self.organizations))  # type: ignore[return-value]

    @property
    def _is_named(self) -> bool:
        return len(self._who.marks) > 0

    def topic_word(self, topic: int) -> int:
        """What the luck of a topic goes by."""
        return int(self._who.topics[topic])

    def members_of_topic(self, topic: int) -> Sequence[int]:
        """Numbers of all members so far that take part in a topic's challenge group."""
        return self._so_far(self._topics, topic)

    def members_of_region(self, region: int) -> Sequence[int]:
        """Numbers of all members so far from a region."""
        return self._so_far(self._regions, region)

    def _so_far(self, places: Places, place: int) -> Sequence[int]:
        listed = places.members[places.start[place] : places.start[place + 1]]
        if self._is_named:
            return listed  # type: ignore[return-value]
        return listed[: np.searchsorted(listed, len(self.organizations))]  # type: ignore[return-value]

    def find(
        self,
        kind: int,
        member: int,
        place: int,
        among: Sequence[int],
        usable: Callable[[MemberOrganization], bool],
        chance: Callable[[MemberOrganization], float] | None = None,
    ) -> MemberOrganization | None:
        """Somebody usable from an open set, by keyed slots: redrawn until somebody present and usable is there.

        Args:
            kind: kind of event.
            member: number of the member that it happens to.
            place: which of the member's events of this kind this month.
            among: numbers of all that have come into the set so far; of a roster all that ever come, by their marks.
            usable: whether somebody present will do.
            chance: with which somebody usable is the one; None for always.

        Returns:
            The member found; None if draws.ATTEMPTS slots hold nobody usable.
        """
        for attempt in range(draws.ATTEMPTS):
            luck, is_it = self.luck.pair(kind, self.month, member, place * draws.ATTEMPTS + attempt)
            number = self._pointed_at(luck, among)
            if 0 <= number < len(self.organizations):
                other = self.organizations[number]
                if other.present and usable(other) and (chance is None or is_it < chance(other)):
                    return other
        return None

    def _pointed_at(self, luck: float, among: Sequence[int]) -> int:
        """The member that a uniform points at; -1 for nobody."""
        if self._is_named:
            return draws.preferred(luck, np.asarray(among), len(self.organizations), self._who.marks)
        position = draws.slot(luck, len(among))
        return int(among[position]) if position < len(among) else -1
