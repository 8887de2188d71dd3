"""A network as it stands, as files from which a run goes on: a scenario with `network.today`, and what it reads."""

from collections.abc import Iterator, Sequence
from typing import Any

from results.exporting.rows import Row, csv_sheet, member_rows, tie_rows, written
from scenarios import Scenario, to_toml
from scenarios.files.faults import RequestError
from scenarios.reading.state_members import MEMBERS_TODAY
from scenarios.schema.roster import SIZES, Roster
from scenarios.schema.standing import COUNTED, KINDS
from simulation.snapshot import Snapshot

_MEMBERS = (
    *("name", "id", "interests", "region", "size", "need", "champion", "activity", "joins", "leaves"),
    *MEMBERS_TODAY,
)
_FILES = {
    "members.file": "members.csv",
    "members.ties": "ties.csv",
    "members.collaborations": "collaborations.csv",
    "members.attendance": "attendance.csv",
    "members.representatives": "representatives.csv",
    "network.so_far": "so_far.csv",
}


def check_state(scenario: Scenario, month: int) -> None:
    """See that a run could go on from a month.

    Raises:
        RequestError: if the network is not open any more, or members join that nobody has named.
    """
    end = scenario.closing_month if scenario.closes else scenario.last_month
    if not 1 <= month < end:
        raise RequestError(
            "month", f"{month}; a run goes on from a network that is open and has begun: allowed is 1 to {end - 1}"
        )
    if scenario.network.joining:
        raise RequestError(
            "form",
            f"state, but network.joining is {scenario.network.joining:g}: who joins later has no name yet; set "
            "network.joining to 0, or name later joiners in members.csv (column joins)",
        )
    if scenario.members.contacts or scenario.members.introductions:
        raise RequestError(
            "form",
            "state, but members.contacts and members.introductions are not exported; leave them out, and name them in "
            "the scenario that goes on",
        )


def as_state(scenario: Scenario, snapshot: Snapshot) -> dict[str, bytes]:
    """Files that a run goes on from, all members and what has ended with them.

    Args:
        scenario: with the values that the network has lived with.
        snapshot: the network.
    """
    state, month = snapshot.state, snapshot.month
    names = [member.name for member in snapshot.members]
    ties: list[Row] = [
        {
            **row,
            "month": "" if row["origin"] == "prior" and not met else str(met),
            "events_only": only if row["origin"] == "convening" else "",
        }
        for row, (met, only) in zip(tie_rows(snapshot, snapshot.ties), state.ties, strict=True)
    ]
    ties += _to_bring(scenario, snapshot)
    works: list[Row] = [
        {
            "from": names[work.one],
            "to": names[work.other],
            "began": str(work.began),
            "funded_until": _or_empty(work.funded_until),
            "ended": _or_empty(work.ended),
            "applied": "",
            "anyway": "",
        }
        for work in state.works
    ]
    works += [
        {
            "from": names[one],
            "to": names[other],
            **dict.fromkeys(("began", "funded_until", "ended"), ""),
            "applied": str(month),
            "anyway": anyway,
        }
        for month, one, other, anyway in state.waiting
    ]
    told = zip(snapshot.members, state.members, strict=True)
    held: list[Row] = [
        {
            "member": member.name,
            "representative": f"somebody at {member.name}",
            "since": str(known.since),
            "kind": KINDS[known.representative],
        }
        for member, known in told
        if member.present
    ]
    counted = [("outcome", "value"), *zip(COUNTED, state.counted, strict=True)]
    return {
        f"{scenario.name}-today.toml": _scenario_file(scenario, snapshot, month).encode(),
        "members.csv": _sheet(_MEMBERS, list(_members(scenario, snapshot))),
        "ties.csv": csv_sheet(
            {"from": "from", "to": "to", "strength": "trust"}
            | {name: name for name in ("month", "origin", "events_only")},
            ties,
        ),
        "collaborations.csv": _sheet(("from", "to", "began", "funded_until", "ended", "applied", "anyway"), works),
        "attendance.csv": _sheet(("event", "month", "member"), list(_attendance(names, snapshot))),
        "representatives.csv": _sheet(("member", "representative", "since", "kind"), held),
        **_groups(scenario),
        "so_far.csv": "".join(f"{outcome},{value}\n" for outcome, value in counted).encode(),
    }


def _groups(scenario: Scenario) -> dict[str, bytes]:
    """Who sits in which challenge group, where that is planned."""
    roster = scenario.roster
    if roster is None or not roster.groups:
        return {}
    seats: list[Row] = [{"topic": roster.topics[topic], "member": roster.names[one]} for topic, one in roster.groups]
    return {"groups.csv": _sheet(("topic", "member"), seats)}


def _or_empty(month: int) -> str:
    return str(month) if month else ""


def _sheet(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    return csv_sheet({name: name for name in columns}, rows)


def _members(scenario: Scenario, snapshot: Snapshot) -> Iterator[Row]:
    """All members, those that have left and those that will join by plan too."""
    roster = scenario.roster
    for number, (row, known) in enumerate(
        zip(member_rows(snapshot, snapshot.members), snapshot.state.members, strict=True)
    ):
        leaves = known.left or (roster.leaves[number] if roster is not None and roster.leaves else 0)
        yield {
            **row,
            "id": roster.ids[number] if roster is not None and roster.ids else "",
            "activity": float(snapshot.members[number].activity),
            "joins": _or_empty(roster.joins[number] if roster is not None and roster.joins else 0),
            "leaves": _or_empty(leaves),
            "practice": float(known.practice),
            "uptake": str(known.uptake),
            "uptake_from_others": known.from_others,
            "low_months": str(known.low_months),
        }
    if roster is not None:
        yield from (_to_come(roster, number) for number in range(len(snapshot.members), len(roster.names)))


def _to_come(roster: Roster, number: int) -> Row:
    """One that joins later by plan."""
    interests = [(roster.topics[topic], float(weight)) for topic, weight in enumerate(roster.interests[number])]
    return dict.fromkeys(_MEMBERS, "") | {
        "name": roster.names[number],
        "id": roster.ids[number] if roster.ids else "",
        "interests": written([one for one in interests if one[1]]),
        "region": roster.regions[roster.region[number]],
        "size": SIZES[roster.size[number]],
        "need": float(roster.need[number]),
        "champion": bool(roster.champion[number]),
        "activity": float(roster.activity[number]) or "",
        "joins": str(roster.joins[number]),
        "leaves": _or_empty(roster.leaves[number] if roster.leaves else 0),
    }


def _to_bring(scenario: Scenario, snapshot: Snapshot) -> Iterator[Row]:
    """Ties that later joiners will bring."""
    roster = scenario.roster
    for one, other, trust in roster.ties or () if roster is not None else ():
        if max(one, other) >= len(snapshot.members):
            assert roster is not None
            yield {"from": roster.names[one], "to": roster.names[other], "trust": trust, "month": "", "origin": "prior",
                   "events_only": ""}  # fmt: skip


def _attendance(names: Sequence[str], snapshot: Snapshot) -> Iterator[Row]:
    for month, came in sorted(snapshot.state.attended.items()):
        for name in [names[member] for member in came] or ["nobody"]:
            yield {"event": "convening", "month": str(month), "member": name}


def _scenario_file(scenario: Scenario, snapshot: Snapshot, month: int) -> str:
    """The scenario with every value that the network has lived with, going on from its month."""
    counts: dict[str, Any] = {"today": month}
    champions = scenario.members.champions
    if scenario.roster is None:  # what no drawn member has does not stand in members.csv
        counts["topics"] = len({topic for member in snapshot.members for topic, _ in member.interests})
        counts["regions"] = len({member.region for member in snapshot.members})
        champions = sum(member.champion for member in snapshot.members)
    network = scenario.network.model_copy(update=counts)
    members = scenario.members.model_copy(update={"champions": champions, "without": ""})
    going_on = scenario.model_copy(update={"network": network, "members": members, "observed": ()})
    return to_toml(going_on, _FILES | ({"members.groups": "groups.csv"} if _groups(scenario) else {}))
