"""Differences of several run folders from the last one, network by network: `python paired.py OUT.csv FILE...`."""

import sys
from pathlib import Path

import pandas as pd

import results

out, *files = sys.argv[1:]
outcomes = ["collaboration_rate", "legacy_rate", "total_cost"]
runs = {}
for file in files:
    run = results.open_run(Path(file).parent)
    frame = run.frames()["outcomes"].set_index("replicate")
    runs[frame["scenario"].iloc[0]] = frame[outcomes]
baseline = list(runs)[-1]
rows = [
    {"scenario": name, "baseline": baseline, "outcome": outcome, "mean": less.mean(), "error": less.sem()}
    for name, frame in runs.items()
    if name != baseline
    for outcome, less in (frame - runs[baseline]).items()
]
pd.DataFrame(rows).to_csv(out, index=False)
print(pd.DataFrame(rows).to_string(index=False))
