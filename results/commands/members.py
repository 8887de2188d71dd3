"""`legato members`: what becomes of each member, by name, and what a plan changes for whom."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from os import PathLike
from typing import Any, ClassVar

from results.commands import limits
from results.commands.answer import Answer, Draw, keep_brief
from results.commands.briefed import Briefed
from results.commands.listener import Listener
from results.commands.months import read_months
from results.commands.notebook import HERE
from results.commands.simulating import opened
from results.comparing.choosing_scenarios import Chosen, Known, Settings, choose
from results.comparing.inquiry import Inquiry
from results.folders.files import write
from results.members.documents import MembersDocument, members_document
from results.members.estimates import Changes, MemberEstimates, changes_of, estimates_of
from results.members.fates import Fates, check_that_members_are_named, fates_of
from results.members.kept_tables import csv_tables, kept_tables
from results.members.words import members_said
from scenarios import Scenario
from scenarios.files.faults import RequestError, near_miss, shown
from scenarios.reading.roster import same

DOCUMENT = "members.json"


@dataclass(frozen=True)
class Members(Briefed):
    """Who collaborates, who leaves, who depends on whom, and who loses by a plan?

    Attributes:
        scenarios: one or more with members of their own: paths of TOML files, with changes or without
            ("mine.toml: grants.per_call=0"), or Scenarios. The first is described, the others are compared with it.
        month: at whose end to look; the reporting month of the first, its closing, if left out.
        replicates: networks simulated of each scenario (count).
        names: members that tables are about; all if left out. The files have all.
        settings: changes to all scenarios, as "KEY=VALUE" or by key.
        posterior: what is known of their parameters: "shipped", a file, or a Posterior; None fixes all of them.
        seed: of the luck, which is the same for all.
        out: the run folder; a new one in runs/ if left out.
        figures: whether the network is drawn.
        workers: threads, one for each processor if left out; nothing depends on it but the time.

    The other attributes are those of `Briefed`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.OF_MEMBERS

    scenarios: Sequence[Chosen]
    _: KW_ONLY
    month: int | None = None
    replicates: int = 500
    names: Sequence[str] = ()
    settings: Settings = ()
    posterior: Known = "shipped"
    seed: int = 1
    out: str | PathLike[str] | None = None
    figures: bool = True
    workers: int | None = None

    def answer(self, listener: Listener = HERE) -> "MembersAnswer":
        """Simulate the networks and look what has become of each member; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        if not self.scenarios:
            raise RequestError("scenarios", "members takes one scenario or more, found none")
        chosen = choose(self.scenarios, self.settings, self.posterior, without_own="members")
        for one in chosen:
            check_that_members_are_named(one, self.replicates)
        month = chosen[0].reporting_month if self.month is None else self.month
        for one in chosen:
            read_months("month", [month], one)
        wanted = _numbers(self.names, chosen[0])
        inquiry = Inquiry(
            "members", chosen, chosen[0].name, self.seed, self.replicates, workers=self.workers,
            more={"month": month},
        )  # fmt: skip
        with opened(inquiry, self.out, listener, inquiry.networks) as folder:
            with listener.progress(inquiry.networks) as advance:
                fates = [self._fates(one, month, advance) for one in chosen]
            found = tuple(map(estimates_of, fates))
            changes = tuple(changes_of(one, fates[0]) for one in fates[1:])
            document = members_document(found, changes)
            tables = kept_tables(found, changes)
            for name, content in csv_tables(tables).items():
                write(folder.path / name, content)
            draw = _drawn(found, changes) if self.figures else None
            folder.finish((), document, tables=tables, name=DOCUMENT, draw=draw)
            keep_brief(folder.path, members_said(found, changes, wanted, whole_page=True), listener, self.head)
        what = members_said(found, changes, wanted)
        return MembersAnswer(what, document, folder.path, estimates=found, changes=changes)

    def _fates(self, scenario: Scenario, month: int, advance: Callable[[int], None]) -> Fates:
        return fates_of(
            scenario, seed=self.seed, replicates=self.replicates, month=month, workers=self.workers,
            progress=advance,
        )  # fmt: skip


def _numbers(names: Sequence[str], scenario: Scenario) -> tuple[int, ...]:
    """Numbers of the members that are meant.

    Raises:
        RequestError: if somebody is called that who is no member, with the near miss.
    """
    assert scenario.roster is not None
    known = {same(name): number for number, name in enumerate(scenario.roster.names)}
    for name in names:
        if same(name) not in known:
            hint = near_miss(name, scenario.roster.names, "'") or f"; it has {len(known)} members, see its members.csv"
            raise RequestError("names", f"no member of {scenario.name} is called {shown(name)}{hint}")
    return tuple(dict.fromkeys(known[same(name)] for name in names))


def _drawn(found: Sequence[MemberEstimates], changes: Sequence[Changes]) -> Draw:
    from results import figures

    return partial(figures.draw_members, found[0], changes)


@dataclass(frozen=True, eq=False, repr=False)
class MembersAnswer(Answer):
    """What becomes of the members.

    Attributes:
        estimates: of each scenario, the baseline first.
        changes: what each of the others changes for whom.
    """

    DOCUMENT: ClassVar[Any] = MembersDocument
    TABLE: ClassVar[str] = "members"

    _: KW_ONLY
    estimates: tuple[MemberEstimates, ...]
    changes: tuple[Changes, ...] = ()
