"""How sure a share of networks is, of an outcome that is yes or no in each: also where all say the same."""

from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@overload
def least_variance(yes: float, networks: float) -> float: ...
@overload
def least_variance(yes: Values, networks: NDArray[np.int64]) -> Values: ...
def least_variance(yes: Any, networks: Any) -> Any:
    """Variance of a share of networks as if two more had said yes, and two more no.

        p = (yes + 2) / (n + 4)      variance = p (1 - p) / (n + 4)

    Of networks that all say the same the sample variance is 0, as if nothing were open; of 20 that all are alive the
    true share may well be .9.

    Args:
        yes: that say yes, of each cell (count).
        networks: that say anything (count).

    Source:
        Agresti & Coull (1998), The American Statistician 52(2), 119-126, doi:10.1080/00031305.1998.10480550: two more
        of each. Ours: that only the variance takes them in, and the middle stays the share that was counted; how often
        such intervals hold the truth is in docs/uncertainty.md.
    """
    share = (yes + 2.0) / (networks + 4.0)
    return share * (1.0 - share) / (networks + 4.0)
