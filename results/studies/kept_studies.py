"""The tables of surveys, kept in the run folder: verifying and exporting need nothing but the folder."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from results.folders.examination import Examination
from results.folders.files import file_hash, write
from results.folders.folder import FolderError
from results.folders.inputs import INPUTS, read_input
from results.studies.survey_networks import APART, imputations_of
from results.studies.surveys import Surveyed, read_surveys
from scenarios import Posterior, Scenario, ScenarioError
from scenarios.observed.beginning import at_wave
from scenarios.observed.reporting import Reporting
from scenarios.observed.study import Observed, Survey, pattern_from
from scenarios.observed.uncertain import UncertainSetting

TABLES = ("members", "ties", "answered")


def keep_surveys(folder: Path, studies: Sequence[Observed]) -> None:
    """Copy the tables of the surveys into the run folder `folder`."""
    for study in studies:
        for table in TABLES if study.survey else ():
            if file := getattr(study.survey, table):
                write(folder / INPUTS / _copy_of(study.name, table), Path(file).read_bytes())


def told_of(survey: Survey) -> dict[str, Any]:
    """A survey as JSON values: the hashes of its tables, and how they are read."""
    tables = {name: file_hash(Path(file)) for name in TABLES if (file := getattr(survey, name))}
    return {
        **tables,
        "levels": list(survey.levels) if survey.levels else None,
        "tied_from": survey.tied_from,
        "rule": survey.rule,
        "asks": survey.asks,
        "begins": survey.begins,
        "reports": asdict(survey.reports) if survey.reports else None,
    }


def kept_studies(folder: Path, inputs: Mapping[str, Any]) -> list[Observed]:
    """The studies that a run folder was asked about, by the folder alone; surveys by the copies of their tables.

    Raises:
        ScenarioError, KeyError, TypeError: if the folder does not hold them.
    """
    return [
        Observed(
            name,
            name,
            read_input(folder, name),
            frozenset(told["settled"]),
            tuple(pattern_from(one) for one in told["patterns"]),
            _survey(folder, name, told.get("survey")),
            uncertain=tuple(UncertainSetting(**one) for one in told.get("uncertain", ())),
        )
        for name, told in inputs["studies"].items()
    ]


def kept_surveys(folder: Path, inputs: Mapping[str, Any]) -> list[Surveyed]:
    """Those of the studies that have a survey, with its waves.

    Raises:
        ScenarioError, KeyError, TypeError: if the folder does not hold them, or a table is not the one that was asked.
    """
    asked = [study for study in kept_studies(folder, inputs) if study.survey]
    for study in asked:
        if (survey := study.survey) is None:
            continue
        for table in TABLES:
            file = getattr(survey, table)
            if file and file_hash(Path(file)) != inputs["studies"][study.name]["survey"][table]:
                raise ScenarioError(f"{file} is not the table that was asked")
    return list(read_surveys(asked, hold_out=bool(inputs.get("hold_out", False))))


def studies_of(check: Examination) -> tuple[list[Observed], list[Surveyed]]:
    """The studies with patterns, and the surveys, of a folder under examination.

    Raises:
        FolderError: if the folder does not hold them.
    """
    inputs = check.manifest.inputs
    try:
        studies = [study for study in kept_studies(check.path, inputs) if study.patterns]
        return studies, kept_surveys(check.path, inputs)
    except (ScenarioError, OSError, KeyError, TypeError) as error:
        raise FolderError(f"{check.path} does not hold the studies that were asked: {error}") from None


def surveyed_network(one: Surveyed, posterior: Posterior | None, *, replicate: int, seed: int) -> Scenario:
    """The scenario of simulated network `replicate` of a survey, as `survey_networks.simulate` numbers them."""
    begun, number = divmod(replicate, APART)
    if begun >= len(one.waves.months) - 1:
        raise ScenarioError(
            f"replicate is {replicate}, but networks begin at {len(one.waves.months) - 1} waves: allowed is a number "
            f"below {APART:,} plus {APART:,} for each wave after the first"
        )
    imputation = number % imputations_of(one.waves, begun)
    return at_wave(one.scenario(posterior), one.waves, begun, imputation, seed).scenario


def _survey(folder: Path, name: str, told: Mapping[str, Any] | None) -> Survey | None:
    if told is None:
        return None
    files = {table: str(folder / INPUTS / _copy_of(name, table)) if table in told else None for table in TABLES}
    levels = tuple(told["levels"]) if told["levels"] else None
    return Survey(
        files["members"] or "", files["ties"] or "", files["answered"], levels, told["tied_from"], told["rule"],
        told["asks"], told["begins"], Reporting(**told["reports"]) if told["reports"] else None,
    )  # fmt: skip


def _copy_of(name: str, table: str) -> str:
    return f"{name}-survey-{table}.csv"
