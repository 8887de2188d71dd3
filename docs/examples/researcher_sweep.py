"""A researcher's sweep: facilitation and grants over a Latin hypercube, read in pandas.

Run it from anywhere: `python researcher_sweep.py`. If the folder `researcher_sweep` exists, the sweep continues there.
"""

# %% A design, and a campaign over it: the same luck at every point
import pandas as pd

import scenarios
from results import open_sweep
from results.sweeping.variance import split
from scenarios.designs.design import plan
from simulation.running.campaign import Campaign

salex = scenarios.load("salex")
varied = ["facilitation.intensity=0.2:1", "grants.per_call=0:8", "behaviour.initiative"]
design = plan(salex, varied, kind="lhs", points=60, seed=1)

# %% Run it; each finished block is saved before the next is reported
with open_sweep("researcher_sweep", Campaign(design, replicates=40, seed=1)) as sweep:
    sweep.complete()
    response = sweep.response("collaboration_rate")

# %% In pandas: one row per point
points = pd.read_parquet("researcher_sweep/points.parquet")
keys = [factor.key for factor in design.factors]
print(points[[*keys, "collaboration_rate", "collaboration_rate_low", "collaboration_rate_high"]].head().round(3))

# %% How far each factor moves with the outcome
print(points[keys].corrwith(points["collaboration_rate"], method="spearman").round(2))

# %% How much is luck
parts = split(response)
for name in ("parameters", "luck", "both"):
    part = getattr(parts, name)
    print(f"{name:12} {part.share * 100:5.1f} % [{part.low * 100:.1f}, {part.high * 100:.1f}]")

# %% The best and the worst point, paired network by network
runs = pd.read_parquet("researcher_sweep/outcomes")
rates = runs.pivot_table(index="replicate", columns="point", values="collaboration_rate")
best, worst = points["collaboration_rate"].idxmax(), points["collaboration_rate"].idxmin()
change = rates[best] - rates[worst]
print(f"Between the best and the worst point: {change.mean():.2f} ± {1.96 * change.sem():.2f}")
