"""What `check` says of skill, and of what a survey could have noticed."""

from collections.abc import Sequence

from results.checking.necessity import Necessity


def unnoticed(assumptions: Sequence[Necessity]) -> list[str]:
    """Which assumptions no statistic of a survey could have noticed to be missing, and which ones one could."""
    asked = [one for one in assumptions if one.noticing is not None]
    blind = [one.id for one in asked if one.noticing and not one.noticing.could]
    if not asked:
        return []
    seen = [
        f"{one.id} (by {one.noticing.statistic}, {round(100 * one.noticing.power)} %)"
        for one in asked
        if one.noticing and one.noticing.could
    ]
    told = [f"Switched off, these would have been noticed in most networks: {', '.join(seen)}."] if seen else []
    if blind:
        told.append(
            f"{'This survey' if len({one.noticing.survey for one in asked if one.noticing}) == 1 else 'These surveys'} "
            f"could not have noticed that one of these is switched off: {', '.join(blind)}."
        )
    return told
