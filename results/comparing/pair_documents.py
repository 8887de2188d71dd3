"""Who with whom in the JSON document of `run`."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from results.comparing.pairs import PairsOfRun
from results.words.schema import Count, Number


class PairDocument(TypedDict):
    """Two members, and in which share of the networks they are tied and collaborate; trust is 0 without a tie."""

    one: str
    other: str
    tied: Number
    collaborating: Number
    trust: Number


class MemberDocument(TypedDict):
    """A member: the share of the networks in which it is without a tie, or collaborates; and how much on average."""

    member: str
    alone: Number
    collaborating: Number
    ties: Number
    collaborations: Number


class PairsDocument(TypedDict):
    """Who with whom; everything is in pairs.parquet and members.parquet."""

    months: list[Count]
    month: Annotated[Count, Field(description="the last of them, which the lists are about")]
    same_members: Annotated[bool, Field(description="false where every network draws its own members: no lists")]
    likely: Annotated[list[PairDocument], Field(description="most likely to collaborate that do not yet")]
    alone: Annotated[list[MemberDocument], Field(description="most likely to be without a tie")]


def pairs_document(found: PairsOfRun) -> PairsDocument:
    """The likeliest of them."""
    month, of = found.months[-1], found.networks
    counts = found.predicted[month]
    return {
        "months": list(found.months),
        "month": month,
        "same_members": found.of_same_members,
        "likely": [
            {
                "one": found.names[pair[0]],
                "other": found.names[pair[1]],
                "tied": float(counts.tied[pair] / of),
                "collaborating": float(counts.working[pair] / of),
                "trust": float(counts.trust[pair] / of),
            }
            for pair in found.likely
        ],
        "alone": [
            {
                "member": found.names[one],
                "alone": float(counts.alone[one] / of),
                "collaborating": float(counts.active[one] / of),
                "ties": float(counts.tied[one].sum() / of),
                "collaborations": float(counts.working[one].sum() / of),
            }
            for one in found.lonely
        ],
    }
