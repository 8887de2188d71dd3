"""One network as a page plays it, month by month: what the Mesa model does, in pictures and in words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import scenarios
from results.words.english.network import WORDS
from results.words.language import IN_ENGLISH, language_data
from results.words.sentence import Speaker, sentence
from simulation import CollaborationNetwork, rules
from simulation.browser.scenario_data import scenario_data
from simulation.model.portrait import snapshot
from simulation.model.reference import let_go
from simulation.running.chronicle import KINDS
from simulation.snapshot import Snapshot
from tests.simulation.browser.networks import networks
from tests.simulation.browser.pages import Watch, asked_in_node, needs_module, needs_node, watching

FRAMES = Path(__file__).parents[3] / "results" / "exploring" / "page" / "frames.js"
SCRIPT = Path(__file__).with_name("frames_in_node.mjs")
TOLD = (rules.FUNDED, rules.UNFUNDED, rules.ENDED, rules.OUTPUT)
ENGLISH = Speaker()


def played(asked: list[Watch]) -> list[dict[str, Any]]:
    request = {
        "frames": str(FRAMES),
        "words": language_data(IN_ENGLISH),
        "scenarios": {f"{place}": scenario_data(one.scenario) for place, one in enumerate(asked)},
        "watch": [{"scenario": f"{place}", **watching(one)} for place, one in enumerate(asked)],
    }
    return asked_in_node(SCRIPT, request)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Watch]:
    return networks(tmp_path_factory.mktemp("networks"))


@pytest.fixture(scope="module")
def shown(asked: list[Watch]) -> list[dict[str, Any]]:
    return played(asked)


def months_of(one: Watch) -> Iterator[tuple[CollaborationNetwork, Snapshot]]:
    """The Mesa model, at the end of each month."""
    scenario = scenarios.replace(one.scenario, dict(one.changes)) if one.changes else one.scenario
    network = CollaborationNetwork(scenario, seed=one.seed, replicate=one.replicate)
    while True:
        yield network, snapshot(network)
        if network.month == network.settings.last_month:
            break
        network.step()
    let_go(network)


@needs_module
@needs_node
def test_every_month_is_that_of_the_mesa_model(asked: list[Watch], shown: list[dict[str, Any]]) -> None:
    for one, film in zip(asked, shown, strict=True):
        was_open, at = False, {member["row"]: place for place, member in enumerate(film["members"])}
        frames = iter(film["frames"])
        for network, shot in months_of(one):
            frame = next(frames)
            assert (frame["month"], frame["isOpen"]) == (shot.month, network.is_open)
            here = [member.row for member in network.in_rows]
            assert frame["came"] == len(here)
            assert frame["present"] == [at[here[k]] for k, member in enumerate(shot.members) if member.present]
            ties = {(at[tie.one], at[tie.other]): tie for tie in shot.ties}
            assert [(a, b) for a, b, _ in frame["ties"]] == sorted(ties)
            assert [trust for *_, trust in frame["ties"]] == pytest.approx([ties[k].trust for k in sorted(ties)])
            work = sorted((*pair, tie.funded) for pair, tie in ties.items() if tie.collaborating)
            assert [tuple(each) for each in frame["collaborations"]] == work
            closes = was_open and not network.is_open
            assert frame["happened"] == list(planned(network, closes, film["frames"]))
            assert frame["events"] == events(
                network, {row: film["members"][place]["name"] for row, place in at.items()}
            )
            assert frame["text"] == text(shot, network.is_open, (*frame["happened"], *frame["events"]))
            was_open = network.is_open
        assert next(frames, None) is None
        names = {member.name: (member.topic, member.champion) for member in shot.members}
        assert {m["name"]: (film["topics"][m["topic"]], m["champion"]) for m in film["members"]} == names


def planned(network: CollaborationNetwork, closes: bool, frames: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    month, settings = network.month, network.settings
    kinds = {kind for when, kind, *_ in network.chronicle if when == month}
    if month == 0:
        yield "the network is founded"
    if rules.CONVENING in kinds:
        yield "a convening"
    if rules.FUNDED in kinds:
        yield "grants are awarded"
    if month and month == settings.shift_month:
        yield "the funder's priorities shift"
    if month and month == settings.announcement_month:
        yield "the closing is announced"
    open_until = max((frame["month"] for frame in frames if frame["isOpen"]), default=0)
    if month == open_until < settings.last_month:
        yield "the network's last month" + (", with a capstone event" if settings.closing.capstone else "")
    if closes:
        yield "the network has closed; members continue by themselves"


def events(network: CollaborationNetwork, names: Mapping[int, str]) -> list[str]:
    happening = [(kind, one, other) for month, kind, one, other in network.chronicle if month == network.month]
    told = [f"{names[one]} and {names[other]} {KINDS[kind]}" for kind, one, other in happening if kind in TOLD]
    counted = Counter(kind for kind, *_ in happening)
    of = {"convening": rules.CONVENING, "group": rules.GROUP, "introduction": rules.INTRODUCTION}
    of |= {"contact": rules.CONTACT, "application": rules.APPLICATION, "lost": rules.LOST}
    counts = [ENGLISH.say(sentence(f"network.count.{k}", count=counted[n])) for k, n in of.items() if counted[n]]
    return [*told, *counts]


def text(shot: Snapshot, is_open: bool, said: tuple[str, ...]) -> str:
    here, work = sum(member.present for member in shot.members), [tie for tie in shot.ties if tie.collaborating]
    ties, many, funded = len(shot.ties), len(work), sum(tie.funded for tie in work)
    trust = f", with a mean trust of {sum(tie.trust for tie in shot.ties) / ties:.2f}" if ties else ""
    return (
        f"Month {shot.month}, the network is {'open' if is_open else 'closed'}: {here} of {len(shot.members)} members "
        f"{'is' if here == 1 else 'are'} still in it, {ties} {'tie' if ties == 1 else 'ties'} among them{trust}; "
        f"{many} {'collaboration' if many == 1 else 'collaborations'}, {funded} of them funded."
    ) + (f" In this month: {'; '.join(said)}." if said else "")


@needs_module
@needs_node
def test_members_keep_their_place_inside_the_picture_and_apart(asked: list[Watch], shown: list[dict[str, Any]]) -> None:
    for film in shown:
        places = [(member["x"], member["y"]) for member in film["members"]]
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)
        near = min((x - u) ** 2 + (y - v) ** 2 for n, (x, y) in enumerate(places) for u, v in places[:n])
        assert near**0.5 > 0.05
    assert played(asked[:1])[0]["members"] == shown[0]["members"], "places are not the same when made again"


@needs_module
@needs_node
def test_members_whom_nobody_holds_leave_the_others_their_room() -> None:
    """Each half of the picture holds a third of all members at least."""
    salex = scenarios.load("salex", ["network.members=110", "closing.month=12"], posterior=None)
    (film,) = played([Watch(salex, {}, 1, 4)])
    tied = {end for frame in film["frames"] for tie in frame["ties"] for end in tie[:2]}
    assert len(tied) < len(film["members"]) == 110
    for way in ("x", "y"):
        lower = sum(member[way] < 0.5 for member in film["members"])
        assert 110 / 3 < lower < 110 * 2 / 3, way


@needs_module
@needs_node
def test_partners_stand_nearer_than_strangers(shown: list[dict[str, Any]]) -> None:
    """On average, of those who trust each other most over all months and those who never met."""
    film = shown[0]
    weight: Counter[tuple[int, int]] = Counter()
    for frame in film["frames"]:
        for one, other, trust in frame["ties"]:
            weight[one, other] += trust
    at = [(member["x"], member["y"]) for member in film["members"]]
    pairs = [(one, other) for other in range(len(at)) for one in range(other)]
    far = {(a, b): ((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5 for a, b in pairs}
    close = [far[pair] for pair, _ in weight.most_common(len(pairs) // 10)]
    strangers = [far[pair] for pair in pairs if weight[pair] == 0]
    assert sum(close) / len(close) < 0.75 * sum(strangers) / len(strangers)


def test_what_happens_between_two_is_said_as_the_chronicle_says_it() -> None:
    of = {"funded": rules.FUNDED, "unfunded": rules.UNFUNDED, "ended": rules.ENDED, "output": rules.OUTPUT}
    assert {name: WORDS[f"network.event.{name}"] for name in of} == {
        k: f"{{one}} and {{other}} {KINDS[n]}" for k, n in of.items()
    }
