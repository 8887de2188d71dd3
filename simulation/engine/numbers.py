"""A scenario's numbers as the compiled engine takes them: the same tables and names, one record a table.

Types are those of the schema, so that no scenario makes the engine compile again; records are passed by their address,
so that a hundred numbers cost no more than one.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import Scenario
from scenarios.schema.fields import Table
from simulation import rules
from simulation.founding import members_ever, weights

_KINDS: dict[Any, type[np.generic]] = {bool: np.bool_, int: np.int64, float: np.float64}


class Numbers(NamedTuple):
    """Every number of a scenario; `n.behaviour.decay` is what `scenario.behaviour.decay` is.

    Only what a grant does is that of the scenario's own grants, as `rules.grant_effects` gives it: funded_load,
    need_met, funded_evidence and funded_hazard.

    `derived` holds what follows from several fields: members_ever, closing_month, announcement_month, shift_month,
    reporting_month, last_month (0 for never), can_be_renewed and grant_appeal. Priorities are float[topics].
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
    priorities: NDArray[np.float64]
    shifted_priorities: NDArray[np.float64]


def _record(fields: list[tuple[str, type[np.generic], Any]]) -> Any:
    kind = np.dtype([(name, kind) for name, kind, _ in fields], align=True)
    return np.array([tuple(value for _, _, value in fields)], kind).view(np.recarray)[0]


def _record_of(table: Table) -> Any:
    """The fields of a table that hold one plain number."""
    return _record(
        [
            (name, _KINDS[field.annotation], getattr(table, name))
            for name, field in type(table).model_fields.items()
            if field.annotation in _KINDS
        ]
    )


def numbers_of(scenario: Scenario) -> Numbers:
    """Every number of a scenario."""
    topics, funder, b = scenario.network.topics, scenario.funder, scenario.behaviour
    grant = rules.grant_effects(
        scenario.grants.size,
        scenario.grants.months,
        b.grant_strength,
        load=b.funded_load,
        need_met=b.need_met,
        evidence=b.funded_evidence,
        hazard=b.funded_hazard,
    )
    of_grants = {
        "funded_load": grant.load,
        "need_met": grant.need_met,
        "funded_evidence": grant.evidence,
        "funded_hazard": grant.hazard,
    }
    derived = _record(
        [
            ("members_ever", np.int64, members_ever(scenario)),
            ("closing_month", np.int64, scenario.closing_month),
            ("announcement_month", np.int64, scenario.announcement_month),
            ("wind_down_month", np.int64, scenario.wind_down_month),
            ("shift_month", np.int64, scenario.shift_month),
            ("reporting_month", np.int64, scenario.reporting_month),
            ("last_month", np.int64, scenario.last_month),
            ("can_be_renewed", np.bool_, scenario.can_be_renewed),
            ("grant_appeal", np.float64, grant.appeal),
        ]
    )
    return Numbers(
        _record_of(scenario.network),
        _record_of(scenario.members),
        _record_of(scenario.facilitation),
        _record_of(scenario.grants),
        _record_of(funder),
        _record_of(funder.shift),
        _record_of(scenario.closing),
        _record_of(b.model_copy(update=of_grants)),
        _record_of(scenario.costs),
        derived,
        weights(funder.priorities, topics),
        weights(funder.shift.priorities or funder.priorities, topics),
    )
