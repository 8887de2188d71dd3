"""`legato emulate RUN`: response surfaces of a finished run by emulators, checked on held-out points, and a page."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from results.commands import limits
from results.commands.answer import Answer, keep_brief
from results.commands.briefed import Briefed
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.over_design import asked_outcomes
from results.emulating.documents import EmulateDocument, emulate_document
from results.emulating.surface_page import surface_page
from results.emulating.tables import tables_of
from results.emulating.trained import Trained, train
from results.emulating.verify import inputs_of
from results.emulating.words import effects_table, emulator_answer, emulator_notes, emulators_table
from results.folders.files import as_json, write
from results.folders.folder import claim
from results.folders.parquet import content_hash, write_parquet
from results.sweeping.given_inputs import RunPoints, read_points
from results.words.currency import amounts_in
from results.words.narrative import Said, said
from results.words.table import Table

PAGE = "surfaces.html"


@dataclass(frozen=True)
class Emulate(Briefed):
    """What does an outcome look like over all inputs of a finished run?

    An emulator of each outcome is learned from the run's points, by a Gaussian process or boosted trees, and checked on
    points held out. Nothing is simulated. The page `surfaces.html` shows response surfaces over any two inputs.

    Attributes:
        run: the folder of a finished sweep, of `compare`, over futures or not, or of `run`.
        outcomes: an emulator each.
        out: the run folder; a new one in runs/ if left out.
        figures: whether they are drawn.

    The other attributes are those of `Briefed`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.EMULATING

    run: str | PathLike[str]
    _: KW_ONLY
    outcomes: str | Sequence[str] = ("collaboration_rate",)
    out: str | PathLike[str] | None = None
    figures: bool = True

    def answer(self, listener: Listener = HERE) -> "EmulateAnswer":
        """Learn the emulators, check them, and write the page; everything is kept in a run folder of its own.

        Raises:
            FolderError: if the folder is none that emulators can be learned from.
            TooLittleError: if there are too few points, or nothing varies.
            MissingExtraError: if scikit-learn is not installed.
        """
        run = read_points(Path(self.run))
        outcomes = asked_outcomes(self.outcomes, run.outcomes)
        found = train(run, outcomes)
        with (
            amounts_in(run.bases[0].costs.currency),
            claim(Path(self.out) if self.out else None, inputs_of(run, outcomes), listener.command_line, run.bases)
            as folder,
        ):  # fmt: skip
            tables = tables_of(found)
            for name, columns in tables.items():
                write(folder.path / name, partial(write_parquet, columns))
            page = folder.path / PAGE
            document = emulate_document(run, found)
            write(folder.path / "emulate.json", as_json(document))
            write(page, surface_page(run, found).encode())
            if self.figures:
                from results.figures import draw_emulated

                for one in found:
                    draw_emulated(one, folder.path / "figures")
            hashes = {name: content_hash(columns) for name, columns in tables.items()}
            folder.note(finished=True, tables=hashes, content="".join(hashes.values()))
            what = _said(run, found)
            keep_brief(folder.path, what, listener, self.head)
        return EmulateAnswer(
            what, {**document, "page": str(page)}, folder.path,
            f"To look at it: open {page} in a browser; it needs neither a server nor internet.",
            emulators=found,
        )  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class EmulateAnswer(Answer):
    """Emulators of a finished run.

    Attributes:
        emulators: one for each outcome and plan.
    """

    TABLE: ClassVar[str] = "surfaces"
    DOCUMENT: ClassVar[Any] = EmulateDocument

    _: KW_ONLY
    emulators: tuple[Trained, ...]


def _said(run: RunPoints, found: Sequence[Trained]) -> Said:
    body: list[Table | Sequence[str]] = [emulators_table(found)]
    body += [table for one in found if (table := effects_table(one)) is not None]
    return said([emulator_answer(one) for one in found], body, emulator_notes(run, found))
