"""Scenarios that are run beside each other are told apart by their names, in tables, files and folders."""

from collections.abc import Sequence

from scenarios.files.faults import ScenarioError
from scenarios.schema.scenario import Scenario


def check_names(scenarios: Sequence[Scenario], given: Sequence[str] = ()) -> None:
    """See that no two scenarios have one name.

    Args:
        scenarios: to be run beside each other.
        given: how each was asked for, such as the path of its file; the title of each if left out.

    Raises:
        ScenarioError: with each name that is given twice, and whose it is.
    """
    titles: dict[str, list[str]] = {}
    for scenario, asked in zip(scenarios, given or [f'"{one.title}"' for one in scenarios], strict=True):
        titles.setdefault(scenario.name, []).append(asked)
    faults = [
        f"{len(whose)} scenarios are called '{name}' ({', '.join(whose)}), so their networks could not be told apart; "
        "give each a name of its own: rename its file, or write scenarios.replace(scenario, {'name': ...})"
        for name, whose in titles.items()
        if len(whose) > 1
    ]
    if faults:
        raise ScenarioError("\n".join(faults))
