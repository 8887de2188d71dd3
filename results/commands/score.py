"""`legato score`: how good a forecast was, now that the facts are known."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from results.commands.forecast import day
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.request import Request
from results.commands.statement import Statement
from results.folders.files import as_json, write
from results.forecasting.documents import ScoreDocument, scored_documents
from results.forecasting.facts import read_facts
from results.forecasting.scoring import Scored, score_outcome
from results.forecasting.sealing import SEAL, read_forecast
from results.forecasting.survey_pairs import score_pairs, surveyed
from results.forecasting.words import score_sentences, score_table
from scenarios.files.faults import RequestError, shown


@dataclass(frozen=True)
class Score(Request):
    """How good was a forecast, beside its baselines?

    Attributes:
        file: that `forecast` wrote.
        facts: what happened: "OUTCOME=VALUE", "OUTCOME=SUCCESSES:OF", yes or no; or paths of TOML files with a table
            [facts]; of a survey, its folder with the later wave.
        source: where the facts were read.
        date: of the scoring, as in 2027-12-31; today if left out.
        out: the file for the result; beside the forecast if left out, FILE.scored.json.
    """

    file: str | PathLike[str]
    _: KW_ONLY
    facts: Sequence[str] = ()
    source: str = ""
    date: str | None = None
    out: str | PathLike[str] | None = None

    def answer(self, listener: Listener = HERE) -> "ScoreAnswer":  # noqa: ARG002  # it is done at once
        """See that the forecast is as it was sealed, score it, and write the result.

        Raises:
            ForecastError: if the file is no forecast, or was changed.
            RequestError: if a fact cannot be used.
            WriteError: if the result cannot be written.
        """
        file = Path(self.file)
        forecast = read_forecast(file)
        said = {one["name"]: one for one in forecast["outcomes"]}
        if not self.facts:
            raise RequestError("facts", f"left out; say what happened, of {', '.join(said)}")
        scored = self._scored(said)
        still_open = [name for name in said if name not in {one.name for one in scored}]
        when = day("date", self.date or datetime.date.today().isoformat())
        if when < forecast["made"]:
            raise RequestError("date", f"{when}, before the forecast was made ({forecast['made']})")
        result = Path(self.out) if self.out else file.with_suffix(".scored.json")
        if result.resolve() == file.resolve():
            raise RequestError("out", f"{result} is the forecast itself; name another file")
        document: ScoreDocument = {
            "file": file.name,
            "sha256": forecast[SEAL],
            "title": forecast["title"],
            "made": forecast["made"],
            "scored": when,
            "outcomes": scored_documents(scored),
            "open": still_open,
            "facts_from": self.source,
            "result": result.name,
        }
        write(result, as_json(document))
        lines = [f"{forecast['title']}: the forecast of {forecast['made']} is as it was sealed."]
        lines += score_sentences(scored, still_open)
        return ScoreAnswer((tuple(lines), score_table(scored), ("", f"Result: {result}")), document, scored=scored)

    def _scored(self, said: Mapping[str, Any]) -> list[Scored]:
        """Each outcome whose fact is given; of a survey, the folder with the later wave is the fact."""
        pairs = [name for name, one in said.items() if one["score"] == "pairs"]
        if pairs:
            folders = [fact.rpartition("=")[2] for fact in self.facts]
            if len(folders) != 1 or not Path(folders[0]).is_dir():
                raise RequestError("facts", f"{shown(folders)}: allowed is the survey's folder, with the later wave")
            waves = surveyed(folders[0]).waves
            there = [said[name] for name in pairs if said[name]["month"] in waves.months] or [said[pairs[0]]]
            return [score_pairs(one, waves) for one in there]
        facts = read_facts("facts", self.facts, {name: one["scale"] for name, one in said.items()})
        for name, fact in facts.items():
            if said[name]["score"] == "brier" and fact.value not in (0, 1):
                raise RequestError("facts", f"{name} is {fact.value:g}; it is yes or no")
        return [score_outcome(said[name], facts[name]) for name in said if name in facts]


@dataclass(frozen=True, eq=False, repr=False)
class ScoreAnswer(Statement):
    """A forecast, scored.

    Attributes:
        scored: outcome by outcome.
    """

    DOCUMENT: ClassVar[Any] = ScoreDocument

    _: KW_ONLY
    scored: Sequence[Scored]
