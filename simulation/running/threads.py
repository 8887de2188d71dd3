"""Threads at work on one thing after another. The compiled engine lets them run side by side."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def one_thread_a_product() -> Iterator[None]:
    """Products of matrices by one thread each: ours are small and many, and threads of our own work side by side.

    Left to itself, BLAS sets every processor on each product. For matrices of a hundred members that takes ten times as
    long, and far longer where other work waits for the same processors. Counts and sums come out the same.
    """
    import threadpoolctl

    with threadpoolctl.threadpool_limits(limits=1, user_api="blas"):  # type: ignore[no-untyped-call]
        yield


def in_order(
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    workers: int,
    rescue: Callable[[Result], None] = lambda _result: None,
    hasten: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """Results in the order of their tasks, worked on by threads a little ahead.

    An interruption waits for the tasks at work, which `hasten` is called to cut short, and for no other; what they and
    others have finished ahead of their turn goes to `rescue`.
    """
    if workers == 1:
        yield from map(work, tasks)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="legato") as threads:
        waiting: deque[Future[Result]] = deque()
        ahead = iter(tasks)
        try:
            while True:
                for task in ahead:
                    waiting.append(threads.submit(work, task))
                    if len(waiting) > 2 * workers:
                        break
                if not waiting:
                    return
                # Taken out only once it is there: an interruption while waiting must not lose what it waits for.
                result = waiting[0].result()
                waiting.popleft()
                yield result
        except BaseException:
            hasten()
            threads.shutdown(wait=True, cancel_futures=True)
            for future in waiting:
                if not future.cancelled() and future.exception() is None:
                    rescue(future.result())
            raise
