"""`legato sensitivity RUN` of a run that was not designed for it: which inputs matter, from what is there already."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import Field

from results.commands.answer import Answer, keep_brief
from results.commands.listener import Listener
from results.commands.simulating import check_outcomes
from results.deciding import words as deciding_words
from results.deciding.documents import InformationDocument, known_document
from results.deciding.robustness import NoFutureError, futures_of, judge
from results.deciding.worth_knowing import Information, worth_knowing
from results.folders.files import as_json, write
from results.folders.folder import claim
from results.folders.manifest import Manifest, read_manifest
from results.folders.parquet import content_hash, write_parquet
from results.sweeping.given_analysis import GivenAnalysis, analyse, emulated_columns, influence_columns
from results.sweeping.given_documents import GivenDocument, given_document
from results.sweeping.given_inputs import RunPoints, read_points
from results.sweeping.given_verify import EMULATED, TABLE, inputs_of
from results.sweeping.given_words import emulator_sentence, emulator_tables, given_answer, given_notes, given_table
from results.sweeping.sweep_folder import is_swept
from results.words.currency import amounts_in
from results.words.heading import Heading
from results.words.narrative import Said, said
from results.words.table import Table
from scenarios.files.faults import RequestError

DESIGNED = ("sobol", "morris")


class GivenRunDocument(GivenDocument):
    """What `sensitivity RUN --json` prints of a run that was not designed for it."""

    worth_knowing: Annotated[
        list[InformationDocument],
        Field(description="what it would be worth to know before one chooses among plans, by outcome"),
    ]


def was_designed(run: Path) -> bool:
    """Whether a folder holds a design that was made for sensitivity, which has an analysis of its own."""
    manifest: Manifest = read_manifest(run)
    return is_swept(manifest.inputs) and manifest.inputs["design"]["kind"] in DESIGNED


def answer_of_run(
    there: Path, outcomes: Sequence[str], *, out: str | PathLike[str] | None, figures: bool, head: Heading,
    listener: Listener,
) -> "GivenAnswer":  # fmt: skip
    """Read a finished run, and say which of its inputs matter; kept in a run folder of its own.

    Raises:
        FolderError: if the folder is none that can be analysed.
        TooLittleError: if nothing can be said of it.
    """
    run = read_points(there)
    if not outcomes:
        raise RequestError("outcomes", "none is named; name one or more")
    outcomes = check_outcomes("outcomes", outcomes, run.outcomes)
    found = analyse(run, outcomes, emulator=True)
    known = _known(run, outcomes)
    inputs = inputs_of(run, outcomes)
    with (
        amounts_in(run.bases[0].costs.currency),
        claim(Path(out) if out else None, inputs, listener.command_line, run.bases) as folder,
    ):
        document: GivenRunDocument = {
            **given_document(run, found),
            "worth_knowing": [known_document(outcome, one) for outcome, one in known.items()],
        }
        tables = {TABLE: influence_columns(found)}
        if len((emulated := emulated_columns(found))["key"]):
            tables[EMULATED] = emulated
        for name, columns in tables.items():
            write(folder.path / name, partial(write_parquet, columns))
        write(folder.path / "sensitivity.json", as_json(document))
        if figures:
            from results.figures import draw_given

            for one in found:
                draw_given(one, folder.path / "figures")
        hashes = {name: content_hash(columns) for name, columns in tables.items()}
        folder.note(finished=True, tables=hashes, content=hashes[TABLE])
        what = _said(run, found, known)
        keep_brief(folder.path, what, listener, head)
    return GivenAnswer(what, document, folder.path, analyses=found, information=known)


@dataclass(frozen=True, eq=False, repr=False)
class GivenAnswer(Answer):
    """Which inputs of a finished run matter.

    Attributes:
        analyses: one for each outcome and plan.
        information: outcome -> what it would be worth to know before choosing a plan; empty where there is no choice.
    """

    DOCUMENT: ClassVar[Any] = GivenRunDocument
    TABLE: ClassVar[str] = "sensitivity"

    _: KW_ONLY
    analyses: tuple[GivenAnalysis, ...]
    information: dict[str, Information]


def _known(run: RunPoints, outcomes: Sequence[str]) -> dict[str, Information]:
    """What it would be worth to know, of each outcome by which plans can be judged."""
    found = {}
    for outcome in outcomes if run.plans else ():
        try:
            judged = judge(run.response(outcome))
        except NoFutureError:
            continue
        found[outcome] = worth_knowing(judged, futures_of(run.design), seed=run.seed)
    return found


def _said(run: RunPoints, found: Sequence[GivenAnalysis], known: dict[str, Information]) -> Said:
    body: list[Table | Sequence[str]] = []
    for number, one in enumerate(found):
        body += [[given_answer(one)]] if number else []
        body += [given_table(one)] if one.influences else []
        body += [[emulator_sentence(one)], *emulator_tables(one)]
    for outcome, worth in known.items():
        table = deciding_words.worth_table(worth, outcome)
        body += [table] if table and any(key.worth for key in worth.keys) else []
        body += [groups] if (groups := deciding_words.group_table(worth, outcome)) else []
    answer = [given_answer(found[0])]
    answer += [
        deciding_words.worth_of_keys(one, outcome, [factor.key for factor in run.inputs.factors])
        for outcome, one in known.items()
    ]
    return said(answer, body, given_notes(run, found))
