"""How a field of a scenario is declared: with its unit, its range, who settles it, its prior and its source.

A *lever* is decided by someone: a funder, a facilitator, a designer. An *uncertainty* must be estimated by someone.
The *range* is what the model can run; the *prior* is the part of it that is worth trying: where a sweep varies the
field, and where a calibration starts. Every default says where it comes from, as scenario files must.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

Role = Literal["lever", "uncertainty"]
Bound = float | int
LAST_MONTH = 1200
"""Month beyond which nothing is simulated."""


class Table(BaseModel):
    """A table of a scenario file: frozen, nothing extra, nothing silently changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    __iter__ = None  # type: ignore[assignment]  # one thing, not a row of values: who takes rows would take it apart


def _field(
    role: Role,
    default: Any,
    text: str,
    unit: str,
    bounds: tuple[Bound, Bound] | None,
    prior: tuple[Bound, Bound] | None,
    source: str,
) -> Any:
    details: dict[str, Any] = {"unit": unit, "role": role, "prior": list(prior) if prior else None, "source": source}
    limits: dict[str, Any] = {"ge": bounds[0], "le": bounds[1], "allow_inf_nan": False} if bounds else {}
    if bounds and isinstance(default, int):
        del limits["allow_inf_nan"]
    return Field(default, description=text, json_schema_extra=details, **limits)


def lever(
    default: Any,
    text: str,
    *,
    unit: str,
    source: str,
    bounds: tuple[Bound, Bound] | None = None,
    prior: tuple[Bound, Bound] | None = None,
) -> Any:
    """A field that somebody decides.

    Args:
        default: value where the scenario says nothing.
        text: what it is, in the field's words.
        unit: its unit, "1" for a pure number.
        source: "estimate: ..." or "assumption: ...", for the default.
        bounds: smallest and largest value the model runs with.
        prior: the range worth trying, inside `bounds`.
    """
    return _field("lever", default, text, unit, bounds, prior, source)


def uncertainty(
    default: Any,
    text: str,
    *,
    unit: str,
    source: str,
    bounds: tuple[Bound, Bound] | None = None,
    prior: tuple[Bound, Bound] | None = None,
) -> Any:
    """A field that somebody must estimate; arguments as `lever`."""
    return _field("uncertainty", default, text, unit, bounds, prior, source)


def details(field: FieldInfo) -> dict[str, Any]:
    """Unit, role, prior and source of a declared field; empty for plain text such as a title."""
    extra = field.json_schema_extra
    return extra if isinstance(extra, dict) else {}
