"""Rules of one's own: run in both twins alike, checked before they run, and never run unless they are named."""

import ast
import importlib
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grimp
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scenarios
import simulation
from results.folders.inputs import read_input, write_inputs
from scenarios import OwnRules, Scenario, ScenarioError
from scenarios.schema.own_files import own_file
from simulation import rules
from simulation.own_rules.described import arguments, meaning
from simulation.own_rules.loading import (
    _NAMED,
    AGAIN,
    Again,
    RuleValueError,
    UnnamedRulesError,
    loaded,
    name_them,
    with_rules,
)
from simulation.own_rules.replaceable import (
    COUNT,
    NEEDS_NO_BOUND,
    REPLACEABLE,
    SHORTCUTS,
    WHY_NOT,
    YES_OR_NO,
    parameters,
)
from simulation.own_rules.rule_file import check_text, read_rules, replaced
from simulation.own_rules.trying import check_rules, named_rules, rules_of
from tests.simulation.engine.test_twin import assert_twins, drawn_scenarios

CAUTIOUS = '''"""Nobody agrees to anything without trust."""

from simulation import rules

LEAST = 0.2


def _trusted(trust):
    return trust >= LEAST


def yes_chance({args}):
    shipped = rules.yes_chance({args})
    return shipped if _trusted(trust) else 0.0
'''.format(args=", ".join(parameters("yes_chance")))


def own(text: str) -> OwnRules:
    return own_file(OwnRules, "mine.py", text)


def named(text: str) -> OwnRules:
    mine = own(text)
    name_them(mine)
    return mine


def every_rule() -> OwnRules:
    """A file that replaces each rule that may be by one that gives something else, of the same kind."""
    lines = ["from simulation import rules"]
    for name, what in REPLACEABLE.items():
        args = ", ".join(parameters(name))
        shipped = f"rules.{name}({args})"
        if what is YES_OR_NO:
            body = f"return not {shipped}" if name == "plea_succeeds" else f"return {shipped}"
        elif what is COUNT:
            body = f"return {shipped} + 1"
        elif what.high == 1.0:
            body = f"return min(1.0, max(0.0, 0.02 + 0.93 * {shipped}))"
        else:
            body = f"return 0.9 * {shipped} + 0.001"
        lines += ["", f"def {name}({args}):", f"    {body}"]
    return own("\n".join(lines) + "\n")


def test_every_rule_that_may_be_replaced_is_there_and_every_other_says_why_not() -> None:
    tree = ast.parse(Path(rules.__file__).read_text(encoding="utf-8"))
    all_rules = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
    assert all_rules == {*REPLACEABLE, *WHY_NOT}
    assert not REPLACEABLE.keys() & WHY_NOT.keys()
    assert set(NEEDS_NO_BOUND.values()) <= set(WHY_NOT)


def test_every_rule_that_may_be_replaced_says_what_it_decides_and_what_each_argument_is() -> None:
    for rule in REPLACEABLE:
        assert tuple(arguments(rule)) == parameters(rule), rule
        assert meaning(rule)


def test_every_shortcut_is_a_constant_that_is_off_where_its_rule_is_replaced() -> None:
    again = Again(every_rule(), uncompiled=True)
    for name in SHORTCUTS.values():
        assert getattr(rules, name) is True
        assert getattr(again.module("simulation.rules"), name) is False
    text = "".join(
        Path(file).read_text(encoding="utf-8") for file in (Path(rules.__file__).parent / "engine").glob("*.py")
    )
    assert set(re.findall(r"rules\.(\w+_IS_SHIPPED)", text)) == set(SHORTCUTS.values())


def test_every_module_of_the_model_that_knows_the_rules_is_loaded_again() -> None:
    """Found by what they import: one that is left out would go on with the shipped rules."""
    graph = grimp.build_graph("simulation")
    knows = graph.find_downstream_modules("simulation.rules") | {"simulation.rules"}
    roots = {"simulation.engine.run", "simulation.model.reference"}
    used = set().union(*(graph.find_upstream_modules(root) for root in roots)) | roots
    apart = {"simulation.own_rules"}
    wanted = {one for one in knows & used if not any(one.startswith(other) for other in apart)}
    assert wanted == set(AGAIN)


def test_the_reference_asks_the_rule_of_ones_own() -> None:
    """Where nobody ever agrees, nothing is ever formed; with the shipped rule it is."""
    args = ", ".join(parameters("yes_chance"))
    salex = scenarios.load("salex", posterior=None)
    never = rules_of(own(f"def yes_chance({args}):\n    return 0.0\n"))
    found = simulation.run(salex, replicates=1, engine="mesa", rules=never)
    assert found["collaborations_formed"][0] == 0
    assert simulation.run(salex, replicates=1, engine="mesa")["collaborations_formed"][0] > 0
    assert found.scenario.rules == never


def test_functions_by_name_are_taken_as_their_source_says() -> None:
    def overloaded(unfunded: int, funded: int, funded_load: float) -> float:  # noqa: ARG001
        return 1000.0

    found = simulation.run(
        scenarios.load("salex", posterior=None), replicates=1, engine="mesa", rules={"load": overloaded}
    )
    assert found["collaborations_formed"][0] == 0


LOAD = "def load(unfunded, funded, funded_load)"
HAZARD = f"def end_hazard({', '.join(parameters('end_hazard'))})"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def yes_chance(trust):\n    return 0.5\n", "yes_chance(trust) has another signature; allowed is yes_"),
        (f"{LOAD}\n    return 1.0\n", "line 1: expected ':'"),
        (f"\n{LOAD}:\n    return float('nan')\n", "line 2: load gave nan; allowed is a number: 0 or more"),
        (f"{LOAD}:\n    return -1.2\n", "load gave -1.2; allowed is a number: 0 or more; it was asked with unfunded="),
        (f"{HAZARD}:\n    return -1.0\n", "end_hazard gave -1.0; allowed is a hazard: 0 or more"),
        (f"{LOAD}:\n    a = {{'x': object()}}\n    return 1.0\n", "line 2: load cannot be compiled"),
        (f"{LOAD}:\n    return nowhere(funded)\n", "load cannot be compiled: NameError: name 'nowhere'"),
        (f"{LOAD}:\n    return 'much'\n", "load gives"),
        ("def lood(a):\n    return 1.0\n", "lood is no rule that can be replaced; did you mean load?"),
        ("def happens(luck, hazard):\n    return True\n", "happens cannot be replaced: it turns luck"),
        ("import os\n", "line 1: it imports os; allowed are math, numpy"),
        ("from os import system\n", "line 1: it imports os"),
        ("print(1)\n", "line 1: allowed are functions"),
        ("LEAST = open('x')\n", "line 1: a value that stands beside the rules calls something"),
        ("def _only_a_helper(x):\n    return x\n", "it replaces no rule; those that can be are"),
        ("def load(unfunded, funded, funded_load=1.0):\n    return 1.0\n", "has another signature"),
        ("@staticmethod\ndef load(unfunded, funded, funded_load):\n    return 1.0\n", "load has a decorator"),
        (f"import numpy as np\n{LOAD}:\n    return np.random.random()\n", "line 3: it draws random numbers of numpy's"),
        (f"{LOAD}:\n    print(funded)\n    return 1.0\n", "line 2: it calls print"),
        (f"{LOAD}:\n    return 1.0\n" * 2, "load is defined twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_line_rule_and_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        check_rules(own(text))
    assert said in str(refused.value)
    assert str(refused.value).startswith("rules 'mine.py' cannot be used")


@pytest.mark.parametrize(("name", "said"), [("none.py", "No such file"), ("mine.txt", "does not end in .py")])
def test_a_file_that_is_no_file_of_rules_is_refused(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=said):
        read_rules(tmp_path / name)


def test_a_pipe_that_nobody_writes_to_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mine.py")
    with pytest.raises(ScenarioError, match="it is a pipe; allowed is a file"):
        read_rules(tmp_path / "mine.py")


def test_rules_that_nobody_named_are_never_run(tmp_path: Path) -> None:
    """A run folder may come from anybody: its rules are read as text, and run only where somebody names the file."""
    ran = tmp_path / "ran"
    args = ", ".join(parameters("yes_chance"))
    text = f"def yes_chance({args}):\n    return 0.1\n"
    rules_there = own(text.replace("0.1", "0.125"))
    scenario = scenarios.load("salex", posterior=None).with_rules(rules_there)
    write_inputs(tmp_path, [scenario])
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for file in tmp_path.glob("salex*"):
        file.rename(inputs / file.name)
    again = read_input(tmp_path, "salex")
    assert again.rules == rules_there
    assert read_rules(inputs / "salex-rules.py") == rules_there
    for engine in ("compiled", "mesa"):
        with pytest.raises(UnnamedRulesError, match="name it with --rules FILE"):
            simulation.run(again, replicates=1, engine=engine)
    assert not ran.exists()
    name_them(rules_there)
    assert simulation.run(again, replicates=1, engine="mesa").replicates == 1
    _NAMED.discard(rules_there.sha256)


def test_a_scenario_with_rules_is_another_input_and_keeps_them_at_every_point() -> None:
    plain = scenarios.load("salex")
    with_rules = plain.with_rules(own(CAUTIOUS))
    assert scenarios.to_dict(with_rules)["rules"] == {"name": "mine.py", "sha256": own(CAUTIOUS).sha256}
    assert "rules" not in scenarios.to_dict(plain)
    assert scenarios.fingerprint(plain) != scenarios.fingerprint(with_rules)
    assert scenarios.replace(with_rules, {"grants.per_call": 1}).rules == with_rules.rules
    assert scenarios.at_particle(with_rules, 3).rules == with_rules.rules
    assert with_rules != plain


def test_a_value_out_of_range_in_the_midst_of_a_run_stops_it() -> None:
    """What the first look does not see: the check stands at every call, here without compiling anything."""
    text = f"def faded({', '.join(parameters('faded'))}):\n    return 1.0 if months < 2 else 1.5\n"
    faded = Again(own(text), uncompiled=True).module("simulation.rules").faded
    assert faded(1, 0.1) == 1.0
    with pytest.raises(RuleValueError, match="faded gave what it must not; allowed is a level: 0 to 1"):
        faded(2, 0.1)


def test_many_threads_may_ask_for_the_model_at_once() -> None:
    """Each gets whole modules, whoever loads them."""
    mine = named(CAUTIOUS + "\n# of many threads\n")
    with ThreadPoolExecutor(8) as pool:
        asked = pool.map(lambda _: hasattr(with_rules(mine, "simulation.engine.run"), "Engine"), range(8))
        assert all(asked)


def test_both_models_have_the_same_kinds_of_records() -> None:
    """Else numba looks at every array of the second kind at every call."""
    for name in ("simulation.engine.arrays", "simulation.engine.numbers", "simulation.founding"):
        again, shipped = loaded(named(CAUTIOUS)).module(name), importlib.import_module(name)
        records = {
            one for one, kind in vars(shipped).items() if isinstance(kind, type) and issubclass(kind, tuple) and
            kind.__module__ == name
        }  # fmt: skip
        assert records
        assert all(getattr(again, one) is getattr(shipped, one) for one in records)


def test_what_a_file_replaces_and_a_helper_of_it() -> None:
    assert replaced(own(CAUTIOUS)) == ("yes_chance",)
    check_text(own(CAUTIOUS))
    check_rules(own(CAUTIOUS))


def test_every_rule_together_can_be_replaced() -> None:
    check_rules(every_rule())


@pytest.mark.slow
@pytest.mark.parametrize("make", [every_rule, lambda: own(CAUTIOUS)], ids=["every rule", "one rule"])
def test_twins_agree_on_two_hundred_scenarios_with_replaced_rules(make: Any) -> None:
    mine = rules_of(make())
    tried = 0

    @settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(scenario=drawn_scenarios(), replicate=st.integers(0, 2**32 - 1))
    def agree(scenario: Scenario, replicate: int) -> None:
        nonlocal tried
        assert_twins(scenario.with_rules(mine), 1, replicate)
        tried += 1

    agree()
    assert tried >= 200


@pytest.mark.slow
def test_a_compiled_rule_that_gives_too_much_stops_the_run() -> None:
    """It passes the first look, whose network nobody leaves unheld for long, and is caught where it goes wrong."""
    text = f"def faded({', '.join(parameters('faded'))}):\n    return 1.0 if months < 5 else 2.0\n"
    mine = rules_of(own(text))
    with pytest.raises(RuleValueError, match="faded gave what it must not"):
        simulation.run(scenarios.load("salex", posterior=None), replicates=2, rules=mine)


@pytest.mark.slow
def test_a_rule_that_says_what_the_shipped_one_says_gives_the_same_numbers() -> None:
    args = ", ".join(parameters("yes_chance"))
    mine = rules_of(
        own(f"from simulation import rules\ndef yes_chance({args}):\n    return rules.yes_chance({args})\n")
    )
    salex = scenarios.load("salex")
    found = simulation.run(salex, replicates=50, rules=mine)
    np.testing.assert_array_equal(found.values, simulation.run(salex, replicates=50).values)


def test_a_named_file_is_read_tried_and_may_be_run(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(CAUTIOUS + "\n# named\n", encoding="utf-8")
    mine = named_rules(file)
    assert mine.name == "mine.py"
    assert (
        simulation.run(scenarios.load("salex", posterior=None).with_rules(mine), replicates=1, engine="mesa").replicates
        == 1
    )
