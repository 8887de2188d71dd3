"""The network drawn in some months of its life, a row for each scenario, every member in one place throughout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from results.figures.comparing.network_layout import places
from results.figures.comparing.tie_lines import MOST_TIES, draw_members, draw_ties, marker_size
from results.figures.kit.fonts import legible, shortened, width
from results.figures.kit.key import Key, draw_key, key_height, key_of, network_key
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.style import BODY, SMALL, TALLEST, WIDTH, house_style
from scenarios import Scenario
from simulation.snapshot import Snapshot

MOST_MEMBERS = 300
"""Members beyond which a drawing shows a cloud and no network."""
MOST_NUMBERED = 40
"""Members beyond which numbers would hide the signs that they stand on."""
GAP = 8.0


@dataclass(frozen=True)
class Row:
    """A scenario's drawings: its name, its snapshots and what to call each."""

    name: str
    snapshots: tuple[Snapshot, ...]
    titles: tuple[str, ...]


def network_figures(portraits: Mapping[str, Sequence[Snapshot]], scenarios: Mapping[str, Scenario]) -> list[Figure]:
    """The network of one replicate, a row for each scenario and a column for each month; none without snapshots.

    A single scenario gets larger drawings, in which members are numbered and named.

    Args:
        portraits: name -> snapshots, earliest first.
        scenarios: name -> scenario, to say which month is which.
    """
    rows = [
        Row(name, tuple(shots), tuple(month_title(shot.month, scenarios[name]) for shot in shots))
        for name, shots in portraits.items()
        if shots
    ]
    if not rows:
        return []
    shots = [shot for row in rows for shot in row.snapshots]
    members = max(len(shot.members) for shot in shots)
    texts = [row.name for row in rows] + [
        word for shot in shots for m in shot.members for word in (m.name, m.topic, m.region)
    ]
    with house_style(texts):
        if members > MOST_MEMBERS:
            return [_note(members)]
        key = key_of(shots)
        if len(rows) == 1:
            return [_draw_alone(rows[0], places(shots), key)]
        return _draw_rows(rows, _places_by_size(rows), key)


def _size(row: Row) -> int:
    """Founding members: the members of two networks with as many are the same, so they can share their places."""
    return len(row.snapshots[0].members)


def _places_by_size(rows: Sequence[Row]) -> dict[int, NDArray[np.float64]]:
    return {
        size: places(shot for row in rows if _size(row) == size for shot in row.snapshots) for size in map(_size, rows)
    }


def month_title(month: int, scenario: Scenario) -> str:
    """What a month is in the life of the network, in plain words."""
    closing = scenario.closing_month
    if month == 0:
        return "start"
    if closing and month == closing:
        return f"closing, month {month}"
    if closing and month > closing:
        after = "a year" if month - closing == 12 else f"{month - closing} months"
        return f"{after} after, month {month}"
    if closing and abs(2 * month - closing) <= 1:
        return f"half-way, month {month}"
    return f"end of run, month {month}" if month >= scenario.last_month else f"month {month}"


def _title(rows: Sequence[Row]) -> str:
    return (
        f"The network of {rows[0].name} over time" if len(rows) == 1 else "The network over time, scenario by scenario"
    )


def _caption(rows: Sequence[Row]) -> list[str]:
    shots = [shot for row in rows for shot in row.snapshots]
    many = len(rows) > 1
    said = [f"One simulated network (replicate {shots[0].replicate}), an example and not an average."]
    alike = "" if len({_size(row) for row in rows}) == 1 else " of a network with as many founding members"
    luck = ", and every scenario lives through the same luck" if many and not alike else ""
    said.append(f"Members keep their place in every drawing{alike}{luck}.")
    if any(words.startswith("closing") for row in rows for words in row.titles):
        said.append("The closing is the planned one.")
    if any(len(shot.ties) > MOST_TIES for shot in shots):
        said.append(f"Of the ties without a collaboration, only the {MOST_TIES} with the most trust are drawn.")
    return said


def _note(members: int) -> Figure:
    caption = caption_lines(
        [
            f"This network has {members:,} members. A drawing of more than {MOST_MEMBERS} shows a cloud and no",
            "network, so none is made; the GraphML files in the run's networks/ open in Gephi, Cytoscape or networkx.",
        ]
    )
    title = "The network over time: too many members to draw"
    page = Page(head_height(title) + caption_height(caption))
    page.head(title, caption)
    return page.figure


def _draw_rows(rows: Sequence[Row], spots: Mapping[int, NDArray[np.float64]], key: Key) -> list[Figure]:
    columns = max(len(row.snapshots) for row in rows)
    side = (WIDTH - 2 * MARGIN - GAP * (columns - 1)) / columns
    side, step = min(side, 170.0), side + GAP
    heading, above = BODY * LEADING + 2, SMALL * LEADING + 2
    each = heading + above + side + 8
    title, caption = _title(rows), caption_lines(_caption(rows))
    fixed = head_height(title) + key_height(network_key(key)) + caption_height(caption)
    fit = max(1, int((TALLEST - fixed) // each))
    # As many rows a page as fit, spread evenly: seven rows are four and three, not six and one.
    pages = -(-len(rows) // fit)
    figures = []
    for chosen in np.array_split(np.arange(len(rows)), pages):
        page = Page(fixed + each * len(chosen))
        page.head(title, caption)
        for number, row in enumerate(rows[i] for i in chosen):
            top = head_height(title) + number * each
            page.write(MARGIN, top, shortened(row.name, WIDTH - 2 * MARGIN, BODY, 1, "bold"), BODY, weight="bold")
            for column, (snapshot, words) in enumerate(zip(row.snapshots, row.titles, strict=True)):
                left = MARGIN + column * step
                page.write(left, top + heading, shortened(words, step - 4, SMALL, 1))
                _draw_one(page, left, top + heading + above, side, snapshot, spots[_size(row)], key, numbered=False)
        draw_key(page, head_height(title) + each * len(chosen), network_key(key))
        figures.append(page.figure)
    return figures


def _draw_alone(row: Row, spots: NDArray[np.float64], key: Key) -> Figure:
    columns = min(2, len(row.snapshots))
    side = min((WIDTH - 2 * MARGIN - GAP) / 2, 240.0)
    above, lines = SMALL * LEADING + 3, -(-len(row.snapshots) // columns)
    each = above + side + 10
    last = max(row.snapshots, key=lambda shot: len(shot.members))
    numbered = len(last.members) <= MOST_NUMBERED
    names = _numbered_names(last) if numbered else []
    name_columns = next(
        (n for n in (3, 2) if all(width(name, SMALL) < (WIDTH - 2 * MARGIN) / n - 8 for name in names)), 2
    )
    names_height = -(-len(names) // name_columns) * SMALL * LEADING + 10 if names else 0.0
    title, caption = _title([row]), caption_lines(_caption([row]))
    top = head_height(title)
    page = Page(top + each * lines + key_height(network_key(key)) + names_height + caption_height(caption))
    page.head(title, caption)
    for number, (snapshot, words) in enumerate(zip(row.snapshots, row.titles, strict=True)):
        left, y = MARGIN + (number % columns) * (side + GAP), top + (number // columns) * each
        page.write(left, y, [words], weight="bold")
        _draw_one(page, left, y + above, side, snapshot, spots, key, numbered=numbered)
    draw_key(page, top + each * lines, network_key(key))
    per_column = -(-len(names) // name_columns)
    room = (WIDTH - 2 * MARGIN) / name_columns
    for number, name in enumerate(names):
        left, y = MARGIN + (number // per_column) * room, (number % per_column) * SMALL * LEADING
        page.write(left, top + each * lines + key_height(network_key(key)) + y, shortened(name, room - 6, SMALL, 1))
    return page.figure


def _numbered_names(snapshot: Snapshot) -> list[str]:
    """The members' names behind their numbers; none where all that a name says is the number."""
    names = [member.name for member in snapshot.members]
    if all(name.split()[-1:] == [str(number)] for number, name in enumerate(names, start=1)):
        return []
    return [
        f"{number}  {legible(name, 'a name that no font here can write')}" for number, name in enumerate(names, start=1)
    ]


def _draw_one(
    page: Page,
    left: float,
    top: float,
    side: float,
    snapshot: Snapshot,
    spots: NDArray[np.float64],
    key: Key,
    *,
    numbered: bool,
) -> None:
    axes = page.axes(left, top, side, side, f"{snapshot.scenario}, month {snapshot.month}")
    axes.set(xlim=(-0.07, 1.07), ylim=(-0.07, 1.07), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True, color="#DDDDDD")
    size = marker_size(len(spots), side, numbered=numbered)
    draw_ties(axes, snapshot, spots, size)
    draw_members(axes, snapshot, spots, key, size, numbered=numbered)
