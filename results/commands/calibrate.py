"""`legato calibrate`: what happened says of the parameters; and whether parameters that are known are found again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from results.calibrating import abc_smc, documents, recovery
from results.calibrating.abc_smc import Set
from results.calibrating.bank import recovering
from results.calibrating.documents import LearningDocument
from results.calibrating.emulated_score import EmulatedScore, check_emulators
from results.calibrating.likelihood import informative
from results.calibrating.posterior_summary import Calibration, Free, Generation, free_parameters
from results.commands import limits
from results.commands.answer import Answer, Draw, keep_brief
from results.commands.briefed import Briefed
from results.commands.calibrate_by_bank import BANK, USUAL, Asked, Learned, fill_bank, learn_from_bank, learner_of
from results.commands.findings import kept_in
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.comparing.choosing_scenarios import Settings
from results.datasets.inference import posterior_to_arviz
from results.folders.notes import Notes
from results.studies.choosing_studies import What, studies_of
from results.studies.findings_folder import POSTERIOR, FindingsFolder, open_findings, posterior_file
from results.studies.surveys import read_surveys
from results.words.narrative import said
from scenarios import Posterior
from scenarios.files.currencies import USD
from scenarios.files.faults import RequestError
from scenarios.observed.study import Observed
from scenarios.schema.keys import PRICES

RECOVER = "To see whether known parameters are found again: add --recover 20 to the same command."
MADE_UP = (
    "Each data set is what the studies would have found with parameters drawn from their priors; patterns that give "
    "only a direction are left out."
)
USE = "To use it: legato compare salex no-catalytic-funding --posterior {}"

NOTHING_TO_LEARN = "nothing that was observed has a size, so there is nothing to learn parameters from"


@dataclass(frozen=True)
class Learning(Briefed):
    """What is asked of the parameters, with `Calibrate` and with `Recover`.

    Attributes:
        observed: what happened: a TOML file with patterns or a survey, a folder with a survey's members.csv and
            ties.csv, the name of a shipped study, or "evidence" for all of them; or several of these.
        free: parameters to be learned: "KEY=LOW:HIGH", flat over the range before, or "KEY", over the range that
            `legato show` names as worth trying; "all" stands for every uncertain key that has one, and the name of a
            table, such as "behaviour", for those of it.
        method: "abc-smc", which runs networks for each set of parameters that it tries, for a few parameters; or
            "bank", which runs all networks first and then learns from them, for any number.
        settings: changes to the scenario of every study, as "KEY=VALUE" or by key.
        particles: sets of parameters that the posterior is made of (count); 200, or 1,000 with a bank.
        replicates: virtual networks run with each set (count): 20, with the same luck for all sets; with a bank 2, each
            with luck of its own.
        emulate: with "abc-smc", whether an emulator of the likelihood answers for sets that are implausible, or that it
            knows closely; networks are run for all others.
        generations: of "abc-smc", at the most; the last one is the posterior (count).
        draws: of "bank": sets of parameters that networks are run with (count).
        bank: of "bank": its folder, which may have been begun before, with fewer draws; one inside the run folder if
            left out.
        seed: of everything.
        out: the run folder; a new one in runs/ if left out.
        figures: whether they are drawn.
        workers: threads, one for each processor if left out; nothing depends on it but the time.

    The other attributes are those of `Briefed`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.CALIBRATING

    observed: What
    _: KW_ONLY
    free: Sequence[str]
    method: str = "abc-smc"
    settings: Settings = ()
    particles: int | None = None
    replicates: int | None = None
    generations: int = 10
    emulate: bool = False
    draws: int = 10_000
    bank: str | PathLike[str] | None = None
    seed: int = 1
    out: str | PathLike[str] | None = None
    figures: bool = True
    workers: int | None = None

    def _asked(self) -> Asked:
        """What is asked, read.

        Raises:
            ScenarioError: with every fault of the studies, or of the parameters.
            RequestError: if there is nothing to learn from.
        """
        studies, free = studies_of(self.observed, self.settings), free_parameters(self.free)
        studies = tuple(study for study in studies if study.patterns or study.survey)
        patterns = [pattern for study in studies for pattern in study.patterns]
        if not any(study.survey for study in studies) and not informative(patterns):
            raise RequestError("observed", NOTHING_TO_LEARN)
        check_prices(studies, free)
        usual = USUAL[self.method]
        inputs: LearningDocument = {
            "free": documents.free_document(free),
            "particles": self.particles or usual.particles,
            "networks": self.replicates or usual.networks,
            "generations_at_most": self.generations,
            "seed": self.seed,
        }
        if self.emulate and self.method == BANK:
            raise RequestError("emulate", "--emulate belongs to --method abc-smc; a bank learns from emulators anyway")
        if self.emulate:
            check_emulators()
            inputs["emulate"] = True
        if self.method == BANK:
            inputs |= {"method": "bank", "draws": self.draws}
        elif self.bank is not None:
            raise RequestError("bank", "--bank belongs to --method bank; add it, or leave --bank out")
        return Asked(studies, read_surveys(studies), free, inputs)

    def _open(self, asked: Asked, listener: Listener) -> FindingsFolder:
        path = Path(self.out) if self.out else None
        return open_findings(path, "calibrate", asked.studies, asked.inputs, listener.command_line)


def check_prices(studies: Sequence[Observed], free: Sequence[Free]) -> None:
    """See that no price is learned from a study in another currency: ranges and posteriors are in US dollars.

    Raises:
        RequestError: with the prices and the study.
    """
    prices = [one.key for one in free if one.key in PRICES]
    for study in studies:
        if prices and (currency := study.scenario.costs.currency) != USD:
            raise RequestError(
                "free",
                f"{', '.join(prices)}: '{study.name}' is in {currency}, and prices are learned in {USD}; leave them "
                f"out, or set costs.currency={USD}",
            )


@dataclass(frozen=True)
class Calibrate(Learning):
    """What does what happened say of the parameters? The answer is a posterior that every command accepts."""

    def answer(self, listener: Listener = HERE) -> "CalibrateAnswer":
        """Draw from the posterior; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        asked = self._asked()
        with kept_in(self._open(asked, listener), listener, "findings") as folder:
            compile_for("compiled", listener, [study.scenario for study in asked.studies])
            answered: EmulatedScore | None = None
            if self.method == BANK:
                learned = learn_from_bank(asked, folder, self.bank, listener, self.workers)
            else:
                calibration, answered = self._walked(asked, folder, listener)
                learned = Learned(calibration)
            calibration = learned.calibration
            document = documents.calibration_document(calibration, asked.studies, asked.inputs)
            if learned.bank is not None:
                document["bank"] = learned.bank
            if answered is not None:
                document["emulated"] = documents.emulated_document(answered.asked)
            posterior = documents.posterior_of(calibration, asked.studies, folder.path.name)
            folder.finish(
                "calibration", document, {"particles": documents.particle_columns(calibration), **learned.tables},
                files=posterior_file(posterior), draw=_drawn(calibration) if self.figures else None,
            )  # fmt: skip
            what = said(
                [
                    *documents.calibration_sentences(calibration),
                    *learned.sentences,
                    *([documents.emulated_sentence(answered.asked)] if answered is not None else []),
                ],
                [documents.calibration_table(calibration), *learned.shown],
                ["" if calibration.finished else learned.unfinished, RECOVER],
            )
            keep_brief(folder.path, what, listener, self.head)
        file = folder.path / POSTERIOR
        return CalibrateAnswer(
            what, {**document, "posterior": str(file)}, folder.path, USE.format(file), posterior=posterior,
            calibration=calibration,
        )  # fmt: skip

    def _walked(
        self, asked: Asked, folder: FindingsFolder, listener: Listener
    ) -> tuple[Calibration, EmulatedScore | None]:
        """The particles of ABC-SMC, and what answered for some; what an interrupted attempt has scored is looked up."""
        score = abc_smc.scorer(
            asked.studies, networks=asked.inputs["networks"], seed=self.seed, surveys=asked.surveys,
            workers=self.workers,
        )  # fmt: skip
        with listener.progress(None, "sets of parameters") as advance:
            looked_up = _looked_up(score, folder.notes, advance)
            answered = EmulatedScore(asked.free, looked_up, seed=self.seed) if self.emulate else None
            found = abc_smc.calibrate(
                asked.free, looked_up if answered is None else answered, particles=asked.inputs["particles"],
                seed=self.seed, generations=self.generations, told=partial(_tell, listener),
            )  # fmt: skip
        return found, answered


@dataclass(frozen=True, eq=False, repr=False)
class CalibrateAnswer(Answer):
    """What happened says of the parameters.

    Attributes:
        posterior: what is known of them; `Run`, `Compare` and the others take it.
        calibration: how it was found.
    """

    DOCUMENT: ClassVar[Any] = documents.CalibrateDocument
    TABLE: ClassVar[str] = "particles"

    _: KW_ONLY
    posterior: Posterior
    calibration: Calibration

    def to_arviz(self) -> Any:
        """For ArviZ: groups `posterior`, `sample_stats` and `prior`; see `results.datasets.inference`.

        Raises:
            ExtraError: if ArviZ is not installed.
        """
        return posterior_to_arviz(self.posterior, self.calibration.free)


@dataclass(frozen=True)
class Recover(Learning):
    """Are parameters that are known found again? To be asked before a posterior is trusted.

    Attributes:
        data_sets: made from known parameters, and calibrated, each (count).
    """

    LIMITS: ClassVar[limits.Limits] = limits.RECOVERING

    data_sets: int = 20

    def answer(self, listener: Listener = HERE) -> "RecoverAnswer":
        """Calibrate data sets made from known parameters; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        asked = self._asked()
        if not asked.surveys and not recovery.usable(asked.studies):
            raise RequestError("observed", NOTHING_TO_LEARN)  # no data set is made of a range
        asked.inputs["recover"] = self.data_sets
        with kept_in(self._open(asked, listener), listener, "findings") as folder:
            compile_for("compiled", listener, [study.scenario for study in asked.studies])
            done = []
            data_sets = self._data_sets(asked, folder, listener)
            with listener.progress(self.data_sets, "data sets") as advance:
                for data_set in data_sets:
                    done.append(data_set)
                    folder.notes.flush()
                    advance(1)
            recovered = recovery.together(asked.free, done)
            document = documents.recovery_document(recovered, asked.inputs)
            folder.finish(
                "recovery", document, {"recovery": documents.recovery_columns(recovered)},
                draw=_drawn_recovery(recovered) if self.figures else None,
            )  # fmt: skip
            what = said([], [documents.recovery_table(recovered)], [MADE_UP])
            keep_brief(folder.path, what, listener, self.head)
        return RecoverAnswer(what, document, folder.path, recovery=recovered)

    def _data_sets(self, asked: Asked, folder: FindingsFolder, listener: Listener) -> Iterator[recovery.Recovered]:
        """Data sets learned from, one by one; those of an interrupted attempt are taken from its notes."""
        known, keep = folder.notes.known, folder.notes.note
        if self.method == BANK:
            bank = fill_bank(asked, folder, self.bank, listener, self.workers)
            return recovering.recover(
                learner_of(bank, asked, listener, self.workers), data_sets=self.data_sets,
                particles=asked.inputs["particles"], seed=self.seed, workers=self.workers, known=known, keep=keep,
            )  # fmt: skip
        return recovery.recover(
            asked.studies, asked.free, data_sets=self.data_sets, particles=asked.inputs["particles"],
            networks=asked.inputs["networks"], generations=self.generations, surveys=asked.surveys, seed=self.seed,
            workers=self.workers, known=known, keep=keep, emulate=self.emulate,
        )  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class RecoverAnswer(Answer):
    """How often parameters that are known are found again.

    Attributes:
        recovery: of each parameter, how often its interval held the truth.
    """

    DOCUMENT: ClassVar[Any] = documents.RecoverDocument
    TABLE: ClassVar[str] = "recovery"

    _: KW_ONLY
    recovery: recovery.Recovery


def _looked_up(score: Callable[[Set], float], notes: Notes, advance: Callable[[int], None]) -> Callable[[Set], float]:
    """A score that is looked up where an interrupted attempt has it already, and noted where it has not."""

    def looked_up(particle: Set) -> float:
        name = " ".join(f"{key}={value!r}" for key, value in particle.items())
        if name not in notes.known:
            notes.note(name, score(particle))
        advance(1)
        return float(notes.known[name])

    return looked_up


def _tell(listener: Listener, generation: Generation) -> None:
    listener.say(
        f"Generation {generation.number + 1}: temperature {generation.temperature:.3g}, "
        f"{generation.scored:,} sets of parameters tried"
    )


def _drawn(found: Calibration) -> Draw:
    from results.figures import draw_calibration

    return partial(draw_calibration, found.marginals)


def _drawn_recovery(found: recovery.Recovery) -> Draw:
    from results.figures import draw_recovery

    return partial(draw_recovery, found)
