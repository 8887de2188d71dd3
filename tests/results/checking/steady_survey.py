"""The two invented surveys of the docs, made by a model whose parameters are written down: `tests.steady`."""

import runpy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import scenarios
from scenarios.observed.waves import Waves, read_waves
from scenarios.reading.reading import settled_by
from tests.steady import STEADY

_SURVEY = Path(__file__).resolve().parents[3] / "docs" / "examples" / "survey"
_WRITTEN = scenarios.load(_SURVEY / "survey.toml", posterior=None)
assert _WRITTEN.roster is not None
_SETTLED = settled_by(_WRITTEN.roster, ties=True)
VALUES = {key: value for key, value in STEADY.items() if key not in _SETTLED}
SCENARIO = scenarios.replace(_WRITTEN, VALUES)


@cache
def example(name: str) -> Waves:
    """The survey of that name; the second wave of "random-survey" has its ties at random."""
    with TemporaryDirectory() as home:
        folder = made(Path(home)) / name
        return read_waves(folder / "members.csv", folder / "ties.csv", folder / "answered.csv")


def made(home: Path) -> Path:
    """Both surveys made in a folder, which is given back."""
    maker = runpy.run_path(str(_SURVEY / "make.py"))
    luck = np.random.default_rng(maker["SEED"])
    (home / "survey").mkdir()
    maker["make"](SCENARIO, maker["member_rows"](luck), luck, home / "survey")
    return home
