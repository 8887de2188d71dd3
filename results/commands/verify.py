"""`legato verify`: whether a run folder holds what the model gives."""

from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from results.commands import limits
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.commands.request import Request
from results.commands.statement import Statement
from results.folders.examination import Verification
from results.verifying.documents import VerifyDocument, verify_document
from results.verifying.verify import verify
from results.verifying.words import verified
from scenarios.files.faults import FailedError


class ReadError(FailedError, OSError):
    """A run folder with files that cannot be read."""


@dataclass(frozen=True)
class Verify(Request):
    """Does a run folder hold what the model gives?

    Attributes:
        folder: of any command that fills one.
        everything: whether every row is run again, not a sample.
        sample: rows to run again, chosen at random (count).
        seed: of that choice.
        rules_file: of rules, where the run has rules of its own: a program, which is run here too.
        outcomes_file: of outcomes, where the run counts outcomes of its own: likewise.
    """

    LIMITS: ClassVar[limits.Limits] = limits.VERIFYING

    folder: str | PathLike[str]
    _: KW_ONLY
    everything: bool = False
    sample: int = 200
    seed: int = 1
    rules_file: str | PathLike[str] | None = None
    outcomes_file: str | PathLike[str] | None = None

    def answer(self, listener: Listener = HERE) -> "VerifyAnswer":
        """Check the files against the journal, and rows against networks that are run again.

        Raises:
            FolderError: if it is no run's folder, is not finished, or was made with another version of the model.
            ReadError: if files in it cannot be read.
        """
        folder = Path(self.folder)
        if self.rules_file is not None:
            name_rules(self.rules_file)
        if self.outcomes_file is not None:
            name_outcomes(self.outcomes_file)
        compile_for("compiled", listener)
        try:
            with listener.progress(None) as advance:
                found = verify(folder, None if self.everything else self.sample, seed=self.seed, progress=advance)
        except OSError as error:
            raise ReadError(f"cannot read {folder}: {error}") from None
        document = verify_document(found, str(folder))
        return VerifyAnswer((tuple(verified(found, folder)),), document, verification=found)


def name_rules(file: str | PathLike[str]) -> None:
    """Let rules of this text be run, the very ones that a run folder keeps, or a file with the same content.

    Raises:
        ScenarioError: if they cannot be used.
    """
    from simulation.own_rules.loading import name_them
    from simulation.own_rules.rule_file import read_rules

    name_them(read_rules(file))


def name_outcomes(file: str | PathLike[str]) -> None:
    """Let outcomes of this text be run, the very ones that a run folder keeps, or a file with the same content.

    Raises:
        ScenarioError: if they cannot be used.
    """
    from simulation.own_outcomes.loading import name_them
    from simulation.own_outcomes.outcome_file import read_outcomes

    name_them(read_outcomes(file))


@dataclass(frozen=True, eq=False, repr=False)
class VerifyAnswer(Statement):
    """Whether the folder holds.

    Attributes:
        verification: what was checked, and what was found.
    """

    DOCUMENT: ClassVar[Any] = VerifyDocument

    _: KW_ONLY
    verification: Verification

    @property
    def is_good(self) -> bool:
        """Whether it holds."""
        return self.verification.holds
