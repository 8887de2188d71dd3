"""A funder's comparison: is SALEX worth its catalytic grants, and what does closing without notice cost?

Run it from anywhere: `python funder_comparison.py`. Cells begin with `# %%`, the mark that notebooks and editors use.
"""

# %% Three plans, 200 networks each, with the same luck
import scenarios
import simulation
from results import compare
from results.comparing.words import answer
from results.estimates.incremental import incremental
from results.figures import collaboration_rate_figure

REPLICATES = 200
plans = [scenarios.load(name) for name in ("salex", "no-catalytic-funding", "abrupt-closing")]
ensembles = [simulation.run(plan, seed=1, replicates=REPLICATES) for plan in plans]

# %% What a plan changes, in sentences
found = compare(ensembles, "salex")
for plan in plans[1:]:
    print(answer(found, plan.name, plan.title))

# %% The same in numbers: mean and 95 % interval of the paired difference
for outcome in ("collaboration_rate", "legacy_rate", "survival", "total_cost"):
    for plan in plans[1:]:
        one = found.difference(plan.name, outcome)
        print(f"{outcome:20} {plan.name:22} {one.mean:+12.3f}  [{one.low:+.3f}, {one.high:+.3f}]")

# %% What a month of collaboration more costs, or one fewer saves, counted to a year after closing
for plan, ensemble in zip(plans[1:], ensembles[1:], strict=True):
    one = incremental(ensemble, ensembles[0], "year after", "months_worked", "funder")
    price = "no price" if one.verdict not in ("added", "saved") else f"{one.ratio / 1000:.1f} thousand USD"
    print(f"{plan.name:22} {one.gain:+6.1f} months for {one.cost / 1000:+5.0f} thousand USD: {one.verdict}, {price}")

# %% A figure
figure = collaboration_rate_figure({one.scenario.name: one for one in ensembles}, "salex")
figure.savefig("funder_comparison.png", dpi=150)

# %% The finding: a sentence that could turn out false (the direction; how much is in the interval above)
with_grants, without = (ensemble["collaboration_rate"] for ensemble in ensembles[:2])
fewer, more = (without < with_grants).sum(), (without > with_grants).sum()
print(
    f"Without grants a smaller share of members collaborates in {fewer} of {REPLICATES} networks, a larger in {more}."
    if fewer > 2 * more
    else "These networks cannot tell whether grants matter."
)
