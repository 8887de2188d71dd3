"""`legato introduce`: whom to introduce to whom."""

from dataclasses import KW_ONLY, dataclass
from os import PathLike
from typing import Any, ClassVar

from results.commands import limits
from results.commands.answer import Answer, keep_brief
from results.commands.briefed import Briefed
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.simulating import check_outcome, counted_in, opened
from results.comparing.choosing_scenarios import Chosen, Known, Settings, choose
from results.comparing.inquiry import Inquiry
from results.introducing.documents import Found, IntroduceDocument, introduce_document, introduction_columns
from results.introducing.introductions import MORE, introductions
from results.introducing.screening import EACH, NETWORKS
from results.introducing.verify import TABLE
from results.introducing.words import answer, introduction_table, notes
from results.words.narrative import said
from scenarios import Scenario
from scenarios.files.faults import RequestError

MOST_MEMBERS = 300
"""Members of a network in which all pairs are looked at."""


@dataclass(frozen=True)
class Introduce(Briefed):
    """Whom to introduce to whom?

    Attributes:
        scenario: with members by name: the path of a TOML file, with changes or without, or a Scenario.
        top: introductions that are wanted (count).
        size: members that are introduced to each other at a time: 2 is a pair, up to 5 a group.
        outcome: that the introductions are to add to, one of a month.
        introduced: month of the introductions.
        month: at whose end the outcome counts; the reporting month, the closing, if left out.
        replicates: networks simulated with each introduction that is looked at closely, and without (count).
        settings: changes to the scenario, as "KEY=VALUE" or by key.
        posterior: what is known of its parameters: "shipped", a file, or a Posterior; None fixes all of them.
        seed: of the luck.
        out: the run folder; a new one in runs/ if left out.
        workers: threads, one for each processor if left out; nothing depends on it but the time.

    The other attributes are those of `Briefed`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.INTRODUCING

    scenario: Chosen
    _: KW_ONLY
    top: int = 10
    size: int = 2
    outcome: str = "collaborations_formed"
    introduced: int = 1
    month: int | None = None
    replicates: int = 500
    settings: Settings = ()
    posterior: Known = "shipped"
    seed: int = 1
    out: str | PathLike[str] | None = None
    workers: int | None = None

    def answer(self, listener: Listener = HERE) -> "IntroduceAnswer":
        """Look at all pairs roughly, and at the most promising closely; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        (chosen,) = choose([self.scenario], self.settings, self.posterior)
        self._check(chosen)
        month = chosen.reporting_month if self.month is None else self.month
        introduced, today = self.introduced, chosen.network.today
        if introduced == 1:
            introduced = today + 1
        if introduced <= today:
            raise RequestError("introduced", f"{introduced}, but the run goes on from month {today} (network.today); "
                                             f"allowed is {today + 1} or later")  # fmt: skip
        if not introduced <= month <= chosen.last_month:
            raise RequestError("month", f"{month}; allowed is from {introduced}, the month of the introductions, "
                                        f"to {chosen.last_month}, the last that is simulated")  # fmt: skip
        more = {
            "top": self.top,
            "size": self.size,
            "outcome": self.outcome,
            "introduced": introduced,
            "month": month,
        }
        inquiry = Inquiry(
            "introduce", (chosen,), chosen.name, self.seed, self.replicates, workers=self.workers, more=more
        )  # fmt: skip
        assert chosen.roster is not None
        rounds = len(chosen.roster.names)
        expected = 2 * max(NETWORKS, EACH * rounds) + (self.top + MORE + 1) * self.replicates
        with opened(inquiry, self.out, listener, expected) as folder:
            with listener.progress(expected) as advance:
                found = introductions(
                    chosen, top=self.top, size=self.size, outcome=self.outcome, introduced=introduced,
                    month=month, seed=self.seed, networks=self.replicates, workers=self.workers, progress=advance,
                )  # fmt: skip
            document = introduce_document(found)
            folder.finish((), document, tables={TABLE: introduction_columns(found)}, name="introduce.json")
            what = said(answer(found), [introduction_table(found)], [*notes(found)])
            keep_brief(folder.path, what, listener, self.head)
        return IntroduceAnswer(what, document, folder.path, found=found)

    def _check(self, chosen: Scenario) -> None:
        """See that there are members to speak of by name, and an outcome of a month."""
        known = counted_in([chosen])
        if check_outcome("outcome", self.outcome, known) not in known.monthly_names:
            raise RequestError("outcome", f"{self.outcome} is said of a whole run; allowed are outcomes of a month: "
                                          f"{', '.join(known.monthly_names)}")  # fmt: skip
        if chosen.roster is None:
            raise RequestError(
                "scenario",
                f"{chosen.name} has no members by name: they are drawn again for every network, so there is nobody to "
                "introduce. With your own members there is an answer: `legato new DIR --members FILE`",
            )
        members = len(chosen.roster.names)
        if not self.size <= members <= MOST_MEMBERS:
            raise RequestError("scenario", f"{chosen.name} has {members} members; allowed are {self.size} to "
                                           f"{MOST_MEMBERS}, for all pairs are looked at")  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class IntroduceAnswer(Answer):
    """Whom to introduce.

    Attributes:
        found: introductions that were looked at closely.
    """

    DOCUMENT: ClassVar[Any] = IntroduceDocument
    TABLE: ClassVar[str] = "introductions"

    _: KW_ONLY
    found: Found
