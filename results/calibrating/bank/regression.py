"""Regressions of what networks count on the parameters: a few small neural networks, whose mean is taken.

Each is trained without a part of the draws, and then predicts that part: by these predictions is known how wrong a
regression is. Counts are predicted by their logarithm under the loss of a Poisson variable, which asks for nothing but
their mean; what may be negative by squared errors.

Source:
    Wedderburn 1974, Biometrika 61(3): means are found by a quasi-likelihood whatever the distribution. Lakshminarayanan
    et al. 2017, NeurIPS 30: the mean of several networks. Size and penalty are ours, by how well left-out draws of the
    shipped evidence were predicted.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import MissingExtraError
from simulation.running.threads import one_thread_a_product

HIDDEN = 32
"""Hidden units of each."""
PENALTY = 2.0
"""On the squared weights, against the sum of the losses of all draws."""
MEMBERS = 3
STEPS = 150
_FAR = 12.0
"""Logarithms of a count over its mean that are taken at the most, so that nothing overflows far out."""

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Member:
    """One trained network: weights and constants of its layers."""

    weights: tuple[Values, ...]
    constants: tuple[Values, ...]


@dataclass(frozen=True, eq=False)
class Layers:
    """Networks of one size side by side, so that each layer is one product, in single precision.

    A walk spends most of its time here, and seven digits are more than any regression knows.
    """

    first: NDArray[np.float32]
    first_constants: NDArray[np.float32]
    second: NDArray[np.float32]
    second_constants: NDArray[np.float32]

    @classmethod
    def of(cls, members: Sequence[Member]) -> "Layers":
        """Layers of some networks."""
        return cls(
            np.concatenate([one.weights[0] for one in members], axis=1).astype(np.float32),
            np.concatenate([one.constants[0] for one in members]).astype(np.float32),
            np.stack([one.weights[1] for one in members]).astype(np.float32),
            np.stack([one.constants[1] for one in members])[:, None].astype(np.float32),
        )

    def predict(self, inputs: Values) -> Values:
        """The last layer before any link, float[members, rows, columns]."""
        hidden = inputs.astype(np.float32) @ self.first
        hidden += self.first_constants
        np.tanh(hidden, out=hidden)
        apart = hidden.reshape(len(inputs), len(self.second), -1).transpose(1, 0, 2)
        return np.asarray(apart @ self.second + self.second_constants, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Regression:
    """Means of several columns as functions of the inputs.

    Attributes:
        members: the networks.
        positive: whether columns are predicted by their logarithm.
        middle: what the columns are apart from in units of `scale`, float[columns].
        scale: float[columns]; 0 where a column never varies.
    """

    members: tuple[Member, ...]
    positive: bool
    middle: Values
    scale: Values

    @cached_property
    def _layers(self) -> Layers:
        return Layers.of(self.members)

    def predict(self, inputs: Values, member: int | None = None) -> Values:
        """Means of the columns, by all members or by one of them, float[rows, columns]."""
        found = np.empty((len(inputs), len(self.middle)))
        found[:] = self.middle
        vary = self.scale > 0
        if vary.any():
            layers = self._layers if member is None else Layers.of(self.members[member : member + 1])
            raw = layers.predict(inputs)
            if self.positive:
                found[:, vary] = np.exp(np.clip(raw, -_FAR, _FAR)).mean(axis=0) * self.scale[vary]
            else:
                found[:, vary] = raw.mean(axis=0) * self.scale[vary] + self.middle[vary]
        return found


def fit(inputs: Values, columns: Values, *, seed: int, members: int = MEMBERS) -> tuple[Regression, Values]:
    """A regression, and what its members predict of the draws they were trained without.

    Args:
        inputs: float[draws, inputs], from -1 to 1.
        columns: float[draws, columns].
        seed: of the first weights.
        members: networks (count), 2 or more.

    Returns:
        The regression, and float[draws, columns].

    Raises:
        MissingExtraError: if scikit-learn is not installed.
    """
    positive = bool((columns >= 0).all())
    middle = columns.mean(axis=0)
    spread = columns.std(axis=0)
    vary = spread > 1e-9 * np.maximum(np.abs(middle), 1e-300)
    scale = np.where(vary, middle if positive else spread, 0.0)
    left_out = np.arange(len(inputs)) % members
    trained = []
    if vary.any():
        target = columns[:, vary] / scale[vary] if positive else (columns[:, vary] - middle[vary]) / scale[vary]
        for number in range(members):
            used = left_out != number
            trained.append(_trained(inputs[used], target[used], positive=positive, seed=seed + number))
    found = Regression(tuple(trained), positive, middle, scale)
    predicted = np.tile(middle, (len(inputs), 1))
    for number in range(members if trained else 0):
        predicted[left_out == number] = found.predict(inputs[left_out == number], number)
    return found, predicted


@contextmanager
def training() -> Iterator[None]:
    """Without the warning that a network might be trained longer: the draws left out say what it is worth.

    Threads that train side by side need it around them all: each would give back to the process what another still
    needs otherwise.
    """
    with one_thread_a_product(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _trained(inputs: Values, target: Values, *, positive: bool, seed: int) -> Member:
    try:
        from sklearn.neural_network import MLPRegressor

        Network: Any = MLPRegressor  # noqa: N806  # it is without types
    except ImportError:
        raise MissingExtraError("calibrate --method bank", "scikit-learn", "calibrate") from None
    loss = "poisson" if positive else "squared_error"
    network = Network(
        hidden_layer_sizes=(HIDDEN,), loss=loss, activation="tanh", solver="lbfgs", alpha=PENALTY, max_iter=STEPS,
        random_state=seed,
    )  # fmt: skip
    with training():
        network.fit(inputs, target[:, 0] if target.shape[1] == 1 else target)
    return Member(tuple(network.coefs_), tuple(network.intercepts_))
