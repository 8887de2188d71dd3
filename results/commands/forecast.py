"""`legato forecast`: a prediction written down before the facts are known, sealed, with how it will be scored."""

import datetime
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import simulation
from results.commands import limits
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.commands.request import Request
from results.commands.simulating import TooLargeError
from results.commands.statement import Statement
from results.comparing.choosing_scenarios import Chosen, Known, Settings, choose
from results.folders.files import file_hash, write
from results.folders.versions import legato_version
from results.forecasting.asked import read_asked
from results.forecasting.documents import ForecastDocument
from results.forecasting.facts import read_facts
from results.forecasting.predicting import SAID, predicted
from results.forecasting.sealing import FORMAT, SEAL, as_file, sealed
from results.forecasting.survey_pairs import SAID_OF_PAIRS, TIED, pairs_forecast, read_month, surveyed
from results.forecasting.words import forecast_table
from results.words.varying import of_posterior
from scenarios import Scenario, to_toml, value_of
from scenarios.files.faults import RequestError, shown
from scenarios.reading.layers import FILES
from scenarios.reading.posterior_file import posterior_of
from simulation.model_code import model_version

SCORING = (
    "Numbers: CRPS of the quantiles, twice the mean pinball loss. Yes or no: Brier score of the chance. Counts of so "
    "many members: the log score of the count beside it. Skill: 1 - Legato's score / the baseline's, for each baseline "
    "in this file. `legato score FILE --facts OUTCOME=VALUE` computes them."
)


SCORING_OF_PAIRS = (
    "Each pair that the later wave observes: Brier and log score of its chance, averaged over pairs; AUC beside them. "
    "Skill: 1 - Legato's score / the other's, for each of those in this file. `legato score FILE --facts FOLDER` "
    "computes them, with the folder of the survey that has the later wave."
)


@dataclass(frozen=True)
class Forecast(Request):
    """What will come of a network whose facts are not known yet?

    Attributes:
        scenario: a name of the library, the path of a TOML file, either with changes
            ("salex: grants.per_call=2"), a Scenario, or the folder of a survey.
        of: outcomes, each with the month at whose end it is counted: "collaboration_rate@24"; of a survey which pairs
            will be tied, "tied@24".
        title: of the forecast; the scenario's if left out.
        question: that it answers; the scenario's if left out.
        assumed: what is assumed, in sentences; sources of the scenario that are assumptions stand in it anyway.
        baselines: what somebody else would say: "OUTCOME=VALUE", or "OUTCOME=SUCCESSES:OF" from a similar network.
        now: month from which on the baseline "nothing changes" says so; 0 is the founding, or today where a run goes
            on from there.
        due: when the facts will be known, as in 2027-12-31; "" if that is open.
        date: of the forecast, as in 2026-11-28; today if left out.
        settings: changes to the scenario, as "KEY=VALUE" or by key.
        posterior: what is known of its parameters: "shipped", a file, or a Posterior; None fixes all of them.
        replicates: networks simulated (count).
        seed: of the luck.
        out: the file; forecast-NAME-DATE.json if left out. Another forecast is never overwritten.
        workers: threads, one for each processor if left out; nothing depends on it but the time.
    """

    LIMITS: ClassVar[limits.Limits] = limits.FORECASTING

    scenario: Chosen
    _: KW_ONLY
    of: Sequence[str] = ()
    title: str = ""
    question: str = ""
    assumed: Sequence[str] = ()
    baselines: Sequence[str] = ()
    now: int = 0
    due: str = ""
    date: str | None = None
    settings: Settings = ()
    posterior: Known = "shipped"
    replicates: int = 1000
    seed: int = 1
    out: str | PathLike[str] | None = None
    workers: int | None = None

    def answer(self, listener: Listener = HERE) -> "ForecastAnswer":
        """Simulate, and write the forecast; the same request with the same date gives the same bytes.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        made = day("date", self.date or datetime.date.today().isoformat())
        due = day("due", self.due) if self.due else None
        if due is not None and due <= made:
            raise RequestError("due", f"{due}, but the forecast is of {made}; what is known already is not predicted")
        chosen, said, more = self._of_survey(listener) if self._is_survey else self._of_scenario(listener)
        file = Path(self.out) if self.out else Path(f"forecast-{chosen.name}-{made}.json")
        content = sealed({**self._content(chosen, said, made, due), "scenario": _in_full(chosen) | more})
        _write_once(file, as_file(content))
        what = [f"{file} holds the forecast of {made}: {content['title']}.", f"SHA-256: {content[SEAL]}"]
        notes = [
            *(f"{who}: {what}." for who, what in content["scoring"]["who"].items() if who != "legato"),
            of_posterior(chosen.posterior, self.replicates),
        ]
        document: ForecastDocument = {"file": str(file), "sha256": content[SEAL], "forecast": content}
        blocks = tuple(what), forecast_table(said), ("", *filter(None, notes))
        return ForecastAnswer(blocks, document, file=file)

    @property
    def _is_survey(self) -> bool:
        """Whether what is named is a folder, which a survey is."""
        return not isinstance(self.scenario, Scenario) and Path(self.scenario).is_dir()

    def _of_scenario(self, listener: Listener) -> "Predicted":
        """What a scenario comes to."""
        (chosen,) = choose([self.scenario], self.settings, self.posterior, without_own="forecast")
        asked = read_asked(self.of, chosen)
        given = read_facts("baselines", self.baselines, {one.name: one.outcome.scale for one in asked})
        today = chosen.network.today
        if self.now > chosen.last_month or 0 < self.now < today:
            raise RequestError("now", f"{self.now}; allowed are months from {today} to {chosen.last_month}")
        compile_for("compiled", listener)
        with listener.progress(self.replicates) as advance:
            try:
                ensemble = simulation.run(
                    chosen, seed=self.seed, replicates=self.replicates, workers=self.workers, progress=advance
                )
            except MemoryError as error:
                raise TooLargeError(str(error)) from None
        said = predicted(ensemble, asked, max(self.now, today), given)
        if empty := [one["name"] for one in said if not one["networks"]]:
            raise RequestError("of", f"{', '.join(empty)} has no value in any network, so nothing can be predicted")
        return Predicted(chosen, said, {})

    def _of_survey(self, listener: Listener) -> "Predicted":
        """Which pairs of a survey will be tied."""
        survey = surveyed(self.scenario, self.settings)  # type: ignore[arg-type]  # no Scenario, see _is_survey
        last = survey.waves.months[-1]
        if self.baselines:
            raise RequestError("baselines", "a forecast of a survey has its own: the rival, and that nothing changes")
        months = [read_month("of", one, last) for one in self.of]
        if not months:
            raise RequestError(
                "of", f"left out; name the month, after the last wave in {last}: --of {TIED}@{last + 12}"
            )
        known = posterior_of(self.posterior)
        compile_for("compiled", listener)
        with listener.progress(None, "networks") as advance:
            said = [
                pairs_forecast(
                    survey, known, month - last, networks=self.replicates, seed=self.seed, workers=self.workers,
                    progress=advance,
                )
                for month in dict.fromkeys(months)
            ]  # fmt: skip
        files = [survey.study.survey.members, survey.study.survey.ties] if survey.study.survey else []
        hashes = {Path(file).name: file_hash(Path(file)) for file in files}
        return Predicted(survey.scenario(known), said, {"sha256_of_survey": hashes})

    def _content(self, chosen: Scenario, said: Sequence[Any], made: str, due: str | None) -> dict[str, Any]:
        """What stands in the file, but for the scenario."""
        who = dict.fromkeys(name for one in said for name in one["forecasts"])
        now = max(self.now, chosen.network.today)
        rules, means = (SCORING_OF_PAIRS, SAID_OF_PAIRS) if self._is_survey else (SCORING, SAID)
        return {
            "format": FORMAT,
            "title": self.title or chosen.title,
            "question": self.question or chosen.question,
            "made": made,
            "due": due,
            "assumed": list(self.assumed),
            "model": {"legato": legato_version(), "code": model_version()},
            "seed": self.seed,
            "replicates": self.replicates,
            "posterior": None if chosen.posterior is None else dict(chosen.posterior.describe()),
            "outcomes": list(said),
            "scoring": {"rules": rules, "who": {name: means[name].format(now=now) for name in who}},
        }


class Predicted(NamedTuple):
    """What is predicted, before it is written: the scenario, its outcomes, and what else stands beside the scenario."""

    scenario: Scenario
    outcomes: Sequence[Any]
    more: dict[str, Any]


def _in_full(chosen: Scenario) -> dict[str, Any]:
    """A scenario as a forecast holds it, with its members' files."""
    if chosen.roster is None:
        return {"name": chosen.name, "toml": to_toml(chosen), "files": {}}
    paths = {key: Path(path) for key in FILES if (path := value_of(chosen, key))}
    files = {path.name: path.read_text(encoding="utf-8") for path in paths.values()}
    return {
        "name": chosen.name,
        "toml": to_toml(chosen, {key: path.name for key, path in paths.items()}),
        "files": files,
    }


@dataclass(frozen=True, eq=False, repr=False)
class ForecastAnswer(Statement):
    """A forecast that was written.

    Attributes:
        file: that holds it.
    """

    DOCUMENT: ClassVar[Any] = ForecastDocument

    _: KW_ONLY
    file: Path


def day(field: str, text: str) -> str:
    """A date as it is written in forecasts.

    Raises:
        RequestError: if it is none.
    """
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise RequestError(field, f"{shown(text)}; allowed is a date, such as 2027-12-31") from None


def _write_once(file: Path, content: bytes) -> None:
    """Write the file, if it is not there with something else in it.

    Raises:
        RequestError: if it is.
        WriteError: if it cannot be written.
    """
    if file.is_dir():
        raise RequestError("out", f"{file} is a folder; name a file")
    if file.exists() and file.read_bytes() != content:
        raise RequestError("out", f"{file} is there with another forecast, which is not overwritten; name another file")
    write(file, content)
