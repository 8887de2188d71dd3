"""Options of what runs many points: `sweep`, `sensitivity`, and of what reads them: `emulate`, `discover`."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from results.commands import limits
from terminal.kinds import within
from terminal.options.kit import (
    Command,
    assumed,
    cluster,
    engine,
    figures,
    json_wanted,
    options,
    out,
    presenting,
    seed,
    workers,
)

_BINDING = (
    click.option(
        "--toward", metavar="THRESHOLD",
        help='Of --design adaptive: where most points are added, such as "collaboration_rate >= 0.7".  [default: where '
        "the outcome is known least]",
    ),
    click.option(
        "--where", multiple=True, metavar="CONSTRAINT",
        help='What has to hold at every point, such as "closing.notice < closing.month"; may be repeated.',
    ),
    click.option(
        "--correlate", multiple=True, metavar="KEY,KEY=R",
        help='Two factors that go together, with their rank correlation: "grants.per_call,closing.notice=0.6"; may be '
        "repeated.",
    ),
    click.option(
        "--table", type=click.Path(path_type=Path), metavar="FILE",
        help="Values that come together, a set a row, CSV or Parquet, such as a posterior: each point takes a row.",
    ),
)  # fmt: skip


_DESIGNS = {
    "grid": "every combination",
    "lhs": "a Latin hypercube",
    "sequence": "points in an order that is safe to stop, and to go on with",
    "sobol": "Saltelli's scheme for Sobol' indices",
    "morris": "trajectories for elementary effects",
    "adaptive": "points added in rounds, where an emulator is unsure or near a threshold",
}


_USUAL = {
    "grid": "what the steps make, 5 per range",
    "lhs": "200",
    "sequence": "256",
    "sobol": "256 x (2 x factors + 2)",
    "morris": "30 x (factors + 1)",
    "adaptive": "200",
}


def sweeping(designs: Sequence[str], choose: str) -> Callable[[Command], Command]:
    """Options of what runs a design.

    Args:
        designs: that it can run, the usual one first.
        choose: the option that chooses among them, "--design" or "--method".
    """
    return options(
        click.option(
            "--vary", multiple=True, metavar="KEY[=...]",
            help="What to vary: KEY=LOW:HIGH, KEY=LOW:HIGH:STEP, KEY=A,B,C, or KEY alone for the range worth trying "
            "that `legato show` lists; a distribution: 'KEY=normal(4,1)'; scenario=A,B varies the scenario. May be "
            "repeated.",
        ),
        click.option(
            choose, type=within(limits.DESIGNS if choose == "--design" else limits.OneOf(tuple(designs))),
            default=designs[0], show_default=True,
            help="How the points are chosen: "
            + "; ".join(f"{name}, {meaning}" for name, meaning in _DESIGNS.items() if name in designs)
            + ("; or a table of points, CSV or Parquet." if choose == "--design" else "."),
        ),
        *(_BINDING if choose == "--design" else ()),
        click.option(
            "--points", type=within(limits.SWEEPING["points"]), metavar="N",
            help="Most points.  [default: "
            + "; ".join(f"{name}, {usual}" for name, usual in _USUAL.items() if name in designs) + "]",
        ),
        assumed,
        click.option(
            "--replicates", type=within(limits.SWEEPING["replicates"]), default=100, show_default=True,
            help="Networks simulated at each point, with the same luck at all of them.",
        ),
        click.option(
            "--outcome", "outcomes", multiple=True, default=["collaboration_rate"], show_default=True, metavar="NAME",
            help="What to print and draw; may be repeated. All outcomes are kept anyway.",
        ),
        seed,
        out,
        click.option("--plan", "plan_only", is_flag=True, help="Say what it will take, and run nothing."),
        click.option(
            "--retry-failed", is_flag=True, help="Run again the points that failed in the sweep in --out DIR."
        ),
        json_wanted,
        presenting,
        figures,
        workers,
        cluster,
        engine,
    )  # fmt: skip


emulating = options(
    click.option(
        "--outcome", "outcomes", multiple=True, default=["collaboration_rate"], show_default=True, metavar="NAME",
        help="The outcome that an emulator is learned of; may be repeated.",
    ),
    out,
    json_wanted,
    presenting,
    figures,
)  # fmt: skip


discovering = options(
    click.option(
        "--outcome", default="collaboration_rate", show_default=True, metavar="NAME",
        help="The outcome judged at each point."
    ),
    click.option(
        "--below", type=within(limits.DISCOVERING["below"]), metavar="X",
        help="It fails below X, in the outcome's own unit (0.6: 60 % of members).",
    ),
    click.option(
        "--above", type=within(limits.DISCOVERING["above"]), metavar="X", help="It fails above X; for costs, say."
    ),
    click.option(
        "--boxes", type=within(limits.DISCOVERING["boxes"]), default=3, show_default=True,
        help="Most regions; each further one is found among what the others leave.",
    ),
    click.option(
        "--density", type=within(limits.DISCOVERING["density"]), default=0.75, show_default=True, metavar="X",
        help="Share of a region's points that should fail; of equally dense regions, the largest is reported.",
    ),
    click.option(
        "--points", type=within(limits.DISCOVERING["points"]), metavar="N",
        help="Fresh points (or futures) to test the regions on.  [default: as many as RUN has, up to 1,000]",
    ),
    click.option(
        "--seed", type=within(limits.SEED), metavar="N",
        help="Random seed of the fresh points.  [default: one more than RUN's]",
    ),
    out,
    json_wanted,
    presenting,
    figures,
    workers,
    cluster,
    click.option(
        "--retry-failed", is_flag=True, help="Run again the fresh points that failed in the run in --out DIR."
    ),
)  # fmt: skip
