"""Where a plan fails, as a JSON document."""

from dataclasses import asdict
from math import isinf
from typing import Any

from results.discovering.boxes import Axis, Limit
from results.discovering.discovery import Discovery, Held, Region, Share
from results.discovering.words import conditions
from results.words.document import Document, design_parameters, finite


def discover_document(found: Discovery, *, seed: int, replicates: int) -> Document:
    """What `discover --json` prints, without the folders.

    Args:
        found: held to fresh points or not.
        seed: of the fresh points and their luck.
        replicates: networks at each point.
    """
    return {
        "failure": asdict(found.failure),
        "points": found.failing.of,
        "failing": found.failing.count,
        "unsure": found.unsure,
        "searched": found.searched,
        "seed": seed,
        "replicates": replicates,
        "fresh": None if found.fresh is None else {"points": found.fresh.of, "failing": found.fresh.count},
        "boxes": [_region(one, found) for one in found.regions],
        "parameters": design_parameters(found.response.design, replicates),
    }


def _region(one: Region, found: Discovery) -> Document:
    named = {axis.factor.key: axis for axis in found.axes}
    return {
        "words": conditions(one, found.axes),
        "limits": [
            {**_limit(limit, named[limit.key]), "quasi_p": doubt}
            for limit, doubt in zip(one.box, one.quasi_p, strict=True)
        ],
        "found": _held(one.found),
        "fresh": None if one.fresh is None else _held(one.fresh),
    }


def _limit(limit: Limit, axis: Axis) -> Document:
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


def _held(held: Held) -> Document:
    return {name: _share(getattr(held, name)) for name in ("density", "coverage", "elsewhere")}


def _share(share: Share) -> Document:
    low, high = share.interval
    return {"mean": finite(share.mean), "low": low, "high": high, "count": share.count, "of": share.of}
