"""Scenarios that are compared, in one currency: that of the first, where rates say how to convert the others."""

from collections.abc import Sequence

from scenarios.files.currencies import USD
from scenarios.files.faults import ScenarioError
from scenarios.reading.reading import replace
from scenarios.schema.keys import CURRENCY, RATE
from scenarios.schema.scenario import Scenario


def in_one_currency(chosen: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios with all prices in the currency of the first.

    Raises:
        ScenarioError: if one is in another currency, and one of the two has no rate.
    """
    if not chosen or all(one.costs.currency == chosen[0].costs.currency for one in chosen):
        return tuple(chosen)
    first = chosen[0]
    faults = [
        f"{one.name} is in {one.costs.currency} and {first.name} in {first.costs.currency}: amounts in two currencies "
        f"cannot be compared; give costs.rate, units of its currency for one USD, in {_without_rate(first, one)}"
        for one in chosen
        if one.costs.currency != first.costs.currency and _without_rate(first, one)
    ]
    if faults:
        raise ScenarioError("\n".join(faults))
    wanted = {CURRENCY: first.costs.currency, RATE: None if first.costs.currency == USD else first.costs.rate}
    return tuple(one if one.costs.currency == first.costs.currency else replace(one, wanted) for one in chosen)


def _without_rate(*pair: Scenario) -> str:
    return " and in ".join(one.name for one in pair if one.costs.currency != USD and one.costs.rate is None)
