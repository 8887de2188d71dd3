"""The JSON document of `describe`."""

from math import isnan
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.describing.description import Description
from results.words.document import finite
from results.words.schema import Count, Number


class TrustDocument(TypedDict):
    """Trust of the ties, 0 to 1: the middle, the range of the middle half, and how many are below .3."""

    median: float
    low: float
    high: float
    weak: Count


class WholeDocument(TypedDict):
    """The network as a whole."""

    ties: Count
    density: Annotated[Number, Field(description="share of the pairs of which it is known that have a tie")]
    parts: Annotated[list[Count], Field(description="members of each connected part, the largest first")]
    without_a_tie: Count
    mean_partners: float
    closed: Annotated[Number, Field(description="share of pairs with a partner in common that are tied themselves")]
    steps: Annotated[Number, Field(description="on the shortest way between two of the largest part, on average")]
    farthest: Count
    trust: TrustDocument | None


class DescribedMember(TypedDict):
    """A member, and where it stands; what is not known of it is left out."""

    name: str
    topics: list[str]
    region: str
    partners: NotRequired[Count]
    mean_trust: NotRequired[Number]
    within_two_steps: NotRequired[Count]
    between_others: NotRequired[
        Annotated[float, Field(description="share of pairs of others whose shortest way leads through it")]
    ]
    pairs_only_through_it: NotRequired[Count]
    cut_off_without_it: NotRequired[Count]
    to_other_regions: NotRequired[Number]
    part: NotRequired[Annotated[Count, Field(description="number of its connected part, 1 is the largest")]]
    answered: NotRequired[bool]
    names: NotRequired[Count | None]
    named_by: NotRequired[Count]


class GroupDocument(TypedDict):
    """The members that share a topic or a region."""

    kind: Literal["topic", "region"]
    name: str
    members: Count
    ties: Count
    density: Number
    mean_trust: Number
    to_others: Number
    without_a_tie: Count


class GapDocument(TypedDict):
    """A region in which nobody works on a topic, and how many would if topics and regions were unrelated."""

    topic: str
    region: str
    expected: float


class OutsiderDocument(TypedDict):
    """Somebody who is named and is no member; `meant` is a member with a name much like it."""

    name: str
    named_by: list[str]
    meant: str | None


class SilentDocument(TypedDict):
    """A member that did not answer, and how many name it."""

    name: str
    named_by: Count


class LoneDocument(TypedDict):
    """A topic or a region with one member only."""

    name: str
    member: str


class MissingDocument(TypedDict):
    """Whom the network misses; topics and regions are those that were asked for."""

    topics: list[str]
    regions: list[str]
    lone_topics: list[LoneDocument]
    lone_regions: list[LoneDocument]
    gaps: list[GapDocument]
    outsiders: list[OutsiderDocument]
    silent: list[SilentDocument]
    without_topics: list[str]
    without_region: list[str]


class AnswersDocument(TypedDict):
    """How far the survey was answered; `both` and `one_sided` are ties of which both sides were asked."""

    answered: Count
    asked: Count
    both: Count
    one_sided: Count
    agreement: Number


class ChangeDocument(TypedDict):
    """Ties since the wave before, of pairs that both tell of."""

    since: str
    gained: Count
    lost: Count
    stayed: Count


class DescribeDocument(TypedDict):
    """What `describe --json` prints."""

    title: str
    when: str
    whole: Annotated[WholeDocument | None, Field(description="null where nothing is known of ties")]
    members: list[DescribedMember]
    groups: list[GroupDocument]
    missing: MissingDocument
    unknown_pairs: Count
    answers: AnswersDocument | None
    change: ChangeDocument | None
    notes: list[str]
    files: list[str]


def describe_document(found: Description, files: list[str]) -> DescribeDocument:
    """The document of a description."""
    network, answers, change = found.network, found.answers, found.network.change
    return {
        "title": network.title,
        "when": network.when,
        "whole": _whole(found),
        "members": [_member(found, one) for one in range(len(found.names))],
        "groups": [
            {
                "kind": one.kind, "name": one.name, "members": len(one.members), "ties": one.ties,
                "density": finite(one.density), "mean_trust": finite(one.trust), "to_others": finite(one.outward),
                "without_a_tie": one.alone,
            }
            for one in found.groups
        ],
        "missing": _missing(found),
        "unknown_pairs": network.unknown_pairs,
        "answers": None if answers is None else {
            "answered": answers.answered, "asked": answers.asked, "both": answers.both,
            "one_sided": answers.one_sided, "agreement": finite(answers.agreement),
        },
        "change": None if change is None else {
            "since": change.since, "gained": change.gained, "lost": change.lost, "stayed": change.stayed,
        },
        "notes": list(network.notes),
        "files": files,
    }  # fmt: skip


def _whole(found: Description) -> WholeDocument | None:
    whole = found.whole
    if whole is None:
        return None
    trust = whole.trust
    return {
        "ties": whole.ties,
        "density": finite(whole.density),
        "parts": list(whole.parts),
        "without_a_tie": whole.alone,
        "mean_partners": whole.mean_partners,
        "closed": finite(whole.closed),
        "steps": finite(whole.steps),
        "farthest": whole.farthest,
        "trust": None
        if trust is None
        else {"median": trust.middle, "low": trust.low, "high": trust.high, "weak": trust.weak},
    }


def _member(found: Description, one: int) -> DescribedMember:
    roster, places, answers = found.network.roster, found.positions, found.answers
    known = one not in found.network.without_topics
    member: DescribedMember = {
        "name": found.names[one],
        "topics": [t for t, weight in zip(roster.topics, roster.interests[one], strict=True) if weight > 0 and known],
        "region": roster.regions[roster.region[one]],
    }
    if places is not None:
        member |= {
            "partners": int(places.partners[one]),
            "mean_trust": finite(float(places.trust[one])),
            "within_two_steps": int(places.near[one]),
            "between_others": float(places.between[one]),
            "pairs_only_through_it": int(places.only_through[one]),
            "cut_off_without_it": int(places.cut_off[one]),
            "to_other_regions": finite(float(places.elsewhere[one])),
            "part": int(places.part[one]) + 1,
        }
    if answers is not None:
        silent = isnan(answers.names[one])
        member |= {
            "answered": not silent,
            "names": None if silent else int(answers.names[one]),
            "named_by": int(answers.named_by[one]),
        }
    return member


def _missing(found: Description) -> MissingDocument:
    lacks, names = found.missing, found.names
    return {
        "topics": list(lacks.topics),
        "regions": list(lacks.regions),
        "lone_topics": [{"name": topic, "member": names[one]} for topic, one in lacks.lone_topics],
        "lone_regions": [{"name": region, "member": names[one]} for region, one in lacks.lone_regions],
        "gaps": [{"topic": gap.topic, "region": gap.region, "expected": gap.expected} for gap in lacks.gaps],
        "outsiders": [
            {"name": one.name, "named_by": [names[by] for by in one.named_by], "meant": one.meant or None}
            for one in lacks.outsiders
        ],
        "silent": [{"name": names[one.member], "named_by": one.named_by} for one in lacks.silent],
        "without_topics": [names[one] for one in lacks.without_topics],
        "without_region": [names[one] for one in lacks.without_region],
    }
