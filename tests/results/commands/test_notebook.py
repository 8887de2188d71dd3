"""Whoever waits in a notebook sees how far it is; a script hears nothing."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import results
from results.commands import notebook
from results.commands.notebook import HERE, Notebook


class Cell:
    """The output of a notebook's cell: what is shown in it at last, and all that ever was."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def display(self, bar: Any, *, display_id: bool) -> "Cell":
        """Show something that will be updated."""
        assert display_id
        self.update(bar)
        return self

    def update(self, bar: Any) -> None:
        """Show another in its place."""
        self.shown.append(bar._repr_html_())


@pytest.fixture
def cell(monkeypatch: pytest.MonkeyPatch) -> Cell:
    cell = Cell()
    html = lambda text: SimpleNamespace(_repr_html_=lambda: text)  # noqa: E731
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=1)))
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=cell.display, HTML=html))
    return cell


def ticking() -> Notebook:
    """A clock that says at every look that a second has passed."""
    ticks = iter(range(1_000_000))
    return Notebook(lambda: float(next(ticks)))


def test_a_cell_shows_how_far_it_is_and_is_empty_at_last(cell: Cell) -> None:
    with ticking().progress(1200, "networks") as advance:
        advance(300)
        advance(300)
    assert "300 of 1,200 networks" in cell.shown[0]
    assert 'value="600" max="1200"' in cell.shown[1]
    assert cell.shown[-1] == ""


def test_more_than_was_thought_is_no_more_than_all(cell: Cell) -> None:
    with ticking().progress(10) as advance:
        advance(15)
    assert "15 of 15 networks" in cell.shown[0]


def test_what_has_no_end_is_counted(cell: Cell) -> None:
    with ticking().progress(None, "sets of parameters") as advance:
        advance(7)
    assert cell.shown[0] == "7 sets of parameters"


def test_work_that_is_done_at_once_shows_nothing(cell: Cell) -> None:
    with Notebook(lambda: 0.0).progress(3) as advance:
        advance(3)
    assert cell.shown == []


def test_work_that_fails_leaves_no_bar_behind(cell: Cell) -> None:
    def fails() -> None:
        with ticking().progress(3) as advance:
            advance(1)
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert cell.shown[-1] == ""


def test_a_prompt_shows_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=SimpleNamespace))
    with ticking().progress(4) as advance:
        advance(1)
    said = capsys.readouterr()
    assert "1 of 4 networks" in said.err
    assert said.err.rstrip(" \r").endswith("left")
    assert said.out == ""


@pytest.mark.usefixtures("cell")
def test_remarks_name_fields(capsys: pytest.CaptureFixture[str]) -> None:
    ticking().say("take more --replicates")
    assert capsys.readouterr().err == "take more replicates\n"


def test_a_request_tells_the_notebook_without_being_asked(
    cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(1_000_000))
    monkeypatch.setattr(HERE, "_clock", lambda: float(next(ticks)))
    results.Run("salex", settings=["network.members=6"], replicates=4, figures=False, out=tmp_path).answer()
    assert any("of 4 networks" in shown for shown in cell.shown)


def test_a_script_hears_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert notebook._shell() is None
    results.Run("salex", settings=["network.members=6"], replicates=4, figures=False, out=tmp_path).answer()
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")
