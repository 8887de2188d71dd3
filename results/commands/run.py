"""`legato run`: one scenario simulated, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import ClassVar

from results.commands.answer import Answer, Draw, keep_brief
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.simulating import Simulates, simulated
from results.comparing import tables
from results.comparing.choosing_scenarios import Chosen, choose, left_out
from results.comparing.documents import run_document
from results.comparing.words import notes, run_answer, run_money
from results.estimates.comparison import Estimate, estimates
from results.words.headlines import RATE
from results.words.narrative import said
from simulation.running.ensemble import Ensemble
from simulation.snapshot import Snapshot


@dataclass(frozen=True)
class Run(Simulates):
    """What comes of a scenario?

    Attributes:
        scenario: a name of the library, the path of a TOML file, either with changes
            ("salex: grants.per_call=2"), or a Scenario.

    The other attributes are those of `Simulates`.
    """

    scenario: Chosen
    _: KW_ONLY

    def answer(self, listener: Listener = HERE) -> "RunAnswer":
        """Simulate it; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed.
        """
        (chosen,) = choose([self.scenario], self.settings, self.posterior)
        inquiry = self.inquiry("run", (chosen,), chosen.name)
        with simulated(inquiry, self.out, listener) as run:
            (ensemble,) = run.ensembles
            found = estimates(ensemble)
            document = run_document(chosen, self.seed, ensemble.replicates, found, run.reached)
            portraits, draw = {}, None
            if self.figures:
                portraits = inquiry.portray()  # before matplotlib comes: Mesa looks through all that is loaded
                draw = _drawn(ensemble, portraits.get(chosen.name, ()))
            run.folder.finish(run.ensembles, document, portraits=portraits, draw=draw)
            what = said(
                [run_answer(found[RATE], chosen)],
                [tables.run_table(found)],
                [*notes(run.ensembles, run.reached), *left_out([self.scenario], [chosen]), run_money(found, chosen)],
                [tables.money_table({chosen.name: found}, [chosen.costs.price_year])],
            )
            keep_brief(run.folder.path, what, listener)
        return RunAnswer(what, document, run.folder.path, ensemble=ensemble, estimates=found)


def _drawn(ensemble: Ensemble, portraits: Sequence[Snapshot]) -> Draw:
    from results import figures

    return partial(figures.draw_run, ensemble, portraits)


@dataclass(frozen=True, eq=False, repr=False)
class RunAnswer(Answer):
    """What comes of a scenario.

    Attributes:
        ensemble: all its networks.
        estimates: outcome -> average and interval.
    """

    TABLE: ClassVar[str] = "outcomes"

    _: KW_ONLY
    ensemble: Ensemble
    estimates: Mapping[str, Estimate]
