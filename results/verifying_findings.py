"""Whether the folder of a `check` or `calibrate` holds what the model gives: tables by hash, and work done again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from results.asking import believed_sets
from results.calibration import scorer
from results.columns import Columns
from results.findings import POSTERIOR
from results.folder import FolderError
from results.learned import Free
from results.notes import Notes
from results.recovery import RANKED, recover
from results.studies import Prediction, Replication
from results.survey_inputs import kept_studies, kept_surveys
from results.surveys import Surveyed
from results.verification import CLOSE, Examination
from results.verifying_surveys import verify_surveys
from scenarios import Posterior, ScenarioError, read_posterior
from scenarios.observed import Observed
from scenarios.posterior import WEIGHT

COMMANDS = ("check", "calibrate")


def verify_findings(check: Examination, sample: int | None) -> None:
    """Hold the tables against the manifest, and find some of what was found once more.

    Args:
        check: the folder.
        sample: about so many rows are found again, chosen at random; None finds all of them.
    """
    tables = {}
    for name, wanted in check.noted["tables"].items():
        if (columns := check.same_hash(name, wanted)) is not None:
            tables[name] = columns
    inputs = check.noted["inputs"]
    try:
        studies = [study for study in kept_studies(check.path, inputs) if study.patterns]
        surveys = kept_surveys(check.path, inputs)
    except (ScenarioError, OSError, KeyError, TypeError) as error:
        raise FolderError(f"{check.path} does not hold the studies that were asked: {error}") from None
    if inputs["command"] == "check":
        posterior = _posterior(check)
        if studies:
            _same_draws(check, studies, tables.get("draws.parquet"), posterior, sample)
        verify_surveys(check, surveys, posterior, tables, sample)
    elif inputs.get("recover"):
        _same_data_sets(check, studies, surveys, tables.get("recovery.parquet"), sample)
    else:
        _same_scores(check, studies, surveys, sample)
        _same_posterior(check, tables.get("particles.parquet"))


def _posterior(check: Examination) -> Posterior | None:
    """The posterior that was asked with."""
    asked = check.noted["inputs"]["posterior"]
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


def _same_posterior(check: Examination, particles: Columns | None) -> None:
    """The posterior that was learned is made of the particles."""
    if particles is None:
        return
    check.found.files += 1
    try:
        posterior = read_posterior(check.path / POSTERIOR)
    except ScenarioError as error:
        check.fault(f"{check.path / POSTERIOR} cannot be read: {error}")
        return
    keys = [key for key in particles if key != WEIGHT]
    weights = np.asarray(particles[WEIGHT], dtype=np.float64)
    order = np.argsort(-weights, kind="stable")
    values = np.stack([np.asarray(particles[key], dtype=np.float64) for key in keys], axis=1)[order]
    if posterior.keys != tuple(keys) or posterior.values.shape != values.shape:
        check.fault(f"{check.path / POSTERIOR} has other parameters or particles than were learned")
        return
    for row in range(len(values)):
        check.compare(f"{POSTERIOR}, row {row}", keys, posterior.values[row], values[row])
    if not np.allclose(posterior.weights, weights[order], rtol=CLOSE, atol=0):  # read, they are made to add up to 1
        check.fault(f"{check.path / POSTERIOR}: the weights are not those of the particles")


def _same_draws(
    check: Examination,
    studies: list[Observed],
    draws: Columns | None,
    posterior: Posterior | None,
    sample: int | None,
) -> None:
    inputs = check.noted["inputs"]
    if draws is None:
        check.fault(f"{check.path} has no draws.parquet that can be read")
        return
    sets, networks = believed_sets(posterior, inputs["networks"])
    studies_of, patterns_of = np.array(draws["study"]), np.array(draws["pattern"])
    particles_of, found = np.asarray(draws["particle"]), np.asarray(draws["found"], dtype=np.float64)
    check.found.of = len(found)
    rows = [(study, particle) for study in studies for particle in range(len(sets))]
    if sample is not None:
        each = max(1, round(len(found) / max(1, len(rows))))
        rows = [rows[place] for place in check.choose(len(rows), -(-sample // each)).tolist()]
    for study, particle in rows:
        replicates = range(particle * networks, (particle + 1) * networks)
        counts = Replication(study, inputs["seed"]).counts(sets[particle], replicates, {})
        for pattern in study.patterns:
            fresh = Prediction(pattern, study.name, counts[pattern.id][None], particle).draws.ravel()
            kept = found[(studies_of == study.name) & (patterns_of == pattern.id) & (particles_of == particle)]
            names = [f"virtual study {number}" for number in range(len(fresh))]
            if len(kept) != len(fresh):
                check.fault(f"{pattern.id}, particle {particle}: {len(kept)} virtual studies, not {len(fresh)}")
            else:
                check.compare(f"{pattern.id}, particle {particle}", names, kept, fresh)
            check.found.rows += len(fresh)
            check.progress(len(fresh))


def _free(inputs: Mapping[str, Any]) -> tuple[Free, ...]:
    from scenarios import KEYS

    return tuple(Free(key, low, high, KEYS[key].kind == "int") for key, (low, high) in inputs["free"].items())


def _same_scores(check: Examination, studies: list[Observed], surveys: list[Surveyed], sample: int | None) -> None:
    inputs = check.noted["inputs"]
    notes = Notes(check.path)
    notes.recall()
    names = list(notes.known)
    check.found.of = len(names)
    score = scorer(studies, networks=inputs["networks"], seed=inputs["seed"], surveys=surveys)
    chosen = range(len(names)) if sample is None else check.choose(len(names), max(1, sample // 10)).tolist()
    free = _free(inputs)
    for place in chosen:
        pairs = dict(pair.split("=") for pair in names[place].split(" "))
        particle = {one.key: one.value(float(pairs[one.key])) for one in free}
        stored, fresh = float(notes.known[names[place]]), score(particle)
        check.compare(f"particle {names[place]}", ["score"], np.array([stored]), np.array([fresh]))
        check.found.rows += 1
        check.progress(1)


def _same_data_sets(
    check: Examination,
    studies: list[Observed],
    surveys: list[Surveyed],
    kept: Columns | None,
    sample: int | None,
) -> None:
    if kept is None:
        check.fault(f"{check.path} has no recovery.parquet that can be read")
        return
    inputs, free = check.noted["inputs"], _free(check.noted["inputs"])
    check.found.of = inputs["recover"]
    again = check.found.of if sample is None else min(check.found.of, max(1, sample // 200))
    walk = recover(
        studies, free, data_sets=again, particles=inputs["particles"], networks=inputs["networks"],
        generations=inputs["generations_at_most"], surveys=surveys, seed=inputs["seed"],
    )  # fmt: skip
    for number, one in enumerate(walk):
        rows = np.asarray(kept["data_set"]) == number
        for name, fresh in (("truth", one.truth), ("low", one.low), ("high", one.high), ("rank", one.ranks)):
            stored = np.asarray(kept[name])[rows]
            check.compare(f"data set {number}, {name} among {RANKED}", [f.key for f in free], stored, fresh)
        check.found.rows += 1
        check.progress(1)
