"""Plans tried in futures with the engine, by threads here or by a cluster; each is kept as soon as it is finished."""

import base64
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

from results.estimates.response import linearized
from results.folders.notes import Notes
from results.robust_search.asked import RobustQuestion
from results.robust_search.criteria import Values
from results.robust_search.plans import EvaluateOver, Found, Place
from simulation.outcomes import outcome_named
from simulation.own_outcomes.catalogue import outcomes_of
from simulation.running.campaign import Failure, Order, Workers
from simulation.running.ensemble import EngineName


def evaluator(
    asked: RobustQuestion,
    workers: Workers,
    notes: Notes,
    *,
    engine: EngineName = "compiled",
    progress: Callable[[int], None] = lambda _networks: None,
    keep: bool = True,
) -> EvaluateOver:
    """What tries plans of a question, and looks up those that an interrupted attempt has tried.

    Args:
        asked: whose scenario values are put into.
        workers: who does it.
        notes: what is kept.
        engine: what runs them.
        progress: hears of networks as they are finished.
        keep: whether what is found goes into the notes' file.
    """
    base = asked.scenario.with_posterior(None)
    kept, columns = asked.kept, outcomes_of(asked.scenario.outcomes).names

    def evaluate(wanted: Sequence[Mapping[str, Any]], place: Place) -> list[Found]:
        replicates = asked.networks_in(place.stage)
        settings = {future: asked.futures.values(place.stage, future) for future in place.futures}
        seeds = asked.futures.stages[place.stage].seeds
        names = [_name(values, place) for values in wanted]
        missing = [number for number, name in enumerate(names) if name not in notes.known]
        progress((len(wanted) - len(missing)) * replicates * len(place.futures))

        def orders() -> Iterator[tuple[int, Order]]:
            for number in missing:
                for row, future in enumerate(place.futures):
                    point = {**wanted[number], **settings[future]}
                    one = number * len(place.futures) + row
                    yield one, Order({base.name: base}, {0: point}, seeds[future], replicates, engine)

        open_plans = {number: _Open(len(place.futures), len(kept)) for number in missing}
        for one, results in workers.run(orders()):
            number, row = divmod(one, len(place.futures))
            open_plan = open_plans[number]
            open_plan.take(row, results[0], kept, columns)
            progress(replicates)
            if open_plan.left == 0:
                finding = open_plan.finding()
                if keep:
                    notes.note(names[number], finding)
                else:
                    notes.known[names[number]] = finding
                del open_plans[number]
        return [_unpacked(notes.known[name], len(place.futures), len(kept)) for name in names]

    return evaluate


class _Open:
    """A plan of which some futures are still to come."""

    def __init__(self, futures: int, outcomes: int) -> None:
        self.left = futures
        self._values = np.full((2, futures, outcomes), np.nan)
        self._errors: dict[int, str] = {}

    def take(self, row: int, result: Values | Failure, kept: Sequence[str], columns: Sequence[str]) -> None:
        """What came of a future."""
        self.left -= 1
        if isinstance(result, Failure):
            self._errors[row] = result.error
        else:
            for column, outcome in enumerate(kept):
                self._values[:, row, column] = mean_and_error(result, outcome, columns)

    def finding(self) -> list[str]:
        """What is kept of it, as text."""
        content = np.ascontiguousarray(self._values, dtype="<f8").tobytes()
        error = self._errors[min(self._errors)] if self._errors else ""
        return [base64.b64encode(zlib.compress(content, 6)).decode(), error]


def mean_and_error(networks: Values, outcome: str, columns: Sequence[str]) -> tuple[float, float]:
    """Mean of an outcome over the networks of one future, and its standard error of luck; a ratio is one of sums.

    Args:
        networks: float[replicates, columns].
        outcome: its name, as the catalogue has it.
        columns: names of the outcomes in them.
    """
    over = outcome_named(outcome).over
    if over is None:
        each = networks[:, columns.index(outcome)]
    else:
        above, below = (networks[:, columns.index(name)] for name in over)
        each = linearized(above, below)[0]
    each = each[~np.isnan(each)]
    if not len(each):
        return np.nan, np.nan
    mean = float(np.cumsum(each)[-1]) / len(each)
    if len(each) < 2:
        return mean, np.nan
    spread = float(np.cumsum((each - mean) ** 2)[-1])
    return mean, sqrt(spread / (len(each) - 1) / len(each))


def _name(values: Mapping[str, Any], place: Place) -> str:
    futures = zlib.crc32(np.array(place.futures, dtype="<i8").tobytes())
    return " ".join([place.stage, f"{futures:08x}", *(f"{key}={value!r}" for key, value in values.items())])


def _unpacked(kept: Any, futures: int, outcomes: int) -> Found:
    content = zlib.decompress(base64.b64decode(kept[0]))
    return np.frombuffer(content, dtype="<f8").reshape(2, futures, outcomes).astype(np.float64), str(kept[1])
