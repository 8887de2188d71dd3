"""Where a plan fails, as a JSON document."""

from math import isinf
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.discovering.boxes import Axis, Limit
from results.discovering.discovery import Discovery, Held, Region, Share
from results.discovering.words import conditions
from results.words.document import IntervalDocument, ParametersDocument, design_parameters, finite
from results.words.schema import Count, Folder, Number


class FailureDocument(TypedDict):
    """What counts as failing."""

    outcome: str
    value: float
    side: Literal["below", "above"]


class EndsDocument(TypedDict):
    """What a limit lets in."""

    key: str
    low: Annotated[Number, Field(description="of a range; null where it has no such end")]
    high: Number
    values: Annotated[list[Any] | None, Field(description="of levels: those within; null for a range")]


class LimitDocument(EndsDocument):
    """One side of a box, and how likely it is there by chance."""

    quasi_p: Annotated[float, Field(ge=0, le=1)]


class ShareDocument(IntervalDocument):
    """A share, out of so many."""

    count: Count
    of: Count


class HeldDocument(TypedDict):
    """What a box holds."""

    density: ShareDocument
    coverage: ShareDocument
    elsewhere: ShareDocument


class BoxDocument(TypedDict):
    """Where it fails."""

    words: str
    limits: Annotated[list[LimitDocument], Field(min_length=1)]
    found: HeldDocument
    fresh: HeldDocument


class FreshDocument(TypedDict):
    """Points that were run to check what was found."""

    points: Count
    failing: Count


class DiscoverDocument(TypedDict):
    """What `discover --json` prints."""

    failure: FailureDocument
    points: Count
    failing: Count
    unsure: Count
    searched: Count
    seed: Count
    replicates: Count
    fresh: FreshDocument
    boxes: list[BoxDocument]
    parameters: NotRequired[ParametersDocument]
    run: NotRequired[Folder]
    run_folder: NotRequired[Folder]


def discover_document(found: Discovery, *, seed: int, replicates: int) -> DiscoverDocument:
    """Where it fails, without the folders.

    Args:
        found: held to fresh points.
        seed: of the fresh points and their luck.
        replicates: networks at each point.
    """
    assert found.fresh is not None
    failure = found.failure
    return {
        "failure": {"outcome": failure.outcome, "value": failure.value, "side": failure.side},
        "points": found.failing.of,
        "failing": found.failing.count,
        "unsure": found.unsure,
        "searched": found.searched,
        "seed": seed,
        "replicates": replicates,
        "fresh": {"points": found.fresh.of, "failing": found.fresh.count},
        "boxes": [_region(one, found) for one in found.regions],
        "parameters": design_parameters(found.response.design, replicates),
    }


def _region(one: Region, found: Discovery) -> BoxDocument:
    assert one.fresh is not None
    named = {axis.factor.key: axis for axis in found.axes}
    return {
        "words": conditions(one, found.axes),
        "limits": [
            {**_limit(limit, named[limit.key]), "quasi_p": doubt}
            for limit, doubt in zip(one.box, one.quasi_p, strict=True)
        ],
        "found": _held(one.found),
        "fresh": _held(one.fresh),
    }


def _limit(limit: Limit, axis: Axis) -> EndsDocument:
    """Its ends as values of the key, null where it has none; or the values that it lets in."""
    if axis.levels:
        places = [
            place
            for place in range(len(axis.levels))
            if (place in limit.places if limit.places is not None else limit.low <= place <= limit.high)
        ]
        return {"key": limit.key, "low": None, "high": None, "values": [_plain(axis.levels[place]) for place in places]}
    low, high = (None if isinf(end) else end for end in (limit.low, limit.high))
    return {"key": limit.key, "low": low, "high": high, "values": None}


def _plain(level: Any) -> Any:
    return list(level) if isinstance(level, tuple) else level


def _held(held: Held) -> HeldDocument:
    return {"density": _share(held.density), "coverage": _share(held.coverage), "elsewhere": _share(held.elsewhere)}


def _share(share: Share) -> ShareDocument:
    low, high = share.interval
    return {"mean": finite(share.mean), "low": low, "high": high, "count": share.count, "of": share.of}
