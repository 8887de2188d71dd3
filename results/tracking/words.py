"""The outlook in plain words and tables."""

from collections.abc import Iterator, Sequence

from results.forecasting.words import unit_of
from results.tracking.looking import WHOLE
from results.tracking.observation import Observation
from results.tracking.outlook import Alternative, Chance, Outlook, Strange
from results.tracking.target import Target
from results.words.counts import percent, percent_range
from results.words.likelihood import EITHER, likelihood
from results.words.numbers import number, span
from results.words.table import Table
from results.words.varying import parameters
from scenarios.files.listing import listed
from simulation.outcomes import outcome_named

FEW = 100
"""Networks of equal weight below which more of them are asked for."""
WITH_90 = (0, 4)
"""Places of the ends of the 90 % interval among the quantiles."""
MIDDLE = 2


def answer(found: Outlook) -> list[str]:
    """What to tell the meeting."""
    said = []
    if found.target is not None and found.chance is not None:
        said.append(_target_sentence(found.progress.now, found.target, found.chance))
    else:
        said.append(_forecast_sentence(found))
    said += [_alternative_sentence(one, found) for one in found.alternatives]
    if found.strange:
        said.append(_strange_sentence(found.strange))
    return said


def status(chance: float) -> str:
    """Whether it is on track, in words with a measured meaning."""
    word = likelihood(chance)
    if not word:
        return f"open: it {EITHER}"
    return f"on track: the target is {word} reached" if chance > 0.5 else f"off track: the target is {word} missed"


def target_words(target: Target) -> str:
    """A target as a reader says it."""
    side = "or more" if target.at_least else "or less"
    value = _with_unit(target.value, target.outcome)
    return f"{outcome_named(target.outcome).label}, {value} {side} in month {target.month}"


def _target_sentence(now: int, target: Target, chance: Chance) -> str:
    return (
        f"In month {now} the network is {status(chance.now)} ({target_words(target)}). Its chance is "
        f"{percent(chance.now)} ({percent_range(chance.low, chance.high)}); before anything was observed it was "
        f"{percent(chance.before)}."
    )


def _forecast_sentence(found: Outlook) -> str:
    one = found.of(found.outcome, found.month)
    label = outcome_named(found.outcome).label
    return (
        f"{label[0].upper()}{label[1:]}, in month {found.month}: {_middle_and_span(one.now, found.outcome)}, given "
        f"what was observed up to month {found.progress.now}; by the plan alone "
        f"{_middle_and_span(one.before, found.outcome)}. In brackets: 90 of 100 networks."
    )


def _alternative_sentence(one: Alternative, found: Outlook) -> str:
    scale = outcome_named(found.outcome).scale
    points = " percentage points" if scale == "share" else unit_after(found.outcome)
    changed = _change(one.change, found.outcome, points)
    if one.chance is not None and found.chance is not None:
        return (
            f"With {one.scenario} from now on the chance is {percent(one.chance.now)} instead of "
            f"{percent(found.chance.now)}; {outcome_named(found.outcome).label}: {changed}."
        )
    return f"With {one.scenario} from now on, {outcome_named(found.outcome).label} in month {found.month}: {changed}."


def _strange_sentence(strange: Sequence[Strange]) -> str:
    told = [
        f"{outcome_named(one.observation.outcome).label} in month {one.observation.month}: "
        f"{_with_unit(one.observation.value, one.observation.outcome)} was observed, and simulated networks come to "
        f"{span(one.low, one.high, outcome_named(one.observation.outcome).scale)}"
        for one in strange[:2]
    ]
    return f"Take care: the model hardly knows such a network ({'; '.join(told)}). Its forecast is worth little here."


def forecast_table(found: Outlook) -> Table:
    """Every outcome that is forecast, in the month that is looked at."""
    rows = []
    for outcome in found.outcomes:
        one = found.of(outcome, found.month)
        rows.append((_label(outcome), _last(found.progress.last(outcome)), _middle_and_span(one.before, outcome),
                     _middle_and_span(one.now, outcome)))  # fmt: skip
    header = ("outcome", "observed last", "by the plan alone", "given what was observed")
    return Table(f"Month {found.month}: the middle network, and 90 of 100 in brackets", header, tuple(rows))


def alternative_table(found: Outlook) -> Table | None:
    """The plan and other courses from now on."""
    if not found.alternatives:
        return None
    plan = found.of(found.outcome, found.month)
    rows = [(found.scenario.name, _middle_and_span(plan.now, found.outcome), _chance(found.chance), "-")]
    scale = outcome_named(found.outcome).scale
    for one in found.alternatives:
        mean, low, high = one.change
        changed = (
            f"{number(mean, scale, sign=True)} ({number(low, scale, sign=True)} to {number(high, scale, sign=True)})"
        )
        rows.append((one.scenario, _middle_and_span(one.month.now, found.outcome), _chance(one.chance), changed))
    header = (
        "from now on",
        f"{_label(found.outcome)}, month {found.month}",
        "chance of the target",
        "beside the plan (mean)",
    )
    return Table("Other courses from now on, with the same luck", header, tuple(rows))


def sign_table(found: Outlook) -> Table | None:
    """Indicators of today that predict the target."""
    if not found.signs:
        return None
    rows = tuple(
        (
            outcome_named(one.outcome).label,
            f"{_with_unit(one.mark, one.outcome)} or {'more' if one.more_is_better else 'less'}",
            percent(one.chance_above),
            percent(one.chance_below),
            "not observed" if one.observed is None else
            f"{_with_unit(one.observed, one.outcome)}: {'good' if one.is_good else 'a warning'}",
        )
        for one in found.signs
    )  # fmt: skip
    header = (f"month {found.progress.now}", "good sign", "then reached", "otherwise", "here")
    return Table("Early signs, the one that tells most first", header, rows, frozenset({2, 3}))


def later_table(found: Outlook) -> Table | None:
    """How much will be known when."""
    if not found.later:
        return None
    rows = [(f"{found.progress.now} (now)", percent(found.known))]
    rows += [(str(one.month), percent(one.known)) for one in found.later]
    return Table("When one will know", ("month", "settled"), tuple(rows), frozenset({1}))


def notes(found: Outlook) -> Iterator[str]:
    """What the numbers mean, and how sure they are."""
    if found.measure:
        named = [f"{outcome_named(one.outcome).label} ({percent(one.tells)} of what is open)" for one in found.measure]
        yield f"What to measure next: {listed(named)}."
    if found.later:
        yield (
            f"Settled: share of the differences between networks in {outcome_named(found.outcome).label} in month "
            f"{found.month} that can be told by then, if the same is observed again, exactly."
        )
    yield from found.progress.remarks
    if found.from_today:
        yield (
            f"{found.networks:,} networks were simulated from the network as it stands in month {found.progress.now}. "
            'Those with parameters that go well with what was observed so far count most; "by the plan alone", signs '
            "and what to measure are of networks from the founding on. All of it is as good as the model "
            "(docs/real-networks.md)."
        )
    else:
        yield (
            f"{found.networks:,} networks were simulated by the plan from the founding on, and seen as the real one "
            "was. Those that look most like it count most. All of it is as good as the model (docs/real-networks.md)."
        )
    if found.chance is not None and found.chance.networks < FEW:
        yield f"The chance rests on {found.chance.networks} networks of equal weight; --replicates 1000 makes it surer."
    yield parameters([found.scenario], found.networks)


def unit_after(outcome: str) -> str:
    """The unit after a value, after a blank; "" if it has none, or one that says only where the scale ends."""
    return "" if outcome_named(outcome).scale == "level" else unit_of(outcome)


def _label(outcome: str) -> str:
    shown = unit_after(outcome)
    return f"{outcome_named(outcome).label} ({shown.strip()})" if shown else outcome_named(outcome).label


def _with_unit(value: float, outcome: str) -> str:
    return f"{_number(value, outcome)}{unit_after(outcome)}"


def _number(value: float, outcome: str, *, sign: bool = False) -> str:
    """A value in its unit; a whole one of an outcome that is counted without a point."""
    places = 0 if outcome in WHOLE and value == round(value) else None
    return number(value, outcome_named(outcome).scale, places, sign=sign)


def _change(change: tuple[float, float, float], outcome: str, points: str = "") -> str:
    mean, low, high = (_number(value, outcome, sign=True) for value in change)
    return f"{mean}{points} ({low} to {high})"


def _middle_and_span(quantiles: Sequence[float], outcome: str) -> str:
    scale = outcome_named(outcome).scale
    low, high = (quantiles[place] for place in WITH_90)
    return f"{_number(quantiles[MIDDLE], outcome)} ({span(low, high, scale)})"


def _last(one: Observation | None) -> str:
    if one is None:
        return "-"
    asked = f" ({round(one.value * one.of)} of {one.of})" if one.of else ""
    return f"{_number(one.value, one.outcome)}{asked}, month {one.month}"


def _chance(one: Chance | None) -> str:
    return "-" if one is None else percent(one.now)
