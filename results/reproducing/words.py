"""What `reproduce` says about a run that was made again."""

from collections.abc import Sequence

from results.folders.manifest import Manifest
from results.reproducing.differences import Compared, Difference
from results.reproducing.documents import LEFT
from results.reproducing.environment import Unlike, install_line
from results.words.narrative import Block
from results.words.table import Table
from scenarios.files.faults import printable
from scenarios.files.listing import counted

MOST_TOLD = 10


def reproduced(
    found: Compared, manifest: Manifest, environment: Sequence[Unlike], left: Sequence[str], run: str, out: str
) -> tuple[Block, ...]:
    """Whether it came out the same, in what surroundings, and what was not looked at."""
    blocks: list[Block] = [tuple(_verdict(found, manifest.command, run))]
    if environment:
        rows = tuple((one.what, one.there, one.here) for one in environment)
        blocks.append(Table("What it was made with, and what is here", ("", "there", "here"), rows, frozenset()))
        blocks.append((_way(manifest),))
    else:
        blocks.append(("The model, the versions and the kind of processor are the same here.",))
    blocks.append((f"Not compared: {', '.join([*LEFT, *left])}.", f"Made again in: {out}"))
    return tuple(blocks)


def _verdict(found: Compared, command: str, run: str) -> list[str]:
    files = counted(len(found.files), "file")
    if found.differences:
        first, *others = found.differences
        lines = [f"{run} is not reproduced; the first difference of {files}: {told(first)}"]
        lines += [f"Also {told(one)}" for one in others[:MOST_TOLD]]
        return lines + ([f"and {len(others) - MOST_TOLD} more"] if len(others) > MOST_TOLD else [])
    if found.close:
        same = f"the same to 12 digits in {found.close} of them, for it was made on another kind of processor"
    elif found.equal:
        same = f"the same content in {found.equal} of them, and the same bytes in all others"
    else:
        same = "the same bytes"
    return [f"{run} is reproduced: the {command} was made again from its inputs alone, and {files} hold {same}."]


def told(one: Difference) -> str:
    """A difference in a line."""
    row = "" if one.row is None else f", row {one.row}"
    where = f", {one.where}" if one.where else ""
    return printable(f"{one.file}{row}{where}: {one.there} there, {one.here} here")


def _way(manifest: Manifest) -> str:
    line = install_line(manifest)
    return f"For the same versions: {line}" if line else "The manifest does not say with which versions it was made."
