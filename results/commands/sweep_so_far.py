"""`legato sweep RUN`: what a sweep says that is running, was stopped, or is finished; nothing is run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import Field
from typing_extensions import TypedDict

from results.commands.over_design import asked_outcomes
from results.commands.statement import Statement
from results.estimates.response import Response
from results.sweeping.documents import SweepDocument, sweep_document
from results.sweeping.so_far import SoFar, read_so_far
from results.words.currency import amounts_in
from results.words.narrative import Said
from results.words.schema import Count
from scenarios.designs.design import Design
from scenarios.files.faults import RequestError

Says = Callable[[Design, int, Sequence[Response]], Said]
"""What a command says of the points of a design, each of so many replicates."""


class PartDocument(TypedDict):
    """How much of a sweep is there."""

    points: Count
    of: Count
    networks: Count
    order: Annotated[str, Field(description="what these points are good for, given the order in which they were run")]


class SoFarDocument(SweepDocument):
    """What `sweep RUN --json` prints."""

    so_far: PartDocument


@dataclass(frozen=True, eq=False, repr=False)
class SoFarAnswer(Statement):
    """What a sweep says so far.

    Attributes:
        so_far: the points that are there.
        responses: outcome -> its values at these points.
        figures: files that were drawn.
    """

    DOCUMENT: ClassVar[Any] = SoFarDocument

    _: KW_ONLY
    so_far: SoFar
    responses: Mapping[str, Response]
    figures: tuple[Path, ...] = ()


def answer_so_far(
    there: Path, outcomes: str | Sequence[str], said: Says, *, out: str | PathLike[str] | None, figures: bool
) -> SoFarAnswer:
    """Read what is there of a sweep, and say it.

    Args:
        there: the folder of the sweep, in which nothing is written.
        outcomes: that are told and drawn.
        said: what the command says of points.
        out: where figures are drawn, another folder; nowhere if left out.
        figures: whether they are drawn at all.

    Raises:
        FolderError: if the folder cannot be read, or nothing is finished.
        RequestError: if figures should be drawn into the folder of the sweep.
    """
    if out is not None and Path(out).resolve() == there.resolve():
        raise RequestError("out", f"{out} is the sweep's own folder, in which nothing is changed; name another one")
    so_far = read_so_far(there)
    campaign = replace(so_far.folder.campaign, design=so_far.design)
    named = asked_outcomes(outcomes, campaign.outcomes)
    with amounts_in(campaign.design.bases[0].costs.currency):
        responses = {outcome: so_far.response(outcome) for outcome in named}
        failures = dict(so_far.failures())
        drawn: list[Path] = []
        if figures and out is not None:
            from results.figures import draw_sweep

            drawn = draw_sweep(list(responses.values()), Path(out))
        what = said(campaign.design, campaign.replicates, list(responses.values()))
        document = sweep_document(campaign, list(responses.values()), failures)
    for row, point in zip(document["rows"], so_far.points.tolist(), strict=True):
        row["point"] = point
    part: PartDocument = {
        "points": len(so_far.points), "of": so_far.of, "networks": so_far.networks, "order": so_far.order,
    }  # fmt: skip
    end = _end(there, out, drawn, figures=figures)
    return SoFarAnswer(
        ((*_part(so_far, len(failures)), *what.answer), *what.body, ("", *what.notes, *end)),
        {**document, "so_far": part},
        so_far=so_far,
        responses=responses,
        figures=tuple(drawn),
    )


def _part(so_far: SoFar, failed: int) -> list[str]:
    """How much is there."""
    there, of = len(so_far.points), so_far.of
    if so_far.is_whole:
        return [f"All {of:,} points are there."]
    lines = [f"{there:,} of {of:,} points so far ({there / of:.0%}). {so_far.order}"]
    return [*lines, f"{failed:,} of them failed."] if failed else lines


def _end(there: Path, out: str | PathLike[str] | None, drawn: Sequence[Path], *, figures: bool) -> list[str]:
    lines = [f"Nothing was run, and nothing was changed in {there}."]
    if drawn:
        lines.append(f"Figures: {out}")
    elif figures and out is None:
        lines.append("To draw it, add --out DIR.")
    return lines
