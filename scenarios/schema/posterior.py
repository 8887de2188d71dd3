"""A posterior: what is known of the uncertain numbers, as particles, each a whole set of values with a weight.

A calibration makes one. A scenario that carries one is run with another particle every two replicates, so that what
is not known of its numbers is in its results.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import ScenarioError, near_miss, refusal
from scenarios.schema.keys import KEYS

SHAPE = ("network.topics", "network.regions")
"""Uncertainties that settle how large a run is: replicates of another size cannot be added up."""
_OF_ONE_NETWORK, _OF_ALL = ("network.", "members."), ("members.activity_spread",)
MOST_PARTICLES = 1_000_000
MOST_DRAWS = 10_000
"""Particles that replicates are run with, at the most; of more, these are drawn."""
IN_A_ROW = 2
"""Replicates in a row with one particle: their difference is luck alone, so luck and parameters can be told apart."""
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, eq=False)
class Posterior:
    """Sets of values that are as likely as their weights.

    Attributes:
        keys: dotted keys of what is not known.
        values: a row per particle, float[particles, keys], in the keys' units.
        weights: of the particles, float[particles]; their sum is 1.
        name: what it is called: the stem of its file.
        about: what it was calibrated on, a line; "" if nobody said.
        currency: of its prices.
        rate: units of that currency for one US dollar; None where nobody said.
    """

    keys: tuple[str, ...]
    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    name: str = "posterior"
    about: str = ""
    currency: str = "USD"
    rate: float | None = None

    def __post_init__(self) -> None:
        faults = [fault for key in dict.fromkeys(self.keys) if (fault := why_not(key))]
        faults += [f"{key} comes twice; keep one" for key in dict.fromkeys(self.keys) if self.keys.count(key) > 1]
        if not self.keys or self.values.shape != (len(self.weights), len(self.keys)):
            faults.append(
                f"values has the shape {self.values.shape}; allowed is ({len(self.weights)}, {len(self.keys)}), a row "
                "per weight and a column per key, with one key or more"
            )
        if not 1 <= len(self.weights) <= MOST_PARTICLES:
            faults.append(f"there are {len(self.weights):,} particles; allowed is 1 to {MOST_PARTICLES:,}")
        elif not (np.isfinite(self.weights) & (self.weights >= 0)).all() or abs(fsum(self.weights) - 1) > 1e-9:
            faults.append("weights must be 0 or more, and their sum 1")
        if not faults:
            for place, key in enumerate(self.keys):
                faults += [
                    f"particle {row}: {value_fault(key, self.values[row, place])}" for row in self._outside(place)
                ]
        if faults:
            raise ScenarioError(refusal(f"posterior '{self.name}'", faults))

    def __eq__(self, other: object) -> bool:
        """Equal where keys, values and weights are, whatever it is called."""
        if not isinstance(other, Posterior):
            return NotImplemented
        pairs = ((self.values, other.values), (self.weights, other.weights))
        return self.keys == other.keys and all(np.array_equal(mine, theirs) for mine, theirs in pairs)

    def __hash__(self) -> int:
        return hash((self.keys, len(self.weights), *self.values[0].tolist()))

    def __len__(self) -> int:
        return len(self.weights)

    @cached_property
    def draws(self) -> NDArray[np.int64]:
        """Particles in the order in which pairs of replicates get them, int[min(particles, MOST_DRAWS)]."""
        return evenly_drawn(self.weights, min(len(self), MOST_DRAWS))

    def particle_of(self, replicate: int) -> int:
        """Number of the particle that a replicate lives with: that of its pair, and nothing else."""
        return int(self.draws[(replicate // IN_A_ROW) % len(self.draws)])

    def particles_of(self, first: int, replicates: int) -> NDArray[np.int64]:
        """Particles of replicates `first` on, int[replicates]."""
        return self.draws[(np.arange(first, first + replicates) // IN_A_ROW) % len(self.draws)]

    def in_use(self, replicates: int) -> int:
        """How many different particles the first so many replicates live with (count)."""
        return len(np.unique(self.particles_of(0, replicates)))

    def settings(self, particle: int) -> dict[str, float | int]:
        """Values of a particle by key, whole where the key's are."""
        return {key: _plain(key, value) for key, value in zip(self.keys, self.values[particle].tolist(), strict=True)}

    def without(self, keys: Collection[str]) -> "Posterior | None":
        """What is not known besides these keys; None where nothing is left. Replicates keep their particles."""
        kept = [place for place, key in enumerate(self.keys) if key not in keys]
        if len(kept) == len(self.keys):
            return self
        left = tuple(self.keys[place] for place in kept)
        return replace(self, keys=left, values=self.values[:, kept]) if left else None

    @property
    def sha256(self) -> str:
        """SHA-256 of keys, values and weights."""
        digest = hashlib.sha256(json.dumps(self.keys).encode())
        for numbers in (self.values, self.weights):
            digest.update(np.ascontiguousarray(numbers, dtype="<f8").tobytes())
        return digest.hexdigest()

    def describe(self) -> Mapping[str, Any]:
        """As plain data, for manifests."""
        return {"name": self.name, "keys": list(self.keys), "particles": len(self), "sha256": self.sha256}

    def _outside(self, place: int) -> list[int]:
        """Rows whose value may not stand under a key; of very many, the first."""
        key, column = KEYS[self.keys[place]], self.values[:, place]
        column = np.rint(column) if key.kind == "int" else column
        low, high = (-np.inf if key.low is None else key.low), (np.inf if key.high is None else key.high)
        wrong: list[int] = np.flatnonzero(~(np.isfinite(column) & (column >= low) & (column <= high))).tolist()
        return wrong[:100]


def evenly_drawn(weights: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Numbers of particles, each as often as its weight says, int[count].

    A systematic resample: draw k is the particle in which the share (k + 1/2) / count of all weight falls, so that each
    particle comes as often as its weight says, to within one. Then the draws are put into the order of the golden
    ratio, in which any first so many of them are spread evenly over all.

    Source:
        Kitagawa (1996), Journal of Computational and Graphical Statistics 5(1), doi:10.2307/1390750, for the
        systematic resample; Weyl's equidistribution for the order. Ours: that nothing of it is drawn at random.
    """
    shares = np.cumsum(weights)
    wanted = (np.arange(count) + 0.5) / count * shares[-1]
    sample = np.searchsorted(shares, wanted, side="right")
    mixed = np.argsort(np.argsort((np.arange(count) + 0.5) * _GOLDEN % 1.0, kind="stable"), kind="stable")
    return np.asarray(np.minimum(sample, len(weights) - 1)[mixed], dtype=np.int64)


def why_not(key: str) -> str | None:
    """Why a posterior cannot hold a key, and the way out; None if it can."""
    if key not in KEYS:
        return f"{key} is not a key of a scenario{near_miss(key, KEYS)}"
    known = KEYS[key]
    if known.role == "lever":
        return f"{key} is a lever, which somebody decides; a posterior holds uncertainties only, leave it out"
    if known.kind not in ("float", "int"):
        return f"{key} is not a number; leave it out"
    if known.word:
        return f'{key} is a month, or "{known.word}", and no quantity; leave it out'
    if key in SHAPE:
        return f"{key} changes the size of a run, and replicates of different size cannot be added up; leave it out"
    return None


def of_one_network(key: str) -> bool:
    """Whether a key describes who is in one network: what is learned of it there says nothing of another network."""
    return key.startswith(_OF_ONE_NETWORK) and key not in _OF_ALL


def value_fault(key: str, value: float) -> str | None:
    """What is wrong with a value of a posterior; None if it may stand."""
    return KEYS[key].fault(_plain(key, value))


def _plain(key: str, value: float) -> float | int:
    return round(value) if KEYS[key].kind == "int" and isfinite(value) else float(value)
