"""What is to be best: an outcome, or the net value of several, by what somebody says that they are worth.

    net value = sum over outcomes of (worth of a unit x outcome) - cost to the funder in the whole run

in each network. So money that is not spent counts as itself, and a plan that costs more must be worth more.
"""

from dataclasses import dataclass
from math import inf

from results.estimates.comparison import counted
from results.estimates.pairs import Counted
from results.estimates.parameter_uncertainty import Values
from results.words.numbers import label
from simulation.outcomes import Scale, outcome_named
from simulation.running.ensemble import Ensemble

COST = "total_cost"
NET = "net_value"
"""Stands for an outcome where values are given."""


@dataclass(frozen=True)
class Value:
    """What somebody says that an outcome is worth.

    Attributes:
        outcome: its name.
        amount: USD for one more of it; of a share, for one percentage point.
    """

    outcome: str
    amount: float

    @property
    def per_unit(self) -> float:
        """USD for 1 in the outcome's own unit, where a share is from 0 to 1."""
        return self.amount * (100 if outcome_named(self.outcome).scale == "share" else 1)


Worths = tuple[Value, ...]
"""Of each outcome that is worth something; none where an outcome itself is to be best."""


def net_values(ensemble: Ensemble, worths: Worths) -> Values:
    """Net value of every network, USD, float[replicates]; nan where an outcome is missing."""
    net: Values = -ensemble[COST]
    for one in worths:
        net = net + one.per_unit * ensemble[one.outcome]
    return net


def counted_for(ensemble: Ensemble, objective: str, worths: Worths) -> Counted:
    """An outcome, or the net value, of every replicate."""
    if objective != NET:
        return counted(ensemble, objective)
    net = net_values(ensemble, worths)
    return Counted(net, net, net, False, False, -inf, inf)


def sign(objective: str) -> int:
    """-1 for what costs money, and is to be little; 1 for all others."""
    return -1 if objective != NET and outcome_named(objective).scale == "usd" else 1


def scale_of(objective: str) -> Scale:
    """The scale on which it is shown."""
    return "usd" if objective == NET else outcome_named(objective).scale


def bare_label(objective: str) -> str:
    """In words, without its unit."""
    return "net value" if objective == NET else outcome_named(objective).label


def label_of(objective: str) -> str:
    """In words, with its unit."""
    return "net value (k USD)" if objective == NET else label(objective)
