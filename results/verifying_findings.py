"""Whether the folder of a `check` or `calibrate` holds what the model gives: tables by hash, and work done again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from results.asking import believed_sets
from results.calibration import scorer
from results.columns import Columns, columns_of, content_hash, read_table
from results.findings import POSTERIOR
from results.folder import FolderError
from results.inputs import read_input
from results.learned import Free
from results.notes import Notes
from results.recovery import RANKED, recover
from results.studies import Prediction, Replication
from results.verification import Examination
from scenarios import ScenarioError, read_posterior
from scenarios.observed import Observed, pattern_from

COMMANDS = ("check", "calibrate")


def verify_findings(check: Examination, sample: int | None) -> None:
    """Hold the tables against the manifest, and find some of what was found once more.

    Args:
        check: the folder.
        sample: about so many rows are found again, chosen at random; None finds all of them.
    """
    tables = _tables(check)
    studies = _studies(check)
    inputs = check.noted["inputs"]
    if inputs["command"] == "check":
        _same_draws(check, studies, tables.get("draws.parquet"), sample)
    elif inputs.get("recover"):
        _same_data_sets(check, studies, tables.get("recovery.parquet"), sample)
    else:
        _same_scores(check, studies, sample)


def _tables(check: Examination) -> dict[str, Columns]:
    """The tables that are what the manifest says."""
    found = {}
    for name, wanted in check.noted["tables"].items():
        check.found.files += 1
        try:
            columns = columns_of(read_table(check.path / name))
        except (OSError, ValueError) as error:
            check.fault(f"{check.path / name} cannot be read: {error}")
            continue
        if content_hash(columns) != wanted:
            check.fault(f"{check.path / name} is not as the manifest has it")
        found[name] = columns
    return found


def _studies(check: Examination) -> list[Observed]:
    """The studies as they were asked, from the folder alone."""
    inputs = check.noted["inputs"]
    try:
        return [
            Observed(
                name,
                name,
                read_input(check.path, name),
                frozenset(told["settled"]),
                tuple(pattern_from(one) for one in told["patterns"]),
            )
            for name, told in inputs["studies"].items()
            if told["patterns"]
        ]
    except (ScenarioError, KeyError, TypeError) as error:
        raise FolderError(f"{check.path} does not hold the studies that were asked: {error}") from None


def _same_draws(check: Examination, studies: list[Observed], draws: Columns | None, sample: int | None) -> None:
    if draws is None:
        return
    inputs = check.noted["inputs"]
    posterior = read_posterior(check.path / POSTERIOR) if inputs["posterior"] is not None else None
    if posterior is not None and posterior.sha256 != inputs["posterior"]["sha256"]:
        check.fault(f"{check.path / POSTERIOR} is not the posterior of the manifest")
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


def _same_scores(check: Examination, studies: list[Observed], sample: int | None) -> None:
    inputs = check.noted["inputs"]
    notes = Notes(check.path)
    notes.recall()
    names = list(notes.known)
    check.found.of = len(names)
    score = scorer(studies, networks=inputs["networks"], seed=inputs["seed"])
    chosen = range(len(names)) if sample is None else check.choose(len(names), max(1, sample // 10)).tolist()
    free = _free(inputs)
    for place in chosen:
        pairs = dict(pair.split("=") for pair in names[place].split(" "))
        particle = {one.key: one.value(float(pairs[one.key])) for one in free}
        stored, fresh = float(notes.known[names[place]]), score(particle)
        check.compare(f"particle {names[place]}", ["score"], np.array([stored]), np.array([fresh]))
        check.found.rows += 1
        check.progress(1)


def _same_data_sets(check: Examination, studies: list[Observed], kept: Columns | None, sample: int | None) -> None:
    if kept is None:
        return
    inputs, free = check.noted["inputs"], _free(check.noted["inputs"])
    check.found.of = inputs["recover"]
    again = check.found.of if sample is None else min(check.found.of, max(1, sample // 200))
    walk = recover(
        studies, free, data_sets=again, particles=inputs["particles"], networks=inputs["networks"],
        generations=inputs["generations_at_most"], seed=inputs["seed"],
    )  # fmt: skip
    for number, one in enumerate(walk):
        rows = np.asarray(kept["data_set"]) == number
        for name, fresh in (("truth", one.truth), ("low", one.low), ("high", one.high), ("rank", one.ranks)):
            stored = np.asarray(kept[name])[rows]
            check.compare(f"data set {number}, {name} among {RANKED}", [f.key for f in free], stored, fresh)
        check.found.rows += 1
        check.progress(1)
