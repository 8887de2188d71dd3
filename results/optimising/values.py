"""What somebody says that outcomes are worth, read: WHAT=AMOUNT, amounts as people write them."""

from collections.abc import Mapping, Sequence
from math import isfinite

from results.comparing.worth import NAMES as EFFECT_NAMES
from results.estimates.incremental import outcome_of
from results.optimising.objective import Value, Worths
from scenarios import Scenario
from scenarios.files.amounts import AmountError, amount, in_currency
from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from simulation.outcomes import CLOCK, Outcomes, outcome_named
from simulation.own_outcomes.catalogue import outcomes_of

FORM = "WHAT=AMOUNT, such as survivor=60k"
SHORT: Mapping[str, str] = {name: outcome_of("end", effect) for name, effect in EFFECT_NAMES.items()}
"""What effects are called in `compare --worth` -> the outcome that counts them as long as cost is counted: to the end
of the run."""
COUNTED: Mapping[str, str] = {"survival": "surviving", "facilitator_dependence": "collaborations_formed"}
"""Ratio that has no value in a single network -> the count that has."""


def read_values(given: Mapping[str, float | str] | Sequence[str], scenario: Scenario) -> Worths:
    """What outcomes are worth, in the scenario's currency.

    Args:
        given: outcome, or its short name -> amount, or texts WHAT=AMOUNT.
        scenario: whose costs they stand beside.

    Raises:
        ScenarioError: with everything that is wrong with any of them.
    """
    faults: list[str] = []
    found: dict[str, Value] = {}
    known = outcomes_of(scenario.outcomes)
    pairs = given.items() if isinstance(given, Mapping) else [_parted(one) for one in given]
    for name, written in pairs:
        outcome = known.called(SHORT.get(name, name))
        if fault := _outcome_fault(outcome, written, found, known):
            faults.append(fault)
            continue
        try:
            money = _amount(written, scenario)
        except AmountError as error:
            faults.append(f"{outcome}: {error}")
            continue
        if not (isfinite(money) and money > 0):
            faults.append(
                f"{outcome} is worth {shown(written)}; allowed is an amount above 0, and what is worth nothing is left "
                "out; what the funder spends is counted against it anyway"
            )
            continue
        found[outcome] = Value(outcome, money)
    faults += _twice(list(found))
    if faults:
        raise ScenarioError(refusal("--worth", faults))
    return tuple(found.values())


def _parted(text: str) -> tuple[str, str | None]:
    outcome, equals, written = (part.strip() for part in text.partition("="))
    return outcome, written if equals else None


def _amount(written: float | str | None, scenario: Scenario) -> float:
    costs = scenario.costs
    if isinstance(written, str):
        return amount(written, costs.currency, costs.rate)
    return in_currency(float(written or 0), costs.currency, costs.rate)


def _outcome_fault(outcome: str, written: object, found: Mapping[str, Value], known: Outcomes) -> str | None:
    """Why an outcome cannot be worth something."""
    name = shown(outcome)[1:-1]
    if outcome not in known:
        what = f"{name or 'an empty text'} is not an outcome"
        return f"{what}{near_miss(outcome, [*SHORT, *known.names]) or f'; write {FORM}'}"
    if written is None or written == "":
        return f"{name} has no amount; write {FORM}"
    if outcome in found:
        return f"{name} is worth something twice; give it once"
    scale = outcome_named(outcome).scale
    if scale == "usd":
        return (
            f"{name} is a cost: what the funder spends in the whole run is counted against the net value already, and "
            "no other cost is; name what the money is for"
        )
    if outcome_named(outcome).over is not None or outcome in COUNTED:
        instead = f"; give the number a value instead: {COUNTED[outcome]}" if outcome in COUNTED else ""
        return f"{name} is a share that many single networks do not have{instead}"
    if scale in ("level", "index"):
        return (
            f"{name} runs on a scale without a unit, which no money can be set against; give a value to what comes of "
            "it, such as collaborations_formed"
        )
    return None


def _twice(outcomes: Sequence[str]) -> list[str]:
    """The same thing counted to several months, which would count twice."""
    faults = []
    quantities = {name: quantity for some in CLOCK.values() for quantity, name in some.items()}
    for place, one in enumerate(outcomes):
        for other in outcomes[:place]:
            if one in quantities and quantities[one] == quantities.get(other):
                faults.append(f"{other} and {one} count the same until different months; give one of them a value")
    return faults


def other_clocks(worths: Worths) -> dict[str, str]:
    """Outcomes that are counted to another month than the cost, each with the one that is counted as long."""
    whole = CLOCK["end"]
    return {
        one.outcome: whole[quantity]
        for one in worths
        for horizon, some in CLOCK.items()
        for quantity, name in some.items()
        if name == one.outcome and horizon != "end"
    }
