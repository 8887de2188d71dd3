"""A robust search as tables: plans by criterion, bars, levers, what each criterion picks, how alike criteria rank."""

from math import isnan

from results.optimising.kind_words import kind_words
from results.optimising.objective import label_of
from results.robust_search.agreement_words import own_objectives
from results.robust_search.asked import Objective
from results.robust_search.criteria import CRITERIA
from results.robust_search.final import RobustFinalist, RobustOptimum
from results.robust_search.judging import judged_by
from results.robust_search.score_words import HEADERS, NAMES, bar_words, level, name_of, objective_words, thousand
from results.words.table import Table, word


def rows_shown(found: RobustOptimum) -> list[RobustFinalist]:
    """Plans that have a row: the best of each kind, what each criterion picks, the front of several, the plan."""
    wanted = {found.winner.number, found.planned.number}
    kinds = set()
    for one in found.finalists:
        if one.kind not in kinds:
            kinds.add(one.kind)
            wanted.add(one.number)
    wanted |= {one.number for one in found.picks.values()}
    if len(found.question.objectives) > 1:
        wanted |= {one.number for one in found.front}
    return [one for one in found.shown if one.number in wanted]


def tables(found: RobustOptimum) -> tuple[list[Table], list[Table]]:
    """Those of the answer, and those that only a page has room for."""
    shown = [*_by_criterion(found), *_bars(found), _levers(found), _picks(found)]
    return shown, [_kinds(found), *filter(None, [_agreement(found)])]


def _by_criterion(found: RobustOptimum) -> list[Table]:
    """A table for each outcome: a row for each plan, a column for each criterion."""
    made = []
    for outcome in found.question.outcomes:
        columns = [one for name in CRITERIA if (one := judged_by(found.question, outcome, name)) is not None]
        header = ("", *(HEADERS[one.criterion] for one in columns), "cost (k USD)", "as robust")
        rows = [
            (
                name_of(found, one),
                *(level(found, one, column) for column in columns),
                thousand(found.cost(one)),
                found.stands(one) if one.in_budget else "over the budget",
            )
            for one in rows_shown(found)
        ]
        title = f"{label_of(outcome)}: plans by criterion, in fresh futures"
        made.append(Table(title, header, tuple(rows), frozenset(range(1, len(header) - 1))))
    return made


def _bars(found: RobustOptimum) -> list[Table]:
    """Of several bars, in how many futures each is met, and all at once (%)."""
    bars = found.question.bars
    if len(bars) < 2:
        return []
    columns = [Objective("satisficing", ""), *(Objective("satisficing", bar.outcome, bar) for bar in bars)]
    header = ("", "all at once", *(bar_words(bar) for bar in bars))
    rows = [(name_of(found, one), *(level(found, one, column) for column in columns)) for one in rows_shown(found)]
    return [Table("Futures in which bars are met (%)", header, tuple(rows), frozenset(range(1, len(header))))]


def _levers(found: RobustOptimum) -> Table:
    header = ("", *(lever.key for lever in found.question.levers))
    rows = [
        (name_of(found, one), *(word(one.searched.values[lever.key]) for lever in found.question.levers))
        for one in rows_shown(found)
    ]
    return Table("The plans", header, tuple(rows), frozenset(range(1, len(header))))


def _kinds(found: RobustOptimum) -> Table:
    rows = tuple((name_of(found, one), kind_words(found.kinds, one.kind)) for one in rows_shown(found))
    return Table("Of which kind they are", ("", "kind"), rows)


def _picks(found: RobustOptimum) -> Table:
    """Which plan each criterion picks, what it comes to by it, and what the most robust one does."""
    header = ("by", "chooses", "of which it is", "the most robust one")
    rows = []
    for one, plan in found.picks.items():
        rows.append(
            (objective_words(one), name_of(found, plan), level(found, plan, one), level(found, found.winner, one))
        )
    return Table("What each criterion chooses", header, tuple(rows), frozenset((2, 3)))


def _agreement(found: RobustOptimum) -> Table | None:
    """Kendall's tau of all pairs of criteria."""
    own = own_objectives(found)
    if len(own) < 2:
        return None

    def cell(one: Objective, other: Objective) -> str:
        if one == other:
            return "1"
        value = found.agreement.get((one, other), found.agreement.get((other, one), float("nan")))
        return "-" if isnan(value) else f"{value:.2f}"

    names = [NAMES[one.criterion] for one in own]
    rows = tuple((name, *(cell(one, other) for other in own)) for name, one in zip(names, own, strict=True))
    title = "How alike criteria rank the plans of the search (Kendall's tau)"
    return Table(title, ("", *names), rows, frozenset(range(1, len(own) + 1)))
