"""`legato check`: what was observed, compared with what the model predicts, and which assumptions the facts need."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

import scenarios
from results.checking import check as checking
from results.checking import documents, learned_words, skill_documents, skill_words, words
from results.checking import tables as check_tables
from results.checking.documents import CheckDocument
from results.checking.necessity import Necessity, from_finding, to_finding
from results.checking.study_words import facts_table
from results.checking.survey_fit import Fit, fit
from results.checking.survey_pairs import survey_member_columns, survey_pair_columns
from results.checking.survey_verdicts import verdicts
from results.commands import limits
from results.commands.answer import Answer, keep_brief
from results.commands.briefed import Briefed
from results.commands.findings import kept_in
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.comparing.choosing_scenarios import Known, Settings
from results.datasets.inference import predictions_to_arviz
from results.folders.parquet import Columns
from results.studies.choosing_studies import believed_sets, studies_of
from results.studies.findings_folder import FindingsFolder, open_findings, posterior_file
from results.studies.surveys import Surveyed, read_surveys
from results.words.document import posterior_document
from results.words.narrative import Said, said
from results.words.table import Table
from results.words.varying import of_posterior, own_rules_words
from scenarios import Posterior
from scenarios.files.faults import RequestError
from scenarios.observed.study import Observed
from scenarios.reading.posterior_file import posterior_of

NETWORKS = 200
"""Virtual networks for each pattern, where nobody says how many; for surveys see `results.checking.survey_fit`."""


@dataclass(frozen=True)
class Check(Briefed):
    """Does the model predict what happened, and which of its assumptions do the facts need?

    Attributes:
        observed: a TOML file with patterns or a survey, a folder with a survey's members.csv and ties.csv, the name of
            a shipped study, or "evidence" for all of them.
        settings: changes to the scenario of every study, as "KEY=VALUE" or by key.
        posterior: what is known of the parameters: "shipped", a file, or a Posterior; None fixes all of them.
        replicates: virtual networks behind each pattern, and of each survey (count); 200 if left out, of a survey 40
            for each statistic if that is more.
        assumptions: whether each assumption is switched off in turn, to see which ones the facts need.
        hold_out: whether only the last wave of a survey is judged: those before it may have been used to calibrate.
        seed: of the luck.
        out: the run folder; a new one in runs/ if left out.
        figures: whether they are drawn.
        workers: threads, one for each processor if left out; nothing depends on it but the time.

    The other attributes are those of `Briefed`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.CHECKING

    observed: str | PathLike[str]
    _: KW_ONLY
    settings: Settings = ()
    posterior: Known = "shipped"
    replicates: int | None = None
    assumptions: bool = True
    hold_out: bool = False
    seed: int = 1
    out: str | PathLike[str] | None = None
    figures: bool = True
    workers: int | None = None

    def answer(self, listener: Listener = HERE) -> "CheckAnswer":
        """Ask the model for what happened, and judge; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        studies, posterior = studies_of(self.observed, self.settings), posterior_of(self.posterior)
        surveys = read_surveys(studies, hold_out=self.hold_out)
        if surveys and self.replicates == 1:
            raise RequestError("replicates", "1; allowed is 2 or more with a survey, for one network does not spread")
        networks = self.replicates or NETWORKS
        inputs = {
            "hold_out": self.hold_out,
            "assumptions": self.assumptions,
            "seed": self.seed,
            "networks": networks,
            "survey_networks": self.replicates,
            "posterior": None if posterior is None else dict(posterior.describe()),
        }
        opened = open_findings(Path(self.out) if self.out else None, "check", studies, inputs, listener.command_line)
        with kept_in(opened, listener, "findings") as folder:
            compile_for("compiled", listener, [study.scenario for study in studies])
            check = self._check(studies, surveys, posterior, networks, folder, listener)
            known = posterior_document(posterior, check.replicates_of_parameters)
            document = documents.check_document(check, self.seed, networks, known, studies)
            folder.finish(
                "check", document, _tables(check, surveys), files=posterior_file(posterior),
                draw=_drawn(check) if self.figures else None,
            )  # fmt: skip
            what = _said(check, studies, posterior)
            keep_brief(folder.path, what, listener, self.head)
        return CheckAnswer(what, document, folder.path, check=check)

    def _check(
        self, studies: Sequence[Observed], surveys: Sequence[Surveyed], posterior: Posterior | None, networks: int,
        folder: FindingsFolder, listener: Listener,
    ) -> checking.Check:  # fmt: skip
        """Patterns, then surveys, then assumptions; each verdict on an assumption is kept as soon as it is found."""
        more: dict[str, Any] = {"seed": self.seed, "workers": self.workers}
        asked = [study for study in studies if study.patterns]
        sets, each = believed_sets(posterior, networks, asked)
        half = max(1, len(sets) // 2)
        with listener.progress(len(asked) * len(sets), "parameter sets") as advance:
            found = checking.check_patterns(asked, sets, networks=each, progress=advance, **more)
        fits: list[tuple[Surveyed, Fit]] = []
        for survey in surveys:
            with listener.progress(None, "networks") as advance:
                fitted = fit(
                    survey.scenario(posterior), survey.waves, networks=self.replicates, hold_out=self.hold_out,
                    progress=advance, **more,
                )  # fmt: skip
            fits.append((survey, fitted))
        judged: list[Necessity] = []
        if self.assumptions:
            known = {name: from_finding(kept) for name, kept in folder.notes.known.items()}
            with listener.progress(len(scenarios.ASSUMPTIONS), "assumptions") as advance:
                for verdict in checking.check_assumptions(
                    asked, sets[:half], checking.first_sets(found.predictions, half), networks=each, surveys=fits,
                    posterior=posterior, known=known, assumptions=scenarios.ASSUMPTIONS, **more,
                ):  # fmt: skip
                    judged.append(verdict)
                    if verdict.id not in known:
                        folder.notes.note(verdict.id, to_finding(verdict))
                    advance(1)
        surveyed = [verdict for survey, fitted in fits for verdict in verdicts(survey.study.name, fitted)]
        return checking.Check(
            found.predictions, (*found.verdicts, *surveyed), tuple(judged), tuple(fitted for _, fitted in fits),
            found.skills,
        )  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class CheckAnswer(Answer):
    """What happened, against what was predicted.

    Attributes:
        check: verdicts on patterns, surveys and assumptions.
    """

    DOCUMENT: ClassVar[Any] = CheckDocument
    TABLE: ClassVar[str] = "patterns"

    _: KW_ONLY
    check: checking.Check

    def to_arviz(self) -> Any:
        """Patterns for ArviZ: groups `posterior_predictive`, every virtual study, and `observed_data`.

        Raises:
            ExtraError: if ArviZ is not installed.
        """
        observed = {verdict.id: verdict.observed.value for verdict in self.check.verdicts}
        predicted = {one.pattern.id: one.draws for one in self.check.predictions}
        known = {name: value for name, value in observed.items() if name in predicted and value is not None}
        return predictions_to_arviz(predicted, known)


def _tables(found: checking.Check, surveys: Sequence[Surveyed]) -> dict[str, Columns]:
    tables = {
        "patterns": check_tables.pattern_columns(found.verdicts),
        "draws": check_tables.draw_columns(found),
        "assumptions": check_tables.assumption_columns(found.assumptions),
        "pattern-skill": skill_documents.pattern_skill_columns(found.skills),
    }
    if found.fits:
        names = found.surveys
        tables["fit"] = check_tables.fit_columns(found.fits, names)
        tables["survey-draws"] = check_tables.survey_draw_columns(found.fits, names)
        tables["skill"] = skill_documents.skill_columns(found.fits, names)
        predicted = [fitted.pairs for fitted in found.fits]
        tables["pairs"] = survey_pair_columns(surveys, predicted)
        tables["members"] = survey_member_columns(surveys, predicted)
    return tables


def _said(found: checking.Check, studies: Sequence[Observed], posterior: Posterior | None) -> Said:
    body: list[Table | Sequence[str]] = [*words.check_tables(found.verdicts), words.reasons(found.verdicts)]
    body += skill_words.skill_tables(found.fits, found.surveys) + skill_words.pattern_skill_table(found.skills)
    tried = words.assumption_table(found.assumptions)
    body += [tried] if tried.rows else []
    notes = words.notes(found.verdicts, found.assumptions, found.fits, studies)
    learned = learned_words.learned_from(studies, posterior)
    answers = words.answer(found.verdicts, found.assumptions, found.fits)
    for name, fitted in zip(found.surveys, found.fits, strict=True):
        answers += skill_words.skill_sentences(name, fitted) + skill_words.rival_sentences(name, fitted)
    answers += filter(None, [skill_words.pattern_skill_sentence(found.skills), learned])
    notes += skill_words.skill_notes(found.fits, found.skills)
    varies = of_posterior(posterior, found.replicates_of_parameters)
    if posterior is not None and found.assumptions and found.predictions:
        half = max(1, found.predictions[0].counts.shape[0] // 2)
        varies += f" Assumptions are switched off with the first {half} of these sets of parameters."
    own = own_rules_words([study.scenario for study in studies])
    return said(answers, body, [*filter(None, [own]), varies, *notes], facts_table(studies))


def _drawn(found: checking.Check) -> Callable[[Path], object]:
    from results import figures

    patterns = [verdict for verdict in found.verdicts if not words.of_survey(verdict)]

    def draw(folder: Path) -> None:
        figures.draw_check(patterns, found.assumptions, folder)
        for number, fitted in enumerate(found.fits, start=1):
            figures.draw_fit(fitted, folder / ("fit" if len(found.fits) == 1 else f"fit-{number}"))

    return draw
