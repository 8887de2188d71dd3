"""A scenario's numbers as the compiled engine takes them: the same tables and names, one record a table.

Types are those of the schema, so that no scenario makes the engine compile again; records are passed by their address,
so that a hundred numbers cost no more than one.
"""

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from scenarios.schema import months
from scenarios.schema.fields import Table
from scenarios.schema.keys import value_of
from scenarios.schema.settings import Settings
from scenarios.schema.tables import Rate, Share
from simulation import funding, rules

_KINDS: dict[Any, type[np.generic]] = {
    bool: np.bool_, int: np.int64, float: np.float64, Share | None: np.float64, Rate | None: np.float64
}  # fmt: skip


class Numbers(NamedTuple):
    """Every number of a scenario; `n.behaviour.decay` is what `scenario.behaviour.decay` is.

    Only what a grant does is that of the scenario's own grants, as `rules.grant_effects` gives it: funded_load,
    need_met, funded_evidence and funded_hazard.

    `derived` holds what follows from several fields: members_ever, closing_month, announcement_month, shift_month,
    exit_month, taper_months, reporting_month, last_month (0 for never), can_be_renewed and grant_appeal. `funders` are
    the first and all others as `funding.funders_of` has them, and their priorities float[funders, topics].
    """

    network: Any
    members: Any
    facilitation: Any
    grants: Any
    funder: Any
    shift: Any
    closing: Any
    behaviour: Any
    costs: Any
    derived: Any
    funders: NDArray[np.float64]
    priorities: NDArray[np.float64]
    shifted_priorities: NDArray[np.float64]


TABLES: Mapping[str, str] = MappingProxyType({
    **{name: name for name in Settings.model_fields},
    "shift": "funder.shift",
})  # fmt: skip
"""Records that hold a table of the scenario -> what that table is called in a scenario file."""


def _plain_fields(table: type[Table]) -> dict[str, type[np.generic]]:
    """The fields of a table that hold one plain number."""
    return {name: _KINDS[field.annotation] for name, field in table.model_fields.items() if field.annotation in _KINDS}


def _table_class(path: str) -> type[Table]:
    found: Any = Settings
    for name in path.split("."):
        found = found.model_fields[name].annotation
    return found  # type: ignore[no-any-return]


_FIELDS = {name: _plain_fields(_table_class(path)) for name, path in TABLES.items()}
RECORDS: Mapping[str, np.dtype[Any]] = MappingProxyType({
    **{name: np.dtype(list(fields.items()), align=True) for name, fields in _FIELDS.items()},
    "derived": np.dtype(
        [
            ("members_ever", np.int64),
            ("closing_month", np.int64),
            ("announcement_month", np.int64),
            ("wind_down_month", np.int64),
            ("shift_month", np.int64),
            ("exit_month", np.int64),
            ("taper_months", np.int64),
            ("reporting_month", np.int64),
            ("last_month", np.int64),
            ("can_be_renewed", np.bool_),
            ("grant_appeal", np.float64),
        ],
        align=True,
    ),
})  # fmt: skip
"""What each record of `Numbers` is made of."""

MONTHS = (
    *("network.months", "closing.month", "closing.wind_down_months", "funder.shift.month", "funder.exit"),
    "funder.taper",
)
"""Keys with a number, or something else: they say when something is, and only `settle` reads them."""
GIVEN = np.dtype([*((key.replace(".", "_"), np.int64) for key in MONTHS), ("named", np.int64)], align=True)
"""MONTHS as `in_number` gives them; `named`: members of a roster that says who joins later, else 0."""


def in_number(value: float | str | tuple[float, ...] | None) -> float:
    """A month as a plain number, or a share: 0 for "never", NOT_GIVEN where it is left out; how long a list is."""
    if value is None:
        return months.NOT_GIVEN
    if isinstance(value, tuple):
        return len(value)
    return 0 if isinstance(value, str) else value


def settle(p: Any, given: Any) -> None:
    """Fill in what follows from several fields: `derived`, and in `behaviour` what a grant does.

    Args:
        p: `Numbers` with the fields as the scenario has them.
        given: a record of GIVEN.
    """
    closing, derived, b = given.closing_month, p.derived, p.behaviour
    renewed = months.can_be_renewed(closing, p.members.champions, p.closing.renewal_months, b.renewal_chance)
    renewal = p.closing.renewal_months if renewed else 0
    last = months.last_month(given.network_months, closing, renewal, p.closing.follow_up)
    derived.closing_month, derived.last_month, derived.can_be_renewed = closing, last, renewed
    derived.announcement_month = months.announcement_month(closing, p.closing.notice)
    derived.wind_down_month = months.wind_down_month(closing, p.closing.notice, given.closing_wind_down_months)
    derived.shift_month, derived.exit_month = given.funder_shift_month, given.funder_exit
    derived.taper_months = given.funder_taper
    derived.reporting_month = months.reporting_month(closing, last)
    derived.members_ever = given.named
    if given.named == 0:
        derived.members_ever = months.members_ever(p.network.members, p.network.joining, closing, renewal, last)
    per_usd = p.costs.rate if p.costs.rate > 0.0 else 1.0  # what a grant does is known by its worth in US dollars
    grant = rules.grant_effects(
        float(p.grants["size"] / per_usd),  # not `.size`: uncompiled, that is the record's own
        p.grants.months,
        float(b.grant_strength),
        float(b.funded_load),
        float(b.need_met),
        float(b.funded_evidence),
        float(b.funded_hazard),
    )
    b.funded_load, b.need_met, b.funded_evidence, b.funded_hazard = (
        grant.load,
        grant.need_met,
        grant.evidence,
        grant.hazard,
    )
    derived.grant_appeal = grant.appeal


def numbers_of(scenario: Scenario) -> Numbers:
    """Every number of a scenario."""
    before, after = funding.priorities_of(scenario)
    records = {
        name: _record(name, [in_number(getattr(table, one)) for one in _FIELDS[name]])
        for name, table in _tables(scenario)
    }
    derived, funders = _empty(RECORDS["derived"]), funding.funders_of(scenario)
    numbers = Numbers(**records, derived=derived, funders=funders, priorities=before, shifted_priorities=after)
    settle(numbers, given_of(scenario))
    return numbers


def given_of(scenario: Scenario) -> Any:
    """The record of GIVEN of a scenario."""
    roster, record = scenario.roster, _empty(GIVEN)
    for key in MONTHS:
        record[key.replace(".", "_")] = in_number(value_of(scenario, key))
    record.named = len(roster.names) if roster is not None and roster.joins else 0
    return record


def _tables(scenario: Scenario) -> Iterator[tuple[str, Table]]:
    for name, path in TABLES.items():
        yield name, attrgetter(path)(scenario)


def _record(name: str, values: Iterable[Any]) -> Any:
    return np.array([tuple(values)], RECORDS[name]).view(np.recarray)[0]


def _empty(kind: np.dtype[Any]) -> Any:
    return np.zeros(1, kind).view(np.recarray)[0]
