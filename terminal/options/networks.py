"""Options of what reads or writes one network by its members: `members`, `introduce`, `export`, `new`, `describe`."""

from pathlib import Path

import click

from results.commands import limits
from terminal.kinds import within
from terminal.options.kit import answered, assumed, json_wanted, options, out, presenting, seed, usable_folder, workers

of_members = options(
    assumed,
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
    answered,
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
    assumed,
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
    assumed,
    click.option(
        "--seed", type=within(limits.SEED), metavar="N", help="Random seed.  [default: 1, or RUN's]"
    ),
    click.option(
        "--out", type=click.Path(path_type=Path), metavar="DIR", callback=usable_folder,
        help="Folder for the files; nothing in it is overwritten.  [default: <scenario>-<form>]",
    ),
    json_wanted,
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
        "--out", type=click.Path(path_type=Path), metavar="DIR", callback=usable_folder,
        help="Write a page with the network drawn, and all tables as CSV, into this new folder.",
    ),
    json_wanted,
)  # fmt: skip
