"""The page: what a browser tab shows, and what happens when somebody moves something."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara

from explore import showing
from explore.answering import Answering
from explore.exports import BriefError, brief_file
from explore.opening import opened
from explore.sitting import Sitting
from results.exploring.explored import Explored
from results.exploring.film import FilmError, film
from results.exploring.live_comparison import explore
from scenarios import ScenarioError

Event = Callable[[dict[str, Any]], None]
TABS = [
    {"id": "answer", "name": "What it changes"},
    {"id": "film", "name": "The network, month by month"},
    {"id": "origins", "name": "Where the answer comes from"},
]
STYLE = Path(__file__).parent / "page.css"


@solara.component_vue("levers.vue", vuetify=False)
def Levers(  # noqa: N802  # components are written like classes
    library: list[dict[str, str]],
    given: str,
    question: str,
    baseline: str,
    groups: list[dict[str, Any]],
    values: dict[str, Any],
    revision: int,
    asked: int,
    replicates: int,
    seed: int,
    fixed: bool,
    fault: str,
    event_choose: Event,
    event_move: Event,
    event_pin: Event,
    event_reset: Event,
    event_settle: Event,
) -> None:
    """The levers."""


@solara.component_vue("tabs.vue", vuetify=False)
def Tabs(  # noqa: N802
    tabs: list[dict[str, str]],
    chosen: str,
    ready: bool,
    pinned: bool,
    briefing: bool,
    refused: str,
    file: dict[str, str] | None,
    event_choose: Event,
    event_save: Event,
) -> None:
    """The choice of a view, and what can be saved."""


@solara.component_vue("answer.vue", vuetify=False)
def Answer(answer: dict[str, Any] | None, waiting: bool) -> None:  # noqa: N802
    """The curves, the differences in words, and the costs."""


@solara.component_vue("film.vue", vuetify=False)
def Network(  # noqa: N802
    film: dict[str, Any] | None, name: str, network: int, most: int, fault: str, event_choose: Event
) -> None:
    """One network, month by month."""


@solara.component_vue("origins.vue", vuetify=False)
def Origins(origins: dict[str, Any] | None) -> None:  # noqa: N802
    """Where the answer comes from."""


@solara.component
def Layout(children: list[Any]) -> None:  # noqa: N802
    """Nothing around the page."""
    solara.Column(children=children, gap="0px")


@solara.component
def Page() -> None:  # noqa: N802
    """The page of one browser tab."""
    opening = solara.use_memo(opened, [])
    sitting = solara.use_reactive(Sitting.begin(opening))
    found: solara.Reactive[Explored | None] = solara.use_reactive(None)
    answer: solara.Reactive[dict[str, Any] | None] = solara.use_reactive(None)
    fault = solara.use_reactive("")
    tab = solara.use_reactive("answer")
    network = solara.use_reactive(0)
    file: solara.Reactive[dict[str, str] | None] = solara.use_reactive(None)
    briefing = solara.use_reactive(False)
    refused = solara.use_reactive("")

    def find(at: Sitting, is_stale: Callable[[], bool]) -> None:
        try:
            new = explore(at.asked())
            data = showing.answer_data(new, at.n)
        except (ScenarioError, MemoryError) as error:
            if not is_stale():
                fault.set(str(error))
            return
        if not is_stale():
            found.set(new)
            answer.set(data)
            fault.set("")

    answering = solara.use_memo(lambda: Answering(find), [])

    def change(new: Sitting) -> None:
        if new is not sitting.value:
            sitting.set(new)
            answering.ask(new)

    def pin(_: dict[str, Any]) -> None:
        if not fault.value:
            change(sitting.value.pin())

    def save(data: dict[str, Any]) -> None:
        if found.value is None:
            return
        refused.set("")
        if data["what"] != "brief":
            file.set(showing.scenario_file(found.value, data["what"]))
            return
        briefing.set(True)
        writing.ask(found.value)

    def write(of: Explored, _is_stale: Callable[[], bool]) -> None:
        try:
            file.set(brief_file(of))
        except BriefError as error:
            refused.set(str(error))
        finally:
            briefing.set(False)

    writing = solara.use_memo(lambda: Answering(write), [])
    solara.use_effect(lambda: answering.ask(sitting.value), [])

    at, done = sitting.value, found.value
    base = at.baseline
    solara.Title("Legato: explore")
    solara.Style(STYLE)
    with solara.Div(classes=["legato-page"]):
        solara.HTML(tag="h1", unsafe_innerHTML="Legato: explore")
        solara.HTML(
            tag="p",
            classes=["legato-subtitle"],
            unsafe_innerHTML="Move a lever and see what happens to the network. Nothing leaves this computer.",
        )
        with solara.Div(classes=["legato-columns"]):
            Levers(
                library=solara.use_memo(lambda: showing.library_data(opening), []),
                given=at.given,
                **solara.use_memo(lambda: showing.lever_data(at), [at.given]),
                baseline=done.base.name if done else base.given,
                values=dict(at.values),
                revision=at.revision,
                asked=at.n,
                replicates=at.replicates,
                seed=at.seed,
                fixed=at.fixed,
                fault=fault.value,
                event_choose=lambda data: change(sitting.value.choose(data["given"])),
                event_move=lambda data: change(sitting.value.moved({data["key"]: data["value"]}, data["n"])),
                event_pin=pin,
                event_reset=lambda _: change(sitting.value.reset()),
                event_settle=lambda data: change(sitting.value.settle(**data)),
            )
            with solara.Div(classes=["legato-view"]):
                Tabs(
                    tabs=TABS,
                    chosen=tab.value,
                    ready=done is not None,
                    pinned=bool(base.moved),
                    briefing=briefing.value,
                    refused=refused.value,
                    file=file.value,
                    event_choose=lambda data: tab.set(data["tab"]),
                    event_save=save,
                )
                with solara.Div(classes=["legato-panel"], attributes={"role": "tabpanel", "id": "legato-panel"}):
                    if tab.value == "answer":
                        waiting = answer.value is None or answer.value["n"] != at.n
                        Answer(answer=answer.value, waiting=waiting and not fault.value)
                    elif tab.value == "film":
                        Playing(done, network.value, lambda data: network.set(data["network"]))
                    else:
                        Origins(origins=showing.origins_data(done) if done else None)


@solara.component
def Playing(done: Explored | None, network: int, choose: Event) -> None:  # noqa: N802
    """The film of one of the networks behind the answer, made when it is looked at."""
    last = done.asked.replicates - 1 if done else 0
    number = max(0, min(network, last))

    def play() -> tuple[dict[str, Any] | None, str]:
        if done is None:
            return None, ""
        try:
            return showing.film_data(film(done.this, seed=done.asked.seed, replicate=number)), ""
        except FilmError as error:
            return None, str(error)

    played, fault = solara.use_memo(play, [done, number])
    Network(
        film=played, name=done.this.name if done else "", network=number, most=last, fault=fault, event_choose=choose
    )
