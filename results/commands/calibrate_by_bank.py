"""`legato calibrate --method bank`: all networks are run first, and kept; what is learned is learned from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from time import monotonic

from results.calibrating.bank import documents as of_bank
from results.calibrating.bank.between_studies import between, from_the_prior, own_posteriors
from results.calibrating.bank.documents import BankDocument
from results.calibrating.bank.keeping import Bank, fill
from results.calibrating.bank.learning import MORE, SPARE, STEPS, Learner, learner
from results.calibrating.bank.left_out import predict
from results.calibrating.bank.sources import sources_of
from results.calibrating.documents import LearningDocument
from results.calibrating.posterior_summary import Calibration, Free
from results.commands.listener import Listener
from results.folders.parquet import Columns
from results.studies.findings_folder import FindingsFolder, open_findings
from results.studies.surveys import Surveyed
from results.words.table import Table
from scenarios.observed.study import Observed

BANK = "bank"
UNFINISHED = (
    "The last generation came before the posterior had settled: it is wider than it should be. "
    "Ask for more --generations."
)
UNSETTLED = "The chains had not settled: the posterior may be off. More --draws make it smoother."
ALONE = "There is one study only, so none could be left out."


@dataclass(frozen=True)
class Usual:
    """What is usual with a method.

    Attributes:
        particles: of the posterior (count).
        networks: run with each set of parameters (count).
    """

    particles: int
    networks: int


USUAL: Mapping[str, Usual] = {"abc-smc": Usual(200, 20), BANK: Usual(1000, 2)}


@dataclass(frozen=True)
class Asked:
    """What is asked of the parameters, read.

    Attributes:
        studies: that say something.
        surveys: of those that have one.
        free: parameters to be learned.
        inputs: what the run folder is told by.
    """

    studies: tuple[Observed, ...]
    surveys: tuple[Surveyed, ...]
    free: tuple[Free, ...]
    inputs: LearningDocument


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned, and what is said of it besides.

    Attributes:
        calibration: the particles.
        bank: what a bank says besides; None without one.
        tables: further tables for the folder.
        shown: those of them that are shown.
        sentences: further sentences.
        unfinished: what is said where the posterior is not what it should be.
    """

    calibration: Calibration
    bank: BankDocument | None = None
    tables: Mapping[str, Columns] = field(default_factory=dict)
    shown: Sequence[Table] = ()
    sentences: Sequence[str] = ()
    unfinished: str = UNFINISHED


def fill_bank(
    asked: Asked, folder: FindingsFolder, where: str | PathLike[str] | None, listener: Listener, workers: int | None
) -> Bank:
    """The bank, with as many draws as are asked; those that are there are not run again.

    Args:
        asked: what is.
        folder: of the calibration.
        where: the bank's folder; None is `bank/` in the folder of the calibration.
        listener: hears how it goes.
        workers: threads.
    """
    told = asked.inputs
    inputs = {"free": told["free"], "networks": told["networks"], "seed": told["seed"]}
    path = Path(where) if where else folder.path / BANK
    sources = sources_of(asked.studies, asked.surveys, asked.inputs["seed"])
    draws, began, done = asked.inputs["draws"], monotonic(), [0]
    with open_findings(path, BANK, asked.studies, inputs, listener.command_line) as there:
        with listener.progress(draws, "draws") as advance:

            def heard(more: int) -> None:
                done.append(more)
                advance(more)

            found = fill(
                there.path, asked.free, sources, draws=draws, networks=asked.inputs["networks"],
                seed=asked.inputs["seed"], workers=workers, progress=heard, said=listener.say,
            )  # fmt: skip
        there.folder.note(finished=True)
    made, took = sum(done[2:]), monotonic() - began
    if made:
        listener.say(f"{made:,} draws in {took:,.0f} s: {3600 * made / took:,.0f} an hour")
    return found


def learner_of(bank: Bank, asked: Asked, listener: Listener, workers: int | None) -> Learner:
    """Emulators of all that was simulated."""
    with listener.progress(len(bank.sources), "studies emulated") as advance:
        return learner(bank, seed=asked.inputs["seed"], workers=workers, progress=advance)


def learn_from_bank(
    asked: Asked, folder: FindingsFolder, where: str | PathLike[str] | None, listener: Listener, workers: int | None
) -> Learned:
    """Everything that a bank says: the posterior, each study predicted from the others, how far studies differ."""
    bank = fill_bank(asked, folder, where, listener, workers)
    learned = learner_of(bank, asked, listener, workers)
    seed, particles = asked.inputs["seed"], asked.inputs["particles"]
    with listener.progress(STEPS, "steps") as advance:
        walk = learned.walk(learned.findings, chains=round(SPARE * particles), seed=seed, progress=advance)
    if not walk.settled:
        listener.say("The chains have not settled yet, so they go on")
        walk = learned.walk_on(learned.findings, walk.states, steps=MORE, seed=seed)
    calibration = learned.calibration(walk.states, particles, settled=walk.settled)
    effective = len(calibration.values) * walk.effective / len(walk.states)
    roughly = [one for one in [of_bank.emulators_sentence(learned.emulators)] if one]
    if len(asked.studies) < 2:
        document = of_bank.bank_document(bank.draws, effective, learned.emulators, (), ())
        return Learned(calibration, document, sentences=(*roughly, ALONE), unfinished=UNSETTLED)
    with listener.progress(len(asked.studies), "studies left out") as advance:
        predicted = predict(learned, walk.states, seed=seed, progress=advance)
    with listener.progress(len(asked.studies), "studies by themselves") as advance:
        beforehand = from_the_prior(learned, seed=seed)
        own = own_posteriors(learned, beforehand, seed=seed, progress=advance)
    apart = between(learned, own, beforehand)
    return Learned(
        calibration,
        of_bank.bank_document(bank.draws, effective, learned.emulators, predicted, apart),
        {"left_out": of_bank.left_out_columns(predicted), "between_studies": of_bank.between_columns(apart, own)},
        (of_bank.left_out_table(predicted),),
        (*roughly, of_bank.left_out_sentence(predicted), of_bank.between_sentence(apart)),
        UNSETTLED,
    )
