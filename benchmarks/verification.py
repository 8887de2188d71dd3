"""The figures of docs/verification.md: the model against truths that it did not write. `make verification`.

Each draws what is simulated beside what must come out, with the band in which luck leaves it.
"""

from __future__ import annotations

import sys
from math import comb, exp, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import scenarios
import simulation
from results.figures.kit.page import save
from results.figures.kit.style import COLOURS, MUTED, WIDTH, house_style
from simulation import CollaborationNetwork
from simulation.draws import draw
from simulation.outcomes import MONTHLY_NAMES, NAMES

OFF: dict[str, Any] = {
    "closing.month": "never", "network.months": 24, "network.prior_ties": 0.0, "members.engagement": 1.0,
    "members.engagement_spread": 0.0, "facilitation.intensity": 0.0, "facilitation.encounters": 0.0,
    "facilitation.group_rate": 0.0, "facilitation.introductions": 0.0, "grants.per_call": 0,
    "behaviour.contact_rate": 0.0, "behaviour.trust_work": 0.0, "behaviour.decay": 0.0, "behaviour.initiative": 0.0,
    "behaviour.end_hazard": 0.0, "behaviour.grant_end_hazard": 0.0, "behaviour.evidence_rate": 0.0,
    "behaviour.engagement_rate": 0.0, "behaviour.fit_gap": 0.0, "behaviour.fit_rate": 0.0, "behaviour.attrition": 0.0,
    "behaviour.leave_chance": 0.0,
}  # fmt: skip
"""A network in which nothing happens; each figure switches one mechanism on."""
SIMULATED, EXACT = COLOURS[2], COLOURS[0]


def alone(**on: Any) -> scenarios.Scenario:
    """Nothing happens but what is switched on; `__` stands for the point of a key."""
    return scenarios.replace(
        scenarios.load("salex", posterior=None), OFF | {key.replace("__", "."): one for key, one in on.items()}
    )


def twins(axes: Axes) -> None:
    """Every outcome of every scenario of the library: how far the engine is from the reference."""
    apart: list[float] = []
    for name in scenarios.names():
        one = scenarios.load(name, posterior=None)
        pair = [simulation.run(one, seed=11, replicates=3, engine=engine) for engine in ("mesa", "compiled")]
        reference, twin = (run.values for run in pair)
        there = ~np.isnan(reference)
        apart += (np.abs(twin - reference) / np.maximum(np.abs(reference), 1.0))[there].tolist()
    ordered = np.sort(np.maximum(apart, 1e-17))
    axes.plot(np.arange(1, len(ordered) + 1) / len(ordered) * 100, ordered, color=SIMULATED)
    axes.axhline(1e-12, color=EXACT, linestyle=(0, (2, 2)))
    axes.annotate("tolerance of the tests", (2, 1e-12), (0, 3), textcoords="offset points", color=MUTED)
    axes.set(yscale="log", ylim=(5e-18, 1e-10), xlabel=f"outcomes, of 100 ({len(ordered):,} in all)")
    powers = range(-17, -9, 1)
    axes.set_yticks([10.0**power for power in powers], ["0", *(f"1e{power}" for power in powers if power > -17)])
    axes.minorticks_off()
    axes.set_title("Engine less reference, relative")


def draws(axes: Axes) -> None:
    """Uniforms of 5,000 events against the uniform law, with the band of Kolmogorov and Smirnov."""
    found = np.sort([draw(1, event, 2, 3, 4, 5)[0] for event in range(5000)])
    law = (np.arange(5000) + 0.5) / 5000
    axes.plot(law, found - law, color=SIMULATED, linewidth=1)
    for side in (-1, 1):
        axes.axhline(side * 1.358 / sqrt(5000), color=EXACT, linestyle=(0, (2, 2)))
    axes.axhline(0, color=EXACT, linewidth=0.8)
    axes.set(xlabel="quantile", ylim=(-0.03, 0.03))
    axes.set_title("Keyed draws less the uniform law")


def decay(axes: Axes) -> None:
    """Trust of ties that nothing renews and nobody embeds."""
    rates = (0.05, 0.15, 0.3)
    for rate in rates:
        asked = alone(
            network__prior_ties=4.0, network__prior_trust=0.6, behaviour__decay=rate, behaviour__embedding=0.0
        )
        network = CollaborationNetwork(asked, seed=5, replicate=0)
        seen, law = [0.6], [0.6]
        for month in range(1, 25):
            network.step()
            levels = [tie.trust for _, tie in network.ties.items()]
            law.append(law[-1] * (1 - rate / (1 + asked.behaviour.ageing * month)))
            seen.append(float(np.mean(levels)) if levels else np.nan)
        axes.plot(range(25), law, color=EXACT, linewidth=0.9)
        axes.plot(range(25), seen, "o", color=SIMULATED, markersize=3)
        axes.annotate(f"decay {rate}", (4, law[4]), (4, 2), textcoords="offset points", color=MUTED)
    axes.set(xlabel="month", xticks=range(0, 25, 6), ylim=(0, 0.65))
    axes.set_title("Decay alone: trust of a tie (line: closed form)")


def hazard(axes: Axes) -> None:
    """Collaborations that only end."""
    asked = alone(network__prior_ties=5.0, network__prior_trust=0.5, members__engagement=0.8, behaviour__end_hazard=0.2,
                  behaviour__end_trust=1.5, behaviour__end_disengagement=2.0)  # fmt: skip
    left = np.zeros(25)
    for replicate in range(12):
        network = CollaborationNetwork(asked, seed=5, replicate=replicate)
        for one, other in network.ties:
            network.start_collaboration(network.organizations[one], network.organizations[other], grant_end=0)
        left[0] += len(network.collaborations)
        for month in range(1, 25):
            network.step()
            left[month] += len(network.collaborations)
    months = np.arange(25)
    law = np.array([exp(-month * 0.2 * exp(-1.5 * 0.5) * exp(2.0 * (0.6 - 0.8))) for month in months])
    _band(axes, months, law, np.sqrt(law * (1 - law) / left[0]))
    axes.plot(months, left / left[0], "o", color=SIMULATED, markersize=3)
    axes.set(xlabel="month", xticks=range(0, 25, 6), ylim=(0, 1.02))
    axes.set_title(f"Hazard alone: share of {left[0]:,.0f} collaborations left")


def meetings(axes: Axes) -> None:
    """Pairs that meet at one convening, by how many members each looks for."""
    sought, members, engagement = np.arange(1, 11), 20, 0.8
    mean, error, law = [], [], []
    for number in sought:
        asked = alone(facilitation__encounters=float(number), facilitation__intensity=0.6, facilitation__reference=0.6,
                      network__members=members, members__engagement=engagement)  # fmt: skip
        counts = []
        for replicate in range(60):
            network = CollaborationNetwork(asked, seed=5, replicate=replicate)
            network.step()
            counts.append(len(network.ties))
        mean.append(np.mean(counts))
        error.append(np.std(counts, ddof=1) / sqrt(60))
        half = number / 2
        missed = (1 - 1 / (members - 1)) ** int(half) * (1 - (half - int(half)) / (members - 1))
        law.append(comb(members, 2) * engagement**2 * (1 - missed**2))
    _band(axes, sought, np.array(law), np.array(error))
    axes.plot(sought, mean, "o", color=SIMULATED, markersize=3)
    axes.set(xlabel="members that each would meet (facilitation.encounters)", ylim=(0, None))
    axes.set_title("Meetings alone: pairs that met at a convening")


def attrition(axes: Axes) -> None:
    """Members that only leave."""
    asked = alone(network__members=300, behaviour__attrition=0.02)
    courses = []
    for replicate in range(10):
        network = CollaborationNetwork(asked, seed=5, replicate=replicate)
        for _ in range(24):
            network.step()
        courses.append([row[MONTHLY_NAMES.index("retention")] for row in network.stock])
    kept = np.mean(courses, axis=0)
    months = np.arange(len(kept))
    law = 0.98**months
    _band(axes, months, law, np.sqrt(law * (1 - law) / 3000))
    axes.plot(months, kept, "o", color=SIMULATED, markersize=3)
    axes.set(xlabel="month", xticks=range(0, 25, 6), ylim=(0.5, 1.02))
    axes.set_title("Attrition alone: share of 3,000 members that stay")


def _band(axes: Axes, at: Any, law: Any, error: Any) -> None:
    axes.fill_between(at, law - 1.96 * error, law + 1.96 * error, color="#DDDDDD", linewidth=0)
    axes.plot(at, law, color=EXACT, linewidth=0.9)


def page(*panels: Any) -> Figure:
    """Panels two by two."""
    rows = -(-len(panels) // 2)
    figure = Figure(figsize=(WIDTH / 72, 2.5 * rows), facecolor="white", layout="constrained")
    for number, panel in enumerate(panels, start=1):
        axes = figure.add_subplot(rows, 2, number)
        panel(axes)
        axes.title.set_fontsize(8)
    return figure


def main(folder: Path) -> None:
    """Draw them."""
    assert len(NAMES) > 20
    with house_style():
        save([page(twins, draws)], folder, "verification-exact")
        save([page(decay, meetings, hazard, attrition)], folder, "verification-limits")
    for drawn in folder.glob("verification-*.svg"):
        drawn.unlink()  # the pages show the PNG


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/figures"))
