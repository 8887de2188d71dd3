"""The scenarios of a run, written into its folder: what they say is not lost when their files change or go.

Their own rules and outcomes are written there too, and read as text.
"""

from collections.abc import Sequence
from pathlib import Path

from results.folders.files import write
from scenarios import (
    OwnOutcomes,
    OwnRules,
    Posterior,
    Scenario,
    load,
    read_posterior,
    to_toml,
    value_of,
    write_posterior,
)
from scenarios.schema.own_files import as_kept, own_file_read
from simulation.outcomes import Outcomes
from simulation.own_outcomes.catalogue import outcomes_of

INPUTS = "inputs"
_ROSTER = {
    "members.file": "members",
    "members.ties": "ties",
    "members.contacts": "contacts",
    "members.introductions": "introductions",
    "members.groups": "groups",
    "members.collaborations": "collaborations",
    "members.attendance": "attendance",
    "members.representatives": "representatives",
    "network.so_far": "so-far",
}
_NAMED = b"# name: "
_MOST_READ = 4
_OUTCOMES = "-outcomes.py"
_READ: dict[tuple[str, bytes], Posterior] = {}


def write_inputs(folder: Path, scenarios: Sequence[Scenario]) -> None:
    """Write each scenario as `<name>.toml`, and beside it what it read of a real network, and its posterior."""
    for scenario in scenarios:
        copies = {}
        for key, what in _ROSTER.items():
            if scenario.roster is not None and (original := value_of(scenario, key)):
                copies[key] = f"{scenario.name}-{what}.csv"
                write(folder / copies[key], Path(original).read_bytes())
        write(folder / f"{scenario.name}.toml", to_toml(scenario, copies).encode())
        own = folder / _rules_of(scenario.name)
        if scenario.rules is None:
            own.unlink(missing_ok=True)
        else:
            write(own, as_kept(scenario.rules).encode())
        counted = folder / _outcomes_of(scenario.name)
        if scenario.outcomes is None:
            counted.unlink(missing_ok=True)
        else:
            write(counted, as_kept(scenario.outcomes).encode())
        file = folder / _posterior_of(scenario.name)
        if scenario.posterior is None:
            file.unlink(missing_ok=True)  # of a run that was stopped before it kept anything
        else:
            named = _NAMED + f"{scenario.posterior.name}\n".encode()
            write(file, named + write_posterior(scenario.posterior).encode())


def read_input(folder: Path, name: str) -> Scenario:
    """One of the scenarios of a run.

    Args:
        folder: the run's.
        name: of the scenario.

    Raises:
        ScenarioError: if it is not there, or cannot be read.
    """
    scenario = load(folder / INPUTS / f"{name}.toml", posterior=None)
    own = folder / INPUTS / _rules_of(name)
    if own.exists():
        scenario = scenario.with_rules(_rules(own))
    counted = folder / INPUTS / _outcomes_of(name)
    if counted.exists():
        scenario = scenario.with_outcomes(_outcomes(counted))
    file = folder / INPUTS / _posterior_of(name)
    return scenario.with_posterior(_posterior(file)) if file.exists() else scenario


def outcomes_in(folder: Path) -> Outcomes:
    """The outcomes of a run folder: the shipped ones, and those of one's own that it counts; only read."""
    own = next(iter(sorted((folder / INPUTS).glob(f"*{_OUTCOMES}"))), None)
    return outcomes_of(None if own is None else _outcomes(own))


def _posterior(file: Path) -> Posterior:
    """What a file holds; of the files read last, those with the same bytes are read once: each number is checked."""
    written = file.read_bytes()
    key = "" if written.startswith(_NAMED) else file.name, written  # else it is called after its file
    if key not in _READ:
        if len(_READ) == _MOST_READ:
            _READ.clear()
        _READ[key] = read_posterior(file)
    return _READ[key]


def _rules(file: Path) -> OwnRules:
    """The rules of a file, as text: they are run only where whoever runs them names them."""
    return own_file_read(OwnRules, file.name, file.read_bytes().decode())


def _outcomes(file: Path) -> OwnOutcomes:
    """The outcomes of a file, as text: what they are called is read, and nothing is run."""
    return own_file_read(OwnOutcomes, file.name, file.read_bytes().decode())


def _outcomes_of(name: str) -> str:
    return f"{name}{_OUTCOMES}"


def _rules_of(name: str) -> str:
    return f"{name}-rules.py"


def _posterior_of(name: str) -> str:
    return f"{name}-posterior.csv"
