"""Make the two invented surveys again: `python docs/examples/survey/make.py`.

30 invented organizations with random topics and regions. The model founds their network with the settings of
survey.toml and lets it grow for three years. The trust in its ties, rounded to five levels, is the first wave.
The model then continues for another year, which gives the second wave. Three members do not answer in the
first wave, four in the second. The random survey has the same first wave; its second wave gives the same levels to
pairs drawn at random.
"""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import scenarios
from results.studies.survey_statistics import survey
from scenarios.observed.beginning import at_first_wave
from scenarios.observed.waves import Waves
from simulation import historian

HERE = Path(__file__).resolve().parent
SEED = 2024
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
SILENT = {0: 3, 12: 4}
"""Month of each wave -> number of members that do not answer in it."""
TOPICS = ("literacy", "numeracy", "teachers", "leadership", "wellbeing", "testing and scaling")
REGIONS = ("Africa", "Asia", "Europe", "North America", "South America")
FIRST_WORDS = ("Amber", "Birch", "Coral", "Delta", "Ember", "Fern", "Granite", "Heron", "Indigo", "Juniper")
LAST_WORDS = ("Institute", "Learning", "Schools")


def write(path: Path, rows: list[list[str | int]]) -> None:
    """A table as CSV, the header first."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def member_rows(luck: np.random.Generator) -> list[list[str | int]]:
    """Invented organizations, each with one to three topics and a region."""
    rows: list[list[str | int]] = [["name", "interests", "region", "size"]]
    for name in (f"{first} {last}" for last in LAST_WORDS for first in FIRST_WORDS):
        topics = luck.choice(TOPICS, size=int(luck.integers(1, 4)), replace=False)
        size = luck.choice(("small", "medium", "large"))
        rows.append([name, ";".join(str(topic) for topic in topics), str(luck.choice(REGIONS)), str(size)])
    return rows


def to_levels(strength: NDArray[np.float64]) -> NDArray[np.int64]:
    """The nearest level of each, int[members, members]."""
    return np.rint(strength * (len(LEVELS) - 1)).astype(np.int64)


def make(scenario: scenarios.Scenario, members: list[list[str | int]], luck: np.random.Generator, home: Path) -> None:
    """Write both surveys of a scenario with these members: one into a folder, the random one beside it."""
    roster = scenario.roster
    assert roster is not None
    count = len(roster.names)
    first = to_levels(survey(historian(scenario, seed=SEED, months=[36])(0).ties[36], count))
    begun = Waves(roster, (0, 12), np.stack([first / 4, first / 4]), np.ones((2, count), np.bool_), levels=LEVELS)
    second = to_levels(survey(historian(at_first_wave(scenario, begun), seed=SEED, months=[12])(1).ties[12], count))
    one, other = np.triu_indices(count, 1)
    random = np.zeros_like(second)
    random[one, other] = random[other, one] = luck.permutation(second[one, other])
    silent = {month: set(luck.choice(count, size=many, replace=False).tolist()) for month, many in SILENT.items()}
    for folder, waves in ((home, {0: first, 12: second}), (home.parent / "random-survey", {0: first, 12: random})):
        ties: list[list[str | int]] = [["month", "from", "to", "level"]]
        answers: list[list[str | int]] = [["name", "month"]]
        for month, levels in waves.items():
            for who in (who for who in range(count) if who not in silent[month]):
                answers.append([roster.names[who], month])
                ties += [
                    [month, roster.names[who], roster.names[about], int(levels[who, about])]
                    for about in np.flatnonzero(levels[who]).tolist()
                ]
        write(folder / "members.csv", members)
        write(folder / "ties.csv", ties)
        write(folder / "answered.csv", answers)


def main() -> None:
    """Write both examples."""
    luck = np.random.default_rng(SEED)
    members = member_rows(luck)
    write(HERE / "members.csv", members)
    make(scenarios.load(HERE / "survey.toml", posterior=None), members, luck, HERE)


if __name__ == "__main__":
    main()
