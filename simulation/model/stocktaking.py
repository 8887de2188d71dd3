"""Taking stock: the outcomes of the reference model, month by month and of the whole run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import rules, structure
from simulation.exact_sum import total
from simulation.model.observing import Observing
from simulation.model.ties import Tie
from simulation.outcomes import CLOCK, COST_PARTS, COUNTS, FINAL, MONTHLY_NAMES, Horizon, check_filled
from simulation.rules import BEFORE, LEGACY

if TYPE_CHECKING:
    from simulation.model.network import CollaborationNetwork


class Stocktaking:
    """Counts what a network has come to. Shares are of all members so far, those that left among them."""

    def __init__(self, network: CollaborationNetwork) -> None:
        self.network = network
        self.founders = network.settings.network.members
        self.formed = 0
        self.formed_by_facilitation = 0
        self.evidence = 0
        self.translated = 0
        self.months_of_collaboration = 0
        self.members_spent = 0.0
        self.backbone_months = 0.0
        self.ledger: list[list[float]] = []
        self.active_at_closing = 0
        own = network.settings.outcomes
        self.own = None if own is None else Observing(network, own)
        self.whole_run: dict[str, float] = {outcome.name: float("nan") for outcome in FINAL + COUNTS}

    def note_start(self, tie: Tie) -> None:
        """A collaboration has formed over `tie`."""
        self.formed += 1
        self.formed_by_facilitation += tie.facilitated

    def of_month(self) -> list[float]:
        """The month that has just ended, in the order of `outcomes.MONTHLY`, then outcomes of one's own."""
        network, members = self.network, self.network.organizations
        self.evidence += len(network.new_evidence)
        self.translated += network.translations_due.pop(network.month, 0)
        active = len(network.collaborations)
        if network.month > network.settings.network.today:  # what was before is known already
            self.months_of_collaboration += active
            unfunded = sum(not one.funded(network.month) for one in network.collaborations.values())
            self.members_spent += network.settings.costs.member_work * unfunded
        new = [tie for tie in network.ties.values() if tie.origin != BEFORE]
        present = network.present_members()
        count = len(members)
        by_name = {
            "collaboration_rate": sum(m.ever_collaborated for m in members) / count,
            "active_rate": self._collaborating() / count,
            "collaborations": active,
            "collaborations_formed": self.formed,
            "new_relationships": 2 * len(new) / count,
            "unexpected_relationships": 2 * sum(tie.overlap == 0.0 for tie in new) / count,
            "trust": total(tie.trust for tie in network.ties.values()) / len(network.ties) if network.ties else 0.0,
            "tie_density": len(network.ties) / (count * (count - 1) / 2),
            "engagement": total(m.engagement for m in present) / len(present) if present else 0.0,
            "retention": len(present) / count,
            "evidence": self.evidence,
            "uptake": sum(m.took_up_from_others for m in members) / count,
            "practice": sum(m.practice >= network.settings.behaviour.practice_improved for m in members) / count,
            "translation": self.translated,
            "cost": network.funder.spent,
            "network_alive": rules.is_alive(max((m.unfunded + m.funded for m in members), default=0)),
            "founders_rate": sum(m.ever_collaborated for m in members[: self.founders]) / self.founders,
            "months_worked": self.months_of_collaboration,
            "members_cost": self.members_spent + network.funder.spent_by_members,
        }
        self._of_whole_run(by_name)
        self._enter()
        own = [] if self.own is None else self.own.of_month()
        return [*(float(by_name[name]) for name in MONTHLY_NAMES), *own]

    def _enter(self) -> None:
        """What was spent up to the month that has just ended, as `simulation.ledger` has it."""
        funder = self.network.funder
        self.ledger.append([*funder.paid, *funder.replaced, self.members_spent, self.backbone_months])

    def _collaborating(self) -> int:
        return sum(m.unfunded + m.funded > 0 for m in self.network.organizations)

    def _of_whole_run(self, so_far: Mapping[str, float]) -> None:
        network, run = self.network, self.whole_run
        closing = network.funder.closing
        if network.month == network.settings.reporting_month:
            self._structure()
        if closing and network.month == closing:
            self.active_at_closing = len(network.collaborations)
            for collaboration in network.collaborations.values():
                collaboration.active_at_closing = True
        if closing and network.month == closing + LEGACY:
            surviving = sum(
                rules.has_survived(c.active_at_closing, c.funded(network.month))
                for c in network.collaborations.values()
            )
            run["legacy_rate"] = sum(m.unfunded > 0 for m in network.organizations) / len(network.organizations)
            run["active_at_closing"], run["surviving"] = self.active_at_closing, surviving
            if self.active_at_closing:
                run["survival"] = surviving / self.active_at_closing
            self._count(so_far, "year after")
        if network.month == network.settings.last_month:
            cost = network.funder.spent
            self._count(so_far, "end")
            run.update(zip(COST_PARTS, network.funder.paid, strict=True))
            if self.formed:
                run["cost_per_collaboration"] = cost / self.formed
            if self.months_of_collaboration:
                run["cost_per_collaboration_month"] = cost / self.months_of_collaboration
            if run["surviving"] > 0:  # not where it is missing
                run["cost_per_surviving"] = cost / run["surviving"]

    def _count(self, so_far: Mapping[str, float], horizon: Horizon) -> None:
        """What was spent and what came of it up to a horizon, from the monthly outcomes of its month."""
        for quantity, outcome in CLOCK[horizon].items():
            self.whole_run[outcome] = so_far[CLOCK["closing"][quantity]]

    def _structure(self) -> None:
        network = self.network
        ties = np.array(sorted(network.ties), np.int64).reshape(-1, 2)
        topic = np.array([m.main_topic for m in network.organizations], np.int64)
        region = np.array([m.region for m in network.organizations], np.int64)
        self.whole_run.update(structure.statistics(ties, topic, region))
        if self.formed:
            self.whole_run["facilitator_dependence"] = self.formed_by_facilitation / self.formed


def _named_in(*functions: Callable[..., Any]) -> set[str]:
    """Every word that stands by itself in functions; the names that they count under are among them."""
    words: set[str] = set()
    found: list[Any] = [function.__code__.co_consts for function in functions]
    while found:
        constant = found.pop()
        if isinstance(constant, str):
            words.add(constant)
        elif isinstance(constant, tuple):
            found.extend(constant)
    return words


check_filled(
    "the reference (simulation/model/stocktaking.py)",
    {
        *_named_in(Stocktaking.of_month, Stocktaking._of_whole_run, Stocktaking._structure, structure.statistics),
        *COST_PARTS,
        *CLOCK["year after"].values(),
        *CLOCK["end"].values(),
    },
)
