"""`legato export`: one network as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal.options import wanted_posterior
from terminal.printing import print_json, print_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scenarios import Scenario


def export(
    source: str, settings: tuple[str, ...], posterior: str | None, fixed: bool, *, form: str, scenario: str | None,
    month: int | None, replicate: int, seed: int | None, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """The whole command."""
    import simulation
    from results.exporting.formats import FORMS, formulas, present, ties_among
    from results.words.document import parameters_document
    from results.words.varying import lived_with

    chosen, luck = source_of(source, settings, scenario, posterior, fixed, seed=seed, replicate=replicate)
    at = chosen.reporting_month if month is None else month
    if at > chosen.last_month:
        raise click.BadParameter(f"{at}; allowed is 0 to {chosen.last_month}, the last month", param_hint="--month")
    folder = Path(f"{chosen.name}-{form}") if out is None else out
    (snapshot,) = simulation.portray(chosen, seed=luck, replicate=replicate, months=[at])
    files = FORMS[form](snapshot)
    _write(folder, files)
    ties = len(ties_among(snapshot))
    members, left = len(present(snapshot)), len(snapshot.members) - len(present(snapshot))
    if as_json:
        return print_json({
            "scenario": chosen.name, "seed": luck, "replicate": replicate, "month": at, "members": members,
            "left": left, "ties": ties, "files": [str(folder / name) for name in files],
            "parameters": parameters_document([chosen], 1),
        })  # fmt: skip
    if form == "csv" and (risky := formulas(snapshot)):
        click.echo(f"A spreadsheet would take these names for formulas: {', '.join(map(repr, risky[:5]))}", err=True)
    gone = f", {left} more have left" if left else ""
    return print_lines(
        [
            f"{chosen.name}, network {replicate} of seed {luck} at the end of month {at}: {members} members{gone}, "
            f"{ties} ties.",
            lived_with(chosen, replicate),
            f"Written: {', '.join(str(folder / name) for name in files)}",
        ]
    )


def source_of(
    source: str, settings: tuple[str, ...], wanted: str | None, posterior: str | None, fixed: bool, *,
    seed: int | None, replicate: int,
) -> tuple[Scenario, int]:  # fmt: skip
    """The scenario that is meant, and the seed that goes with it; what is wrong is said as wrong use."""
    from results.comparing.choosing_scenarios import choose
    from results.folders.manifest import MANIFEST, FolderError, read_manifest
    from scenarios import ScenarioError
    from scenarios.files.faults import near_miss
    from scenarios.reading.posterior_file import posterior_of

    try:
        if not (Path(source) / MANIFEST).is_file():
            if wanted is not None:
                raise click.UsageError(f"--scenario chooses among those of a run folder, and {source} is none")
            (chosen,) = choose([source], settings, posterior_of(wanted_posterior(posterior, fixed)))
            return chosen, 1 if seed is None else seed
        given = {"--set": settings, "--posterior": posterior, "--fixed": fixed}
        if unwanted := [option for option, said in given.items() if said]:
            raise click.UsageError(f"{source} has been run with the values it has; leave {unwanted[0]} out")
        inputs = read_manifest(Path(source)).inputs
        names = list(inputs["scenarios"])
        name = wanted or names[0]
        if name not in names:
            hint = near_miss(name, names) or f"; allowed: {', '.join(names)}"
            raise click.UsageError(f"--scenario: {source} has no scenario called '{name}'{hint}")
        luck = int(inputs.get("seed", 1)) if seed is None else seed
        return _run_of(Path(source), name, inputs, luck, replicate), luck
    except (FolderError, ScenarioError) as error:
        raise click.UsageError(str(error)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.UsageError(f"{source} cannot be read as a run's folder ({error})") from None


def _run_of(folder: Path, name: str, inputs: Mapping[str, Any], seed: int, replicate: int) -> Scenario:
    """A scenario of a run folder as it was run: of a survey it begins with the members' ties in the first wave."""
    from results.folders.inputs import read_input
    from results.studies.findings_folder import POSTERIOR
    from results.studies.kept_studies import kept_surveys, surveyed_network
    from scenarios import read_posterior

    surveys = kept_surveys(folder, inputs) if any("survey" in one for one in inputs.get("studies", {}).values()) else []
    for one in surveys:
        if one.study.name == name:
            known = read_posterior(folder / POSTERIOR) if inputs.get("posterior") else None
            return surveyed_network(one, known, replicate=replicate, seed=seed)
    return read_input(folder, name)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files; none that is there already is touched."""
    from results.folders.files import write

    there = [name for name in files if (folder / name).exists()]
    if there:
        raise click.UsageError(f"{folder / there[0]} is there already, and nothing is overwritten; give another --out")
    try:
        for name, content in files.items():
            write(folder / name, content)
    except OSError as error:
        raise click.ClickException(str(error)) from None
