"""A scenario's numbers as the compiled engine takes them: the same tables and names, frozen, all of fixed types.

Types are those of the schema, so that no scenario makes the engine compile anew.
"""

from collections import namedtuple
from typing import Any

import numpy as np

from scenarios import Scenario
from scenarios.behaviour import Behaviour
from scenarios.scenario import Closing, Costs, Facilitation, Funder, Grants, Members, Network, Shift
from scenarios.schema import Table
from simulation.founding import members_ever
from simulation.funder import weights

_NUMBERS = {bool: bool, int: int, float: float}


def _fields(table: type[Table]) -> dict[str, type]:
    """The fields of a table that hold one plain number, with its type."""
    return {
        name: field.annotation
        for name, field in table.model_fields.items()
        if field.annotation is not None and field.annotation in _NUMBERS
    }


# One named tuple a table, at module level, so that compiled code that takes them can be cached.
NetworkNumbers = namedtuple("NetworkNumbers", list(_fields(Network)))  # type: ignore[misc]
MembersNumbers = namedtuple("MembersNumbers", list(_fields(Members)))  # type: ignore[misc]
FacilitationNumbers = namedtuple("FacilitationNumbers", list(_fields(Facilitation)))  # type: ignore[misc]
GrantsNumbers = namedtuple("GrantsNumbers", list(_fields(Grants)))  # type: ignore[misc]
FunderNumbers = namedtuple("FunderNumbers", list(_fields(Funder)))  # type: ignore[misc]
ShiftNumbers = namedtuple("ShiftNumbers", list(_fields(Shift)))  # type: ignore[misc]
ClosingNumbers = namedtuple("ClosingNumbers", list(_fields(Closing)))  # type: ignore[misc]
BehaviourNumbers = namedtuple("BehaviourNumbers", list(_fields(Behaviour)))  # type: ignore[misc]
CostsNumbers = namedtuple("CostsNumbers", list(_fields(Costs)))  # type: ignore[misc]
DerivedNumbers = namedtuple(
    "DerivedNumbers",
    "members_ever closing_month announcement_month shift_month reporting_month last_month can_be_renewed",
)
Numbers = namedtuple(
    "Numbers",
    "network members facilitation grants funder shift closing behaviour costs derived priorities shifted_priorities",
)


def _taken(form: Any, table: Table) -> Any:
    kinds = _fields(type(table))
    return form(*(kinds[name](getattr(table, name)) for name in form._fields))


def numbers_of(scenario: Scenario) -> Any:
    """Every number of a scenario, `Numbers`; priorities as float[topics]."""
    topics, funder = scenario.network.topics, scenario.funder
    return Numbers(
        _taken(NetworkNumbers, scenario.network),
        _taken(MembersNumbers, scenario.members),
        _taken(FacilitationNumbers, scenario.facilitation),
        _taken(GrantsNumbers, scenario.grants),
        _taken(FunderNumbers, funder),
        _taken(ShiftNumbers, funder.shift),
        _taken(ClosingNumbers, scenario.closing),
        _taken(BehaviourNumbers, scenario.behaviour),
        _taken(CostsNumbers, scenario.costs),
        DerivedNumbers(
            members_ever(scenario),
            scenario.closing_month,
            scenario.announcement_month,
            scenario.shift_month,
            scenario.reporting_month,
            scenario.last_month,
            bool(scenario.can_be_renewed),
        ),
        np.asarray(weights(funder.priorities, topics)),
        np.asarray(weights(funder.shift.priorities or funder.priorities, topics)),
    )
