# ruff: noqa: D102 -- methods of the classes that are tried say nothing but what they do
"""A class of members of one's own: compiled where it consists of rules, else run as it is, with the reason."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import results
import scenarios
import simulation
from scenarios import Scenario, ScenarioError
from simulation import CollaborationNetwork, MemberOrganization, NotCompiledWarning, by_rule, rules, rules_of_class
from simulation.model.reference import run_replicate
from simulation.outcomes import MONTHLY_NAMES
from simulation.own_rules.loading import Again
from simulation.own_rules.replaceable import REPLACEABLE
from simulation.subclassing.by_rule import DECIDES
from simulation.subclassing.subclassed import as_rules

LEAST = 0.2


class Tired(MemberOrganization):
    """Says no where it carries much and little is to be won: all of it stands in the rule's arguments."""

    MOST = 1

    def yes_chance(self, other: MemberOrganization, pull: float) -> float:
        carried, behaviour = self.load, self.model.settings.behaviour
        if carried > self.MOST and pull < LEAST + 0.0 * behaviour.yes_trust:
            return 0.0
        trust = super().yes_chance(other, pull)
        return 0.9 * trust


class Needier(MemberOrganization):
    """A property that is a rule in other words."""

    @property
    def need_now(self) -> float:
        return min(1.0, 0.1 * self.funded + super().need_now)


def quits(patience_spent: bool, attrition: float, own_luck: float, chance: float, low_luck: float) -> bool:
    return own_luck < 0.01 + attrition or (patience_spent and low_luck < chance)


class Quits(MemberOrganization):
    """A rule, as such."""

    considers_leaving = by_rule(quits)


class OfThree(MemberOrganization):
    """A method, a property and a rule, all of which run compiled."""

    considers_leaving = by_rule(quits)

    def yes_chance(self, partner: MemberOrganization, pull: float) -> float:
        return super().yes_chance(partner, pull) if self.load <= LEAST or pull > 0.0 else 0.1

    @property
    def need_now(self) -> float:
        return min(1.0, 0.1 * self.funded + super().need_now)


class TiredAndQuits(Quits):
    """Of two kinds, one of a class between."""

    def yes_chance(self, partner: MemberOrganization, pull: float) -> float:
        return super().yes_chance(partner, pull) if self.load <= LEAST else 0.0


class Borrowing(MemberOrganization):
    """Has the method of a class that it does not extend: Python refuses the `super()` in it."""

    yes_chance = Tired.yes_chance  # type: ignore[assignment]


class Cautious(MemberOrganization):
    """That of the page on subclassing: it asks how long the two have known each other."""

    def yes_chance(self, partner: MemberOrganization, pull: float) -> float:
        tie = self.known.get(partner.number)
        known_for = self.model.month - tie.met if tie else 0
        return super().yes_chance(partner, pull) if known_for >= 6 else 0.0


class First(MemberOrganization):
    """Asks whom it knows longest."""

    def choose_partner(self) -> MemberOrganization | None:
        return next((self.model.organizations[one] for one in self.known), None)


class Remembering(MemberOrganization):
    """Has something of its own."""

    def __init__(self, model: CollaborationNetwork, number: int) -> None:
        super().__init__(model, number)
        self.asked = 0


class Loud(Tired):
    """Begins with what another class says."""

    def yes_chance(self, other: MemberOrganization, pull: float) -> float:
        return min(1.0, 2.0 * super().yes_chance(other, pull))


class Wider(MemberOrganization):
    """Asks the shipped rule something else."""

    def yes_chance(self, partner: MemberOrganization, pull: float) -> float:
        return super().yes_chance(partner, 0.5 * pull)


SALEX = scenarios.load("salex", posterior=None)
COMPILED = (Tired, Needier, Quits, OfThree)


def test_each_decision_is_the_only_one_in_the_model_that_asks_its_rule() -> None:
    """Else the engine, where the rule stands for all, would follow the class too far."""
    folder = Path(simulation.__file__).parent / "model"
    asked: list[tuple[str, str]] = []
    for file in (*folder.glob("*.py"), folder.parent / "funding.py", folder.parent / "standing.py"):
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(one, ast.FunctionDef):
                said = {ast.unparse(call.func) for call in ast.walk(one) if isinstance(call, ast.Call)}
                asked += [(one.name, rule) for rule in DECIDES.values() if f"rules.{rule}" in said]
    assert sorted(asked) == sorted(DECIDES.items())
    text = ast.parse(Path(rules.__file__).read_text(encoding="utf-8"))
    among = {call.func.id for call in ast.walk(text) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
    assert not among & set(DECIDES.values())
    assert set(DECIDES.values()) <= set(REPLACEABLE)


@pytest.mark.parametrize("kind", COMPILED)
def test_a_class_and_the_rules_that_it_consists_of_give_the_same_network(kind: type[MemberOrganization]) -> None:
    """Both in Python, so that nothing has to be compiled: what the rules say, and not what the engine makes of them."""
    mine = rules_of_class(kind)
    reference = Again(mine, uncompiled=True).module("simulation.model.reference")
    for replicate in (0, 1):
        found, months = reference.run_replicate(SALEX, 1, replicate)
        wanted, wanted_months = run_replicate(SALEX, 1, replicate, kind)
        np.testing.assert_array_equal(found, wanted)
        np.testing.assert_array_equal(months, wanted_months)
        assert not np.array_equal(months, run_replicate(SALEX, 1, replicate)[1], equal_nan=True)


@pytest.mark.slow
def test_a_class_of_rules_runs_compiled_and_gives_what_the_reference_gives() -> None:
    kind = OfThree
    fast = simulation.run(SALEX, replicates=20, member_class=kind)
    slow = simulation.run(SALEX, replicates=20, member_class=kind, engine="mesa")
    assert fast.scenario.rules is not None
    assert (fast.member_class, slow.member_class) == ("", f"{kind.__module__}.{kind.__qualname__}")
    np.testing.assert_allclose(fast.values, slow.values, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(fast.kept_months, slow.kept_months, rtol=1e-12, atol=1e-12)


def test_what_the_reference_runs_is_each_network_by_itself() -> None:
    with pytest.warns(NotCompiledWarning):
        found = simulation.run(SALEX, replicates=3, seed=7, member_class=Cautious)
    for replicate in range(3):
        network = CollaborationNetwork(SALEX, seed=7, replicate=replicate, member_class=Cautious)
        network.run()
        np.testing.assert_array_equal(found.kept_months[replicate], np.array(network.stock))
    assert list(found.kept_months[0].T[MONTHLY_NAMES.index("collaborations_formed")]) != list(
        run_replicate(SALEX, 7, 0)[1].T[MONTHLY_NAMES.index("collaborations_formed")]
    )


def test_why_a_class_is_not_compiled_and_how_long_it_takes() -> None:
    said = (
        r"Cautious is not compiled: yes_chance reads self.known.get, partner.number, self.model.month, which the rule "
        r"yes_chance is not given \(it is given trust, common, .*\)\. So the reference model runs it: one network took "
        r".* s, so 2 take about .* s"
    )
    with pytest.warns(NotCompiledWarning, match=said):
        assert simulation.run(SALEX, replicates=2, member_class=Cautious).replicates == 2


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (First, "choose_partner is no single rule of the model (it reads self.model.organizations, self.known)"),
        (Remembering, "__init__ sets what the engine does not have"),
        (Loud, "yes_chance overrides that of Tired, which overrides the shipped one"),
        (Borrowing, "yes_chance is that of Tired, which it does not extend"),
        (Wider, "yes_chance reads super().yes_chance, partner, which the rule yes_chance is not given"),
    ],
)
def test_the_reason_names_the_method_and_what_the_engine_lacks(kind: type[MemberOrganization], said: str) -> None:
    found, why = as_rules(kind)
    assert found is None
    assert why[0].startswith(said)


def test_a_class_of_two_rules_from_two_classes() -> None:
    text = rules_of_class(TiredAndQuits).text
    assert "def leaves(" in text
    assert "LEAST = 0.2" in text
    assert "def yes_chance(" in text


def test_a_rule_of_a_class_that_cannot_be_used_is_refused_with_what_is_allowed() -> None:
    class Unknown(MemberOrganization):
        choose_partner = by_rule(quits)

    class Other(MemberOrganization):
        yes_chance = by_rule(quits)

    def much(unfunded: int, funded: int, funded_load: float) -> float:  # noqa: ARG001
        return -1.0

    class Wrong(MemberOrganization):
        load = by_rule(much)

    for kind, said in (
        (Unknown, "choose_partner is no decision that one rule takes; allowed are load, room, need_now"),
        (Other, r"yes_chance: its rule takes \(patience_spent, .*\); allowed is yes_chance\(trust"),
        (Wrong, "load gave -1.0; allowed is a number: 0 or more"),
    ):
        with pytest.raises(ScenarioError, match=said):
            simulation.run(SALEX, replicates=1, member_class=kind)
    with pytest.raises(ValueError, match=r"Wrong: load gave -1.0; allowed is a number: 0 or more"):
        CollaborationNetwork(SALEX, member_class=Wrong).run()
    with pytest.raises(ScenarioError, match=r"allowed is a class that extends simulation.MemberOrganization"):
        simulation.run(SALEX, replicates=1, member_class=int)  # type: ignore[arg-type]
    with pytest.raises(ScenarioError, match="First is no file of rules: choose_partner is no single rule"):
        rules_of_class(First)


def test_a_class_and_a_file_of_rules_at_a_time_are_refused() -> None:
    with pytest.raises(ScenarioError, match=r"member_class and rules \(Quits.py\) are both given"):
        simulation.run(SALEX, replicates=1, member_class=Tired, rules=rules_of_class(Quits))


def _called(name: str) -> Scenario:
    return scenarios.replace(SALEX, {"name": name})


def test_its_networks_are_compared_as_any_others() -> None:
    usual = simulation.run(SALEX, replicates=3, engine="mesa")
    cautious = simulation.run(_called("cautious"), replicates=3, engine="mesa", member_class=Cautious)
    found = results.compare([usual, cautious], "salex")
    assert {one.scenario for one in found.differences} == {"cautious"}
    rest: Any = simulation.run(_called("cautious"), replicates=1, first=3, engine="mesa", member_class=Cautious)
    assert simulation.join(cautious, rest).replicates == 4
    with pytest.raises(ValueError, match="differ in the class of members"):
        simulation.join(cautious, replace(rest, member_class=""))
