"""Several outcomes that cannot all be best at once: what is traded for what, in words best in each."""

from results.estimates.comparison import Difference
from results.optimising.final import Finalist, Optimum
from results.optimising.objective import label_of, scale_of
from results.optimising.plan_words import level, name_of, settings
from results.words.numbers import with_half
from scenarios.files.listing import listed


def front_answer(found: Optimum) -> list[str]:
    """What is traded for what: of two outcomes from one end to the other, of more what each costs the others."""
    return _two(found) if len(found.question.outcomes) == 2 else _many(found)


def _two(found: Optimum) -> list[str]:
    one, other = found.question.outcomes
    front = found.front
    return [
        f"With two outcomes there is no single best: {len(front)} of the finalists are each better than every other in "
        f"one outcome or the other. From one end to the other, {label_of(one)} goes from {level(front[0], one)} to "
        f"{level(front[-1], one)}, and {label_of(other)} from {level(front[0], other)} to "
        f"{level(front[-1], other)}. The use named first is the best in {label_of(one)}."
    ]


def _many(found: Optimum) -> list[str]:
    first, *others = best_in_each(found)
    count = len(found.question.outcomes)
    leads = _listed(first[1])
    lines = [
        f"With {count} outcomes there is no single best: {len(found.front)} of the finalists are each better than "
        f"every other in some outcome. The use named first is the best in {leads}."
    ]
    if not others:
        return [*lines, "What is best in one of them is best in all: nothing has to be traded."]
    for one, outcomes in others:
        changes = [f"{label_of(less.outcome)} {_more(less)}" for less in one.differences]
        lines.append(
            f"Best in {_listed(outcomes)}: {name_of(found, one)} ({settings(one)}). Compared with the use named first: "
            f"{'; '.join(changes)}."
        )
    return lines


def _more(less: Difference) -> str:
    """How much more than the winner a use has, from how much less the winner has."""
    return with_half(-less.mean, -less.high, -less.low, scale_of(less.outcome), change=True)


def _listed(outcomes: list[str]) -> str:
    return listed([label_of(outcome) for outcome in outcomes])


def best_in_each(found: Optimum) -> list[tuple[Finalist, list[str]]]:
    """Finalists that are the best in some outcome, as chosen, with those outcomes; the winner first."""
    bests: dict[int, tuple[Finalist, list[str]]] = {}
    for outcome in found.question.outcomes:
        best = max(
            found.front, key=lambda one: (one.choice.worth(outcome), one.number == found.winner.number, -one.number)
        )
        bests.setdefault(best.number, (best, []))[1].append(outcome)
    return list(bests.values())
