"""The dotted keys of a scenario, such as `facilitation.intensity`: one flat list made from the declared fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from scenarios.files.faults import shown
from scenarios.schema.fields import Bound, Role, details
from scenarios.schema.funders import CoFunder
from scenarios.schema.settings import Settings
from scenarios.schema.tables import NEVER

Kind = Literal["float", "int", "bool", "str", "weights", "funders"]


@dataclass(frozen=True)
class Key:
    """What may stand under a dotted key.

    Attributes:
        key: dotted, as files and `--set` write it.
        text: what it is, in the field's words.
        unit: of the value.
        role: "lever", somebody decides it, or "uncertainty", somebody must estimate it.
        kind: of the value; "weights" is a list with one number a topic, "funders" are tables of their own in a file.
        low: smallest value allowed; None where there is no such thing.
        high: largest value allowed.
        word: the one word allowed instead of a number ("never"), or "".
        optional: whether it may be left out without having a default.
        listed: whether a list of shares, one a month, may stand there instead of a number of months.
        prior: the range worth trying, or None.
        default: value where a scenario says nothing.
        source: of the default, "estimate: ..." or "assumption: ...".
    """

    key: str
    text: str
    unit: str
    role: Role
    kind: Kind
    low: Bound | None
    high: Bound | None
    word: str
    optional: bool
    listed: bool
    prior: tuple[Bound, Bound] | None
    default: Any
    source: str

    @property
    def allowed(self) -> str:
        """What is allowed, with the unit: `0 to 1 (share of a full backbone)`."""
        if self.kind == "bool":
            return "true or false"
        if self.kind == "str":
            return "text"
        if self.kind == "funders":
            return "funders, each a [[funder]] table of a file"
        span = f"{_number(self.low)} to {_number(self.high)}"
        if self.kind == "weights":
            return f"a list of numbers from {span}, one a topic"
        if self.word:
            return f'{span}, or "{self.word}"'
        unit = "level" if self.unit.startswith("level") else self.unit
        instead = ", or a list of shares from 0 to 1, one a month, that do not rise" if self.listed else ""
        return span + (f" ({unit})" if unit != "1" else "") + (", or left out" if self.optional else "") + instead

    def fault(self, value: Any) -> str | None:
        """What is wrong with `value` under this key; None if it may stand."""
        try:
            _ADAPTERS[_in_the_schema(self.key)].validate_python(value)
        except ValidationError:
            return f"{self.key} is {shown(value)}: allowed is {self.allowed}{self._advice(value)}"
        return None

    def _advice(self, value: Any) -> str:
        if self.listed and isinstance(value, (list, tuple)):
            return _first_misfit(value)
        if self.kind == "int" and isinstance(value, float):
            whole = int(value) if value.is_integer() else None
            allowed = whole is not None and self.fault(whole) is None
            return f"; write {whole}, without a point" if allowed else ", as a whole number"
        if self.kind in ("int", "float") and isinstance(value, str) and value != self.word:
            try:
                float(value)
            except ValueError:
                return ""
            return "; write the number without quotes"
        return ""


def _first_misfit(shares: list[Any] | tuple[Any, ...]) -> str:
    """Which of the shares may not stand, or rises."""
    before = 1.0
    for place, share in enumerate(shares, 1):
        if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1:
            return f"; share {place} is {shown(share)}"
        if share > before:
            return f"; share {place} is {shown(share)}, above {shown(before)} before it"
        before = share
    return ""


def _number(bound: Bound | None) -> str:
    if bound is None:
        return "any"
    return str(int(bound)) if float(bound).is_integer() else str(bound)


def _walk(table: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    for name, field in table.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _walk(field.annotation, f"{prefix}{name}.")
        elif details(field):
            yield prefix + name, field


def _limits(annotation: Any, metadata: list[Any]) -> tuple[Bound | None, Bound | None]:
    """Smallest and largest value, looked for in the field first and then inside its type."""
    low: Any = next((item.ge for item in metadata if isinstance(item, Ge)), None)
    high: Any = next((item.le for item in metadata if isinstance(item, Le)), None)
    if low is not None or high is not None:
        return low, high
    for part in get_args(annotation):
        if get_origin(part) is Annotated:
            inner, *extra = get_args(part)
            found = [item for info in extra if isinstance(info, FieldInfo) for item in info.metadata]
            if found:
                return _limits(inner, found)
    return None, None


def _kind(annotation: Any) -> Kind:
    if get_origin(annotation) is tuple:
        return "funders" if CoFunder in get_args(annotation) else "weights"
    if get_origin(annotation) in (Union, UnionType):
        return "float" if _is_of(annotation, float) else "int"
    kinds: dict[Any, Kind] = {float: "float", int: "int", bool: "bool", str: "str"}
    return kinds[annotation]


def _is_of(annotation: Any, kind: type) -> bool:
    """Whether a union allows a kind of number."""
    return any(part is kind or kind in get_args(part) for part in get_args(annotation))


def _key(name: str, field: FieldInfo) -> Key:
    extra = details(field)
    low, high = _limits(field.annotation, field.metadata)
    alternatives = get_args(field.annotation) if get_origin(field.annotation) in (Union, UnionType) else ()
    return Key(
        key=name,
        text=field.description or "",
        unit=extra["unit"],
        role=extra["role"],
        kind=_kind(field.annotation),
        low=low,
        high=high,
        word=NEVER if any(get_origin(part) is Literal for part in alternatives) else "",
        optional=type(None) in alternatives,
        listed=any(get_origin(part) is Annotated and get_origin(get_args(part)[0]) is tuple for part in alternatives),
        prior=tuple(extra["prior"]) if extra["prior"] else None,
        default=field.default,
        source=extra["source"],
    )


def _adapter(field: FieldInfo) -> TypeAdapter[Any]:
    """What checks one value, as strictly as its table would."""
    kind: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    return TypeAdapter(kind, config=ConfigDict(strict=True))


_FIELDS = dict(_walk(Settings))
_ADAPTERS = {name: _adapter(field) for name, field in _FIELDS.items()}
KEYS: Mapping[str, Key] = MappingProxyType({name: _key(name, field) for name, field in _FIELDS.items()})
"""Every settable dotted key, in the order of the schema."""

TABLES: tuple[str, ...] = tuple(dict.fromkeys(name.rpartition(".")[0] for name in KEYS))
"""The tables that hold them, such as `funder` and `funder.shift`."""


CURRENCY, RATE = "costs.currency", "costs.rate"
BEGINS, FINANCIAL_YEAR = "costs.begins", "costs.financial_year"
PRICES: tuple[str, ...] = tuple(name for name, key in KEYS.items() if key.unit.partition("/")[0] == "USD")
"""Keys that are amounts of money: their unit, their default and their prior are in USD, their value in the scenario's
currency."""
FUNDER, OTHERS = "funder", "funder.others"
"""The table of the first funder, or of all of them; the key that holds those after the first."""
OF_ANOTHER = tuple(
    key.removeprefix("funder.") for key in KEYS if key.startswith("funder.") and key not in ("funder.name", OTHERS)
)
"""Keys that a funder after the first has, besides its name."""


def of_another_funder(key: str) -> tuple[str, str] | None:
    """Name of a funder after the first and the key of it that is meant: `funder.NAME.exit`; None for any other key."""
    first, _, rest = key.partition(".")
    if first != FUNDER or key in KEYS:
        return None
    for own in OF_ANOTHER:
        name = rest.removesuffix(f".{own}")
        if name not in (rest, "") and "." not in name:
            return None if f"{FUNDER}.{name}" in (*KEYS, *TABLES) else (name, own)
    return None


def key_named(key: str) -> Key | None:
    """What may stand under a dotted key, of a funder after the first too; None where no scenario has such a key."""
    if key in KEYS:
        return KEYS[key]
    meant = of_another_funder(key)
    if meant is None:
        return None
    name, own = meant
    return replace(KEYS[f"{FUNDER}.{own}"], key=key, text=f"{KEYS[f'{FUNDER}.{own}'].text} (of {name})")


def keys_of(scenario: Settings) -> tuple[str, ...]:
    """Every dotted key of a scenario: those of the schema, and those of each funder after the first, by its name."""
    others = scenario.funder.others
    return (*KEYS, *(f"{FUNDER}.{one.name}.{own}" for one in others for own in OF_ANOTHER))


def keys_like(key: str) -> tuple[str, ...]:
    """Keys that could be meant by one that there is not: all of the schema, and those of a funder of that name."""
    first, _, rest = key.partition(".")
    name = rest.removesuffix(".shift").rpartition(".")[0] if rest.count(".") > 1 else rest.rpartition(".")[0]
    return (*KEYS, *(f"{FUNDER}.{name}.{own}" for own in OF_ANOTHER if first == FUNDER and name))


def _in_the_schema(key: str) -> str:
    """The key of the first funder that says what may stand under the same key of another one; else the key."""
    meant = of_another_funder(key)
    return f"{FUNDER}.{meant[1]}" if meant else key


_getter = cache(attrgetter)


def value_of(scenario: Settings, key: str) -> Any:
    """The value of a scenario under a dotted key, of a funder after the first too: `funder.NAME.exit`.

    Raises:
        KeyError: if there is no funder of that name.
    """
    meant = of_another_funder(key)
    if meant is None:
        return _getter(key)(scenario)
    name, own = meant
    for one in scenario.funder.others:
        if one.name == name:
            return one.value(own)
    raise KeyError(key)


def in_currency(unit: str, currency: str) -> str:
    """A unit of a key, or what is allowed under it, in the currency of a scenario."""
    return unit if currency == "USD" else unit.replace("USD", currency)
