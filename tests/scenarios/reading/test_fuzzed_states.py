"""Files of a network as it stands, drawn, with a fault in them, or damaged: the first of `make fuzz-states`."""

import pytest

from benchmarks.fuzz_states import main


@pytest.mark.parametrize("states", [60, pytest.param(3000, marks=pytest.mark.slow)])
def test_they_are_read_as_they_are_or_refused_in_words(states: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(states, seed=20) == 0, capsys.readouterr().err
