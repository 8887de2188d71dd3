"""Options that several commands share."""

from collections.abc import Callable, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import Any, TypeVar

import click

from results.commands import limits
from terminal import left_out, progress
from terminal.kinds import money, within

Command = TypeVar("Command", bound=Callable[..., Any])


def options(*several: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order in which help lists them."""

    def decorate(command: Command) -> Command:
        for option in reversed(several):
            command = option(command)
        return command

    return decorate


def _folder(_context: click.Context, _option: click.Parameter, value: Path | None) -> Path | None:
    """Refuse what no folder can be called or is, and an option that has been taken for one, as by `--out --json`."""
    if value is None:
        return None
    if str(value).startswith("--"):
        raise click.BadParameter(f"found {value}, which looks like an option; name a folder, ./{value} if it must be")
    try:
        str(value).encode()
        if not S_ISDIR(value.stat().st_mode):
            raise click.BadParameter(f"{value} is not a folder; name a new one, or that of the run to go on with")
    except UnicodeEncodeError:
        raise click.BadParameter(f"{str(value)!r} is not UTF-8, which tables could not be written under") from None
    except FileNotFoundError:
        pass
    except OSError as error:
        raise click.BadParameter(f"{str(value)[:60]!r}: {error.strerror}; name another folder") from None
    return value


setting = options(
    click.option(
        "--set", "settings", multiple=True, metavar="KEY=VALUE", callback=left_out.settings_with,
        help="Change a value; may be repeated.",
    ),
    click.option(
        "--rules", multiple=True, metavar="FILE", is_eager=True, expose_value=False, callback=left_out.keep,
        help="Replace rules of the model by the functions of this Python file, which is run.",
    ),
    click.option(
        "--outcomes", "own_outcomes", multiple=True, metavar="FILE", is_eager=True, expose_value=False,
        callback=left_out.keep,
        help="Count the outcomes that functions of this Python file define too; the file is run.",
    ),
    click.option(
        "--without", multiple=True, metavar="NAME", is_eager=True, expose_value=False, callback=left_out.keep,
        help="Leave this member of the roster out; may be repeated. In `compare` with one SCENARIO: compare it with "
        "itself without the member.",
    ),
    click.option(
        "--from", "leaves_in", multiple=True, type=within(limits.MONTH), metavar="MONTH", is_eager=True,
        expose_value=False, callback=left_out.keep,
        help="With --without: the month in which it leaves.  [default: it never is a member]",
    ),
)  # fmt: skip
json_wanted = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
seed = click.option("--seed", type=within(limits.SEED), default=1, show_default=True, help="Random seed.")
out = click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", callback=_folder,
    help="Run folder; an interrupted run continues in it.  [runs/<when>-<what>]",
)  # fmt: skip
out_again = click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", callback=_folder,
    help="Folder of the run made again, a new one.  [RUN-again]",
)  # fmt: skip
workers = options(
    click.option(
        "--workers", type=within(limits.WORKERS), metavar="N",
        help="Threads; results do not depend on them.  [default: one per processor]",
    ),
    click.option(
        "--progress", type=within(limits.OneOf(progress.HOW)), default="auto", show_default=True, expose_value=False,
        callback=progress.keep, envvar="LEGATO_PROGRESS",
        help="How far it is, on standard error: auto, a bar at a terminal and a line now and then elsewhere; lines; "
        "json, a document a line; off.",
    ),
)  # fmt: skip
engine = click.option(
    "--engine", type=within(limits.RUNNING["engine"]), default="compiled", show_default=True,
    help="mesa: the model as written to be read; the same results to 12 digits, and much slower.",
)  # fmt: skip
cluster = click.option(
    "--cluster", metavar="tcp://HOST:PORT", help="Run on the dask.distributed cluster of this scheduler."
)
figures = click.option("--no-figures", "figures", is_flag=True, flag_value=False, default=True, help="Draw no figures.")
fixed = click.option(
    "--fixed", is_flag=True, help="Fix all parameters: intervals then leave out the uncertainty about them."
)
posterior = click.option(
    "--posterior", metavar="FILE|shipped",
    help="How uncertain the parameters are: a CSV with a column per key and a row per set of values, equally likely "
    "or as a column weight says. Values set by --set or in a scenario's file are taken as known.  [default: shipped]",
)  # fmt: skip


presenting = options(
    click.option("--title", default="", metavar="TEXT", help="Title of the brief, instead of ours."),
    click.option("--subtitle", default="", metavar="TEXT", help="A line below its title."),
    click.option("--author", default="", metavar="TEXT", help="Whose brief it is."),
    click.option(
        "--logo", type=click.Path(path_type=Path), metavar="FILE", help="A PNG or JPEG for the head of the brief."
    ),
    click.option(
        "--currency", default="", metavar="WORD",
        help="What the brief shows with amounts instead of the scenario's currency; nothing is converted.",
    ),
    click.option(
        "--language", type=within(limits.LANGUAGES),
        help="Language of the brief; what the terminal says stays English.  [default: en]",
    ),
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


running = options(
    setting,
    posterior,
    fixed,
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
    setting,
    posterior,
    fixed,
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
    seed,
    out,
    json_wanted,
    presenting,
    figures,
    workers,
    engine,
)  # fmt: skip


checking = options(
    setting,
    posterior,
    fixed,
    click.option(
        "--replicates", type=within(limits.CHECKING["replicates"]),
        show_default="200; for a survey, 40 per statistic if that is more",
        help="Virtual networks for each pattern, and for each survey.",
    ),
    click.option(
        "--assumptions/--no-assumptions", default=True, show_default=True,
        help="Switch off each assumption in turn, and say which ones the facts need.",
    ),
    click.option(
        "--hold-out", is_flag=True,
        help="Judge only the last wave of a survey, as when earlier waves were used to calibrate.",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    figures,
    workers,
)  # fmt: skip


calibrating = options(
    click.option(
        "--free", multiple=True, metavar="KEY[=LOW:HIGH]",
        help="A parameter to learn, equally likely from LOW to HIGH beforehand; KEY alone takes the range worth trying "
        "that `legato show` lists. `all` takes every uncertain key, and the name of a table (behaviour) those of it. "
        "May be repeated.",
    ),
    click.option(
        "--method", type=within(limits.CALIBRATING["method"]), default="abc-smc", show_default=True,
        help="abc-smc runs networks for each set of parameters it tries: for up to ten parameters or so. bank runs all "
        "networks first, then learns from them: for any number.",
    ),
    setting,
    click.option(
        "--particles", type=within(limits.CALIBRATING["particles"]),
        help="Sets of parameters in the posterior.  [default: 200; with a bank 1000]",
    ),
    click.option(
        "--replicates", type=within(limits.CALIBRATING["replicates"]),
        help="Virtual networks run with each set.  [default: 20, with the same luck for all sets; with a bank 2, each "
        "with luck of its own]",
    ),
    click.option(
        "--generations", type=within(limits.CALIBRATING["generations"]), default=10, show_default=True,
        help="With abc-smc: most generations; the last one is the posterior.",
    ),
    click.option(
        "--emulate", is_flag=True,
        help="With abc-smc: an emulator of the likelihood answers for sets that are implausible, or that it knows "
        "closely; far fewer networks are run. Needs scikit-learn.",
    ),
    click.option(
        "--draws", type=within(limits.CALIBRATING["draws"]), default=10_000, show_default=True,
        help="With a bank: sets of parameters, drawn from their ranges, that networks are run with.",
    ),
    click.option(
        "--bank", type=click.Path(path_type=Path), metavar="DIR",
        help="With a bank: its folder; one begun before is continued, with more draws if you like.  [default: bank/ in "
        "the run folder]",
    ),
    click.option(
        "--recover", "data_sets", type=within(limits.RECOVERING["data_sets"]), metavar="N",
        help="Instead, make N data sets from known parameters, calibrate each, and say how often the truth is found.",
    ),
    click.option("--plan", "plan_only", is_flag=True, help="Say which parameters could be learned at all, and stop."),
    click.option(
        "--waves", metavar="M,M,...",
        help="With --plan: months of a planned survey of all members; without it, the patterns of OBSERVED are used.",
    ),
    click.option(
        "--members", type=within(limits.PLANNING["members"]), metavar="N",
        help="With --plan --waves: how many members to survey.",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    figures,
    workers,
)  # fmt: skip


def _nothing_is_served(_context: click.Context, _option: click.Parameter, value: int | None) -> None:
    if value is not None:
        click.echo("--port does nothing: the page is a file, and nothing is served any more.", err=True)


exploring = options(
    click.option(
        "--baseline", metavar="NAME",
        help="The scenario to compare with at first; on the page you can pin any.  [default: SCENARIO]",
    ),
    setting,
    posterior,
    fixed,
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


forecasting = options(
    click.option(
        "--of", "of", multiple=True, metavar="OUTCOME@MONTH",
        help="What is predicted, such as collaboration_rate@24, or of a survey tied@24; may be repeated.",
    ),
    click.option("--title", default="", help="Title of the forecast.  [default: the scenario's]"),
    click.option("--question", default="", help="The question that it answers.  [default: the scenario's]"),
    click.option(
        "--assume", "assumed", multiple=True, metavar="TEXT", help="Something that is assumed; may be repeated."
    ),
    click.option(
        "--baseline", "baselines", multiple=True, metavar="OUTCOME=VALUE",
        help="What somebody else would say, to be scored beside Legato: a value, or SUCCESSES:OF from a similar "
        "network; may be repeated.",
    ),
    click.option(
        "--now", type=within(limits.FORECASTING["now"]), default=0, show_default=True, metavar="M",
        help="Month from which on the baseline 'nothing changes' says so.",
    ),
    click.option("--due", default="", metavar="DATE", help="When the facts will be known, such as 2027-12-31."),
    click.option("--date", metavar="DATE", help="Date of the forecast.  [default: today]"),
    setting,
    posterior,
    fixed,
    click.option(
        "--replicates", type=within(limits.FORECASTING["replicates"]), default=1000, show_default=True,
        help="Networks simulated.",
    ),
    seed,
    click.option(
        "--out", type=click.Path(path_type=Path), metavar="FILE",
        help="The file; another forecast is never overwritten.  [default: forecast-<scenario>-<date>.json]",
    ),
    workers,
    json_wanted,
)  # fmt: skip

scoring = options(
    click.option(
        "--facts", multiple=True, metavar="OUTCOME=VALUE|FILE",
        help="What happened: a value, SUCCESSES:OF as in 17:22, yes or no; a TOML file with a table [facts]; or, of a "
        "survey, its folder with the later wave. May be repeated.",
    ),
    click.option("--source", default="", metavar="TEXT", help="Where the facts were read."),
    click.option("--date", metavar="DATE", help="Date of the scoring.  [default: today]"),
    click.option(
        "--out", type=click.Path(path_type=Path), metavar="OUT",
        help="File for the result.  [default: beside FILE, .scored.json]",
    ),
    json_wanted,
)  # fmt: skip

introducing = options(
    click.option(
        "--top", type=within(limits.INTRODUCING["top"]), default=10, show_default=True, metavar="N",
        help="How many introductions are wanted.",
    ),
    click.option(
        "--size", type=within(limits.INTRODUCING["size"]), default=2, show_default=True, metavar="N",
        help="Members that are introduced to each other at a time: 2 is a pair, up to 5 a group.",
    ),
    click.option(
        "--outcome", default="collaborations_formed", show_default=True, metavar="NAME",
        help="What the introductions are to add to; an outcome of a month.",
    ),
    click.option(
        "--introduced", type=within(limits.INTRODUCING["introduced"]), default=1, show_default=True, metavar="M",
        help="Month of the introductions; the next one where a run goes on from today.",
    ),
    click.option(
        "--month", type=within(limits.INTRODUCING["month"]), metavar="M",
        help="Month at whose end the outcome counts.  [default: the closing]",
    ),
    setting,
    posterior,
    fixed,
    click.option(
        "--replicates", type=within(limits.INTRODUCING["replicates"]), default=500, show_default=True,
        help="Networks simulated with each introduction that is looked at closely, and without.",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    workers,
)  # fmt: skip

tracking = options(
    click.option(
        "--target", default="", metavar="OUTCOME@MONTH>=VALUE",
        help='What is to be reached, in double quotes: "collaboration_rate@25>=0.7"; <= for at most. Without a month: '
        "the plan's reporting month.",
    ),
    click.option(
        "--month", type=within(limits.TRACKING["month"]), metavar="M",
        help="Today: what was observed goes to the end of month M.  [default: network.today, or the last month in "
        "OBSERVED]",
    ),
    click.option(
        "--alternative", "alternatives", multiple=True, metavar="SCENARIO",
        help='Another course from now on, such as "salex: closing.month=30"; may be repeated.',
    ),
    click.option(
        "--alarm", type=within(limits.TRACKING["alarm"]), metavar="CHANCE",
        help="End with exit code 1 where the chance of the target is below this, for those who run it every month.",
    ),
    setting,
    posterior,
    fixed,
    click.option(
        "--replicates", type=within(limits.TRACKING["replicates"]), default=1000, show_default=True,
        help="Networks simulated of the plan, and of each alternative.",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    figures,
    workers,
    engine,
)  # fmt: skip

exporting = options(
    click.option(
        "--as", "form", type=within(limits.EXPORTING["form"]), default="csv", show_default=True,
        help="csv: members.csv and ties.csv; xlsx: for Excel; graphml: for Gephi, Cytoscape, R; yed: the same, drawn; "
        "kumu: its two sheets; kumu-json: the same in one file; parquet: for pandas; "
        "state: a scenario that goes on from there; agents: members and ties of many networks, month by month.",
    ),
    click.option("--scenario", metavar="NAME", help="Which scenario of RUN.  [default: the first]"),
    click.option(
        "--month", type=within(limits.EXPORTING["month"]), metavar="M",
        help="As it is at the end of month M; 0 is the founding.  [default: the closing; of agents, every month]",
    ),
    click.option(
        "--replicate", type=within(limits.EXPORTING["replicate"]), default=0, show_default=True, help="Which network."
    ),
    click.option(
        "--replicates", type=within(limits.EXPORTING["replicates"]), default=1, show_default=True,
        help="Of agents, how many networks.",
    ),
    setting,
    posterior,
    fixed,
    click.option(
        "--seed", type=within(limits.SEED), metavar="N", help="Random seed.  [default: 1, or RUN's]"
    ),
    click.option(
        "--out", type=click.Path(path_type=Path), metavar="DIR", callback=_folder,
        help="Folder for the files; nothing in it is overwritten.  [default: <scenario>-<form>]",
    ),
    json_wanted,
)  # fmt: skip


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
        setting,
        posterior,
        fixed,
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


optimising = options(
    click.option(
        "--budget", type=money(limits.BUDGET), required=True, metavar="AMOUNT",
        help="Most that the whole run may cost on average, as people write it: 1100000, 1,100,000 or 1.1m.",
    ),
    click.option(
        "--lever", "levers", multiple=True, metavar="KEY[=...]",
        help="What may be changed: KEY=LOW:HIGH, KEY=LOW:HIGH:STEP, KEY=A,B,C, or KEY alone for the range worth trying "
        "that `legato show` lists. May be repeated.",
    ),
    click.option(
        "--outcome", "outcomes", multiple=True, metavar="NAME",
        help="What to optimise: costs are minimized, all else maximized. May be repeated, for the trade-off.  "
        "[default: collaboration_rate]",
    ),
    click.option(
        "--worth", "--value", "worth", multiple=True, metavar="WHAT=AMOUNT",
        help="What one is worth to you, such as survivor=60k; WHAT is month (of collaboration), survivor (of a year), "
        "evidence, translation, or any count or share (one percentage point). Best is then the net value: all that "
        "less the whole cost. Repeatable.",
    ),
    click.option(
        "--over", metavar="FILE|posterior",
        help="Search for plans that do well in many futures instead: posterior, uncertain parameters only; funder, "
        "exit or one-leaves, which ship with the program; or a TOML or CSV file. Uncertain parameters vary in all.",
    ),
    click.option(
        "--robust", type=click.Choice(limits.ROBUST.words),
        help="With --over: by which criterion plans are searched; all are reported.  [default: satisficing with --bar, "
        "else worst-tenth]",
    ),
    click.option(
        "--bar", "bars", multiple=True, metavar="OUTCOME>=X",
        help='With --over: what is good enough in a future, such as "collaboration_rate>=0.6" or "total_cost<=1.2m". '
        "May be repeated.",
    ),
    click.option(
        "--futures", type=within(limits.OPTIMISING_OVER["futures"]), metavar="N",
        help="With --over: in how many plans are chosen, and again in how many fresh ones they are reported.  "
        "[default: 200; for a CSV, one per row]",
    ),
    click.option(
        "--search-futures", type=within(limits.OPTIMISING_OVER["search_futures"]), default=40, show_default=True,
        metavar="N", help="With --over: in how many plans are searched; they stand for four times as many.",
    ),
    click.option("--plan", "plan_only", is_flag=True, help="With --over: say what it will take, and run nothing."),
    click.option(
        "--kinds-by", "kinds_by", multiple=True, metavar="KEY",
        help="A lever by which plans are told apart in kind: none of it, or its low, middle or high third; the final "
        "has the best of each kind. May be repeated.  [default: those that the cost depends on most]",
    ),
    click.option(
        "--trials", type=within(limits.OPTIMISING["trials"]), default=200, show_default=True,
        help="Candidates tried in the search.",
    ),
    setting,
    posterior,
    fixed,
    click.option(
        "--replicates", type=within(limits.OPTIMISING["replicates"]), default=100, show_default=True,
        help="Networks of each candidate in the search, with the same luck for all of them; with --over, in each "
        "future (20 unless you say so).",
    ),
    click.option(
        "--final", type=within(limits.OPTIMISING["final"]), default=1000, show_default=True,
        help="Networks of each finalist, with fresh luck: so many to choose the winner, and again to report it; with "
        "--over, in each future (50 unless you say so).",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    figures,
    workers,
    cluster,
    engine,
)  # fmt: skip
apportioning = options(
    click.option(
        "--budget", type=money(limits.BUDGET), required=True, metavar="AMOUNT",
        help="Most that all networks together may cost on average, as people write it: 1100000, 1,100,000 or 1.1m.",
    ),
    click.option(
        "--lever", "levers", multiple=True, metavar="KEY[=...]",
        default=["facilitation.intensity=0.2:1:0.2", "grants.per_call=0:8:2"], show_default=True,
        help="What may be changed in each network: KEY=LOW:HIGH, KEY=LOW:HIGH:STEP, KEY=A,B,C, or KEY alone for the "
        "range worth trying that `legato show` lists. May be repeated.",
    ),
    click.option(
        "--outcome", default="surviving", show_default=True, metavar="NAME",
        help="What is to be added, summed over the networks: a count, such as surviving or collaboration_months.",
    ),
    click.option(
        "--cohorts", default="0:2", show_default=True, metavar="LOW:HIGH",
        help="Cohorts of each network, each with other members: at least LOW, at most HIGH; one number: just so many.",
    ),
    click.option(
        "--trials", type=within(limits.APPORTIONING["trials"]), default=60, show_default=True,
        help="Plans of each network that are tried, at the most.",
    ),
    setting,
    posterior,
    fixed,
    click.option(
        "--replicates", type=within(limits.APPORTIONING["replicates"]), default=100, show_default=True,
        help="Networks of each plan in the search.",
    ),
    click.option(
        "--final", type=within(limits.APPORTIONING["final"]), default=1000, show_default=True,
        help="Networks of each plan that is left, with fresh luck: so many to choose the split, as many to report it.",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    figures,
    workers,
    cluster,
    engine,
)  # fmt: skip
exiting = options(
    click.option(
        "--budget", type=money(limits.BUDGET), metavar="AMOUNT",
        help="Most that may be spent on average after the month of the decision, as people write it: 400000 or 0.4m.  "
        "[default: what the plan costs from then on]",
    ),
    click.option(
        "--month", type=within(limits.EXITING["month"]), metavar="MONTH",
        help="The decision is made at the end of this month.  [default: today, network.today, or the latest month at "
        "which every plan can still be chosen]",
    ),
    click.option(
        "--decide-again", type=within(limits.EXITING["decide_again"]), metavar="MONTH",
        help="Also: look at the network at the end of this month, and choose what is still open by what is seen.",
    ),
    click.option(
        "--lever", "levers", multiple=True, metavar="KEY[=...]",
        help="Try these values instead of the usual: closing.notice=0,6,12, funder.taper=0:12:3, "
        "closing.capstone=true. May be repeated.",
    ),
    click.option(
        "--co-funder", type=within(limits.EXITING["co_funder"]), metavar="SHARE",
        help="Also try that others pay this share of what goes with the funder.  [default: 0.5 if several fund the "
        "network, else nothing]",
    ),
    click.option(
        "--outcome", "outcomes", multiple=True, metavar="NAME", show_default=True,
        default=["legacy_rate", "surviving", "months_worked_year_after", "evidence_year_after"],
        help="The first is to be best, the others are told beside it. Costs are to be little, all else much.",
    ),
    setting,
    posterior,
    fixed,
    click.option(
        "--replicates", type=within(limits.EXITING["replicates"]), default=300, show_default=True,
        help="Networks of each plan, with the same luck for all of them.",
    ),
    click.option(
        "--final", type=within(limits.EXITING["final"]), default=1000, show_default=True,
        help="Networks of each finalist, with fresh luck: so many to choose the best, and again to report it.",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    figures,
    workers,
    engine,
)  # fmt: skip
of_files = options(
    click.option(
        "--ties", type=click.Path(path_type=Path), metavar="FILE",
        help="Their ties from before, if they stand in a file of their own.",
    ),
    click.option(
        "--map", "mapped", multiple=True, metavar="COLUMN=OURS",
        help="Read this column as name, interests, region, from, to, strength, relation, date, groups, ... "
        "or nothing; may be repeated.",
    ),
    click.option(
        "--relation", "relations", multiple=True, metavar="NAME",
        help="Take ties of this relation, of several in the file; may be repeated.",
    ),
    click.option(
        "--type", "types", multiple=True, metavar="NAME",
        help="Take nodes of this type as members, of several in the file; may be repeated.",
    ),
    click.option(
        "--part", "parts", multiple=True, metavar="NAME",
        help="Read this sheet of a workbook, or this graph of a file with several; sheets may be repeated.",
    ),
    click.option(
        "--groups-as", metavar="topics|ties|members",
        help="What groups and events that members belong to become: their topics, ties between those who share one, "
        "or members.",
    ),
    click.option(
        "--period", metavar="FROM..TO",
        help="Take ties of this period only, if they have dates: 2018..2020, 2019-03, or a wave.",
    ),
)  # fmt: skip

importing = options(
    click.option(
        "--members", type=click.Path(path_type=Path), metavar="FILE",
        help="The network's members, or the whole network: a list of members or of ties, a workbook, a graph.",
    ),
    of_files,
)  # fmt: skip


describing = options(
    of_files,
    click.option(
        "--month", type=within(limits.DESCRIBING["month"]), metavar="MONTH",
        help="Of a survey in waves: which one.  [default: the last]",
    ),
    click.option(
        "--topic", "topics", multiple=True, metavar="NAME",
        help="A topic that the network should have members for: it is named if there are none; may be repeated.",
    ),
    click.option(
        "--region", "regions", multiple=True, metavar="NAME",
        help="A region that it should have members from; may be repeated.",
    ),
    click.option(
        "--out", type=click.Path(path_type=Path), metavar="DIR", callback=_folder,
        help="Write a page with the network drawn, and all tables as CSV, into this new folder.",
    ),
    json_wanted,
)  # fmt: skip


of_members = options(
    setting,
    posterior,
    fixed,
    click.option(
        "--month", type=within(limits.OF_MEMBERS["month"]), metavar="MONTH",
        help="At whose end to look.  [default: the first scenario's closing, or its last month]",
    ),
    click.option(
        "--member", "names", multiple=True, metavar="NAME",
        help="Show this member in the tables, instead of the likeliest; may be repeated.",
    ),
    click.option(
        "--replicates", type=within(limits.OF_MEMBERS["replicates"]), default=500, show_default=True,
        help="Networks simulated of each scenario.",
    ),
    seed,
    out,
    json_wanted,
    presenting,
    figures,
    workers,
)  # fmt: skip
