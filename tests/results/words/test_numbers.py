"""Numbers as they are shown: what is rounded to nothing has no sign, whoever writes it."""

import pytest

from results.words.numbers import number, with_half
from results.words.sentence import Num, Speaker
from simulation.outcomes import Scale


@pytest.mark.parametrize("scale", ["share", "level", "count", "usd"])
@pytest.mark.parametrize("value", [1e-4, -1e-4, 0.0])
def test_a_difference_that_is_rounded_to_0_has_no_sign(value: float, scale: Scale) -> None:
    assert number(value, scale, sign=True).strip("0.") == ""
    assert with_half(value, value - 0.05, value + 0.05, scale, change=True)[0] == "0"


def test_others_keep_theirs() -> None:
    assert [number(one, "share", sign=True) for one in (0.006, -0.006, 0.004, -0.004)] == ["+1", "-1", "0", "0"]
    assert with_half(0.04, -0.02, 0.1, "share", change=True) == "+4 ± 6"
    speaker = Speaker()
    said = [speaker.number(Num(one, 1, sign=True)) for one in (0.06, 0.04, 0.0, -0.04, -0.06)]
    assert said == ["+0.1", "0.0", "0.0", "0.0", "-0.1"]
