"""Two ways of learning many parameters from a bank, tried on data sets made from known ones.

The same bank, the same data sets, 90 % intervals for each parameter:
  emulators    what Legato does: mean and luck of each finding as functions of the parameters, chains under their
               likelihood;
  regression   approximate Bayesian computation with regression adjustment: the draws whose findings are nearest are
               moved to where they would be had they found what was found, by a local regression of mean and spread.

Nothing is added for discrepancy: the data sets are made by the model itself.
Run: `python -m benchmarks.recovery_many FOLDER [DATA_SETS] [DRAWS]`; it goes on where it was stopped.

Source:
    Beaumont, Zhang & Balding 2002, Genetics 162; Blum & François 2010, Statistics and Computing 20: regression.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from results.calibrating.bank.emulator import statistics_of
from results.calibrating.bank.keeping import Bank, fill
from results.calibrating.bank.learning import learner
from results.calibrating.bank.recovering import data_set
from results.calibrating.bank.sources import sources_of
from results.calibrating.bank.study_likelihood import Finding
from results.calibrating.posterior_summary import Calibration, free_parameters
from results.calibrating.recovery import APART, Recovered, recovered, together
from results.studies.choosing_studies import studies_of

STUDY = Path(__file__).parent / "recovery-many.toml"
KEYS = (
    *("trust_convening", "trust_group", "trust_introduction", "trust_contact", "trust_work", "contact_rate", "decay"),
    *("initiative", "yes_base", "end_hazard", "end_trust", "closed_hazard", "notice_shock", "engagement_rate"),
)
FREE = free_parameters([f"behaviour.{key}" for key in KEYS])
NETWORKS, NEAREST, PARTICLES, STEPS = 2, 0.2, 300, 100
"""Networks a draw, as in a study, so that the bank's own findings have a study's luck; share of draws that are near."""

Values = NDArray[np.float64]


def main(folder: Path, data_sets: int = 40, draws: int = 3000) -> None:
    """Print a line a parameter: how often each way held the truth, and how wide its intervals are."""
    folder.mkdir(parents=True, exist_ok=True)
    bank = fill(folder, FREE, sources_of(studies_of(STUDY, ()), (), 1), draws=draws, networks=NETWORKS, seed=1)
    learned = learner(bank, seed=1, discrepancy=0.0)
    found: dict[str, list[Recovered]] = {"emulators": [], "regression": []}
    effective: dict[str, list[float]] = {"emulators": [], "regression": []}
    for number in range(data_sets):
        luck = np.random.default_rng([1, number, APART])
        truth, findings = data_set(learned, luck, seed=1, first=APART * (number + 1))
        walk = learned.walk(findings, chains=PARTICLES, steps=STEPS, seed=number)
        one = learned.calibration(walk.states, PARTICLES, settled=walk.settled)
        found["emulators"].append(recovered(one, truth))
        effective["emulators"].append(walk.effective)
        (asked,) = findings.values()
        other = adjusted(bank, asked, luck)
        found["regression"].append(recovered(other, truth))
        effective["regression"].append(float(1 / np.sum(other.weights**2)))
        print(f"data set {number + 1}", file=sys.stderr, flush=True)
    both = [together(FREE, of) for of in found.values()]
    low, high = both[0].by_luck
    print(f"90 % intervals of {data_sets} data sets, {draws} draws; by luck {low:.3f} to {high:.3f}")
    print(f"{'':32}" + "".join(f"{name:>22}" for name in found))
    for place, free in enumerate(FREE):
        cells = ""
        for one_way in both:
            width = np.mean(one_way.high[:, place] - one_way.low[:, place]) / (free.high - free.low)
            cells += f"{one_way.covered[:, place].mean():>12.3f} wide {width:.2f}"
        print(f"{free.key:32}{cells}")
    for name, one_way in zip(found, both, strict=True):
        wide = np.mean((one_way.high - one_way.low) / np.array([one.high - one.low for one in FREE]))
        print(f"{name}: covered {one_way.covered.mean():.3f}, width {wide:.3f} of the priors, "
              f"effective particles {np.mean(effective[name]):.0f}")  # fmt: skip


def adjusted(bank: Bank, findings: tuple[Finding, ...], luck: np.random.Generator) -> Calibration:
    """The nearest draws, moved by a regression of mean and spread, as particles with weights."""
    (source,) = bank.sources
    seen = statistics_of(source)(bank.counted[source.name].sum(axis=1))[:, [one.place for one in findings]]
    seen = seen + np.array([one.error for one in findings]) * luck.standard_normal(seen.shape)
    scale = seen.std(axis=0)
    away = (seen - np.array([one.value for one in findings], dtype=np.float64)) / scale
    distance = np.sqrt(np.sum(away**2, axis=1))
    bound = np.quantile(distance, NEAREST)
    near = distance <= bound
    weights = 1 - (distance[near] / bound) ** 2
    low, high = np.array([one.low for one in FREE]), np.array([one.high for one in FREE])
    share = np.clip((bank.values[near] - low) / (high - low), 1e-6, 1 - 1e-6)
    logit = np.log(share / (1 - share))  # so that what is moved stays within its prior
    terms = np.column_stack([np.ones(near.sum()), away[near]])
    root = np.sqrt(weights)[:, None]
    mean = _ridge(terms * root, logit * root)
    missed = logit - terms @ mean
    spread = _ridge(terms * root, np.log(missed**2 + 1e-12) * root)
    moved = mean[0] + missed * np.exp((spread[0] - terms @ spread) / 2)
    values = low + (high - low) / (1 + np.exp(-moved))
    return Calibration(FREE, values, weights / weights.sum(), (), True)


def _ridge(terms: Values, wanted: Values) -> Values:
    small = np.eye(terms.shape[1])
    small[0, 0] = 0.0
    return np.asarray(np.linalg.solve(terms.T @ terms + small, terms.T @ wanted))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
