"""How far an interval reaches, held against the published table of Student's t."""

import pytest

from results.estimates.quantiles import t_quantile

# The column for 95 % (two-sided) of any table of Student's t, such as NIST/SEMATECH e-Handbook 1.3.6.7.2.
TABLE = {1: 12.706, 2: 4.303, 5: 2.571, 10: 2.228, 30: 2.042, 60: 2.000, 100: 1.984}


@pytest.mark.parametrize("freedom", TABLE)
def test_the_quantile_is_that_of_the_table(freedom: int) -> None:
    assert t_quantile(freedom) == pytest.approx(TABLE[freedom], abs=5.1e-4)
