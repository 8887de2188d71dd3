"""Questions answered one at a time, beside the page: of those that wait only the newest counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Generic, TypeVar

Question = TypeVar("Question")


@dataclass(eq=False)
class Answering(Generic[Question]):
    """Who answers for one browser tab.

    Attributes:
        answer: finds an answer, and hands it on unless `is_stale` says that a newer question waits.
    """

    answer: Callable[[Question, Callable[[], bool]], None]
    _lock: Lock = field(default_factory=Lock)
    _waiting: list[Question] = field(default_factory=list)
    _working: bool = False

    def ask(self, question: Question) -> None:
        """Ask; returns at once. A question that still waits is forgotten."""
        with self._lock:
            self._waiting[:] = [question]
            if self._working:
                return
            self._working = True
        Thread(target=self._work, daemon=True).start()

    def is_stale(self) -> bool:
        """Whether a newer question waits."""
        with self._lock:
            return bool(self._waiting)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._working = False
                    return
                question = self._waiting.pop()
            try:
                self.answer(question, self.is_stale)
            except BaseException:
                with self._lock:
                    self._working = False
                raise
