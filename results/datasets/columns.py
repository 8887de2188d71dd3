"""What a column of a table means, with its unit: of outcomes and keys as their lists have it, of the others as here."""

from collections.abc import Mapping
from typing import NamedTuple

from scenarios.schema.keys import in_currency, key_named
from simulation.outcomes import SHIPPED, Outcomes, outcome_named

SHARE, COUNT, TEXT, FLAG, MONTH, OUTCOME = "1", "count", "text", "yes or no", "month", "of the outcome"


class Column(NamedTuple):
    """What a column means.

    Attributes:
        unit: "1" of shares, chances and indices, "count", "month", a currency, "of the outcome" where that differs from
            row to row, "text", "yes or no", or the unit of a key; "" where it is not known.
        meaning: in a sentence; "" where it is not known.
    """

    unit: str
    meaning: str


_MEMBER = {
    "collaborating": (SHARE, "share of networks in which it collaborates with somebody at the end of the month"),
    "collaborations": (COUNT, "collaborations that it has at the end of the month, on average"),
    "ties": (COUNT, "ties that it has at the end of the month, on average"),
    "alone": (SHARE, "share of networks in which it has no tie at the end of the month"),
    "reported_ties": (COUNT, "ties of it that a survey counts, on average"),
    "answered": (FLAG, "whether it answered in the later wave"),
}
_OF_ONE_NETWORK = "of the network"
_ENDS = {"low": "lower end of its 95 % interval", "high": "upper end of its 95 % interval"}

COLUMNS: Mapping[str, tuple[str, str]] = {
    # what a row is about
    "scenario": (TEXT, "name of the scenario"),
    "baseline": (TEXT, "name of the scenario that others are compared with"),
    "replicate": (COUNT, "number of the network, from 0; the same number has the same luck in every scenario"),
    "seed": (COUNT, "seed of the luck"),
    "month": (MONTH, "months since the founding; what is counted stands at the month's end"),
    "from_month": (MONTH, "month of the wave from which it is predicted"),
    "outcome": (TEXT, "name of the outcome"),
    "point": (COUNT, "number of the point of the design, from 0"),
    "future": (COUNT, "number of the future, from 0"),
    "member": (TEXT, "name of the member organization"),
    "one": (TEXT, "name of the pair's first member, in the order of the list"),
    "other": (TEXT, "name of the pair's other member"),
    "study": (TEXT, "name of the study"),
    "pattern": (TEXT, "id of the pattern"),
    "particle": (COUNT, "number of the set of parameters, from 0"),
    "data_set": (COUNT, "number of the data set, from 0"),
    "network": (COUNT, "number of the simulated network, from 0"),
    "stage": (TEXT, "search, choice or report: each stage has luck of its own, which the stage before has not seen"),
    "futures": (COUNT, "futures in which it was tried"),
    "candidate": (COUNT, "number of the candidate; 0 is the scenario as planned"),
    "plan": (COUNT, "number of the plan; 0 is the scenario as planned"),
    "cohort": (COUNT, "number of the cohort of that network, from 1"),
    "key": (TEXT, "dotted key of a scenario's value"),
    "keys": (TEXT, "keys that change together"),
    "measure": (TEXT, "what is measured"),
    "input": (TEXT, "dotted key of the input"),
    "of": (TEXT, "plan, or what is scored"),
    # how much, and how sure
    "mean": (OUTCOME, "average"),
    "value": (OUTCOME, "value"),
    **{name: (OUTCOME, text) for name, text in _ENDS.items()},
    "p05": (OUTCOME, "5 % of networks lie below"),
    "p25": (OUTCOME, "25 % of networks lie below"),
    "p50": (OUTCOME, "50 % of networks lie below"),
    "p75": (OUTCOME, "75 % of networks lie below"),
    "p95": (OUTCOME, "95 % of networks lie below"),
    "replicates": (COUNT, "networks behind it"),
    "missing": (COUNT, "networks without a value"),
    "probability_greater": (SHARE, "share of pairs of networks in which the scenario's is greater, ties counting half"),
    "chance_higher": (SHARE, "chance that the average is higher, over sets of parameters and luck"),
    "variance_ratio": (SHARE, "variance of the unpaired over that of the paired difference"),
    "more_replicates": (COUNT, "networks more that would carry the interval off zero"),
    "luck_share": (SHARE, "share of the interval's variance that more networks would take away"),
    "by_sampling": (FLAG, "whether its size was estimated from some of the orders only"),
    "regret": (OUTCOME, "how much better the best plan is in that future"),
    "weight": (SHARE, "weight of the particle; all add up to 1"),
    "error": (TEXT, "why it could not be run; missing where it could"),
    "traceback": (TEXT, "where in the program that happened"),
    "within_budget": (FLAG, "whether it keeps the budget, on average"),
    "net_value": ("USD", "what its outcomes are worth, less its cost"),
    "nothing": (SHARE, "what an input that does not matter stays below, in 95 of 100 shuffles"),
    "is_clear": (FLAG, "whether it is more than that"),
    "truth": ("of the key", "value with which the data set was made"),
    "rank": (SHARE, "share of the posterior below the truth"),
    "depends_on": (TEXT, "name of the member on which it depends"),
    # what becomes of members and pairs
    "collaborated": (SHARE, "share of networks in which it has begun a collaboration by then"),
    "collaborating": (SHARE, "share of networks in which it, or the pair, collaborates at the end of the month"),
    "left": (SHARE, "share of networks that it has left by then"),
    "partners": (COUNT, "how many it collaborates with at the end of the month"),
    "joins": (COUNT, "pairs of its partners that do not collaborate and have no other partner in common"),
    "depend_on_it": (COUNT, "members that collaborate with it alone"),
    "tied": (SHARE, "share of networks in which the two know each other at the end of the month"),
    "tied_before": (SHARE, "whether the two knew each other before"),
    "tied_now": (FLAG, "whether the survey counts the two as tied in the later wave"),
    "trust": (SHARE, "trust between the two, 0 without a tie, on average"),
    "reported": (SHARE, "share of networks in which a survey counts the two as tied"),
    "before": (SHARE, "strength of their tie in the earlier wave; missing where it was not observed"),
    "now": (SHARE, "strength of their tie in the later wave; missing where it was not observed"),
    "share": (SHARE, "share of networks in which that is so"),
    # introductions
    "members": (TEXT, "names of the members that are introduced to each other"),
    "topics": (TEXT, "topics that they have in common"),
    "adds": (OUTCOME, "how much the introduction adds, on average"),
    "p": (SHARE, "chance of as much, or as far off, by luck alone"),
    "know": (SHARE, "share of networks in which they know each other without it"),
    "overlap": (SHARE, "how much their interests have in common, 0 to 1"),
    "worth_it": (FLAG, "whether it adds something beyond luck, as many being looked at"),
    # checks
    "id": (TEXT, "id of the pattern"),
    "text": (TEXT, "the pattern in a sentence"),
    "about": (TEXT, "who it was found on"),
    "unit": (TEXT, "what was observed one by one"),
    "counted_in": (TEXT, "what the model counts one by one to answer it"),
    "source": (TEXT, "where it was read"),
    "statistic": (TEXT, "what is counted"),
    "component": (TEXT, "which number of the statistic"),
    "verdict": (TEXT, "supported, contradicted or undecided"),
    "why": (TEXT, "the reason in words"),
    "predicted": (OUTCOME, "median of the virtual studies"),
    "inside": (SHARE, "share of the virtual studies that land in the observed interval"),
    "by_chance": (SHARE, "share of random answers that land in the observed interval"),
    "not_computed": (COUNT, "virtual studies for which it cannot be computed"),
    "found": (OUTCOME, "what the virtual study, or the network, came to"),
    "simulated": (OUTCOME, "mean over the simulated networks"),
    "adjusted": (SHARE, "the same chance, for the number of statistics that are looked at"),
    "power": (SHARE, "chance that a survey notices where it is wrong"),
    "judged": (FLAG, "whether it could be judged"),
    "scored": (FLAG, "whether the survey observed the pair in both waves, so that its chance is scored"),
    "assumption": (TEXT, "id of the assumption in the register"),
    "with_it": (OUTCOME, "predicted with the mechanism"),
    "without": (OUTCOME, "predicted with the mechanism switched off"),
    "gain": (SHARE, "how much the log score gains by the mechanism"),
    "not_asked": (TEXT, "why the pattern cannot tell"),
    "noticed_by": (TEXT, "statistic of the survey that notices it"),
    "score": (TEXT, "name of the score"),
    "reference": (TEXT, "what the model is held against"),
    "rule": (TEXT, "rule that the model is held against"),
    "model": (SHARE, "the model's score"),
    "by_reference": (SHARE, "the reference's score"),
    "by_rule": (SHARE, "the rule's score"),
    "skill": (SHARE, "1 - the model's score / the other's"),
    # ways to leave
    "told": (MONTH, "month in which members are told"),
    "notice": ("months", "months between being told and the closing"),
    "stops": (MONTH, "month in which the money stops"),
    "shape": (TEXT, "how the money goes down"),
    "going_down": ("months", "last months with less money than before"),
    "capstone": (FLAG, "whether there is a last convening"),
    "handover": (FLAG, "whether the backbone hands over"),
    "others_pay": (SHARE, "share of the money that others pay"),
    "rest": ("USD", "cost after the month of the decision"),
    "added": (OUTCOME, "what it adds to the outcome without any money"),
}  # fmt: skip
"""Column -> unit and meaning, wherever it stands."""
HERE: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "members": _MEMBER,
    "pairs": {"observed": (FLAG, "whether the survey observed the pair in the later wave")},
    "patterns": {
        "observed": (OUTCOME, "what was found"),
        "score": (SHARE, "logarithm of the share of virtual studies that land in the observed interval"),
        "statistic": (TEXT, "what is made of the arms"),
    },
    "fit": {"observed": (OUTCOME, "what the survey found")},
    "fates": {
        "collaborated": (FLAG, "whether it has begun a collaboration by then"),
        "collaborating": (FLAG, "whether it collaborates with somebody at the end of the month"),
        "left": (FLAG, "whether it has left the network by then"),
    },
    "assumptions": {"error": (SHARE, "standard error of that gain"), "pattern": (TEXT, "id of the pattern it moves")},
    "agents": {
        "present": (FLAG, "whether it is in the network"),
        "engagement": (SHARE, "its engagement, 0 to 1"),
        "ties": (COUNT, "members that it knows"),
        "trust": (SHARE, "mean trust in its ties, 0 to 1; missing without a tie"),
        "collaborations": (COUNT, "its active collaborations"),
        "funded": (COUNT, "those of them under a grant"),
        "workload": (COUNT, "what it carries, in collaborations; a funded one counts less: a grant pays for staff"),
        "capacity": (COUNT, "collaborations that it can carry"),
        "practice": (SHARE, "its shared practice, 0 to 1"),
        "evidence": (COUNT, "pieces of evidence that it has made with partners so far"),
        "taken_up": (COUNT, "pieces of evidence that it has taken up so far, its own too"),
        "took_up_from_others": (FLAG, "whether it has taken up one of others"),
        "has_collaborated": (FLAG, "whether it has begun a collaboration so far"),
    },
    "agent-ties": {
        "trust": (SHARE, "trust in the tie, 0 to 1"),
        "origin": (TEXT, "how the two met: convening, group, introduction, contact, or prior to the network"),
        "collaborating": (FLAG, "whether the two have an active collaboration"),
        "funded": (FLAG, "whether that is under a grant"),
    },
    "shares": {"point": (COUNT, "number of the point of the design, from 0")},
    "held-out": {
        "of": (TEXT, "the plan, or the plan less the baseline; empty where there is one only"),
        "point": (COUNT, "number of the point of the design, from 0"),
        "simulated": (OUTCOME, "mean over the point's networks"),
        "predicted": (OUTCOME, "by an emulator that has not seen the point"),
        "low": (OUTCOME, "lower end of the 90 % interval of a simulated mean"),
        "high": (OUTCOME, "its upper end"),
    },
    "surfaces": {
        "of": (TEXT, "the plan, or the plan less the baseline; empty where there is one only"),
        "across": (TEXT, "key of the input with the greatest total effect"),
        "up": (TEXT, "key of the input with the second greatest; empty where there is none"),
        "across_value": (TEXT, "its value; of levels without an order the place of the level, from 0"),
        "up_value": (TEXT, "its value; of levels without an order the place of the level, from 0"),
        "predicted": (OUTCOME, "by the emulator, the other inputs at their usual values"),
        "low": (OUTCOME, "lower end of the 90 % interval of very many networks there"),
        "high": (OUTCOME, "its upper end"),
    },
    "emulated": {
        "of": (TEXT, "the plan, or the plan less the baseline; empty where there is one only"),
        "what": (TEXT, "input, or group of inputs"),
        "key": (TEXT, "of the input, or what the group is about"),
        "first": (SHARE, "share of the emulator's variance that it makes alone"),
        "total": (SHARE, "the same with all that it does with others"),
    },
}
"""Table -> columns that mean something else, or more, in it."""
_OVER_FUTURES = {
    "mean": "average over futures",
    "worst_tenth": "average over the worst tenth of futures",
    "percentile": "value that one future of ten falls short of",
    "hurwicz": "middle between the best and the worst future",
}
_OF_AGENTS = ("agents", "agent-ties")
_BEFORE = "by the plan alone, before anything was observed: "


def column_of(table: str, column: str, said: str = "", currency: str = "USD", outcomes: Outcomes = SHIPPED) -> Column:
    """What a column of a table means.

    Args:
        table: name of the table.
        column: name of the column.
        said: what the schema of a document says of it.
        currency: of amounts of money.
        outcomes: of the run.
    """
    unit, meaning = _known(table, column, outcomes) or ("", "")
    return Column(in_currency(unit, currency), said or meaning)


def _known(table: str, column: str, outcomes: Outcomes) -> tuple[str, str] | None:
    if (here := HERE.get(table, {}).get(column)) is not None:
        return here
    if column in outcomes and not (table in ("members", "pairs", *_OF_AGENTS) or table.startswith("answer")):
        return _of_outcome(outcomes.called(column))
    if "." in column and (key := key_named(column)) is not None:
        share = table == "shares"
        return (SHARE, f"how far along its range: {key.text}") if share else (key.unit or TEXT, key.text)
    if column in COLUMNS:
        return COLUMNS[column]
    if column.startswith("share of "):
        return SHARE, f"share of futures that meet {column.removeprefix('share of ')}"
    if column.startswith("outcome.") and (own := column.removeprefix("outcome.")) in outcomes:
        return _of_outcome(outcomes.called(own))
    outcome, _, criterion = column.rpartition(".")
    if criterion in _OVER_FUTURES and outcome in outcomes:
        of = _of_outcome(outcomes.called(outcome))
        return of[0], f"{_OVER_FUTURES[criterion]}: {of[1]}"
    if column.startswith("before_") and (rest := _known(table, column.removeprefix("before_"), outcomes)):
        return rest[0], _BEFORE + rest[1]
    for end, text in _ENDS.items():
        if column.endswith(f"_{end}") and (rest := _known(table, column.removesuffix(f"_{end}"), outcomes)):
            return rest[0], f"{text}: {rest[1]}"
    if column.endswith("_apart") and (rest := _known(table, column.removesuffix("_apart"), outcomes)):
        return rest[0], f"distance from the mean of all members: {rest[1]}"
    short = column.rpartition(".")[2]
    return COLUMNS.get(short) if table.startswith("answer") and short != column else None


def _of_outcome(name: str) -> tuple[str, str]:
    outcome = outcome_named(name)
    unit = {"share": SHARE, "level": SHARE, "index": SHARE, "count": COUNT, "usd": "USD"}[outcome.scale]
    return outcome.unit or unit, outcome.meaning
