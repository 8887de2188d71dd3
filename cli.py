"""The door: who asks. Last stop of the flow: scenarios -> simulation -> results -> cli. Parse, call, print.

Only click is imported here, and how we say things; the rest inside the commands, so that `legato --help` answers at
once.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click


def _stranger(name: str) -> str | None:
    """Names as common as ours may be taken by another package; better to say so than to run it."""
    home = Path(__file__).resolve().parent
    try:
        spec = find_spec(name)
    except ValueError:  # somebody made it by hand, and it came from nowhere
        spec = None
    found = Path(spec.origin).resolve() if spec and spec.origin else None
    if found is not None and found.parent.parent == home:
        return None
    folders = list(spec.submodule_search_locations or ()) if spec else []  # of a package without __init__.py
    where = found.parent if found and folders else found or (folders[0] if folders else "nowhere")
    return (
        f"the package '{name}' found at {where} is not Legato's, which is in {home / name}; "
        f"install Legato in an environment of its own, and take the other folder out of PYTHONPATH"
    )


PACKAGES = ("terminal", "results", "simulation", "scenarios")
"""All of ours that lie beside this file; each name is common enough to be somebody else's too."""

for _name in PACKAGES:
    if _found := _stranger(_name):
        sys.exit(f"Error: {_found}")

from results.commands import limits  # noqa: E402  # only once it is known to be ours
from terminal import given, options  # noqa: E402  # only once it is known to be ours
from terminal.answering import answer, at_terminal, print_statement, request  # noqa: E402
from terminal.exit_codes import Door  # noqa: E402
from terminal.kinds import within  # noqa: E402
from terminal.printing import print_json, print_report  # noqa: E402


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from results.folders.versions import legato_version

        click.echo(f"legato {legato_version()}")
        context.exit()


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def main() -> None:
    """Simulate networks of collaborating organizations: how they form, how they close, and what survives."""


@main.command("scenarios")
@options.json_wanted
def list_scenarios(as_json: bool) -> None:
    """List the scenarios in the library, and what each one asks."""
    from results.commands.show import Library

    return answer(Library(), as_json)


@main.command(short_help="Show every value of a scenario and its source.")
@click.argument("scenario")
@options.setting
@click.option("--sources", is_flag=True, help="Add what each value means, and the estimate or assumption behind it.")
@click.option(
    "--odd", is_flag=True, help="Show only what it changes in the model's description (its delta-ODD), with sources."
)
@options.json_wanted
def show(as_json: bool, **asked: Any) -> None:
    """Print every value of SCENARIO with its unit, its role and its range.

    With --odd, print only what it changes in the model compared with the scenario it extends, element by element.
    """
    from results.commands.show import Show

    return answer(Show(**asked), as_json)


@main.command(short_help="Simulate one scenario and report every outcome.")
@click.argument("scenario")
@click.option(
    "--pairs", default="", metavar="MONTH,...",
    help="Also say how likely each pair of members is to be tied and to collaborate at the end of these months, and "
    "each member to be without a tie: pairs.parquet, members.parquet.",
)  # fmt: skip
@options.running
def run(as_json: bool, **asked: Any) -> None:
    """Simulate SCENARIO and print its outcomes."""
    from results.commands.run import Run

    return answer(request(Run, **asked), as_json)


@main.command(short_help="Compare scenarios: who collaborates, what survives, the cost.")
@click.argument("scenarios", nargs=-1, metavar="SCENARIO SCENARIO...")
@click.option(
    "--baseline", metavar="NAME", help="The scenario that the others are compared with.  [default: the first]"
)
@options.worth
@options.over
@options.running
def compare(over: str | None, as_json: bool, **asked: Any) -> None:
    """Compare each SCENARIO with the first, network by network, with the same luck. --set applies to all of them.

    A change of one of them stands beside its name: "salex: grants.per_call=2".

    With --over they are judged over many futures: regret, the worst tenth, how often a threshold is met, and what it
    would be worth to know before one chooses.
    """
    from results.commands.compare import Compare
    from results.commands.compare_over import CompareOver

    asked = given.of_compare(asked, over)
    return answer(request(Compare, **asked) if over is None else request(CompareOver, over=over, **asked), as_json)


@main.command(short_help="Show which changes make the difference between two scenarios.")
@click.argument("scenarios", nargs=-1, metavar="SCENARIO SCENARIO")
@options.explaining
def explain(as_json: bool, **asked: Any) -> None:
    """Split the difference between two scenarios, the baseline first, into the part due to each change.

    Every mixture of the two is run with the same luck; with more than 8 changes, those along --orders drawn at random.
    --set applies to both.
    """
    from results.commands.explain import Explain

    return answer(request(Explain, **asked), as_json)


@main.command(short_help="Vary levers and uncertainties over many points.")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...|RUN")
@options.sweeping(("grid", "lhs", "sequence", "sobol", "morris", "adaptive"), "--design")
def sweep(as_json: bool, plan_only: bool, **asked: Any) -> None:
    """Run SCENARIO at every point of a design; several SCENARIOs are a factor by themselves.

    A change of one of them stands beside its name: "salex: grants.per_call=2".

    Each block is written as soon as it is finished: whatever stops a sweep, the same command with its --out DIR
    goes on and ends in the same bytes. Points that contradict themselves are refused before anything is run. A
    point that fails is a row with its error; the exit code is then 1.

    RUN, the folder of a sweep, is read without running anything: what is there so far, while it runs, after it was
    stopped, or when it is finished. With --out DIR its figures are drawn there.
    """
    from results.commands.sweep import Sweep

    wanted = request(Sweep, **asked)
    if wanted.finished:
        given.check_read(wanted.finished)
        return print_statement(wanted.so_far(), as_json)
    return print_statement(wanted.plan(at_terminal()), as_json) if plan_only else answer(wanted, as_json)


@main.command(short_help="Find which parameters matter, and how much is luck.")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO|RUN")
@options.sweeping(("sobol", "morris"), "--method")
def sensitivity(as_json: bool, plan_only: bool, **asked: Any) -> None:
    """Sobol' indices or elementary effects of SCENARIO's parameters, and the variance split into them and luck.

    It runs a sweep over a design made for this question, stored and resumed like any sweep. RUN, the folder of a
    finished sweep, compare (with --over or without) or run, is analysed without running anything.
    """
    from results.commands.sensitivity import Sensitivity

    wanted = request(Sensitivity, **asked)
    given.check_settled(wanted.finished)
    return print_statement(wanted.plan(at_terminal()), as_json) if plan_only else answer(wanted, as_json)


@main.command(short_help="Show response surfaces of a finished run, by emulators.")
@click.argument("run", type=click.Path(path_type=Path), metavar="RUN")
@options.emulating
def emulate(as_json: bool, **asked: Any) -> None:
    """Learn a smooth stand-in for the model from the points of RUN, check it on points held out, and look at it.

    RUN is the folder of a finished sweep, compare (with --over or without) or run; nothing is simulated. The page
    surfaces.html, in the run folder, shows the outcome over any two inputs, with sliders for the others: it computes by
    itself, without internet. The answer says how far to trust it. Needs scikit-learn (extra: emulate).
    """
    from results.commands.emulate import Emulate

    return answer(Emulate(**asked), as_json)


@main.command(short_help="Compare the model's predictions with facts or a survey.")
@click.argument("observed", metavar="OBSERVED")
@options.checking
def check(as_json: bool, **asked: Any) -> None:
    """Predict what was observed, and say which predictions and assumptions the facts support.

    OBSERVED is a TOML file with patterns or a survey, a folder with a survey's members.csv and ties.csv, the name of a
    shipped study, or `evidence` for all of them.
    """
    from results.commands.check import Check

    return answer(request(Check, **asked), as_json)


@main.command(short_help="Learn the parameters from facts or a survey.")
@click.argument("observed", metavar="OBSERVED...", nargs=-1, required=True)
@options.calibrating
def calibrate(
    as_json: bool, plan_only: bool, waves: str | None, members: int | None, data_sets: int | None, **asked: Any
) -> None:
    """Learn parameters from the facts: a posterior that every command accepts with --posterior.

    OBSERVED is as in `legato check`; several are learned from together. Before you trust the posterior, --recover says
    whether known parameters are found again, and --plan which ones could be learned at all.
    """
    from results.commands.calibrate import Calibrate, Recover
    from results.commands.plan_calibration import PlanCalibration

    if plan_only:
        planned = {name: asked[name] for name in ("observed", "free", "settings", "seed", "workers")}
        return answer(PlanCalibration(waves=waves, members=members, **planned), as_json)
    if waves or members:
        raise click.UsageError("--waves and --members belong to --plan; add it, or leave them out")
    return answer(Recover(data_sets=data_sets, **asked) if data_sets else Calibrate(**asked), as_json)


@main.command(short_help="Find under which conditions a plan fails.")
@click.argument("run", type=click.Path(path_type=Path), metavar="RUN")
@options.discovering
def discover(as_json: bool, **asked: Any) -> None:
    """Find the region of levers and uncertainties where an outcome fails, among the points of RUN.

    RUN is the folder of a finished `legato sweep` or `legato compare --over`. Regions are boxes, found by PRIM (EMA
    Workbench); each is then tested on fresh points, run with fresh luck, in a run folder of their own.
    """
    from results.commands.discover import Discover

    return answer(Discover(**asked), as_json)


@main.command(short_help="Split one budget among several networks.")
@click.argument("scenarios", nargs=-1, required=True)
@options.apportioning
def portfolio(as_json: bool, **asked: Any) -> None:
    """Split one budget among several networks, SCENARIOS: who gets how much, for which plan.

    Each network may be left out, funded once, or for a second cohort with other members. The answer compares the best
    split with equal parts, with all of it for one network and with the networks as they are planned, and says what a
    second cohort costs and adds. What is added is counted against the same members without funding.
    """
    from results.commands.portfolio import Portfolio

    return answer(request(Portfolio, **asked), as_json)


@main.command(short_help="Search for the best use of a budget.")
@click.argument("scenario")
@options.optimising
def optimise(as_json: bool, over: str | None, plan_only: bool, **asked: Any) -> None:
    """Search for the best use of a budget: what the levers of SCENARIO should be set to.

    The winner is chosen, and then reported, with fresh luck, so that it is not just the luckiest of many trials. The
    answer compares it with plans of other kinds, with and without grants for example, and says which levers cost next
    to nothing, how flat the optimum is, and, with --worth, how it turns on what outcomes are worth.

    With --over plans are searched that do well in many futures: that are good enough in most of them (--bar), that are
    never far behind the best plan, or that hold up in the worst tenth. The answer says what robustness costs, in which
    futures plans fall short, and whether criteria of robustness agree.
    """
    from results.commands.optimise import Optimise
    from results.commands.optimise_over import OptimiseOver

    asked = given.of_optimise(asked, over)
    if over is None:
        return answer(request(Optimise, **asked), as_json)
    wanted = request(OptimiseOver, over=over, **asked)
    return print_statement(wanted.plan(at_terminal()), as_json) if plan_only else answer(wanted, as_json)


@main.command("exit", short_help="Plan how to leave: notice, taper, what to leave.")
@click.argument("scenario")
@options.exiting
def plan_exit(as_json: bool, **asked: Any) -> None:
    """Plan how to leave the network of SCENARIO: when to tell members, how to go down with the money, what to leave.

    All plans over notice, taper, capstone, handover and other funders are tried with the same luck. The best for the
    rest of the budget is told in months, with how sure it is, what each element is worth by itself, and what that rests
    on. With --decide-again it also says what it is worth to wait until a month, look at the network, and choose then.
    """
    from results.commands.exit import PlanExit

    return answer(request(PlanExit, **asked), as_json)


@main.command(short_help="Check that a run folder holds what the model gives.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="RUN")
@click.option("--all", "everything", is_flag=True, help="Run every row again, not a sample.")
@click.option(
    "--sample",
    type=within(limits.VERIFYING["sample"]),
    default=200,
    show_default=True,
    help="Rows to run again.",
)
@click.option("--seed", type=within(limits.SEED), default=1, show_default=True, help="Which rows they are.")
@click.option(
    "--rules", "rules_file", type=click.Path(path_type=Path), metavar="FILE",
    help="Rules that RUN was run with, where it has rules of its own: a Python file, which is run.",
)  # fmt: skip
@click.option(
    "--outcomes", "outcomes_file", type=click.Path(path_type=Path), metavar="FILE",
    help="Outcomes that RUN counts, where it has outcomes of its own: a Python file, which is run.",
)  # fmt: skip
@options.json_wanted
def verify(as_json: bool, **asked: Any) -> None:
    """Check the files of RUN against its journal, run a random sample of its rows again, and compare bytes.

    RUN is the folder of any command that fills one: run, compare, explain, members, introduce, track, sweep,
    sensitivity, emulate, discover, optimise, portfolio, exit, check or calibrate. The exit code is 1 if something
    differs, or if nothing could be checked.
    """
    from results.commands.verify import Verify

    return answer(Verify(**asked), as_json)


@main.command(short_help="Make a run again from its folder or archive; compare bytes.")
@click.argument("run", type=click.Path(path_type=Path), metavar="RUN")
@options.out_again
@click.option(
    "--rules", "rules_file", type=click.Path(path_type=Path), metavar="FILE",
    help="Rules that RUN was run with, where it has rules of its own: a Python file, which is run.",
)  # fmt: skip
@click.option(
    "--outcomes", "outcomes_file", type=click.Path(path_type=Path), metavar="FILE",
    help="Outcomes that RUN counts, where it has outcomes of its own: a Python file, which is run.",
)  # fmt: skip
@click.option("--anyway", is_flag=True, help="Also where RUN was made with another version of the model.")
@options.workers
@options.json_wanted
def reproduce(as_json: bool, **asked: Any) -> None:
    """Run what made RUN again, in full, from its manifest and inputs alone, and compare every file of the result.

    RUN is the folder of a run, compare, explain, members, introduce, track, sweep, sensitivity, optimise, portfolio or
    exit, or a .zip, .tar.gz or .tar of one. The answer is the same bytes, or the first difference: file, row, column,
    there and here. It also says with which versions RUN was made, and how to get them. The exit code is 1 if something
    differs.
    """
    from results.commands.reproduce import Reproduce

    return answer(Reproduce(**asked), as_json)


@main.command(short_help="Write the brief of a run folder: page, PDF, Word, PowerPoint, Excel.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="RUN")
@options.reporting
def report(as_json: bool, **asked: Any) -> None:
    """Write the brief of RUN from what the folder holds: report.html, or the same for the programs you work in.

    The page works offline and prints on A4: two pages and an appendix. Every command that fills a run folder also
    writes it. The same folder gives the same bytes, in every form (a PDF: with the same version of the browser).
    """
    from results.commands.report import Report

    found = Report(**asked).answer()
    return print_json(found.document) if as_json else print_report(found.brief)


@main.command(short_help="Whom to introduce to whom, and what it adds.")
@click.argument("scenario")
@options.introducing
def introduce(as_json: bool, **asked: Any) -> None:
    """Rank introductions in the network of SCENARIO, whose members have names, by what they add.

    All pairs that do not know each other are looked at roughly, the most promising closely: the same networks, luck by
    luck, with the introduction and without.
    """
    from results.commands.introduce import Introduce

    return answer(request(Introduce, **asked), as_json)


@main.command(short_help="Is the network on track? With what was observed so far.")
@click.argument("scenario")
@click.argument("observed", type=click.Path(exists=True, path_type=Path))
@options.tracking
def track(as_json: bool, **asked: Any) -> None:
    """Say what is likely to come of a network that SCENARIO plans, given what was OBSERVED of it so far.

    OBSERVED is a table, a row for each observation: month, outcome and value, and where not everybody answered of (how
    many members were asked) or error (a standard error). Or a row for each month, and a column for each outcome. Or the
    collaborations themselves, by name: from, to, began, ended. Or a folder with both: observed.csv, collaborations.csv.

    The answer: the chance to reach the target, a forecast to the end, other courses from now on, which signs of today
    predict the miss, what to measure next, and when one will know. Where SCENARIO is a network as it stands today
    (network.today, docs/members.md), the forecast goes on from there.
    """
    from results.commands.track import Track

    return answer(request(Track, **asked), as_json)


@main.command(short_help="Write down a forecast before the facts are known.")
@click.argument("scenario", metavar="SCENARIO|SURVEY")
@options.forecasting
def forecast(as_json: bool, **asked: Any) -> None:
    """Write a forecast of SCENARIO into one file, sealed by a hash, with baselines and with how it will be scored.

    Of SURVEY, a folder, it says how likely each pair is to be tied later, by Legato, by the rival, and mixed.

    The same command with the same --date gives the same bytes. `legato score FILE` scores it once the facts are known.
    """
    from results.commands.forecast import Forecast

    return answer(request(Forecast, **asked), as_json)


@main.command(short_help="Score a forecast now that the facts are known.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@options.scoring
def score(as_json: bool, **asked: Any) -> None:
    """See that FILE is the forecast as it was sealed, and score it and its baselines by the facts.

    A file that was changed is refused, with what was changed.
    """
    from results.commands.score import Score

    return answer(Score(**asked), as_json)


@main.command(short_help="Write a page with levers that computes, and open it.")
@click.argument("scenario", default="salex", metavar="[SCENARIO]")
@options.exploring
def explore(browser: bool, **asked: Any) -> None:
    """Write a page with the levers of SCENARIO (by default salex) as one file, and open it in a browser.

    A lever that is moved there is answered in the page, by the engine that runs here, offline, without Python: the
    numbers are those of `legato compare` for the same seed. Send the file to whoever has to decide. --set applies to
    the scenario and its baseline.
    """
    from results.commands.explore import Explore
    from terminal.browsing import show

    found = request(Explore, **asked).answer(at_terminal())
    print_statement(found, as_json=False)
    if browser:
        show(found.file)


@main.command(short_help="Write one network as files for other programs.")
@click.argument("source", metavar="SCENARIO|RUN")
@options.exporting
def export(as_json: bool, **asked: Any) -> None:
    """Write one network, as it is in a given month, for Excel, Gephi, yEd, Kumu, R or pandas.

    Network N of SCENARIO is the same network that `legato run` and `legato compare` simulate as N with the same seed.
    RUN is a run folder: its first scenario, or --scenario NAME, with its seed. `legato new` can read all but Parquet,
    and `state`, which is a scenario already: `legato run DIR/NAME-today.toml --fixed` goes on from that month. `agents`
    is a table of members and one of ties, with a row for each network and month: for statistics at the members' level.
    """
    from results.commands.export import Export

    return answer(request(Export, **asked), as_json)


@main.command(short_help="Say who collaborates, leaves, depends on whom, by name.")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@options.of_members
def members(as_json: bool, **asked: Any) -> None:
    """Simulate SCENARIO, which has members of its own, and say what becomes of each of them.

    For each: the chance to collaborate and to leave, its partners, whom it joins, who depends on it; then the likeliest
    pairs. With further scenarios, or changes beside a name ("mine.toml: grants.per_call=0"), what each of them changes
    for whom, compared with the first, network by network, with the same luck.
    """
    from results.commands.members import Members

    return answer(request(Members, **asked), as_json)


@main.command(short_help="Describe a network as it stands: who is central, alone, missing.")
@click.argument("network", metavar="FILE|SURVEY|SCENARIO")
@options.describing
def describe(as_json: bool, **asked: Any) -> None:
    """Say of a network as it stands who is central, who connects others, who is alone, and whom it misses.

    FILE is a list of members or of ties, or a network of any program, as `legato new` reads it; SURVEY a folder with
    members.csv and ties.csv; SCENARIO one with members of its own. Nothing is simulated.
    """
    from results.commands.describe import Describe

    return answer(Describe(**asked), as_json)


@main.command(short_help="Start a scenario of your own.")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@options.importing
@click.option("--preview", "preview_only", is_flag=True, help="Show what is read, and write nothing.")
@options.json_wanted
def new(as_json: bool, preview_only: bool, **asked: Any) -> None:
    """Start a scenario of your own in DIR, with the members of a real network if you have them.

    Files may be of any program: tables, workbooks, matrices, surveys, GraphML, GEXF, GML, Pajek, DL, JSON. What they
    are is read from their content; which column is read as what, and what is left out, is said.
    """
    from results.commands.new import New
    from terminal.answering import print_statement

    if preview_only:
        return print_statement(New(**asked).preview(), as_json)
    return answer(New(**asked), as_json)


if __name__ == "__main__":
    main()
