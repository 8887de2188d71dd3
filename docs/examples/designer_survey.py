"""A designer's check: does the model predict the second wave of a survey, and what can the survey not tell us?

Run it from anywhere: `python designer_survey.py`. The survey is the invented one next to this file.
"""

# %% The survey: who answered, who knows whom, in two waves
from pathlib import Path

import scenarios
from results.checking.survey_fit import fit
from scenarios.observed.waves import read_waves

home = Path(__file__).parent / "survey" if "__file__" in globals() else Path("survey")
waves = read_waves(home / "members.csv", home / "ties.csv", home / "answered.csv")
settings = scenarios.load(home / "survey.toml")

# %% 200 networks that start from the first wave, compared with the second
found = fit(settings, waves, networks=200, seed=1)
for one in found.statistics:
    print(f"{one.name:24} p {one.p:.2f}  {one.verdict:12} {one.why}")

# %% What the survey supports, contradicts, and leaves open
for verdict in ("supported", "contradicted", "undecided"):
    print(f"{verdict}: {', '.join(one.name for one in found.statistics if one.verdict == verdict) or 'nothing'}")

# %% The same without facilitation: would the survey have noticed?
without = fit(scenarios.replace(settings, {"facilitation.intensity": 0.0}), waves, networks=200, seed=1)
noticed = [one.name for one in without.statistics if one.verdict == "contradicted"]
print(
    f"Without facilitation {len(noticed)} of {len(without.statistics)} statistics are contradicted: the survey needs it"
    if noticed
    else "Without facilitation nothing is contradicted: the survey says nothing about it."
)
