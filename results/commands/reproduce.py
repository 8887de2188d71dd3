"""`legato reproduce`: a run made again from its folder, or an archive of it, alone: the same bytes, or where not."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from results.commands import limits
from results.commands.again import asked_again, read_there, words_are_asked_again
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.request import Request
from results.commands.statement import Statement
from results.commands.verify import name_outcomes, name_rules
from results.folders.manifest import FolderError, Manifest, read_manifest
from results.reproducing.differences import SAID, Compared, compared
from results.reproducing.documents import ReproduceDocument, reproduce_document
from results.reproducing.environment import install_line, unlike
from results.reproducing.unpacking import ENDINGS, folder_of
from results.reproducing.words import reproduced
from scenarios.files.faults import RequestError


@dataclass(frozen=True)
class Reproduce(Request):
    """Does a run come out the same when it is made again from what its folder holds?

    Attributes:
        run: a run folder, or an archive of one: .zip, .tar.gz, .tgz, .tar.
        out: the folder of the run made again, a new or empty one; beside `run` if left out.
        rules_file: of rules, where the run has rules of its own: a program, which is run here too.
        outcomes_file: of outcomes, where the run counts outcomes of its own: likewise.
        anyway: whether it is made again although the model is another version.
        workers: threads, one for each processor if left out; nothing depends on it but the time.
    """

    LIMITS: ClassVar[limits.Limits] = limits.REPRODUCING

    run: str | PathLike[str]
    _: KW_ONLY
    out: str | PathLike[str] | None = None
    rules_file: str | PathLike[str] | None = None
    outcomes_file: str | PathLike[str] | None = None
    anyway: bool = False
    workers: int | None = None

    def answer(self, listener: Listener = HERE) -> "ReproduceAnswer":
        """Make it again, and hold every file against the one that was there.

        Raises:
            FolderError: if it is no finished run's folder, cannot be made again, or was made with another model.
            FailedError: if the work failed.
        """
        run = Path(self.run)
        out = self._out(run)
        with folder_of(run) as path:
            manifest = _manifest(path, self.anyway)
            if self.rules_file is not None:
                name_rules(self.rules_file)
            if self.outcomes_file is not None:
                name_outcomes(self.outcomes_file)
            there = read_there(path, manifest, out, self.workers)
            self._check_rules([one.name for one in there.several if one.rules is not None])
            self._check_outcomes([one.name for one in there.several if one.outcomes is not None])
            asked_again(there).answer(_Within(listener))
            words = words_are_asked_again(there)
            on_another = not manifest.is_of_this_machine
            found = compared(path, out, on_another=on_another, words=words)
        left = [*([] if words and not on_another else [SAID]), *(["networks/"] if on_another else [])]
        told = found, manifest, unlike(manifest), left, str(run), str(out)
        return ReproduceAnswer(reproduced(*told), reproduce_document(*told), compared=found, folder=out)

    def _out(self, run: Path) -> Path:
        """The folder that is filled: nothing may be there yet."""
        if self.out is None:
            name = run.resolve().name
            stem = next((name[: -len(end)] for end in ENDINGS if name.lower().endswith(end)), name)
            number, parent = 1, run.resolve().parent if run.is_absolute() else run.parent
            while (out := parent / f"{stem}-again{'' if number == 1 else f'-{number}'}").exists():
                number += 1
            return out
        out = Path(self.out)
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise RequestError("out", f"{out} is there, and not empty; a run is made again in a new folder")
        return out

    def _check_rules(self, names: list[str]) -> None:
        """See that somebody has named the rules that are going to be run."""
        if names and self.rules_file is None:
            raise RequestError(
                "rules_file",
                f"{self.run} was run with rules of its own (inputs/{names[0]}-rules.py), a program that is run only "
                f"where you name it: read it, then add --rules FILE with the same content",
            )

    def _check_outcomes(self, names: list[str]) -> None:
        """See that somebody has named the outcomes that are going to be counted."""
        if names and self.outcomes_file is None:
            raise RequestError(
                "outcomes_file",
                f"{self.run} counts outcomes of its own (inputs/{names[0]}-outcomes.py), a program that is run only "
                f"where you name it: read it, then add --outcomes FILE with the same content",
            )


def _manifest(path: Path, anyway: bool) -> Manifest:
    """The manifest of a run that can be made again.

    Raises:
        FolderError: if not, with the way out.
    """
    manifest = read_manifest(path)
    if not manifest.finished:
        raise FolderError(
            f"{path} holds a {manifest.command} that is not finished; go on with the command that began it"
        )
    if manifest.another_model and not anyway:
        line = install_line(manifest)
        get = f"; for the same one: {line}" if line else ""
        raise FolderError(f"{path} was made with {manifest.another_model}{get}; to see what differs here: --anyway")
    return manifest


class _Within(Listener):
    """Hears of the run that is made again; it is not gone on with where it is stopped."""

    def __init__(self, outer: Listener) -> None:
        self.command_line, self._outer = outer.command_line, outer

    def say(self, text: str) -> None:
        """Hand it on."""
        self._outer.say(text)

    @contextmanager
    def progress(
        self, total: int | None, what: str = "networks", also: Callable[[], Mapping[str, int]] = dict
    ) -> Iterator[Callable[[int], None]]:
        """Hand it on."""
        with self._outer.progress(total, what, also) as advance:
            yield advance


@dataclass(frozen=True, eq=False, repr=False)
class ReproduceAnswer(Statement):
    """Whether it came out the same.

    Attributes:
        compared: every file, and the first place where each differs.
        folder: of the run made again.
    """

    DOCUMENT: ClassVar[Any] = ReproduceDocument

    _: KW_ONLY
    compared: Compared
    folder: Path

    @property
    def is_good(self) -> bool:
        """Whether nothing differs."""
        return not self.compared.differences
