"""Which scenarios are meant, and which of them is the baseline: everything that is wrong with the choice at once."""

import re
from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path

import scenarios
from results.words.numbers import as_num
from results.words.observed import left_out_sentence
from results.words.sentence import told
from scenarios.files.amounts import AmountError, Money, in_currency
from scenarios.files.currencies import USD, codes_of
from scenarios.files.faults import RequestError, near_miss
from scenarios.reading.one_currency import in_one_currency
from scenarios.reading.posterior_file import posterior_of
from simulation.own_outcomes.naming import KNOWS_NONE, OUTCOMES, outcomes_apart
from simulation.own_rules.naming import RULES, rules_apart

Chosen = str | PathLike[str] | scenarios.Scenario
"""A scenario that is meant: a name of the library, the path of a file, either with changes, or itself."""
Known = str | PathLike[str] | scenarios.Posterior | None
"""What is known of parameters: "shipped", a file, itself; None fixes all of them."""
Settings = Mapping[str, str] | Sequence[str]
"""Changes: "KEY=VALUE" texts, or by key."""

_INLINE = re.compile(r"(?P<name>.*?):\s+(?P<changes>[a-z_]+(?:\.[a-z_]+)*\s*=.*)", re.DOTALL)
_NEXT = re.compile(r"\s*,\s*(?=[a-z_]+(?:\.[a-z_]+)*\s*=)|\s+(?=[a-z_]+(?:\.[a-z_]+)+\s*=)")


def apart(wanted: Chosen) -> tuple[Chosen, tuple[str, ...]]:
    """A scenario that is meant, and the changes that stand beside it: "salex: grants.per_call=2, closing.month=13"."""
    if isinstance(wanted, str) and (found := _INLINE.fullmatch(wanted.strip())):
        return found["name"].strip(), tuple(_NEXT.split(found["changes"].strip()))
    return wanted, ()


def choose(
    wanted: Sequence[Chosen], settings: Settings, posterior: Known, *, without_own: str = ""
) -> tuple[scenarios.Scenario, ...]:
    """Load the scenarios that are meant, with the same settings, and the same knowledge of what they do not settle.

    One with changes of its own is named by them: "salex: grants.per_call=2" is `salex-grants.per_call=2`. Its own
    changes win over the settings of all.

    Those in another currency than the first are converted, where rates say how.

    Args:
        wanted: scenarios that are meant.
        settings: changes to all of them.
        posterior: what is known of their parameters.
        without_own: the command, where it knows no outcomes of one's own, and refuses them.

    Raises:
        ScenarioError: with every fault of every scenario; also if two of them have one name, or if they are in two
            currencies that nothing converts.
    """
    known = posterior_of(posterior)
    chosen: dict[str, tuple[Chosen, scenarios.Scenario]] = {}
    faults: list[str] = []
    for one in wanted:
        try:
            scenario = load(one, settings, known)
        except scenarios.ScenarioError as error:
            faults.append(str(error))
            continue
        if scenario.name not in chosen:
            chosen[scenario.name] = one, scenario
        elif chosen[scenario.name][0] == one:
            faults.append(f"'{_called(one)}' is given twice; give each scenario once")
        else:
            faults.append(
                f"{_called(chosen[scenario.name][0])} and {_called(one)} are both called '{scenario.name}', the stem "
                "of their files, so tables could not tell them apart; rename one of the files"
            )
    if faults:
        raise scenarios.ScenarioError("\n".join(dict.fromkeys(faults)))
    made = in_one_currency([scenario for _, scenario in chosen.values()])
    check_same_outcomes(made)
    if without_own and made[0].outcomes is not None:
        raise scenarios.ScenarioError(f"{without_own} {KNOWS_NONE} ({made[0].outcomes.name})")
    return made


def load(
    wanted: Chosen, settings: Settings, posterior: scenarios.Posterior | None, moved: Sequence[str] = ()
) -> scenarios.Scenario:
    """One scenario that is meant; see `choose`. What is `moved` wins over all else, and is not in its name."""
    shared = [f"{key}={value}" for key, value in settings.items()] if isinstance(settings, Mapping) else list(settings)
    source, own = apart(wanted)
    texts = [*_without(shared, [*own, *moved]), *_without(own, moved), *moved]
    rules, texts = rules_apart(texts)
    outcomes, texts = outcomes_apart(texts)
    scenario = _loaded(source, own, texts, posterior)
    if outcomes is not None:
        scenario = scenario.with_outcomes(outcomes)
    return scenario if rules is None else scenario.with_rules(rules)


def check_same_outcomes(several: Sequence[scenarios.Scenario]) -> None:
    """See that the same outcomes are counted in all scenarios of a question.

    Raises:
        ScenarioError: if not, with those that differ.
    """
    files = {one.outcomes: one.name for one in several}
    if len(files) > 1:
        said = [f"{name}: {'the shipped ones only' if own is None else own.name}" for own, name in files.items()]
        raise scenarios.ScenarioError(
            f"scenarios that are compared count different outcomes ({'; '.join(said)}); name one file for all of them, "
            "with --outcomes FILE"
        )


def _loaded(
    source: Chosen, own: Sequence[str], texts: Sequence[str], posterior: scenarios.Posterior | None
) -> scenarios.Scenario:
    if isinstance(source, scenarios.Scenario):
        pairs = (text.partition("=")[::2] for text in texts)
        changes = {key.strip(): scenarios.parse_value(key.strip(), value.strip()) for key, value in pairs}
        return scenarios.replace(source, changes) if changes else source
    scenario = scenarios.load(source, texts, posterior)
    if not own:
        return scenario
    changed = {"name": _named(scenario.name, own), "title": f"{scenario.title} with {', '.join(_plain(own))}"}
    return scenario.model_copy(update=changed)


def name_of(given: str) -> str:
    """What the scenario of a name, or a file, is called, with the changes that stand beside it."""
    source, own = apart(given)
    assert isinstance(source, str)
    return _named(Path(source).stem, own)


def _named(stem: str, own: Sequence[str]) -> str:
    return "-".join([stem, *(re.sub(r"[^\w.=+-]+", "_", change) for change in _plain(own))])


def _plain(own: Sequence[str]) -> list[str]:
    """Changes as they are named: without blanks, and a file of rules or outcomes without its folder."""
    pairs = [re.split(r"\s*=\s*", text.strip(), maxsplit=1) for text in own]
    return ["=".join([key, *([Path(value[0]).name] if key in (RULES, OUTCOMES) else value)]) for key, *value in pairs]


def _without(texts: Sequence[str], others: Sequence[str]) -> list[str]:
    """Changes of keys that the others do not change."""
    keys = {text.partition("=")[0].strip() for text in others}
    return [text for text in texts if text.partition("=")[0].strip() not in keys]


def left_out(wanted: Sequence[Chosen], chosen: Sequence[scenarios.Scenario]) -> list[str]:
    """What was observed of networks, and is not said of them as the settings have made them; a sentence each.

    Args:
        wanted: as the scenarios were given.
        chosen: the same, with settings.
    """
    said = []
    for one, made in zip(wanted, chosen, strict=True):
        source, _ = apart(one)
        original = source if isinstance(source, scenarios.Scenario) else scenarios.load(source)
        said.append(left_out_sentence(original, made))
    return [sentence for sentence in said if sentence]


def converted(wanted: Sequence[Chosen], settings: Settings, chosen: Sequence[scenarios.Scenario]) -> list[str]:
    """Scenarios whose amounts are converted to the currency of the first; a sentence each.

    Args:
        wanted: as the scenarios were given.
        settings: changes to all of them.
        chosen: what `choose` has made of them.
    """
    said: list[str] = []
    first = chosen[0].costs
    for given, made in zip(wanted[1:], chosen[1:], strict=True):
        before = load(given, settings, None).costs
        if before.currency != made.costs.currency:
            rate = as_num(f"{first.per_usd / before.per_usd:.4g}")
            said.append(told("converted.plan", plan=made.name, money=before.currency, rate=rate))
    return said


def baseline_of(wanted: str | None, given: Sequence[Chosen], chosen: Sequence[scenarios.Scenario]) -> str:
    """Name of the baseline: the first scenario, or the one wanted, named as it is called or as it was given.

    Raises:
        RequestError: if the one wanted is not among them.
    """
    names = [scenario.name for scenario in chosen]
    if wanted is None:
        return names[0]
    known = dict(zip([*map(_called, given), *names], [*names, *names], strict=True))
    if wanted not in known:
        hint = near_miss(wanted, names, "'") or f"; allowed: {', '.join(names)}"
        raise RequestError("baseline", f"baseline '{wanted}' is not among the scenarios compared{hint}")
    return known[wanted]


def budget_in(budget: float, scenario: scenarios.Scenario) -> float:
    """A budget in a scenario's currency, whatever it was given in.

    Raises:
        RequestError: if it is in another currency, and nothing says how to convert it.
    """
    try:
        return in_currency(budget, scenario.costs.currency, scenario.costs.rate)
    except AmountError as error:
        raise RequestError("budget", str(error)) from None


def converted_budget(budget: float | None, scenario: scenarios.Scenario) -> list[str]:
    """A sentence about a budget that was given in another currency than the scenario's; none for any other."""
    costs = scenario.costs
    if not isinstance(budget, Money) or costs.currency == USD or codes_of(budget.sign) != (USD,):
        return []  # any other is in the scenario's currency, or refused
    written, amount = budget.written, f"{budget_in(budget, scenario):,.10g}"
    return [told("converted.budget", written=written, amount=amount, rate=as_num(f"{costs.per_usd:.4g}"), money=USD)]


def _called(wanted: Chosen) -> str:
    return wanted.name if isinstance(wanted, scenarios.Scenario) else fspath(wanted)
