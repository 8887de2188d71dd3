"""How likely a difference goes one way, in words: one scale for terminal, brief, page and JSON.

The size of a difference is another matter: its interval says it.

Source:
    Mastrandrea et al. 2010, Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent Treatment
    of Uncertainties: likely from 66 %, very likely from 90 %, virtually certain from 99 %. Ours: the words, which say
    the same to readers who do not know that scale.
"""

from typing import Literal, get_args

from results.words.counts import percent
from results.words.sentence import told

DirectionWord = Literal[
    "almost certainly lower",
    "very probably lower",
    "probably lower",
    "could go either way",
    "probably higher",
    "very probably higher",
    "almost certainly higher",
]
DIRECTION_WORDS: tuple[DirectionWord, ...] = get_args(DirectionWord)
EITHER: DirectionWord = "could go either way"
LOWER, HIGHER = told("lower"), told("higher")
LEVELS: tuple[tuple[float, str], ...] = ((0.99, "almost certainly"), (0.90, "very probably"), (0.66, "probably"))
"""From which chance on a word holds, the surest first."""

SCALE = told("note.scale")
"""A line below every answer that uses the words."""


def likelihood(chance: float | None) -> str:
    """How sure the likelier direction is: "very probably"; "" where it could go either way, or nothing is known."""
    if chance is None:
        return ""
    surer = max(chance, 1 - chance)
    return next((told(f"sure.{least * 100:.0f}") for least, _ in LEVELS if surer >= least), "")


def direction(chance: float | None, lower: str = LOWER, higher: str = HIGHER) -> str:
    """The direction and how sure it is, in the words of an outcome: "very probably fewer", "could go either way"."""
    word = likelihood(chance)
    if chance is None or not word:
        return told("direction.either")
    return told("direction", sure=word, way=higher if chance > 0.5 else lower)


def direction_word(chance: float | None) -> DirectionWord | None:
    """The same, as JSON has it; None where nothing is known."""
    if chance is None:
        return None
    said = direction(chance)
    return next(word for word in DIRECTION_WORDS if word == said)


def chance_words(chance: float | None) -> str:
    """How likely the likelier direction is: "chance 85 %"; "chance unknown" where nothing is known."""
    return told("chance.unknown") if chance is None else told("chance", percent=percent(max(chance, 1 - chance)))
