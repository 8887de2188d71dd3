"""The decision on page one: who is ahead in what, how sure that is, and what a meeting is told to do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from string import Formatter

import pytest

import scenarios
from results.comparing.decision import MOST_PLANS, decision
from results.comparing.judging import GOALS, Judge, Pairs
from results.estimates.comparison import Comparison, Difference, Estimate
from results.words.catalogue import ENGLISH
from results.words.decision import Decision, decision_of, plain
from results.words.headlines import COST, EVIDENCE, LEGACY, RATE
from results.words.language import IN_ENGLISH
from results.words.plan_names import plan_names
from results.words.sentence import Either, Num, Sentence, SentenceError, Speaker, sentence

Levels = Mapping[str, Sequence[float]]
"""Plan -> its share that ever collaborates, its share a year after closing, its evidence, its cost."""
SAY = Speaker()
ROOT = Path(__file__).parents[3]


def difference(one: str, other: str, outcome: str, levels: Levels, half: float, chance: float) -> Difference:
    place = GOALS.index(outcome)
    ours, theirs = levels[one][place], levels[other][place]
    mean = ours - theirs
    return Difference(
        one, outcome, mean, mean - half, mean + half, None, None, 0, replicates=100, higher=100, level=ours,
        baseline_level=theirs, chance_higher=None if mean == 0 else chance if mean > 0 else 1 - chance,
    )  # fmt: skip


def compared(levels: Levels, *, part: float = 0.01, chance: float = 0.995) -> tuple[Comparison, Pairs]:
    """Plans with these levels; each difference is known to a part of the level, and its direction by the chance."""
    names = list(levels)
    base = names[0]
    estimates = {
        name: {
            outcome: Estimate(level, level, level, level, level, 100, 0)
            for outcome, level in zip(GOALS, levels[name], strict=True)
        }
        for name in names
    }

    def between(one: str, other: str, outcome: str) -> Difference:
        return difference(one, other, outcome, levels, part * levels[other][GOALS.index(outcome)], chance)

    differences = tuple(between(name, base, outcome) for name in names[1:] for outcome in GOALS)
    pairs = {
        (one, other, outcome): between(one, other, outcome)
        for place, one in enumerate(names[1:], start=1)
        for other in names[place + 1 :]
        for outcome in GOALS
    }
    return Comparison(base, 1, 100, estimates, differences), pairs


def decided(levels: Levels, **how: float) -> Decision:
    comparison, pairs = compared(levels, **how)
    return decision(comparison, [scenarios.load(name) for name in levels], pairs)


def verdict(levels: Levels, **how: float) -> str:
    return SAY.whole(decided(levels, **how).verdict)


PLANS = ("salex", "no-catalytic-funding", "light-facilitation")


def test_a_plan_that_is_cheaper_and_worse_is_for_who_wants_to_save() -> None:
    keep, choose = verdict({"salex": (0.66, 0.5, 7, 1e6), "no-catalytic-funding": (0.5, 0.4, 3, 7e5)}).split("; ")
    assert keep.startswith("Keep SALEX if ")
    assert all(goal in keep for goal in ("broad", "lasting", "evidence"))
    assert "without catalytic grants if money" in choose


def test_a_plan_that_is_better_in_all_is_chosen_and_one_that_is_worse_in_all_is_not() -> None:
    better, worse = (0.66, 0.5, 7, 7e5), (0.5, 0.4, 3, 1e6)
    assert verdict({"salex": worse, "no-catalytic-funding": better}).startswith(
        "Choose SALEX without catalytic grants:"
    )
    assert verdict({"salex": better, "no-catalytic-funding": worse}).startswith("Keep SALEX: nothing")


def test_where_nothing_is_sure_no_plan_is_named() -> None:
    """A chance of 60 % is below that of "probably", whatever the averages."""
    levels = {"salex": (0.66, 0.5, 7, 1e6), "no-catalytic-funding": (0.5, 0.4, 3, 7e5)}
    said = decided(levels, chance=0.6)
    assert said.verdict.id == "verdict.open"
    assert {one.id for one in said.reasons} == {"reason.open"}
    assert [SAY.say(plan.sure) for plan in said.plans] == ["could swap with the next", ""]


def test_a_lead_of_a_few_points_is_no_reason_to_leave_the_baseline() -> None:
    """2 points of 66, known to a tenth of a point, are a sure lead and a small one: at most 5 points."""
    levels = {"salex": (0.66, 0.5, 7, 1e6), "no-catalytic-funding": (0.68, 0.4, 3, 7e5),
              "light-facilitation": (0.5, 0.4, 3, 9e5)}  # fmt: skip
    said = decided(levels, part=0.001)
    assert "Keep SALEX if broad collaboration" in SAY.whole(said.verdict)
    assert said.reasons[0].id == "reason.small"
    alone = {name: levels[name] for name in ("salex", "no-catalytic-funding")}
    assert "broad" not in verdict(alone, part=0.001), "nor is there another plan that the baseline is ahead of"
    levels = {**levels, "no-catalytic-funding": (0.75, 0.4, 3, 7e5)}
    assert "grants if broad collaboration or money" in verdict(levels, part=0.001)


def test_two_plans_that_could_swap_are_both_named() -> None:
    levels = {"salex": (0.3, 0.2, 1, 1e6), "no-catalytic-funding": (0.6, 0.5, 7, 9e5),
              "light-facilitation": (0.6, 0.5, 7, 9e5)}  # fmt: skip
    comparison, pairs = compared(levels, part=0.001)
    lead = Judge(comparison, pairs).lead(RATE)
    assert lead is not None
    assert lead.front == ("no-catalytic-funding", "light-facilitation")
    assert lead.alike
    assert verdict(levels, part=0.001).startswith(
        "Choose SALEX without catalytic grants or SALEX with half the facilitation: they are ahead in all"
    )


@pytest.mark.parametrize("one", PLANS)
@pytest.mark.parametrize("other", PLANS)
def test_any_two_plans_are_compared_from_both_sides_alike(one: str, other: str) -> None:
    comparison, pairs = compared(
        {
            "salex": (0.6, 0.5, 7, 1e6),
            "no-catalytic-funding": (0.5, 0.45, 3, 7e5),
            "light-facilitation": (0.4, 0.3, 2, 8e5),
        }
    )
    judge = Judge(comparison, pairs)
    if one == other:
        return
    for outcome in GOALS:
        this, that = judge.between(one, other, outcome), judge.between(other, one, outcome)
        assert this is not None
        assert that is not None
        assert (this.mean, this.low, this.high) == (-that.mean, -that.high, -that.low)
        ahead, behind = judge.ahead(one, other, outcome), judge.ahead(other, one, outcome)
        assert ahead is not None
        assert behind is not None
        assert ahead + behind == pytest.approx(1)
    cheaper = judge.ahead("no-catalytic-funding", "salex", COST)
    assert cheaper is not None
    assert cheaper > 0.99, "of costs, the lower one is ahead"


def test_the_table_has_five_plans_at_most_in_their_order_and_the_baseline_among_them() -> None:
    names = ("salex", "no-catalytic-funding", "light-facilitation", "abrupt-closing", "graceful-closing", "sparc",
             "full-facilitation")  # fmt: skip
    levels = {name: (0.3 + 0.05 * n, 0.2 + 0.05 * n, n, 1e6 + n) for n, name in enumerate(names, start=1)}
    said = decided(levels)
    assert len(said.plans) == MOST_PLANS
    assert [plan.rank for plan in said.plans] == [1, 2, 3, 4, 7]
    assert said.plans[-1].name == "salex"
    assert said.more is not None
    assert said.more.values == {"count": 2}
    assert [len(panel.marks) for panel in said.chart.panels] == [MOST_PLANS - 1] * 3


def test_of_many_plans_the_best_is_compared_with_every_other_and_few_are_named() -> None:
    names = [one.name for one in scenarios.summaries()]
    levels = {name: (0.3 + 0.01 * n, 0.2 + 0.01 * n, 5 + n, 1e6 + 1e4 * n) for n, name in enumerate(names)}
    said = decided(levels)
    assert {one.id for one in said.reasons} == {"reason.other", "reason.sole.usd"}
    assert len(said.plans) == MOST_PLANS
    open_one = decided(levels, chance=0.6)
    assert open_one.verdict.id == "verdict.open"
    alike = dict.fromkeys(names[:-1], (0.3, 0.2, 5, 1000000.0)) | {names[-1]: (0.1, 0.1, 1, 2e6)}
    assert all(len(SAY.say(one)) < 250 for one in decided(alike, part=0.0001).reasons)


def test_numbers_of_a_cell_are_those_of_the_comparison() -> None:
    levels = {"salex": (0.66, 0.5, 7, 1e6), "no-catalytic-funding": (0.5, 0.4, 3, 7e5)}
    said = decided(levels)
    plan = next(one for one in said.plans if one.name == "no-catalytic-funding")
    rate, legacy, cost = plan.cells
    assert (rate.outcome, legacy.outcome, cost.outcome) == (RATE, LEGACY, COST)
    assert SAY.say(rate.level) == "50 %"
    assert rate.difference == pytest.approx(-0.16)
    assert SAY.say(rate.change) == "almost certainly 15 to 17 points lower"
    assert (SAY.say(cost.level), SAY.say(cost.change)) == ("700", "almost certainly 290 to 310 less")
    assert EVIDENCE not in {one.outcome for one in plan.cells}


def test_plans_are_called_by_what_they_change() -> None:
    base = scenarios.load("salex")
    moved = scenarios.replace(base, {"grants.per_call": 2, "name": "explored", "title": "SALEX"})
    more = scenarios.replace(
        base, {"grants.per_call": 2, "facilitation.intensity": 0.2, "closing.notice": 1, "name": "other"}
    )
    names = plan_names([base, scenarios.load("no-catalytic-funding"), scenarios.load("sparc"), moved, more], "salex")
    labels = {name: SAY.say(one.label) for name, one in names.items()}
    assert labels["salex"] == "SALEX as planned"
    assert labels["no-catalytic-funding"] == "without catalytic grants"
    assert labels["sparc"] == "SPARC"
    assert labels["explored"].startswith("with grants per call at 2")
    assert labels["other"].endswith(" and 1 more")
    assert "0.2 instead of 0.6" in labels["other"]
    assert SAY.say(names["explored"].whole).startswith("SALEX with grants per call at 2")


def test_plans_of_one_name_are_told_apart() -> None:
    base = scenarios.load("salex")
    twins = [scenarios.replace(base, {"grants.per_call": 2, "name": name}) for name in ("one", "other")]
    names = plan_names([base, *twins], "salex")
    assert len({SAY.say(one.label) for one in names.values()}) == 3


def test_a_decision_is_kept_whole() -> None:
    said = decided({"salex": (0.66, 0.5, 7, 1e6), "no-catalytic-funding": (0.5, 0.4, 3, 7e5)})
    assert decision_of(plain(said)) == said


def named_in(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_a_sentence_is_said_by_its_catalogue_alone() -> None:
    words = {**ENGLISH, "goal.total_cost": "das Geld", "or": "oder"}
    other = Speaker(replace(IN_ENGLISH, catalogue=words), currency="EUR")
    both = sentence("verdict.keep_if", plan="SALEX", goals=Either((sentence("goal.total_cost"), "x")))
    assert "das Geld oder x" in other.say(both)
    assert other.say(sentence("level.usd", level=Num(1234.4))) == "1,234 thousand EUR"
    assert SAY.say(sentence("level.plain", level=Num(-0.2))) == "0"


def test_a_sentence_of_another_version_is_refused_and_not_half_said() -> None:
    for unknown in (sentence("verdict.of_tomorrow"), sentence("verdict.keep", plans="other values")):
        with pytest.raises(SentenceError, match="another version of Legato"):
            SAY.say(unknown)
    assert SAY.say(sentence("level.plain", level=Num(1.0, 10**9))) == "1.000000"


def test_every_sentence_in_the_catalogue_is_said_somewhere() -> None:
    """One that nobody says is one that a language would be asked for in vain."""
    code = [*(ROOT / "results").rglob("*.py"), *(ROOT / "results" / "pages").glob("*.html")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in code if file.parent.name != "english")
    whole = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_0-9]+)*)["']""", text))
    made = {re.sub(r"\{[^}]*\}", "*", one) for one in re.findall(r"""f["']([a-z_.]*\{[^"'\n]+)["']""", text)}
    made |= {"lower.*", "higher.*", "column.*"}
    unsaid = [
        one for one in ENGLISH if one not in whole and not any(fnmatch(one, like) for like in made if "." in like)
    ]
    assert not unsaid


def ids(what: object) -> set[str]:
    match what:
        case Sentence():
            return {what.id}.union(*(ids(value) for value in what.values.values()))
        case Either(several):
            return set().union(*map(ids, several))
        case tuple():
            return set().union(*map(ids, what))
        case _:
            return set()


def test_every_sentence_of_a_decision_stands_in_the_catalogue_with_its_values() -> None:
    said = decided({"salex": (0.66, 0.5, 7, 1e6), "no-catalytic-funding": (0.5, 0.4, 3, 7e5)})
    every = [said.title, said.verdict, *said.reasons, said.table, said.chart.title, said.chart.caption, *said.trust]
    assert set().union(*map(ids, every)) <= ENGLISH.keys()
    for one in every:
        assert named_in(str(ENGLISH[one.id])) - {"currency"} == one.values.keys()


def test_what_happened_is_said_beside_the_level_only_where_both_are_of_the_same_month() -> None:
    levels = {"salex": (0.66, 0.5, 7, 1e6), "no-catalytic-funding": (0.5, 0.4, 3, 7e5)}
    comparison, pairs = compared(levels)
    salex, other = (scenarios.load(name) for name in levels)
    said = " ".join(SAY.say(one) for one in decision(comparison, [salex, other], pairs).trust)
    assert "In SALEX, 66 % of members ever collaborate on average" in said
    assert "In the real network it was 77 %." in said
    assert "counted to month 25; the cost is that of the whole run, to month 61" in said
    assert "Probably is a chance of 66 % or more, very probably 90 %, almost certainly 99 %" in said
    earlier = salex.model_copy(update={"observed": tuple(replace(one, month=12) for one in salex.observed)})
    assert "real network" not in " ".join(
        SAY.say(one) for one in decision(comparison, [earlier, other], pairs).trust
    ), "17 of 22 in month 12 is not the level of month 25"
