"""Boosted trees of an outcome, for points or inputs beyond what a Gaussian process can take; as plain numbers."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import MissingExtraError

Values = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Trees:
    """A sum of trees. A node without a column is a leaf.

    Attributes:
        start: what is added to.
        roots: first node of each tree.
        columns: that a node asks about, int[nodes]; -1 of a leaf.
        thresholds: at or below it goes on to the left.
        lefts: node.
        rights: node.
        values: of leaves.
        error: standard error everywhere, from what held-out points are missed by beyond their luck.
    """

    start: float
    roots: Places
    columns: Places
    thresholds: Values
    lefts: Places
    rights: Places
    values: Values
    error: float = 0.0

    @property
    def kind(self) -> Literal["boosted trees"]:
        """What it is."""
        return "boosted trees"

    def predict(self, places: Values) -> Values:
        """Mean at some places, float[places]."""
        found = np.full(len(places), self.start)
        rows = np.arange(len(places))
        for root in self.roots.tolist():
            node = np.full(len(places), root)
            while (going := self.columns[node] >= 0).any():
                column = np.maximum(self.columns[node], 0)
                left = places[rows, column] <= self.thresholds[node]
                node = np.where(going, np.where(left, self.lefts[node], self.rights[node]), node)
            found += self.values[node]
        return found

    def predict_with_error(self, places: Values) -> tuple[Values, Values]:
        """Mean at some places, and its standard error, the same everywhere."""
        return self.predict(places), np.full(len(places), self.error)


def fit_trees(points: Values, outcome: Values) -> Trees:
    """Learn trees from points.

    Raises:
        MissingExtraError: if scikit-learn is not installed.
    """
    try:
        from sklearn.ensemble import HistGradientBoostingRegressor
    except ImportError:
        raise MissingExtraError("an emulator", "scikit-learn", "emulate") from None
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # type: ignore[no-untyped-call]  # threads take longer than so small a work
        found = HistGradientBoostingRegressor(
            max_iter=200, learning_rate=0.05, max_leaf_nodes=8, l2_regularization=1.0, early_stopping=False,
            random_state=0,
        ).fit(points, outcome)  # fmt: skip
    each = [predictor.nodes for (predictor,) in found._predictors]  # no public name; a test holds it to `predict`
    roots = np.cumsum([0, *(len(nodes) for nodes in each[:-1])])
    leaf = np.concatenate([nodes["is_leaf"] for nodes in each]).astype(bool)
    first = np.repeat(roots, [len(nodes) for nodes in each])
    column, left, right = (
        np.concatenate([nodes[name] for nodes in each]).astype(np.int64) for name in ("feature_idx", "left", "right")
    )
    threshold, value = (
        np.concatenate([nodes[name] for nodes in each]).astype(np.float64) for name in ("num_threshold", "value")
    )
    return Trees(
        float(np.ravel(found._baseline_prediction)[0]),
        roots.astype(np.int64),
        np.where(leaf, -1, column),
        np.where(leaf, 0.0, threshold),
        np.where(leaf, 0, left + first),
        np.where(leaf, 0, right + first),
        np.where(leaf, value, 0.0),
    )
