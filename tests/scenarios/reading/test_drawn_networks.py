"""A network is the same in every format, whatever its order, encoding, separators, quotation and empty lines."""

import random
from pathlib import Path

import pytest

from benchmarks.drawn_formats import FORMATS, drawn_for
from benchmarks.fuzz_imports import answered


@pytest.mark.parametrize("networks", [12, pytest.param(400, marks=pytest.mark.slow)])
@pytest.mark.parametrize("form", FORMATS)
def test_what_means_the_same_is_read_as_the_same(form: str, networks: int, tmp_path: Path) -> None:
    for seed in range(networks):
        luck = random.Random(f"{form} {seed}")
        network = drawn_for(form, luck)
        assert answered(tmp_path, FORMATS[form](network, luck), form, network) == "read", seed


@pytest.mark.parametrize("form", FORMATS)
def test_a_tie_less_is_read_as_a_tie_less(form: str, tmp_path: Path) -> None:
    """So that the test above compares something."""
    luck = random.Random(form)
    network = drawn_for(form, luck)
    files = FORMATS[form](network._replace(ties=network.ties[1:]), luck)
    with pytest.raises(AssertionError, match=r"(ties|members) are" + ("|refused" if form == "neighbours" else "")):
        answered(tmp_path, files, form, network)
