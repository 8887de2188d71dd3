"""The door: who asks. Last stop of the flow: scenarios -> simulation -> results -> cli. Parse, call, print.

Only click is imported here; the rest inside the commands, so that `legato --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

    from results.inquiry import Inquiry
    from results.precision import Precision
    from results.store import RunFolder
    from results.tables import Table
    from scenarios import Scenario
    from simulation.ensemble import Ensemble

PACKAGES = ("scenarios", "simulation", "results")
PATIENCE = 2.0
"""Seconds after which whoever waits is shown how far it is."""
PIPED_WIDTH = 100
"""Columns of text where there is no terminal to ask, nor COLUMNS."""
INTERRUPTED = 130

Command = TypeVar("Command", bound=Callable[..., Any])


class Door(click.Group):
    """The group of commands, with exit codes: 0 done, 1 the work failed, 2 wrong use or bad input, 130 interrupted."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code; without `standalone_mode`, as click does."""
        plainly: Callable[[], Any] = partial(
            super().main, args, prog_name or "legato", complete_var, standalone_mode=False, **extra
        )
        if not standalone_mode:
            return plainly()
        for stream in (sys.stdout, sys.stderr):  # a terminal without ± is no reason to fail
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            code = plainly()
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            click.echo("Interrupted.", err=True)
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        _refuse_strangers()
        from results.versions import legato_version

        click.echo(f"legato {legato_version()}")
        context.exit()


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def main() -> None:
    """How collaboration networks of organizations form, close, and what of them lives on."""
    _refuse_strangers()


def _refuse_strangers() -> None:
    """Names as common as ours may be taken by another package; better to say so than to run it."""
    home = Path(__file__).resolve().parent
    for name in PACKAGES:
        spec = find_spec(name)
        found = Path(spec.origin).resolve() if spec and spec.origin else None
        if found is None or found.parent.parent != home:
            where = found.parent if found else "nowhere"
            raise click.ClickException(
                f"the package '{name}' found at {where} is not Legato's, which is in {home / name}; "
                f"install Legato in an environment of its own, and take the other folder out of PYTHONPATH"
            )


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_setting = click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Change a value; may be repeated."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
_running = _options(
    _setting,
    click.option(
        "--replicates", type=click.IntRange(1, 10_000_000), default=200, show_default=True,
        help="Networks simulated of each scenario.",
    ),
    click.option(
        "--precision", type=click.FloatRange(min=0, min_open=True), metavar="X",
        help="Go on until every 95 % interval is at most X wide, in the outcome's unit (0.02: two members in 100).",
    ),
    click.option(
        "--precision-for", "watched", default="collaboration_rate", show_default=True, metavar="OUTCOME",
        help="The outcome that --precision is about.",
    ),
    click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Seed of the luck."),
    click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Run folder.  [runs/<when>-<what>]"),
    _json,
    click.option("--no-figures", is_flag=True, help="Draw no figures."),
)  # fmt: skip


@main.command("scenarios")
@_json
def list_scenarios(as_json: bool) -> None:
    """List the library: name and question."""
    import scenarios
    from results.documents import scenarios_document
    from results.tables import Table

    library = [(one.name, one.title, one.question) for one in scenarios.summaries()]
    if as_json:
        return _print_json(scenarios_document(library))
    return _print_table(Table("", ("scenario", "question"), tuple((name, question) for name, _, question in library)))


@main.command(short_help="Every value of a scenario, and where it comes from.")
@click.argument("scenario")
@_setting
@click.option("--sources", is_flag=True, help="Add what each value is, and the estimate or assumption behind it.")
@_json
def show(scenario: str, settings: tuple[str, ...], sources: bool, as_json: bool) -> None:
    """Print every value of SCENARIO with its unit, who settles it, and its range."""
    import scenarios
    from results.documents import show_document
    from results.tables import SHOW_WIDTH, show_lines, show_table

    (chosen,) = _choose([scenario], settings)
    rows = [vars(row) for row in scenarios.rows(chosen)]
    if as_json:
        return _print_json(show_document(chosen.name, chosen.title, chosen.question, rows))
    _print_lines([f"{chosen.name}: {chosen.title}", chosen.question])
    if sources or _console().width < SHOW_WIDTH:
        return _print_lines(["", *show_lines(rows, sources=sources)])
    return _print_table(show_table(rows))


@main.command(short_help="Simulate one scenario.")
@click.argument("scenario")
@_running
def run(
    scenario: str, settings: tuple[str, ...], as_json: bool, out: Path | None, no_figures: bool, **asked: Any
) -> None:
    """Simulate SCENARIO and print what comes of it."""
    (chosen,) = _choose([scenario], settings)
    with _results_of("run", (chosen,), chosen.name, out, **asked) as (inquiry, folder, ensembles, reached):
        from results import comparison, documents, tables, wording

        estimates = comparison.estimates(ensembles[0])
        document = documents.run_document(chosen.name, inquiry.seed, ensembles[0].replicates, estimates, reached)
        portraits = inquiry.portray()
        folder.finish(ensembles, document, portraits=portraits)
        if not no_figures:
            from results import figures

            figures.draw_run(ensembles[0], portraits.get(chosen.name, ()), folder.path / "figures")
    if as_json:
        return _print_json({**document, "run_folder": str(folder.path)})
    _print_lines([wording.run_answer(estimates[wording.RATE], chosen.title, chosen.name)])
    _print_table(tables.run_table(estimates))
    return _print_notes(wording.notes(ensembles, reached), folder)


@main.command(short_help="Compare scenarios, network by network.")
@click.argument("names", nargs=-1, metavar="SCENARIO SCENARIO...")
@click.option(
    "--baseline", metavar="NAME", help="The scenario that the others are compared with.  [default: the first]"
)
@_running
def compare(
    names: tuple[str, ...],
    baseline: str | None,
    settings: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    no_figures: bool,
    **asked: Any,
) -> None:
    """Compare each SCENARIO with the first, network by network, with the same luck. --set applies to all of them."""
    if len(names) < 2:
        raise click.UsageError(
            f"compare takes two scenarios or more, found {len(names)}; `legato scenarios` lists the library"
        )
    chosen = _choose(names, settings)
    base = _baseline(baseline, names, chosen)
    with _results_of("compare", chosen, base, out, **asked) as (inquiry, folder, ensembles, reached):
        from results import comparison, documents, tables, wording

        compared = comparison.compare(ensembles, base)
        document = documents.compare_document(compared, reached)
        portraits = inquiry.portray()
        folder.finish(ensembles, document, comparison=compared, portraits=portraits)
        if not no_figures:
            from results import figures

            named = {ensemble.scenario.name: ensemble for ensemble in ensembles}
            figures.draw_comparison(named, compared.differences, base, portraits, folder.path / "figures")
    if as_json:
        return _print_json({**document, "run_folder": str(folder.path)})
    titles = {scenario.name: scenario.title for scenario in chosen}
    _print_lines(
        [*(wording.answer(compared, name, titles[name]) for name in compared.compared), *wording.trade_offs(compared)]
    )
    for table in [*tables.headline_tables(compared, _console().width), *tables.difference_tables(compared)]:
        _print_table(table)
    notes = wording.notes(ensembles, reached)
    return _print_notes([notes[0], wording.pairing(compared), *notes[1:]], folder)


@main.command(short_help="Found a scenario of one's own.")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--members", type=click.Path(path_type=Path), metavar="members.csv", help="The network's members.")
@click.option("--ties", type=click.Path(path_type=Path), metavar="ties.csv", help="Their ties from before.")
@_json
def new(directory: Path, members: Path | None, ties: Path | None, as_json: bool) -> None:
    """Found a scenario of one's own in DIR, with the members of a real network if there are any."""
    import scenarios

    if ties and not members:
        raise click.UsageError("--ties needs --members: ties are between members")
    try:
        scenario = scenarios.found(directory, members, ties)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"cannot write {directory}: {error.strerror or error}") from None
    files = sorted(path.name for path in directory.iterdir())
    if as_json:
        return _print_json({"folder": str(directory), "files": files})
    return _print_lines([f"{directory} now holds {', '.join(files)}.", f"Next: legato run {scenario}"])


def _choose(names: Sequence[str], settings: Sequence[str]) -> tuple[Scenario, ...]:
    from results.choosing import choose
    from scenarios import ScenarioError

    try:
        return choose(names, settings)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None


def _baseline(wanted: str | None, given: Sequence[str], chosen: Sequence[Scenario]) -> str:
    from results.choosing import baseline_of
    from scenarios import ScenarioError

    try:
        return baseline_of(wanted, given, chosen)
    except ScenarioError as error:
        raise click.BadParameter(str(error), param_hint="--baseline") from None


@contextmanager
def _results_of(
    command: str, chosen: tuple[Scenario, ...], baseline: str, out: Path | None, **asked: Any
) -> Iterator[tuple[Inquiry, RunFolder, tuple[Ensemble, ...], Precision | None]]:
    """Open the run folder, then simulate; whatever fails in between or while results are written is said plainly."""
    from results import FolderError, PrecisionError, open_folder
    from results.inquiry import Inquiry
    from scenarios.faults import near_miss
    from simulation.outcomes import NAMES

    if asked["watched"] not in NAMES:
        hint = near_miss(asked["watched"], NAMES) or f"; allowed: {', '.join(NAMES)}"
        raise click.UsageError(f"--precision-for: no outcome is called '{asked['watched']}'{hint}")
    inquiry = Inquiry(command, chosen, baseline, **asked)
    line = ["legato", *sys.argv[1:]]
    try:
        folder = open_folder(out, inquiry.inputs, line)
    except FolderError as error:
        raise click.UsageError(str(error)) from None
    try:
        with _progress(len(chosen) * inquiry.replicates) as progress:
            ensembles, reached = inquiry.simulate(progress)
        yield inquiry, folder, ensembles, reached
    except PrecisionError as error:
        raise click.UsageError(str(error)) from None
    except KeyboardInterrupt:
        click.echo(f"Interrupted before anything was kept. To start again: {_again(line, folder)}", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    except OSError as error:  # a full disk, a folder taken away
        raise click.ClickException(str(error)) from None


def _again(line: list[str], folder: RunFolder) -> str:
    """The command line, into the same folder."""
    from shlex import join

    if not any(word == "--out" or word.startswith("--out=") for word in line):
        line = [*line, "--out", str(folder.path)]
    return join(line)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Tell a waiting person on a terminal how far it is, once it has taken longer than PATIENCE."""
    if not sys.stderr.isatty():
        yield lambda _finished: None
        return
    from threading import Timer

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = SpinnerColumn(), TextColumn("networks"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("networks", total=total)

    def advance(finished: int) -> None:
        bar.advance(task, finished)
        done = bar.tasks[0].completed
        if done > total:  # a wanted precision takes more than the first batch
            bar.update(task, total=done)

    late = Timer(PATIENCE, bar.start)
    late.daemon = True
    late.start()
    try:
        yield advance
    finally:
        late.cancel()
        bar.stop()


def _console() -> Console:
    from rich.console import Console

    ask = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(file=sys.stdout, width=None if ask else PIPED_WIDTH, highlight=False, markup=False, emoji=False)


def _print_lines(lines: Sequence[str]) -> None:
    console = _console()
    with console.capture() as printed:
        for line in lines:
            console.print(line)
    _echo(printed.get())


def _print_notes(notes: Sequence[str], folder: RunFolder) -> None:
    _print_lines(["", *(note for note in notes if note)])
    _echo(f"Run folder: {folder.path}")  # never broken: it will be copied


def _print_table(table: Table) -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    console = _console()
    grid = Grid(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, name in enumerate(table.header):
        grid.add_column(Text(name), justify="right" if number in table.numbers else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    with console.capture() as printed:
        console.print()
        if table.title:
            console.print(Text(table.title, style="bold"))
        console.print(grid)
    _echo(printed.get())


def _echo(text: str) -> None:
    """Print without the blanks that fill a terminal's lines, for as long as somebody reads."""
    try:
        click.echo("\n".join(line.rstrip() for line in text.splitlines()))
    except BrokenPipeError:  # `| head` has read enough: the work is done all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_json(document: Mapping[str, Any]) -> None:
    import json

    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    _echo(json.dumps(document, ensure_ascii=plain, allow_nan=False, indent=2))


if __name__ == "__main__":
    main()
