"""Which scenarios are meant, and which of them is the baseline: everything that is wrong with the choice at once."""

from collections.abc import Sequence

import scenarios
from scenarios.files.faults import near_miss


def choose(
    names: Sequence[str], settings: Sequence[str], posterior: scenarios.Posterior | None
) -> tuple[scenarios.Scenario, ...]:
    """Load scenarios by name or path, with the same settings, and the same knowledge of what they do not settle.

    Raises:
        ScenarioError: with every fault of every scenario; also if two of them have one name.
    """
    chosen: dict[str, tuple[str, scenarios.Scenario]] = {}
    faults: list[str] = []
    for name in names:
        try:
            scenario = scenarios.load(name, list(settings), posterior)
        except scenarios.ScenarioError as error:
            faults.append(str(error))
            continue
        if scenario.name not in chosen:
            chosen[scenario.name] = name, scenario
        elif chosen[scenario.name][0] == name:
            faults.append(f"'{name}' is given twice; give each scenario once")
        else:
            faults.append(
                f"{chosen[scenario.name][0]} and {name} are both called '{scenario.name}', the stem of their files, so "
                "tables could not tell them apart; rename one of the files"
            )
    if faults:
        raise scenarios.ScenarioError("\n".join(dict.fromkeys(faults)))
    return tuple(scenario for _, scenario in chosen.values())


def left_out(names: Sequence[str], chosen: Sequence[scenarios.Scenario]) -> list[str]:
    """What was observed of networks, and is not said of them as the settings have made them; a sentence each.

    Args:
        names: as the scenarios were given.
        chosen: the same, with settings.
    """
    said = (scenarios.no_longer_observed(scenarios.load(name), one) for name, one in zip(names, chosen, strict=True))
    return [sentence for sentence in said if sentence]


def baseline_of(wanted: str | None, given: Sequence[str], chosen: Sequence[scenarios.Scenario]) -> str:
    """Name of the baseline: the first scenario, or the one wanted, named as it is called or as it was given.

    Raises:
        ScenarioError: if the one wanted is not among them.
    """
    names = [scenario.name for scenario in chosen]
    if wanted is None:
        return names[0]
    known = dict(zip([*given, *names], [*names, *names], strict=True))
    if wanted not in known:
        hint = near_miss(wanted, names, "'") or f"; allowed: {', '.join(names)}"
        raise scenarios.ScenarioError(f"baseline '{wanted}' is not among the scenarios compared{hint}")
    return known[wanted]
