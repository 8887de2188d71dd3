"""Whether the folder of a `calibrate` holds what the model gives: scores, data sets and the posterior done again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from results.calibrating.abc_smc import scorer
from results.calibrating.bank.verify import verify_bank
from results.calibrating.posterior_summary import Free
from results.calibrating.recovery import RANKED, recover
from results.folders.examination import CLOSE, Examination
from results.folders.notes import Notes
from results.folders.parquet import Columns
from results.studies.findings_folder import POSTERIOR
from results.studies.kept_studies import studies_of
from results.studies.surveys import Surveyed
from scenarios import KEYS, ScenarioError, read_posterior
from scenarios.observed.study import Observed
from scenarios.reading.posterior_file import WEIGHT


def verify_calibration(check: Examination, sample: int | None) -> None:
    """Hold the tables against the manifest, and score some particles, or learn from some data sets, again.

    Args:
        check: the folder.
        sample: one particle in 10, or one data set in 200, of so many is done again, chosen at random; None does all.
    """
    tables = check.tables_as_noted()
    studies, surveys = studies_of(check)
    if check.manifest.inputs.get("method") == "bank":
        verify_bank(check, check.path / "bank", studies, surveys, sample)
        _same_posterior(check, tables.get("particles.parquet"))
    elif check.manifest.inputs.get("recover"):
        _same_data_sets(check, studies, surveys, tables.get("recovery.parquet"), sample)
    else:
        _same_scores(check, studies, surveys, sample)
        _same_posterior(check, tables.get("particles.parquet"))


def _free(inputs: Mapping[str, Any]) -> tuple[Free, ...]:
    return tuple(Free(key, low, high, KEYS[key].kind == "int") for key, (low, high) in inputs["free"].items())


def _same_scores(check: Examination, studies: list[Observed], surveys: list[Surveyed], sample: int | None) -> None:
    inputs = check.manifest.inputs
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
    inputs, free = check.manifest.inputs, _free(check.manifest.inputs)
    check.found.of = inputs["recover"]
    again = check.found.of if sample is None else min(check.found.of, max(1, sample // 200))
    walk = recover(
        studies, free, data_sets=again, particles=inputs["particles"], networks=inputs["networks"],
        generations=inputs["generations_at_most"], surveys=surveys, seed=inputs["seed"],
        emulate=bool(inputs.get("emulate")),
    )  # fmt: skip
    for number, one in enumerate(walk):
        rows = np.asarray(kept["data_set"]) == number
        for name, fresh in (("truth", one.truth), ("low", one.low), ("high", one.high), ("rank", one.ranks)):
            stored = np.asarray(kept[name])[rows]
            check.compare(f"data set {number}, {name} among {RANKED}", [f.key for f in free], stored, fresh)
        check.found.rows += 1
        check.progress(1)


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
