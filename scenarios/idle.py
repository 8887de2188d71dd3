"""Values that may stand but do nothing, or less than they say: said, so that nobody waits for what they would do."""

from scenarios.scenario import Scenario


def idle(scenario: Scenario) -> list[str]:
    """What a scenario's values promise and its network cannot give, a sentence each."""
    said = []
    life = scenario.closing_month + (scenario.closing.renewal_months if scenario.can_be_renewed else 0)
    if scenario.closes and scenario.shift_month > life:
        said.append(
            f"{scenario.name}: funder.shift.month is {scenario.shift_month}, after the network's last month {life}; "
            "the shift changes nothing."
        )
    counts = {"network.leaders": scenario.network.leaders, "members.champions": scenario.members.champions}
    for key, count in counts.items():
        if count > scenario.network.members:
            said.append(
                f"{scenario.name}: {key} is {count}, of {scenario.network.members} members; all of them are meant."
            )
    calls, per_call = scenario.grants.first, scenario.grants.per_call
    if scenario.closes and per_call and calls > life:
        said.append(
            f"{scenario.name}: grants.first is {calls}, after the network's last month {life}; no grant is ever given."
        )
    return said
