"""An interruption is heard wherever it comes, also where Python loses what is raised."""

import ctypes
import signal
import time
from typing import Any

import pytest

from terminal.interruption import interruptible


def test_an_interruption_that_comes_while_the_compiler_calls_back_is_heard_after_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    came = []

    def notify() -> None:
        signal.raise_signal(signal.SIGTERM)
        came.append("to its end")

    at_work: dict[str, Any] = {"__name__": "llvmlite.binding.executionengine", "notify": notify}
    exec("def called_back():\n    notify()", at_work)
    compiled = ctypes.CFUNCTYPE(None)(at_work["called_back"])
    with interruptible():
        compiled()  # what is raised in it is printed, and lost
        with pytest.raises(KeyboardInterrupt):
            time.sleep(60)

    assert came == ["to its end"]
    assert capfd.readouterr().err == ""


def test_elsewhere_it_is_heard_at_once_and_only_once() -> None:
    with interruptible():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
