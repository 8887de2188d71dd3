"""How many of the networks, or futures, that were run: exact counts, given as they are."""

from results.estimates.comparison import Difference
from results.words.sentence import Num, told


def higher_lower_equal(one: Difference) -> str:
    """In how many pairs it is higher, lower and equal: what the mean does comes first; "" without a pair."""
    if not one.compared:
        return ""
    counts = {"higher": one.higher, "lower": one.lower, "equal": one.equal}
    if one.mean < 0:
        counts = {"lower": one.lower, "higher": one.higher, "equal": one.equal}
    luck = "luck" if one.same_members else "number"
    ways = {word: told(f"counts.{word}") for word in counts}
    for word, count in counts.items():
        if count == one.compared:
            return told(f"counts.all.{luck}", way=ways[word], count=one.compared)
    first, second, third = counts
    return told(
        "counts.some", way=ways[first], part=counts[first], every=told(f"counts.{luck}", count=one.compared),
        second=ways[second], others=counts[second], third=ways[third], rest=counts[third],
    )  # fmt: skip


def percent_range(low: float, high: float) -> str:
    """An interval of a share: `51 to 78 %`; neither end is rounded to all, or to nothing, that is not."""
    return f"{of_hundred(low)} to {of_hundred(high)} %"


def percent(share: float) -> str:
    """A share as a percentage: `57 %`; one that is neither all nor nothing is not rounded to it."""
    if 0 < share < 0.005:
        return told("chance.least")
    if 0.995 <= share < 1:
        return told("chance.most")
    return told("chance.percent", level=Num(share * 100))


def of_hundred(share: float) -> str:
    """A share as so many of 100; one that is neither all nor nothing is not rounded to it."""
    if 0 < share < 0.005:
        return "less than 1"
    if 0.995 <= share < 1:
        return "more than 99"
    return f"{share * 100:.0f}"
