"""How options are put together, and which every command has: settings, luck, run folder, threads."""

from collections.abc import Callable
from pathlib import Path
from stat import S_ISDIR
from typing import Any, TypeVar

import click

from results.commands import limits
from terminal import left_out, progress
from terminal.kinds import within

Command = TypeVar("Command", bound=Callable[..., Any])


def options(*several: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order in which help lists them."""

    def decorate(command: Command) -> Command:
        for option in reversed(several):
            command = option(command)
        return command

    return decorate


def usable_folder(_context: click.Context, _option: click.Parameter, value: Path | None) -> Path | None:
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
    "--out", type=click.Path(path_type=Path), metavar="DIR", callback=usable_folder,
    help="Run folder; an interrupted run continues in it.  [runs/<when>-<what>]",
)  # fmt: skip


out_again = click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", callback=usable_folder,
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

assumed = options(setting, posterior, fixed)
"""What a command takes as given: changed values, and how uncertain the parameters are."""
answered = options(seed, out, json_wanted, presenting, figures, workers)
"""With which luck it answers, where that is kept, and how it is shown."""
