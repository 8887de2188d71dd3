"""Options of what searches for plans: `optimise`, `portfolio`, `exit`."""

import click

from results.commands import limits
from terminal.kinds import money, within
from terminal.options.kit import answered, assumed, cluster, engine, options

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
    assumed,
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
    answered,
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
    assumed,
    click.option(
        "--replicates", type=within(limits.APPORTIONING["replicates"]), default=100, show_default=True,
        help="Networks of each plan in the search.",
    ),
    click.option(
        "--final", type=within(limits.APPORTIONING["final"]), default=1000, show_default=True,
        help="Networks of each plan that is left, with fresh luck: so many to choose the split, as many to report it.",
    ),
    answered,
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
    assumed,
    click.option(
        "--replicates", type=within(limits.EXITING["replicates"]), default=300, show_default=True,
        help="Networks of each plan, with the same luck for all of them.",
    ),
    click.option(
        "--final", type=within(limits.EXITING["final"]), default=1000, show_default=True,
        help="Networks of each finalist, with fresh luck: so many to choose the best, and again to report it.",
    ),
    answered,
    engine,
)  # fmt: skip
