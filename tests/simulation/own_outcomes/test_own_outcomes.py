"""Outcomes of one's own: counted by both twins alike, checked before they run, and never run unless they are named."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scenarios
import simulation
from results.estimates.comparison import compare, estimate
from results.folders.inputs import read_input, write_inputs
from results.words.numbers import label
from scenarios import Scenario, ScenarioError
from scenarios.schema.own_files import own_file
from scenarios.schema.own_outcomes import OwnOutcomes
from scenarios.schema.own_rules import OwnRules
from simulation.network_state import Collaborations, Members, NetworkState, Ties
from simulation.outcomes import MONTHLY_NAMES, NAMES, outcome_named
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.own_outcomes.loading import OutcomeValueError, UnnamedOutcomesError, name_them
from simulation.own_outcomes.outcome_file import defined
from simulation.own_outcomes.trying import check_outcomes
from simulation.own_rules.replaceable import parameters
from simulation.own_rules.rule_file import check_text
from tests.simulation.engine.test_twin import drawn_scenarios

SALEX = scenarios.load("salex", posterior=None)
SOME = '''"""Ties that carry, and who carries too much."""

from simulation import outcome, ratio

STRONG = 0.5


@outcome(label="strong ties", scale="count", unit="ties")
def strong_ties(state):
    """Ties with a trust above 0.5."""
    return (state.ties.trust > STRONG).sum()


@outcome(label="ties that are there", scale="count")
def ties_there(state):
    return len(state.ties.one)


strong_share = ratio("strong_ties", "ties_there", label="strong among all ties", scale="share")
nobody_each = ratio("strong_ties", "nobody", label="strong ties over nothing", scale="count")


@outcome(label="nobody", scale="count")
def nobody(state):
    return 0


@outcome(label="most collaborations at once so far", scale="count", start=3)
def most_at_once(state, before):
    return max(before, len(state.collaborations.one))


@outcome(label="the month after the last", scale="index", at="end")
def one_more(state, before):
    return before + 1.0
'''
EVERYTHING = '''"""A number that differs where anything of the state does."""

from simulation import outcome


def _mixed(array):
    total, weight = 0.0, 1.0
    for value in array:
        weight = weight % 97.0 + 1.375
        total += weight * value
    return total


@outcome(label="all of the state", scale="index")
def all_of_it(state):
    m, t, c = state.members, state.ties, state.collaborations
    found = state.month + 2.0 * state.is_open + 3.0 * state.evidence + 5.0 * state.translations
    found += state.cost + 7.0 * state.members_cost + 11.0 * state.collaborations_formed + _mixed(state.agenda)
    for member in range(len(m.present)):
        found += (member + 1.0) * _mixed(m.interests[member])
{fields}
    return found
'''.format(
    fields="\n".join(
        f"    found += {1 + place / 7!r} * _mixed({short}.{name})"
        for short, kind in (("m", Members), ("t", Ties), ("c", Collaborations))
        for place, name in enumerate(kind._fields)
        if name != "interests"
    )
)
HEAD = "from simulation import outcome, ratio\n"


def own(text: str) -> OwnOutcomes:
    mine = own_file(OwnOutcomes, "mine.py", text)
    name_them(mine)
    return mine


def counting(body: str, scale: str = "count", given: str = "state") -> str:
    return f'{HEAD}@outcome(label="mine", scale="{scale}")\ndef mine({given}):\n    return {body}\n'


def twins(scenario: Scenario, seed: int = 1, replicate: int = 0) -> None:
    """Both twins say the same of outcomes of one's own, in every month, to the last bit."""
    both = [
        simulation.run(scenario, seed=seed, first=replicate, replicates=1, engine=engine)
        for engine in ("mesa", "compiled")
    ]
    mesa, twin = both
    begin = len(MONTHLY_NAMES)
    assert twin.sum_months.shape[1] == len(twin.outcomes.monthly_names) > begin
    np.testing.assert_array_equal(twin.sum_months[:, begin:], mesa.sum_months[:, begin:])
    np.testing.assert_array_equal(twin.values[:, len(NAMES) :], mesa.values[:, len(NAMES) :])


@pytest.mark.parametrize("text", [SOME, EVERYTHING], ids=["some", "everything"])
@pytest.mark.parametrize("name", ["salex", *(pytest.param(one, marks=pytest.mark.slow) for one in scenarios.names())])
def test_twins_count_alike(name: str, text: str) -> None:
    twins(scenarios.load(name, posterior=None).with_outcomes(own(text)))


@pytest.mark.parametrize("examples", [3, pytest.param(150, marks=pytest.mark.slow)])
def test_twins_count_alike_in_any_scenario(examples: int) -> None:
    """With every field of the state, whoever joins and leaves; members and months few, so that many are tried."""

    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(drawn_scenarios(), st.integers(0, 2**32 - 1), st.integers(0, 50))
    def hold(scenario: Scenario, seed: int, replicate: int) -> None:
        twins(scenario.with_outcomes(own(EVERYTHING)), seed, replicate)

    hold()


def test_shipped_outcomes_are_the_same_to_the_byte_and_one_of_ones_own_is_what_it_says() -> None:
    plain = simulation.run(SALEX, replicates=6)
    mine = simulation.run(SALEX, replicates=6, outcomes=own(SOME))
    assert mine.values[:, : len(NAMES)].tobytes() == np.ascontiguousarray(plain.values).tobytes()
    np.testing.assert_array_equal(mine.sum_months[:, : len(MONTHLY_NAMES)], plain.sum_months)
    assert mine.outcomes.own_names == ("strong_ties", "ties_there", "nobody", "most_at_once", "one_more",
                                       "strong_share", "nobody_each")  # fmt: skip
    courses = mine.course("collaborations")
    np.testing.assert_array_equal(mine.course("most_at_once"), np.maximum(np.maximum.accumulate(courses, axis=1), 3.0))
    np.testing.assert_array_equal(mine["most_at_once"], mine.course("most_at_once")[:, SALEX.reporting_month])
    assert set(mine["one_more"]) == {SALEX.last_month + 1.0}
    pairs = SALEX.network.members * (SALEX.network.members - 1) / 2
    np.testing.assert_allclose(mine["ties_there"] / pairs, mine["tie_density"], rtol=1e-12)


def test_a_ratio_is_one_of_sums_and_missing_over_nothing() -> None:
    mine = simulation.run(SALEX, replicates=6, outcomes=own(SOME))
    known = mine.outcomes.called
    found = estimate(mine, known("strong_share"))
    assert found.mean == pytest.approx(mine["strong_ties"].sum() / mine["ties_there"].sum(), rel=1e-12)
    assert 0 <= found.low < found.mean < found.high <= 1
    assert math.isnan(estimate(mine, known("nobody_each")).mean)
    assert np.isnan(mine["nobody_each"]).all()


def test_a_name_knows_what_it_names_whatever_another_run_calls_so() -> None:
    one, other = (own(counting("0.5", scale)) for scale in ("share", "count"))
    (name,), (twin,) = outcomes_of(one).own_names, outcomes_of(other).own_names
    assert name == twin == "mine"
    assert (outcome_named(name).scale, outcome_named(twin).scale) == ("share", "count")
    assert label(name) == "mine (%)"
    with pytest.raises(KeyError, match="no outcome is called 'mine'"):
        outcome_named("mine")


def test_ensembles_that_count_different_outcomes_are_not_compared() -> None:
    plain = simulation.run(SALEX, replicates=2)
    mine = simulation.run(SALEX.model_copy(update={"name": "mine"}), replicates=2, outcomes=own(SOME))
    with pytest.raises(ValueError, match="count different outcomes"):
        compare([plain, mine], "salex")


FAULTS = {
    "a shipped name": (counting("1").replace("def mine", "def evidence"), "line 3: evidence is a shipped outcome"),
    "a column": (counting("1").replace("def mine", "def seed"), "seed is a column"),
    "an end": (counting("1").replace("def mine", "def ties_low"), "ties_low ends as the columns of an interval"),
    "another signature": (counting("1", given="state, month"), r"mine\(state, month\) has another signature"),
    "an unknown scale": (counting("1", "shar"), "scale is 'shar'; did you mean share"),
    "no label": (counting("1").replace('label="mine", ', ""), "label is missing"),
    "worked out": (counting("1").replace('"mine"', '"mi" + str(1)'), "label is worked out"),
    "a word too much": (counting("1").replace("scale=", "scael="), "has no scael; did you mean scale"),
    "an unknown field": (counting("len(state.ties.trusts)"), "state.ties has no trusts; did you mean trust"),
    "an import": ("import os\n" + counting("1"), "it imports os"),
    "a call": ("x = print(1)\n" + counting("1"), "calls something"),
    "nothing": (HEAD + "def helper(state):\n    return 1\n", "it has no outcome"),
    "twice": (counting("1") + counting("2").removeprefix(HEAD), "mine is defined twice"),
    "a ratio of what is not": (
        HEAD + 'x = ratio("evidnce", "cost", label="x", scale="index")\n',
        "no outcome is called 'evidnce'; did you mean",
    ),
    "a ratio of a ratio": (
        HEAD + 'x = ratio("survival", "cost", label="x", scale="index")\n', "survival is a ratio itself"
    ),
    "a start without before": (counting("1").replace("scale=", "start=2, scale="), "takes no `before`"),
    "a change": (
        counting("1").replace("    return", "    state.ties.trust[0] = 1.0\n    return"), "looks at the state only"
    ),
    "a label of another": (
        counting("1") + counting("2").removeprefix(HEAD).replace("def mine", "def yours"),
        "yours has the label 'mine', as mine has",
    ),
    "a shipped label": (
        counting("1").replace('"mine"', f'"{outcome_named("trust").label}"'), "as the shipped trust has"
    ),
    "no Python": ("def mine(state:\n", "line 1"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_is_none_is_refused_with_its_line_and_what_is_allowed(fault: str) -> None:
    text, said = FAULTS[fault]
    with pytest.raises(ScenarioError, match=said):
        defined(own_file(OwnOutcomes, "mine.py", text))


TRIED = {
    "not compiled": (counting("sum(one for one in state.ties.trust)"), "line 4: mine cannot be compiled"),
    "luck of its own": (counting("np.random.random()"), "line 4: it draws random numbers of numpy's"),
    "a print": (counting("print(1) or 1"), "line 4: it calls print"),
    "more than there is": (counting("1e200"), "mine gave 1e\\+200, where allowed is a count"),
    "a change by another name": (
        counting("trust.sum()").replace("    return", "    trust = state.ties.trust\n    trust[:] = 0.0\n    return"),
        "line 5: mine failed: ValueError: .*read-only",
    ),
    "no number": (counting("state.ties.trust"), "mine gives array"),
    "out of its range": (counting("len(state.ties.one)", "share"), "mine gave .* where allowed is a share: 0 to 1"),
    "missing": (counting("math.nan").replace(HEAD, "import math\n" + HEAD), "mine gave nan"),
    "a row that is not there": (counting("state.collaborations.one[0]"), "failed: IndexError.* in month 0 of salex"),
}


@pytest.mark.parametrize("fault", TRIED)
def test_what_goes_wrong_in_a_network_is_said_before_anything_is_run(fault: str) -> None:
    text, said = TRIED[fault]
    with pytest.raises(ScenarioError, match=said):
        check_outcomes(own_file(OwnOutcomes, "mine.py", text))


LATER = {
    "a share above 1": (counting("state.month / 40.0", "share"), r"line 3: mine gave 1.025 in month 41 of replicate 2"),
    "nan": (counting("math.nan if state.month == 5 else 1").replace(HEAD, "import math\n" + HEAD),
            "gave nan in month 5 of replicate 2.*name a ratio"),
    "no row": (counting("state.members.joined[state.month * 6]"), "failed, or gave infinity, in month"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("engine", ["compiled", "mesa"])
@pytest.mark.parametrize("fault", LATER)
def test_what_goes_wrong_later_names_file_line_outcome_month_and_replicate(fault: str, engine: str) -> None:
    text, said = LATER[fault]
    with pytest.raises(OutcomeValueError, match=f"outcomes 'mine.py', .*{said}"):
        simulation.run(SALEX.with_outcomes(own(text)), first=2, replicates=1, engine=engine)  # type: ignore[arg-type]


def test_yes_and_no_are_counted_as_1_and_0_by_both_twins() -> None:
    open_now = own(counting("state.is_open", "share"))
    compiled, read = (
        simulation.run(SALEX.with_outcomes(open_now), replicates=2, engine=engine) for engine in ("compiled", "mesa")
    )
    assert compiled.course("mine").tolist() == read.course("mine").tolist()
    assert set(np.unique(read.course("mine"))) == {0.0, 1.0}


def test_outcomes_that_nobody_has_named_are_not_run(tmp_path: Path) -> None:
    mine = own_file(OwnOutcomes, "mine.py", SOME + "# unnamed\n")
    scenario = SALEX.with_outcomes(mine)
    with pytest.raises(UnnamedOutcomesError, match="--outcomes FILE"):
        simulation.run(scenario, replicates=1)
    write_inputs(tmp_path / "inputs", [scenario])
    again = read_input(tmp_path, "salex")
    assert again.outcomes == mine
    assert outcomes_of(again.outcomes).own_names == outcomes_of(mine).own_names  # which runs nothing of it


def test_functions_of_a_notebook_are_taken_as_their_source_says() -> None:
    @simulation.outcome(label="members in the network", scale="count", unit="members")
    def there_now(state: NetworkState) -> int:
        return int(state.members.present.sum())

    found = simulation.run(SALEX, replicates=2, outcomes=[there_now])
    np.testing.assert_array_equal(found.course("there_now")[:, 0], SALEX.network.members)
    assert outcome_named(found.outcomes.own_names[0]).unit == "members"


def test_outcomes_and_rules_stand_in_one_run() -> None:
    never = own_file(OwnRules, "never.py", f"def yes_chance({', '.join(parameters('yes_chance'))}):\n    return 0.0\n")
    found = simulation.run(SALEX, replicates=1, engine="mesa", rules=never, outcomes=own(SOME))
    assert found["ties_there"][0] > 0
    assert found["most_at_once"][0] == 3.0, "nobody agrees to anything"


def test_rules_and_outcomes_may_stand_in_one_file() -> None:
    text = SOME + f"\n\ndef yes_chance({', '.join(parameters('yes_chance'))}):\n    return 0.0\n"
    check_text(own_file(OwnRules, "mine.py", text))
    assert len(defined(own_file(OwnOutcomes, "mine.py", text))) == 7
