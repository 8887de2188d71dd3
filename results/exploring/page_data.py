"""What a page with levers is given: plans with their values, and the numbers of what is not known of them, once."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from scenarios import Scenario, value_of
from scenarios.reading.layers import FILES
from simulation.browser.scenario_data import scenario_data


@dataclass(frozen=True, eq=False)
class Plan:
    """A scenario that a page has levers of.

    Attributes:
        scenario: as it is with no lever moved; its name is that of the plan.
        given: how a command names it: a library name, a file, either with changes; "" where it has to be saved first.
        as_given: as its file has it, without any setting; the same if left out.
    """

    scenario: Scenario
    given: str = ""
    as_given: Scenario | None = None

    @property
    def files(self) -> list[str]:
        """Paths of the files that its members come from."""
        both = [one for one in (self.scenario, self.as_given) if one is not None]
        return [path for one in both for key in FILES if (path := value_of(one, key))]


@dataclass(frozen=True)
class Opening:
    """With what a page opens.

    Attributes:
        plan: name of the plan whose levers are shown.
        baseline: name of the plan that it is compared with.
        seed: of the luck.
        networks: of each (count).
        posterior: "shipped", the path of a file; None where all parameters are fixed.
        settings: `--set` texts that all plans have.
        fixed: whether parameters are fixed at first.
    """

    plan: str
    baseline: str
    seed: int = 1
    networks: int = 200
    posterior: str | None = "shipped"
    settings: tuple[str, ...] = ()
    fixed: bool = False

    def sitting(self) -> dict[str, Any]:
        """What `sitting.js` begins with."""
        return {
            "plan": self.plan,
            "values": {},
            "basePlan": self.baseline,
            "baseValues": {},
            "seed": self.seed,
            "networks": self.networks,
            "fixed": self.fixed,
        }


def engines(plans: Sequence[Plan]) -> dict[str, Any]:
    """Every scenario as the engine takes it, by name; columns of particles that several have stand once."""
    columns: dict[str, str] = {}
    found = {}
    for plan in plans:
        data = scenario_data(plan.scenario)
        data["values"] |= {
            key: "" for key in FILES if data["values"][key]
        }  # the engine has the members, and reads none
        if (posterior := data["posterior"]) is not None:
            posterior["columns"] = _shared(posterior.pop("particles"), len(posterior["keys"]), columns)
        found[plan.scenario.name] = data
    return {"columns": columns, "scenarios": found}


def _shared(particles: str, width: int, columns: dict[str, str]) -> list[str]:
    """Which columns a table of particles has; new ones are added to those that stand already.

    A column is its numbers in decimals, which give the same numbers back: what was learned has few digits, and packs
    into half of what its bytes do.
    """
    names = []
    for column in np.frombuffer(b64decode(particles), "<f8").reshape(-1, width).T:
        packed = np.ascontiguousarray(column).tobytes()
        names.append(name := sha256(packed).hexdigest()[:12])
        if name not in columns:
            columns[name] = " ".join(repr(number).removesuffix(".0") for number in column.tolist())
    return names
