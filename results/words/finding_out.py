"""What to find out first: which groups of uncertain parameters make most of what is not known of an outcome."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from results.estimates.group_shares import GroupShare
from results.estimates.key_groups import IN_WORDS
from results.words.document import OutcomeName
from results.words.schema import Count, Number
from results.words.sentence import Num, in_turn, told
from results.words.sentence import named as name

WHO_COLLABORATES = told("find.collaborates")
WORTH_SAYING = 0.1
"""Share below which a group is not named."""


class GroupShareDocument(TypedDict):
    """What one group of uncertain keys makes of what is not known of an outcome."""

    group: str
    keys: Annotated[Count, Field(description="of the group, that vary")]
    share: Annotated[Number, Field(description="of the variance that parameters make; shares need not add up to 1")]
    error: Annotated[Number, Field(description="standard error of the share")]


FindOutDocument = Annotated[
    dict[OutcomeName, list[GroupShareDocument]],
    Field(description="by outcome, groups of uncertain keys, those first that are most worth knowing better"),
]


def find_out_document(shares: Mapping[str, Sequence[GroupShare]]) -> dict[str, list[GroupShareDocument]]:
    """The shares of each outcome of which something can be said."""
    return {
        outcome: [{"group": one.group, "keys": one.keys, "share": one.share, "error": one.error} for one in several]
        for outcome, several in shares.items()
        if several
    }


def find_out_first(shares: Sequence[GroupShare], what: str) -> str:
    """One line: what makes most of what is not known; "" where nothing can be said.

    Args:
        shares: of the groups, the greatest first.
        what: the outcome, or the difference, in words.
    """
    named = [one for one in shares if one.share >= WORTH_SAYING and one.share > 2 * one.error][:3]
    if not named:
        return ""
    each = [
        told(
            "find.group",
            group=name("group", IN_WORDS[one.group]),
            share=Num(100 * one.share),
            half=Num(200 * one.error),
        )
        for one in named
    ]
    return told("find", what=what, each=in_turn(each, "comma"))
