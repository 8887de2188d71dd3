"""Options of `run`, `compare` and `explain`, and of the pages that show their answers."""

from pathlib import Path

import click

from results.commands import limits
from terminal.kinds import within
from terminal.options.kit import answered, assumed, engine, json_wanted, options, out, presenting, seed, workers

running = options(
    assumed,
    click.option(
        "--replicates", type=within(limits.RUNNING["replicates"]), default=500, show_default=True,
        help="Networks simulated of each scenario.",
    ),
    click.option(
        "--precision", type=within(limits.RUNNING["precision"]), metavar="X",
        help="Continue until every 95 % interval is at most X wide, in the outcome's unit (0.02: 2 percentage points). "
        "More networks reduce luck, not uncertainty about the parameters; if that alone is wider than X, the run stops "
        "and says so (--fixed leaves it out).",
    ),
    click.option(
        "--precision-for", "watched", default="collaboration_rate", show_default=True, metavar="OUTCOME",
        help="The outcome that --precision applies to.",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    click.option(
        "--no-figures", "figures", is_flag=True, flag_value=False, default=True,
        help="Draw no figures, and keep no networks to draw (networks/).",
    ),
    workers,
    engine,
)  # fmt: skip


worth = options(
    click.option(
        "--worth", "worth", multiple=True, metavar="WHAT=AMOUNT",
        help="What one is worth to you, such as survivor=60k; WHAT is month (of collaboration), survivor (of a year), "
        "evidence (a piece) or translation (at scale). Adds net benefits, and how likely each plan is worth its cost. "
        "Repeatable.",
    ),
)  # fmt: skip


over = options(
    click.option(
        "--over", metavar="FILE|posterior",
        help="Judge the scenarios across many futures instead: posterior, uncertain parameters only; funder or exit, "
        "which ship with the program; or a TOML or CSV file. All of them include uncertain parameters.",
    ),
    click.option(
        "--futures", type=within(limits.OVER["futures"]), metavar="N",
        help="With --over: how many.  [default: 200; for a CSV, one per row]",
    ),
    click.option(
        "--outcome", "outcomes", multiple=True, default=["collaboration_rate"], show_default=True, metavar="NAME",
        help="With --over: what the scenarios are judged by; may be repeated.",
    ),
    click.option(
        "--at-least", type=within(limits.OVER["at_least"]), metavar="X",
        help="With --over: what the first outcome has to reach, in its unit (0.6: 60 % of members).",
    ),
    click.option(
        "--at-most", type=within(limits.OVER["at_most"]), metavar="X",
        help="With --over: what it may not exceed (for costs, say).",
    ),
    click.option("--retry-failed", is_flag=True, help="With --over: run again what failed, in --out DIR."),
    click.option(
        "--cluster", metavar="tcp://HOST:PORT", help="With --over: run on this dask.distributed scheduler's cluster."
    ),
)  # fmt: skip


explaining = options(
    assumed,
    click.option(
        "--outcome", default="collaboration_rate", show_default=True, metavar="NAME", help="The outcome to explain."
    ),
    click.option(
        "--replicates", type=within(limits.EXPLAINING["replicates"]), default=500, show_default=True,
        help="Networks simulated of each mixture of the two, with the same luck for all mixtures.",
    ),
    click.option(
        "--orders", type=within(limits.EXPLAINING["orders"]), default=32, show_default=True, metavar="N",
        help="With more than 8 changes: how many orders of making them are sampled; an even number.",
    ),
    answered,
    engine,
)  # fmt: skip


def _nothing_is_served(_context: click.Context, _option: click.Parameter, value: int | None) -> None:
    if value is not None:
        click.echo("--port does nothing: the page is a file, and nothing is served any more.", err=True)


exploring = options(
    click.option(
        "--baseline", metavar="NAME",
        help="The scenario to compare with at first; on the page you can pin any.  [default: SCENARIO]",
    ),
    assumed,
    click.option(
        "--replicates", type=within(limits.EXPLORING["replicates"]), default=200, show_default=True,
        help="Networks of each scenario that the page runs; with 200 it answers at once.",
    ),
    seed,
    click.option(
        "--out", type=click.Path(path_type=Path), metavar="FILE",
        help="The page; nothing is overwritten.  [default: SCENARIO-levers.html]",
    ),
    presenting,
    click.option(
        "--port", type=click.IntRange(0, 65535), expose_value=False, callback=_nothing_is_served,
        help="Of earlier versions, which served the page; it does nothing.",
    ),
    click.option("--browser/--no-browser", default=True, show_default=True, help="Open the page in a browser."),
)  # fmt: skip


reporting = options(
    click.option(
        "--as", "form", type=within(limits.REPORTING["form"]),
        help="html, the page; pdf, printed by Chromium, Chrome or Edge; docx and pptx (extra: report), a document and "
        "one slide; xlsx, all tables.  [default: the ending of --out, or html]",
    ),
    click.option(
        "--out", type=click.Path(path_type=Path), metavar="FILE",
        help="The file; nothing is overwritten.  [default: report.<form> in RUN, which is]",
    ),
    json_wanted,
    presenting,
)  # fmt: skip
