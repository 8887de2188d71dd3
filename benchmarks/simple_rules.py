"""Fit the logistic regression of `results.studies.baselines` on real surveys again, and without each of them.

    python -m benchmarks.simple_rules FOLDER...

Each folder is a survey as `legato check` reads it. Folders of one network, whose names begin alike up to the first
hyphen or digit, are left out together; a folder whose pairs of waves are all in another should not be named.
"""

import re
import sys
from pathlib import Path

from results.studies.baselines import FEATURES, Logistic, Seen, fit_logistic, fitted_without, seen_in
from scenarios.observed.reading import read_observed
from scenarios.observed.waves import read_waves
from simulation.outcomes import NAMES


def waves_in(folder: str) -> list[Seen]:
    """Every wave of a folder after the first."""
    found = []
    for study in read_observed(str(Path(folder) / "observed.toml"), NAMES):
        if survey := study.survey:
            waves = read_waves(
                survey.members, survey.ties, survey.answered, levels=survey.levels, tied_from=survey.tied_from
            )
            found += [seen_in(waves, wave) for wave in range(1, len(waves.months))]
    return found


def main(folders: list[str]) -> None:
    """Print the coefficients fitted on all networks, and on all but each."""
    networks: dict[str, list[Seen]] = {}
    for folder in folders:
        networks.setdefault(re.split(r"[-0-9]", Path(folder).name)[0], []).extend(waves_in(folder))
    every = [seen for mine in networks.values() for seen in mine]
    _tell(fit_logistic(every, ", ".join(networks)))
    for name in networks:
        _tell(fitted_without(dict(networks), name))


def _tell(fitted: Logistic) -> None:
    named = "  ".join(f"{name} {value:.3f}" for name, value in zip(FEATURES, fitted.coefficients, strict=True))
    print(f"{named}  ({fitted.source})")


if __name__ == "__main__":
    main(sys.argv[1:])
