"""A film: one network of the Mesa model, month by month, as plain data that a page can play and a reader can read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from scenarios import Scenario
from scenarios.files.listing import counted
from simulation import rules
from simulation.model.network import CollaborationNetwork
from simulation.model.portrait import snapshot
from simulation.model.reference import let_go
from simulation.running.chronicle import KINDS
from simulation.snapshot import Snapshot

MOST_MEMBERS = 150
"""Beyond, a film shows nothing to the eye, and takes the page too long."""
TOLD = (rules.FUNDED, rules.UNFUNDED, rules.ENDED, rules.OUTPUT)
"""Kinds of event that are told pair by pair; meetings are counted."""
MET = {
    rules.CONVENING: ("meeting at a convening", "meetings at a convening"),
    rules.GROUP: ("meeting in a challenge group", "meetings in challenge groups"),
    rules.INTRODUCTION: ("introduction", "introductions"),
    rules.CONTACT: ("contact without facilitation", "contacts without facilitation"),
    rules.APPLICATION: ("joint application", "joint applications"),
    rules.LOST: ("tie forgotten", "ties forgotten"),
}


class FilmError(ValueError):
    """A network that cannot be played; the message says why."""


@dataclass(frozen=True)
class Member:
    """A member, and where it stands throughout: x and y in [0, 1]; `topic` is the number of its main interest."""

    name: str
    topic: int
    champion: bool
    x: float
    y: float


@dataclass(frozen=True)
class Frame:
    """The end of a month.

    Attributes:
        month: 0 is the founding.
        is_open: whether the network still lives.
        members: how many have come into it so far (count).
        present: numbers of those that are in it.
        ties: (one, other, trust) of every tie.
        collaborations: (one, other, whether a grant pays for it).
        happened: what the plan had for this month, in words: "call for grants decided".
        events: what happened between two, in words.
        text: the frame for someone who does not see it.
    """

    month: int
    is_open: bool
    members: int
    present: tuple[int, ...]
    ties: tuple[tuple[int, int, float], ...]
    collaborations: tuple[tuple[int, int, bool], ...]
    happened: tuple[str, ...]
    events: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Film:
    """One network from its founding to the last month simulated.

    Attributes:
        scenario: name of the scenario.
        seed: of the luck.
        replicate: number of the network.
        topics: names of the interests, by number.
        members: all that were ever in it, by number.
        frames: one a month; index 0 is the founding.
    """

    scenario: str
    seed: int
    replicate: int
    topics: tuple[str, ...]
    members: tuple[Member, ...]
    frames: tuple[Frame, ...]


def film(scenario: Scenario, *, seed: int = 1, replicate: int = 0) -> Film:
    """Play one network of the Mesa model: the replicate of that number of an ensemble with that seed.

    Raises:
        FilmError: if it has more members than a picture can show.
    """
    _refuse_many(scenario.network.members)
    network = CollaborationNetwork(scenario, seed=seed, replicate=replicate)
    shots = [(snapshot(network), network.is_open)]
    while network.month < scenario.last_month:
        network.step()
        _refuse_many(len(network.organizations))
        shots.append((snapshot(network), network.is_open))
    chronicle, settings = tuple(network.chronicle), network.settings
    topics = (
        settings.roster.topics if settings.roster else tuple(f"topic {n + 1}" for n in range(settings.network.topics))
    )
    main = [member.main_topic for member in network.in_rows]
    closed = next((shot.month for shot, is_open in shots if not is_open), 0)
    let_go(network)
    last = shots[-1][0]
    places = _places([shot for shot, _ in shots], main)
    return Film(
        scenario.name,
        network.luck.seed,
        network.luck.replicate,
        tuple(topics),
        tuple(
            Member(member.name, main[number], member.champion, *places[number])
            for number, member in enumerate(last.members)
        ),
        tuple(_frame(shot, is_open, chronicle, settings, closed) for shot, is_open in shots),
    )


def _refuse_many(members: int) -> None:
    if members > MOST_MEMBERS:
        raise FilmError(
            f"the network has {members:,} members: more than {MOST_MEMBERS} make a picture in which nothing can be "
            "seen; the curves show it, and `legato run` keeps a few of its networks as GraphML"
        )


def _frame(
    shot: Snapshot, is_open: bool, chronicle: Sequence[tuple[int, int, int, int]], settings: Scenario, closed: int
) -> Frame:
    ties = tuple((tie.one, tie.other, round(tie.trust, 3)) for tie in shot.ties)
    working = tuple((tie.one, tie.other, tie.funded) for tie in shot.ties if tie.collaborating)
    present = tuple(number for number, member in enumerate(shot.members) if member.present)
    happening = [(kind, one, other) for month, kind, one, other in chronicle if month == shot.month]
    happened = tuple(_happened(shot.month, happening, settings, closed))
    names = [member.name for member in shot.members]
    events = tuple(f"{names[one]} and {names[other]} {KINDS[kind]}" for kind, one, other in happening if kind in TOLD)
    counted = Counter(kind for kind, _, _ in happening)
    events += tuple(f"{counted[kind]} {what[counted[kind] > 1]}" for kind, what in MET.items() if counted[kind])
    text = _text(shot, is_open, len(present), ties, working, (*happened, *events))
    return Frame(shot.month, is_open, len(shot.members), present, ties, working, happened, events, text)


def _happened(month: int, happening: Sequence[tuple[int, int, int]], settings: Scenario, closed: int) -> Iterator[str]:
    if month == 0:
        yield "the network is founded"
    if any(kind == rules.CONVENING for kind, _, _ in happening):
        yield "a convening"
    if any(kind == rules.FUNDED for kind, _, _ in happening):
        yield "grants are awarded"
    if month and month == settings.shift_month:
        yield "the funder's priorities shift"
    if month and month == settings.announcement_month:
        yield "the closing is announced"
    if closed and month == closed - 1:
        yield "the network's last month" + (", with a capstone event" if settings.closing.capstone else "")
    if closed and month == closed:
        yield "the network has closed; members continue by themselves"


def _text(
    shot: Snapshot,
    is_open: bool,
    present: int,
    ties: Sequence[tuple[int, int, float]],
    working: Sequence[tuple[int, int, bool]],
    said: Sequence[str],
) -> str:
    funded = sum(paid for _, _, paid in working)
    trust = f", with a mean trust of {sum(tie[2] for tie in ties) / len(ties):.2f}" if ties else ""
    state = "open" if is_open else "closed"
    return (
        f"Month {shot.month}, the network is {state}: {present} of {len(shot.members)} members are still in it, "
        f"{counted(len(ties), 'tie')} among them{trust}; {counted(len(working), 'collaboration')}, "
        f"{funded} of them funded." + (f" In this month: {'; '.join(said)}." if said else "")
    )


def _places(shots: Sequence[Snapshot], main: Sequence[int]) -> list[tuple[float, float]]:
    """One place for each member for the whole film: near those it trusts and works with, over all months.

    Springs (Fruchterman & Reingold 1991, as networkx has them) from a circle on which members with the same main
    interest stand together, so that nothing is drawn at random.
    """
    import networkx as nx

    count = len(main)
    weights: Counter[tuple[int, int]] = Counter()
    for shot in shots:
        for tie in shot.ties:
            weights[tie.one, tie.other] += tie.trust + (1.0 if tie.collaborating else 0.0)  # type: ignore[assignment]
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(weights.items()))
    circle = {
        number: (cos(2 * pi * place / count), sin(2 * pi * place / count))
        for place, number in enumerate(sorted(range(count), key=lambda number: (main[number], number)))
    }
    found = nx.spring_layout(graph, k=1.6 / max(count, 1) ** 0.5, pos=circle, iterations=80, seed=1)
    return _apart([(float(found[number][0]), float(found[number][1])) for number in range(count)])


def _apart(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spread over the square, then pushed apart where two would cover each other."""
    places = _spread(places)
    least = min(0.11, 0.62 / max(len(places), 1) ** 0.5)
    for _ in range(60):
        moved = False
        for one in range(len(places)):
            for other in range(one):
                (x, y), (u, v) = places[one], places[other]
                dx, dy = x - u, y - v
                far = (dx * dx + dy * dy) ** 0.5
                if far < least:
                    if far < 1e-9:
                        dx, dy, far = cos(one), sin(one), 1.0
                    push = (least - min(far, least)) / 2 / far
                    places[one], places[other] = (x + dx * push, y + dy * push), (u - dx * push, v - dy * push)
                    moved = True
        if not moved:
            break
    return [(round(x, 4), round(y, 4)) for x, y in _stretched(places)]


def _spread(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Half-way between where they are and even steps in the same order: one far away leaves the others their room."""

    def one_way(values: list[float]) -> list[float]:
        rank = {number: place for place, number in enumerate(sorted(range(len(values)), key=lambda n: (values[n], n)))}
        return [value + rank[number] / max(len(values) - 1, 1) for number, value in enumerate(values)]

    across, up = zip(*_stretched(places), strict=True)
    return _stretched(list(zip(one_way(list(across)), one_way(list(up)), strict=True)))


def _stretched(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    def one_way(values: list[float]) -> list[float]:
        low, high = min(values), max(values)
        return [(value - low) / (high - low) if high > low else 0.5 for value in values]

    return list(zip(one_way([x for x, _ in places]), one_way([y for _, y in places]), strict=True))
