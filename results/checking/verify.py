"""Whether the folder of a `check` holds what the model gives: tables by hash, and virtual studies done again."""

import numpy as np

from results.checking.pattern_skill import pattern_skills
from results.checking.skill_documents import pattern_skill_columns
from results.checking.verify_surveys import verify_surveys
from results.folders.examination import Examination
from results.folders.folder import FolderError
from results.folders.parquet import Columns
from results.studies.choosing_studies import believed_sets
from results.studies.findings_folder import POSTERIOR
from results.studies.kept_studies import studies_of
from results.studies.virtual_studies import Prediction, Replication
from scenarios import Posterior, ScenarioError, read_posterior
from scenarios.observed.study import Observed

SKILL = "pattern-skill.parquet"


def verify_check(check: Examination, sample: int | None) -> None:
    """Hold the tables against the manifest, and draw some of the virtual studies and surveyed networks again.

    Args:
        check: the folder.
        sample: about so many rows are found again, chosen at random; None finds all of them.
    """
    tables = check.tables_as_noted()
    studies, surveys = studies_of(check)
    posterior = _posterior(check)
    if studies:
        fresh = _same_draws(check, studies, tables.get("draws.parquet"), posterior, sample)
        if sample is None and fresh:
            _same_skill(check, fresh, tables.get(SKILL))
    verify_surveys(check, surveys, posterior, tables, sample)


def _posterior(check: Examination) -> Posterior | None:
    """The posterior that was asked with."""
    asked = check.manifest.inputs["posterior"]
    if asked is None:
        return None
    check.found.files += 1
    try:
        posterior = read_posterior(check.path / POSTERIOR)
    except ScenarioError as error:
        raise FolderError(f"{check.path / POSTERIOR} cannot be read: {error}") from None
    if posterior.sha256 != asked["sha256"]:
        check.fault(f"{check.path / POSTERIOR} is not the posterior of the manifest")
    return posterior


def _same_draws(
    check: Examination,
    studies: list[Observed],
    draws: Columns | None,
    posterior: Posterior | None,
    sample: int | None,
) -> list[Prediction]:
    """Hold the virtual studies against some drawn again; what was, a prediction for each pattern and set."""
    inputs = check.manifest.inputs
    again: list[Prediction] = []
    if draws is None:
        check.fault(f"{check.path} has no draws.parquet that can be read")
        return again
    sets, networks = believed_sets(posterior, inputs["networks"], studies)
    of_study, of_pattern = np.array(draws["study"]), np.array(draws["pattern"])
    particles_of, found = np.asarray(draws["particle"]), np.asarray(draws["found"], dtype=np.float64)
    check.found.of = len(found)
    rows = [(study, particle) for study in studies for particle in range(len(sets))]
    if sample is not None:
        each = max(1, round(len(found) / max(1, len(rows))))
        rows = [rows[place] for place in check.choose(len(rows), -(-sample // each)).tolist()]
    for study, particle in rows:
        replicates = range(particle * networks, (particle + 1) * networks)
        counts = Replication(study, inputs["seed"]).counts(sets[particle], replicates, {}, particle)
        for pattern in study.patterns:
            again.append(Prediction(pattern, study.name, counts[pattern.id][None], particle))
            fresh = again[-1].draws.ravel()
            kept = found[(of_study == study.name) & (of_pattern == pattern.id) & (particles_of == particle)]
            names = [f"virtual study {number}" for number in range(len(fresh))]
            if len(kept) != len(fresh):
                check.fault(f"{pattern.id}, particle {particle}: {len(kept)} virtual studies, not {len(fresh)}")
            else:
                check.compare(f"{pattern.id}, particle {particle}", names, kept, fresh)
            check.found.rows += len(fresh)
            check.progress(len(fresh))
    return again


def _same_skill(check: Examination, again: list[Prediction], kept: Columns | None) -> None:
    """Hold the skill of patterns against what all virtual studies drawn again come to."""
    if kept is None:
        check.fault(f"{check.path} has no {SKILL} that can be read")
        return
    parts: dict[tuple[str, str], list[Prediction]] = {}
    for one in again:
        parts.setdefault((one.study, one.pattern.id), []).append(one)
    whole = [
        Prediction(some[0].pattern, some[0].study, np.concatenate([one.counts for one in some]))
        for some in parts.values()
    ]
    check.same_columns(SKILL, kept, pattern_skill_columns(pattern_skills(whole)))
