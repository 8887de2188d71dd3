"""Emulators as JSON, with its types."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from results.emulating.trained import Trained
from results.sweeping.given_inputs import RunPoints
from results.words.document import FactorName, OutcomeName, finite
from results.words.schema import Count, Folder, Number


class EmulatedInputDocument(TypedDict):
    """One input of an emulator."""

    key: FactorName
    first: Annotated[Number, Field(description="share of the emulator's variance that it makes alone")]
    total: Annotated[Number, Field(description="the same with all that it does with others")]
    usual: Annotated[Any, Field(description="its value where a surface over others is told")]


class EmulatorDocument(TypedDict):
    """An emulator, checked on held-out points."""

    outcome: OutcomeName
    of: Annotated[str, Field(description="the plan, or the plan less the baseline; empty where there is one only")]
    kind: Annotated[Literal["Gaussian process", "boosted trees"] | None, Field(description="null where there is none")]
    points: Count
    missing: Annotated[Count, Field(description="points without a value, left out")]
    networks: Annotated[Count, Field(description="at each point, at the most")]
    explained: Annotated[Number, Field(description="share of the variance of held-out points that it predicts")]
    possible: Annotated[Number, Field(description="share that is not luck; null where nobody can tell")]
    missed: Annotated[Number, Field(description="root mean square error at held-out points, in the outcome's unit")]
    missed_by_luck: Annotated[Number, Field(description="the same by luck alone; null where nobody can tell")]
    covered: Annotated[Number, Field(description="share of held-out points within their 90 % interval")]
    overconfident: Annotated[bool, Field(description="whether that is less than chance allows")]
    trust: Literal["well", "roughly", "not"]
    level: Annotated[
        Number,
        Field(description="half the 95 % interval by which what all points share moves a whole surface"),
    ]
    inputs: Annotated[list[EmulatedInputDocument], Field(description="the greatest total effect first")]
    still: Annotated[list[FactorName], Field(description="inputs that do not vary")]
    why_not: Annotated[str, Field(description="why there is none; empty where there is one")]


class EmulateDocument(TypedDict):
    """What `emulate --json` prints."""

    run: str
    command: Annotated[str, Field(description="that filled the folder")]
    scenarios: Annotated[list[str], Field(min_length=1)]
    seed: Count
    points: Count
    emulators: Annotated[list[EmulatorDocument], Field(min_length=1)]
    left_out: Annotated[list[str], Field(description="keys that vary in some of the plans only")]
    page: NotRequired[Annotated[str, Field(description="the page with response surfaces")]]
    run_folder: NotRequired[Folder]


def emulate_document(run: RunPoints, found: Sequence[Trained]) -> EmulateDocument:
    """An emulator for each outcome and plan of the folder that was read."""
    return {
        "run": str(run.path),
        "command": run.manifest.command,
        "scenarios": [base.name for base in run.bases],
        "seed": run.seed,
        "points": len(run.inputs),
        "emulators": [_emulator(one) for one in found],
        "left_out": list(run.left_out),
    }


def _emulator(one: Trained) -> EmulatorDocument:
    checked = one.checked
    luck = None if checked is None else checked.missed_by_luck
    inputs: list[EmulatedInputDocument] = []
    if checked is not None:
        first, total = one.strength.tolist()
        inputs = [
            {
                "key": one.inputs[place].key,
                "first": finite(first[place]),
                "total": finite(total[place]),
                "usual": plain_value(one, place),
            }
            for place in one.strongest
        ]
    return {
        "outcome": one.outcome,
        "of": one.of,
        "kind": None if checked is None else checked.emulator.kind,
        "points": len(one.values),
        "missing": one.missing,
        "networks": one.networks,
        "explained": None if checked is None else finite(checked.explained),
        "possible": None if checked is None or luck is None else finite(checked.possible),
        "missed": None if checked is None else finite(checked.missed),
        "missed_by_luck": None if luck is None else finite(luck),
        "covered": None if checked is None else finite(checked.covered),
        "overconfident": one.is_overconfident,
        "trust": one.trust,
        "level": None if one.level is None else finite(one.level),
        "inputs": inputs,
        "still": list(one.still),
        "why_not": one.why_not,
    }


def plain_value(one: Trained, place: int) -> Any:
    """The usual value of an input as its key has it."""
    factor, value = one.inputs[place], one.usual[place]
    if not factor.is_numeric:
        level = factor.levels[int(value)]
        return list(level) if isinstance(level, tuple) else level
    return int(value) if float(value).is_integer() and (factor.whole or factor.levels) else finite(value)
