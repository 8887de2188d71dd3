"""`legato track`: is the network on track, given what was observed of it so far?"""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import partial
from os import PathLike
from typing import Any, ClassVar

import simulation
from results.commands import limits
from results.commands.answer import Answer, Draw, keep_brief
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.of_scenarios import OfScenarios
from results.commands.simulating import simulated
from results.comparing.choosing_scenarios import Chosen, choose, left_out
from results.comparing.inquiry import Inquiry
from results.tracking import words
from results.tracking.documents import TrackDocument, outlook_columns, track_document
from results.tracking.observation import Progress
from results.tracking.outlook import Outlook, outlook
from results.tracking.reading import read_progress
from results.tracking.target import read_target
from results.words.narrative import Said, said
from scenarios import Scenario
from scenarios.files.faults import RequestError


@dataclass(frozen=True)
class Track(OfScenarios):
    """Is the network on track, and what is likely to come of it?

    Attributes:
        scenario: the plan: a name of the library, the path of a TOML file, either with changes
            ("salex: grants.per_call=2"), or a Scenario.
        observed: path of what was observed: a table of outcomes (month, outcome, value, and of or error where known),
            one of collaborations by name (from, to, began, ended), or a folder with both.
        month: today; the scenario's network.today, or the last that any file names, if left out.
        target: what is to be reached, "collaboration_rate@25>=0.7"; "" for none.
        alternatives: other courses from now on, written as the scenario is; before now they must be the same.
        alarm: chance of the target below which the command ends with exit code 1; None for never.
        replicates: networks simulated of the plan and of each alternative (count).

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.TRACKING

    scenario: Chosen
    observed: str | PathLike[str]
    _: KW_ONLY
    month: int | None = None
    target: str = ""
    alternatives: Sequence[Chosen] = ()
    alarm: float | None = None
    replicates: int = 1000

    def answer(self, listener: Listener = HERE) -> "TrackAnswer":
        """Simulate the plan, and hold it to what was observed; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        if self.alarm is not None and not self.target:
            raise RequestError("alarm", f"{self.alarm:g}, but there is no target; allowed beside --target")
        wanted = [self.scenario, *self.alternatives]
        chosen = choose(wanted, self.settings, self.posterior, without_own="track")
        plan = chosen[0]
        progress = self._progress(plan)
        _same_today(chosen)
        target = read_target(self.target, plan, progress.now) if self.target else None
        inquiry = Inquiry(
            "track", chosen, plan.name, self.seed, self.replicates, engine=self.engine, workers=self.workers,
            more={"observed": progress.describe(), "month": progress.now, "target": target.written if target else ""},
        )  # fmt: skip
        with simulated(inquiry, self.out, listener) as run:
            founded = None
            if plan.network.today:
                founded = simulation.run(
                    plan.at_founding(), seed=self.seed, replicates=self.replicates, engine=self.engine,
                    workers=self.workers,
                )  # fmt: skip
            found = outlook(run.ensembles, progress, target, self.seed, founded)
            document = track_document(found, self.seed)
            run.folder.finish(
                run.ensembles, document, tables={"outlook.parquet": outlook_columns(found)}, name="track.json",
                draw=_drawn(found) if self.figures else None,
            )  # fmt: skip
            what = _said(found)
            what = replace(what, notes=(*what.notes, *left_out(wanted, chosen)))
            keep_brief(run.folder.path, what, listener, self.head)
        return TrackAnswer(what, document, run.folder.path, failed=_alarm(found, self.alarm), outlook=found)

    def _progress(self, plan: Scenario) -> Progress:
        """What was observed."""
        return read_progress(self.observed, plan, self.month)


def _same_today(chosen: Sequence[Scenario]) -> None:
    """See that all courses go on from the same month."""
    plan, *others = chosen
    for other in others:
        if other.network.today != plan.network.today:
            raise RequestError(
                "alternatives",
                f"network.today is {other.network.today} in '{other.name}', but {plan.network.today} in '{plan.name}'; "
                "all courses go on from the same network",
            )


def _said(found: Outlook) -> Said:
    tables = [
        words.forecast_table(found), words.alternative_table(found), words.sign_table(found), words.later_table(found),
    ]  # fmt: skip
    return said(words.answer(found), [one for one in tables if one is not None], [*words.notes(found)])


def _alarm(found: Outlook, alarm: float | None) -> str:
    if alarm is None or found.chance is None or found.chance.now >= alarm:
        return ""
    return f"The chance of the target, {found.chance.now:.2f}, is below the alarm of {alarm:g}."


def _drawn(found: Outlook) -> Draw:
    from results.figures import draw_track

    return partial(draw_track, found)


@dataclass(frozen=True, eq=False, repr=False)
class TrackAnswer(Answer):
    """What is likely to come of a network.

    Attributes:
        outlook: all that was found.
    """

    DOCUMENT: ClassVar[Any] = TrackDocument
    TABLE: ClassVar[str] = "outlook"

    _: KW_ONLY
    outlook: Outlook
