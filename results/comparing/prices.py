"""What a trade is priced at: how much is saved for each unit given up, or spent for each one added, in a sentence.

By averages, for whoever reads an answer; how sure a price is stands in the table of what money buys.
"""

from collections.abc import Mapping, Sequence
from math import isnan

from results.comparing.acceptability_documents import TO, places_of
from results.estimates.acceptability import Curve
from results.estimates.comparison import Comparison, Difference
from results.estimates.incremental import Effect
from results.words.differences import is_alike, is_same
from results.words.likelihood import LEVELS, chance_words, likelihood
from results.words.numbers import digits, num
from results.words.sentence import Sentence, Words, sentence, told
from simulation.outcomes import CLOCK, Horizon

PRICED: tuple[Effect, ...] = ("months_worked", "surviving", "evidence")
"""What a sentence prices; of translations there are too few."""
MOST_PRICED = 2
"""How many of them, the first of which something can be said."""


def price(
    comparison: Comparison, scenario: str, plan: Words | None = None, baseline: Words | None = None
) -> Sentence | None:
    """What a plan that costs less and yields less saves for each unit, or one that costs and yields more costs.

    None where neither is at least probable, or it yields more of one and less of another: then no price says what to
    choose.

    Args:
        comparison: of plans with the baseline.
        scenario: the plan.
        plan: what it is called in the sentence; its name if left out.
        baseline: what the baseline is called.
    """
    found = {one.outcome: one for one in comparison.differences if one.scenario == scenario}
    horizon: Horizon = "year after"
    if CLOCK[horizon]["cost"] not in found or isnan(found[CLOCK[horizon]["cost"]].mean):
        horizon = "end"
    cost = found.get(CLOCK[horizon]["cost"])
    way = 0 if cost is None else _way(cost)
    if cost is None or not way:
        return None
    kind = "added" if way > 0 else "saved"
    gains = {effect: found.get("surviving" if effect == "surviving" else CLOCK[horizon][effect]) for effect in PRICED}
    prices: list[Words] = []
    for effect, gain in gains.items():
        if gain is None or (effect == "surviving" and horizon != "year after"):
            continue
        if _way(gain) == -way:  # it adds some and gives up others: no price of one says what to choose
            return None
        if _way(gain) == way and cost.mean * gain.mean > 0:
            shown = num(cost.mean / gain.mean, "usd", places_of(cost.mean / gain.mean))
            amount = sentence("price.amount" if gain.is_clear else "price.amount.open", price=shown)
            prices.append(sentence(f"price.{kind}.{effect}", amount=amount))
    if not prices:
        return None
    return sentence(
        f"price.{kind}",
        plan=scenario if plan is None else plan,
        prices=tuple(prices[:MOST_PRICED]),
        until=sentence(f"price.until.{TO[horizon]}"),
        baseline=comparison.baseline if baseline is None else baseline,
    )


def _way(one: Difference) -> int:
    """Where a difference at least probably goes: 1 up, -1 down, 0 where that is open or it is none."""
    chance = one.chance_higher
    if chance is None or is_same(one) or is_alike(one) or max(chance, 1 - chance) < LEVELS[-1][0]:
        return 0
    return 1 if chance > 0.5 else -1


def worth_sentences(curves: Sequence[Curve], worth: Mapping[Effect, float], scenario: str) -> list[str]:
    """How sure a plan is better than the baseline, with what a unit is worth to whoever asks; a sentence an effect."""
    found: list[str] = []
    for one in curves:
        if one.payer != "funder" or one.effect not in worth:
            continue
        place, amount = one.worths.index(worth[one.effect]), worth[one.effect]
        plan = next(plan for plan in one.plans if plan.scenario == scenario)
        chance, mean, low, high = (each[place] for each in (plan.chance, plan.benefit, plan.low, plan.high))
        sure = likelihood(chance)
        places = digits(max(abs(low), abs(high)), "usd", (high - low) / 2)
        middle, near, far = (num(value, "usd", places, sign=True) for value in (mean, low, high))
        said = {
            "things": told(f"worth.things.{one.effect}"),
            "worth": num(amount, "usd", places_of(amount)),
            "plan": scenario,
            "baseline": one.plans[0].scenario,
            "chance": chance_words(chance),
            "mean": middle,
            "low": near,
            "high": far,
        }
        if sure:
            found.append(told("worth.less" if chance < 0.5 else "worth.more", sure=sure, **said))
        else:
            found.append(told("worth.either", **said))
    return found
