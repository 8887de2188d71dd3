"""A campaign's blocks on a dask.distributed cluster.

A task is a whole block, a second of work or more: a task a network would drown the scheduler. What a lost worker had in
hand is run elsewhere, by the scheduler's order; what comes back is what threads here would have computed, to the byte,
on processors of the same kind.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from logging import CRITICAL, getLogger
from queue import Empty, Queue
from time import monotonic
from typing import Any
from uuid import uuid4

from scenarios.files.faults import FailedError, MissingExtraError
from simulation.model_code import machine_kind, model_version
from simulation.own_outcomes.loading import name_them as name_outcomes
from simulation.own_rules.loading import name_them
from simulation.running.campaign import Failure, Order, PointResult, run_points

SECONDS_TO_CONNECT = 15
SECONDS_WITHOUT_SCHEDULER = 30.0
"""After which a cluster that does not answer is given up; what is finished by then has been handed on."""
PATIENCE = 10.0
"""Seconds without a worker after which whoever waits is told; and between two looks at how many there are."""
AHEAD = 2
"""Tasks with the scheduler for each thread of a worker: one at work, one waiting."""

_LOG = getLogger("distributed.client")


class ClusterError(FailedError, RuntimeError):
    """A cluster that cannot be reached, went away, or runs another version of the model."""


class _OtherVersionError(Exception):
    pass


class ClusterWorkers:
    """Workers of a dask.distributed cluster, wherever they are; results come as they are finished.

    Attributes:
        address: of the scheduler, `tcp://HOST:PORT`.
        note: is told what whoever waits should know, each thing once.
    """

    work_at_a_time = float("inf")  # a block

    def __init__(self, address: str, note: Callable[[str], None] = lambda _text: None) -> None:
        self.address = address
        self.note = note

    def run(self, orders: Iterable[tuple[int, Order]]) -> Iterator[tuple[int, dict[int, PointResult]]]:
        """Results of orders as they are finished, each with the number that came with its order.

        Raises:
            MissingExtraError: if dask.distributed is not installed.
            ClusterError: if the cluster cannot be reached, goes away, or runs another version of the model.
        """
        with _Connection(self.address, self.note) as connection:
            ahead = iter(orders)
            while True:
                while connection.has_room and (one := next(ahead, None)) is not None:
                    connection.submit(*one)
                if not connection.at_work:
                    return
                yield connection.next()


def check_installed() -> None:
    """See that dask.distributed is there.

    Raises:
        MissingExtraError: if it is not.
    """
    if find_spec("distributed") is None:
        raise MissingExtraError("--cluster", "dask.distributed", "cluster")


class _Connection:
    """A client of the scheduler, with the tasks that it has handed over."""

    def __init__(self, address: str, note: Callable[[str], None]) -> None:
        self.at_work: dict[Any, tuple[int, Order]] = {}
        self._address = address
        self._note = note
        self._noted: set[str] = set()
        self._finished: Queue[Any] = Queue()
        self._name = f"legato-{uuid4().hex[:12]}"
        self._submitted = 0
        self._threads = 0
        self._looked = self._answered = -PATIENCE
        check_installed()
        from distributed import Client

        try:
            connect: Any = Client
            self._client = connect(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"no scheduler answers at {address} ({error}); `dask scheduler` starts one, and prints its address"
            ) from None

    def __enter__(self) -> "_Connection":
        self._level = _LOG.level
        _LOG.setLevel(CRITICAL)  # it tells of a lost scheduler in tracebacks; we say it in words
        return self

    def __exit__(self, *_error: object) -> None:
        self.at_work.clear()  # what nobody holds any more, the scheduler drops
        self._client.close(timeout=5 if self._client.status == "running" else 1)
        _LOG.setLevel(self._level)

    @property
    def has_room(self) -> bool:
        """Whether the workers should be handed more; new ones may have come."""
        if monotonic() - self._looked >= PATIENCE / 10:
            self._look()
        return len(self.at_work) < max(1, AHEAD * self._threads)

    def _look(self) -> None:
        """Count the threads of all workers; a scheduler that does not answer is not waited for."""
        if self._client.status == "running":  # otherwise it would wait for the connection first, or have no scheduler
            with suppress(OSError, RuntimeError):
                counted = self._client.sync(self._client.scheduler.ncores, workers=None, callback_timeout=PATIENCE / 2)
                self._threads, self._answered = sum(counted.values()), monotonic()
        self._looked = monotonic()

    def submit(self, number: int, order: Order) -> None:
        """Hand an order to the scheduler."""
        if self._client.status != "running":
            raise self._away()
        self._submitted += 1
        key = f"{self._name}-{self._submitted}"
        task = self._client.submit(run_order, order, model_version(), key=key, pure=False)
        self.at_work[task] = number, order
        task.add_done_callback(self._finished.put)

    def next(self) -> tuple[int, dict[int, PointResult]]:
        """The next results; waits for them."""
        while True:
            task = self._wait()
            number, order = self.at_work.pop(task)
            if task.status != "lost" or self._client.status != "running":
                return number, self._results(task, order)
            self.submit(number, order)  # its worker died with the results: once more, elsewhere

    def _wait(self) -> Any:
        began = monotonic()
        while True:
            try:
                return self._finished.get(timeout=0.2)  # a short wait: Ctrl-C is heard in between
            except Empty:
                room, now = self.has_room, monotonic()
            if now - max(began, self._answered) > SECONDS_WITHOUT_SCHEDULER:
                raise self._away()
            if now - began > PATIENCE and not (room or self._threads):
                self._note_once(f"the cluster at {self._address} has no workers yet; waiting for the first")

    def _results(self, task: Any, order: Order) -> dict[int, PointResult]:
        from distributed import TimeoutError as LateError

        while True:
            if task.status == "cancelled":  # it is so too where the connection broke; "lost" is run again elsewhere
                raise ClusterError(f"the scheduler at {self._address} went away, or has dropped what it was asked")
            if task.status == "error":
                return self._failed(task.exception(timeout=SECONDS_WITHOUT_SCHEDULER), order)
            try:
                results, kind = task.result(timeout=SECONDS_WITHOUT_SCHEDULER)
                break
            except LateError:  # its worker died after it was done: it is run again elsewhere
                if self._client.status != "running":
                    raise self._away() from None
            except Exception as error:
                if task.status not in ("lost", "cancelled", "error"):
                    raise ClusterError(f"the cluster at {self._address} broke off: {error}") from None
        if kind != machine_kind():
            self._note_once(
                "some workers have another kind of processor, or of numba, than this machine: their results are the "
                "same to 12 digits, and may not be to the byte"
            )
        return dict(results)

    def _failed(self, error: BaseException, order: Order) -> dict[int, PointResult]:
        if isinstance(error, _OtherVersionError):
            raise ClusterError(f"{error}; install the same version on every worker") from None
        if type(error).__name__ != "KilledWorker":
            raise ClusterError(
                f"the workers of {self._address} cannot run the model ({type(error).__name__}: {error}); install "
                "legato-networks, in the same version, on every worker"
            ) from None
        # As a point that takes too much memory would: it is given up as any point that fails.
        failure = Failure("KilledWorker: every worker that ran this block died", "")
        return dict.fromkeys(order.points, failure)

    def _away(self) -> ClusterError:
        return ClusterError(f"the scheduler at {self._address} does not answer any more")

    def _note_once(self, text: str) -> None:
        if text not in self._noted:
            self._noted.add(text)
            self._note(text)


def run_order(order: Order, version: str) -> tuple[dict[int, PointResult], str]:
    """What a worker does: run an order, if it runs the same version of the model; its results, and its machine's kind.

    Args:
        order: points to run.
        version: `model_code.model_version` of whoever asks.
    """
    if model_version() != version:
        raise _OtherVersionError(f"a worker runs version {model_version()} of the model, this is {version}")
    for scenario in order.bases.values():
        if scenario.rules is not None:  # whoever sent the order has named them
            name_them(scenario.rules)
        if scenario.outcomes is not None:
            name_outcomes(scenario.outcomes)
    return run_points(order), machine_kind()
