"""A scenario: what is asked. First noun of the flow, frozen, every number with its unit, role, prior and source."""

from typing import Self

from pydantic import Field, PrivateAttr, model_validator

from scenarios.schema.contradictions import contradictions
from scenarios.schema.observation import Observation
from scenarios.schema.own_outcomes import OwnOutcomes
from scenarios.schema.own_rules import OwnRules
from scenarios.schema.posterior import Posterior
from scenarios.schema.roster import Roster
from scenarios.schema.settings import Settings


class Scenario(Settings):
    """A collaboration network, what is done for it, and how it ends.

    Attributes:
        name: what it is called: the stem of its file.
        title: a short title for tables and figures.
        question: what the scenario asks.
        sources: dotted key -> "estimate: ..." or "assumption: ...", for the values that the scenario sets itself.
        observed: what was observed of this very network.
    """

    name: str = ""
    title: str
    question: str
    sources: dict[str, str] = Field(default_factory=dict)
    observed: tuple[Observation, ...] = ()

    _roster: Roster | None = PrivateAttr(default=None)
    _posterior: Posterior | None = PrivateAttr(default=None)
    _rules: OwnRules | None = PrivateAttr(default=None)
    _outcomes: OwnOutcomes | None = PrivateAttr(default=None)

    @property
    def roster(self) -> Roster | None:
        """The real members, where `members.file` names them; None where members are drawn."""
        return self._roster

    def with_roster(self, roster: Roster | None) -> Self:
        """The same scenario with its members read from their file."""
        copy = self.model_copy()
        copy._roster = roster
        return copy

    def at_founding(self) -> Self:
        """The same scenario from its founding on, where it goes on from a network as it stands today."""
        if not self.network.today or self._roster is None:
            return self
        copy = self.with_roster(self._roster.at_founding())
        network = copy.network.model_copy(update={"today": 0, "so_far": ""})
        members = copy.members.model_copy(update={"collaborations": "", "attendance": "", "representatives": ""})
        return copy.model_copy(update={"network": network, "members": members})

    @property
    def posterior(self) -> Posterior | None:
        """What is not known of the uncertain values, which then vary over replicates; None where they are fixed."""
        return self._posterior

    def with_posterior(self, posterior: Posterior | None) -> Self:
        """The same scenario with other knowledge of its uncertain values, all of which it takes as they come."""
        copy = self.model_copy()
        copy._posterior = posterior
        return copy

    @property
    def rules(self) -> OwnRules | None:
        """Rules of one's own that it is run with; None where all are the shipped ones."""
        return self._rules

    def with_rules(self, rules: OwnRules | None) -> Self:
        """The same scenario, run with other rules."""
        copy = self.model_copy()
        copy._rules = rules
        return copy

    @property
    def outcomes(self) -> OwnOutcomes | None:
        """Outcomes of one's own that are counted in it; None where all are the shipped ones."""
        return self._outcomes

    def with_outcomes(self, outcomes: OwnOutcomes | None) -> Self:
        """The same scenario, with other outcomes of one's own."""
        copy = self.model_copy()
        copy._outcomes = outcomes
        return copy

    @model_validator(mode="after")
    def _must_be_consistent(self) -> Self:
        faults = [fault.text for fault in contradictions(self, self.observed)]
        if faults:
            raise ValueError("\n".join(faults))
        return self
