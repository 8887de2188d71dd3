"""Options of what is held against facts: `check`, `calibrate`, `forecast`, `score`, `track`."""

from pathlib import Path

import click

from results.commands import limits
from terminal.kinds import within
from terminal.options.kit import answered, assumed, engine, json_wanted, options, seed, setting, workers

checking = options(
    assumed,
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
    answered,
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
    answered,
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
    assumed,
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
    assumed,
    click.option(
        "--replicates", type=within(limits.TRACKING["replicates"]), default=1000, show_default=True,
        help="Networks simulated of the plan, and of each alternative.",
    ),
    answered,
    engine,
)  # fmt: skip
