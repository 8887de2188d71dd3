"""A recorded run of files that say how a network stands today: drawn, with a fault in them, and damaged.

    python -m benchmarks.fuzz_states [STATES [SEED]]      make fuzz-states

Four in ten are networks drawn by chance and written as people write tables: other separators, orders of rows and
columns, upper and lower case, empty rows. What is read must be that network: its ties, collaborations, attendance and
representatives. Two in ten have one known fault, and must be refused with the name of the file, the line and the value.
The others are damaged: cells, rows and bytes changed; each has to be read, or refused in words, within SECONDS of
processor time. Of what is read one in twenty is simulated for three months.
"""

import csv
import io
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import scenarios
from scenarios import Scenario, ScenarioError
from scenarios.reading.idle_values import idle
from scenarios.schema.standing import KINDS, Work
from simulation.model.network import CollaborationNetwork
from simulation.model.reference import let_go

SECONDS = 5.0
NAMES = ("Alder Institute", "Birch Fund", "Cedar School", "Dune Lab", "Élan", "Fjord & Söhne", "Guava", "Hub, The",
         'Iroko "East"', "東京 Office", "Lotus", "Maple", "Nut; Bolt", "nobody knows")  # fmt: skip
PEOPLE = tuple(f"Person {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
GARBAGE = ("", " ", "-1", "0", "9999", "1e9", "NaN", "inf", "0.5", "½", "=1+1", "\ufeff", "Alder", "nobody", "yes",
           "1_0", "٣", "x" * 300, "Alder Institute;Birch Fund", "\u202e")  # fmt: skip
Row = dict[str, str]


@dataclass
class State:
    """A network as it stands, and the tables that say so."""

    today: int
    names: list[str]
    joins: list[int]
    leaves: list[int]
    ties: dict[tuple[int, int], float | None] = field(default_factory=dict)
    works: list[Work] = field(default_factory=list)
    waiting: list[tuple[int, int, int]] = field(default_factory=list)
    events: list[tuple[str, int, list[int]]] = field(default_factory=list)
    stints: list[tuple[int, str, int, str]] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def there(self, member: int, month: int) -> bool:
        """Whether a member was one in a month."""
        return self.joins[member] <= month and not 0 < self.leaves[member] <= month


def drawn(luck: random.Random) -> State:
    """A network drawn by chance."""
    today, count = luck.randint(1, 24), luck.randint(3, len(NAMES))
    names = luck.sample(NAMES, count)
    joins = [luck.randint(1, today) if luck.random() < 0.15 and place > 1 else 0 for place in range(count)]
    leaves = [luck.randint(join + 1, 30) if luck.random() < 0.15 else 0 for join in joins]
    state = State(today, names, joins, leaves)
    pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
    for pair in luck.sample(pairs, luck.randint(0, len(pairs))):
        state.ties[pair] = luck.choice((None, round(luck.uniform(0.01, 1), 3)))
    for one, other in luck.sample(pairs, luck.randint(0, min(6, len(pairs)))):
        months = [month for month in range(1, today + 1) if state.there(one, month) and state.there(other, month)]
        if months:
            began = luck.choice(months)
            ended = luck.choice((0, 0, luck.randint(began, today)))
            until = luck.choice((0, luck.randint(began, 40)))
            state.works.append(Work(began, one, other, until, ended))
            if not ended:
                state.ties.setdefault((one, other), None)
    busy = {(work.one, work.other) for work in state.works if not work.ended}
    for one, other in luck.sample(pairs, luck.randint(0, min(2, len(pairs)))):
        if (one, other) not in busy and state.there(one, today) and state.there(other, today):
            state.waiting.append((today, one, other))
            state.ties.setdefault((one, other), None)
    for event in range(luck.randint(0, 4)):
        month = luck.randint(1, today)
        came = [member for member in range(count) if state.there(member, month) and luck.random() < 0.5]
        state.events.append((f"Event {event}", month, came))
    people = luck.sample(PEOPLE, count)
    for member, person in zip(range(count), people, strict=True):
        if luck.random() < 0.5 and state.there(member, since := luck.randint(joins[member], today)):
            state.stints.append((member, person, since, luck.choice(("", *KINDS))))
    state.tables = tables_of(state)
    return state


def tables_of(state: State) -> dict[str, list[Row]]:
    """The tables that say so."""
    names = state.names
    working = {(work.one, work.other) for work in state.works if not work.ended}
    working |= {(one, other) for _, one, other in state.waiting}
    return {
        "members": [
            {"name": name, "interests": f"t{place % 3};all", "joins": _month(state.joins[place]),
             "leaves": _month(state.leaves[place])}
            for place, name in enumerate(names)
        ],
        "ties": [
            {"from": names[one], "to": names[other], "strength": "" if trust is None else repr(trust)}
            for (one, other), trust in state.ties.items()
            if trust is not None or (one, other) not in working
        ],
        "collaborations": [
            {"from": names[work.one], "to": names[work.other], "began": str(work.began),
             "funded_until": _month(work.funded_until), "ended": _month(work.ended), "applied": ""}
            for work in state.works
        ] + [
            dict.fromkeys(HEADERS["collaborations"], "")
            | {"from": names[one], "to": names[other], "applied": str(month)}
            for month, one, other in state.waiting
        ],
        "attendance": [
            {"event": event, "month": str(month), "member": member}
            for event, month, came in state.events
            for member in [names[one] for one in came] or ["nobody"]
        ],
        "representatives": [
            {"member": names[member], "representative": person, "since": str(since), "kind": kind}
            for member, person, since, kind in state.stints
        ],
        "so_far": [{"outcome": "cost", "value": "1000"}],
    }  # fmt: skip


HEADERS = {
    "members": ("name", "interests", "joins", "leaves"),
    "ties": ("from", "to", "strength"),
    "collaborations": ("from", "to", "began", "funded_until", "ended", "applied"),
    "attendance": ("event", "month", "member"),
    "representatives": ("member", "representative", "since", "kind"),
    "so_far": ("outcome", "value"),
}


def _month(month: int) -> str:
    return str(month) if month else ""


def text_of(table: str, rows: list[Row], luck: random.Random, *, plain: bool) -> str:
    """A table as somebody writes it; plain ones keep their lines."""
    columns, rows = list(HEADERS[table]), list(rows)
    delimiter = "," if plain else luck.choice((",", ";", "\t"))
    if not plain:
        luck.shuffle(columns)
        if table != "members":
            luck.shuffle(rows)
    into = io.StringIO(newline="")
    writer = csv.writer(into, delimiter=delimiter, lineterminator="\n" if plain else luck.choice(("\n", "\r\n")))
    writer.writerow(columns)
    for row in rows:
        if not plain and luck.random() < 0.1:
            writer.writerow([""] * len(columns))
        cells = [row[column] for column in columns]
        if not plain and table != "members" and luck.random() < 0.3:
            cells = [f" {cell} " if luck.random() < 0.5 else cell.upper() for cell in cells]
        writer.writerow(cells)
    return into.getvalue()


def _add(state: State, table: str, **cells: str) -> None:
    """One more row; `one` and `other` stand for the columns from and to."""
    ends = {"from": cells.pop("one", ""), "to": cells.pop("other", "")} if table in ("ties", "collaborations") else {}
    state.tables[table].append(dict.fromkeys(HEADERS[table], "") | ends | cells)


def _two_there(state: State) -> list[str]:
    return [name for place, name in enumerate(state.names) if state.there(place, state.today)][:2]


def _unknown_name(s: State) -> None:
    _add(s, "collaborations", one="Alder Institut", other=s.names[0], began="1")


def _ended_early(s: State) -> None:
    _add(s, "collaborations", one=s.names[0], other=s.names[1], began=str(s.today), ended="0")


def _paid_before(s: State) -> None:
    _add(s, "collaborations", one=s.names[0], other=s.names[1], began="1", funded_until="-3")


def _after_today(s: State) -> None:
    _add(s, "attendance", event="Late", month=str(s.today + 1), member=s.names[0])


def _came_twice(s: State) -> None:
    for _ in range(2):
        _add(s, "attendance", event="Twice", month=str(s.today), member=_two_there(s)[0])


def _nobody_and_somebody(s: State) -> None:
    for who in (_two_there(s)[0], "nobody"):
        _add(s, "attendance", event="Odd", month=str(s.today), member=who)


def _two_at_once(s: State) -> None:
    for name in _two_there(s):
        _add(s, "representatives", member=name, representative="Zed Zero", since=str(s.today))


def _itself(s: State) -> None:
    _add(s, "ties", one=s.names[0], other=s.names[0], strength="0.4")


def _no_strength(s: State) -> None:
    _add(s, "ties", one=s.names[0], other=s.names[1], strength="40")


def _not_counted(s: State) -> None:
    _add(s, "so_far", outcome="costs", value="3")


FAULTS: Mapping[str, tuple[str, Callable[[State], None], str]] = {
    "unknown name": ("collaborations", _unknown_name, "Alder Institut"),
    "ended early": ("collaborations", _ended_early, '"0"'),
    "paid before": ("collaborations", _paid_before, '"-3"'),
    "after today": ("attendance", _after_today, "after today"),
    "came twice": ("attendance", _came_twice, "already"),
    "nobody and somebody": ("attendance", _nobody_and_somebody, "nobody"),
    "two at once": ("representatives", _two_at_once, "Zed Zero"),
    "itself": ("ties", _itself, "itself"),
    "no strength": ("ties", _no_strength, '"40"'),
    "not counted": ("so_far", _not_counted, "did you mean cost"),
}
"""Name -> the table that it is in, how it is put there, and what the refusal must hold."""


def damaged(texts: dict[str, str], luck: random.Random) -> dict[str, bytes]:
    """Tables with cells, rows or bytes changed."""
    files = {table: text.encode() for table, text in texts.items()}
    for _ in range(luck.randint(1, 3)):
        table = luck.choice(list(files))
        lines = files[table].decode(errors="replace").split("\n")
        place, how = luck.randrange(len(lines)), luck.randrange(7)
        if how == 0:
            lines.insert(place, luck.choice(lines))
        elif how == 1:
            del lines[place]
        elif how == 2:
            cells = lines[place].split(",")
            cells[luck.randrange(len(cells))] = luck.choice(GARBAGE)
            lines[place] = ",".join(cells)
        elif how == 3:
            cells = lines[place].split(",")
            luck.shuffle(cells)
            lines[place] = ",".join(cells)
        elif how == 4:
            lines[place] = "".join(str(luck.randint(-5, 99)) if c.isdigit() else c for c in lines[place])
        elif how == 5:
            lines[place] = lines[place][: luck.randrange(len(lines[place]) + 1)]
        files[table] = "\n".join(lines).encode()
        if how == 6 and files[table]:
            raw = bytearray(files[table])
            raw[luck.randrange(len(raw))] = luck.randrange(256)
            files[table] = bytes(raw)
    return files


def differs(state: State, scenario: Scenario) -> str:
    """What was read otherwise than it was written; "" for nothing."""
    roster = scenario.roster
    assert roster is not None
    known = roster.standing
    assert known is not None
    row = {name: place for place, name in enumerate(roster.names)}
    number = [row[name] for name in state.names]

    def ends(one: int, other: int) -> tuple[int, int]:
        first, second = sorted((number[one], number[other]))
        return first, second

    ties = {ends(*pair): -1.0 if trust is None else trust for pair, trust in state.ties.items()}
    if {(one, other): trust for one, other, trust in roster.ties or ()} != ties:
        return "ties"
    works = sorted(Work(one.began, *ends(one.one, one.other), one.funded_until, one.ended) for one in state.works)
    if sorted(known.works) != works:
        return "collaborations"
    if sorted(known.waiting) != sorted((month, *ends(one, other), 0) for month, one, other in state.waiting):
        return "applications"
    came = sorted((month, number[one]) for _, month, there in state.events for one in there)
    if sorted((month, who) for month, who, yes in known.attended if yes) != came:
        return "attendance"
    since = {number[member]: (since, KINDS.index(kind) if kind else -1) for member, _, since, kind in state.stints}
    read = {who: (int(known.since[who]), int(known.kind[who])) for who in since}
    return "" if read == since else "representatives"


def simulated(scenario: Scenario) -> None:
    """Three months of it, with everything in its place."""
    model = CollaborationNetwork(scenario, seed=1, replicate=0)
    for _ in range(3):
        if model.running:
            model.step()
    assert np.isfinite(model.stock[-1]).all(), "an outcome is missing"
    assert all(member.unfunded >= 0 and member.funded >= 0 for member in model.organizations), "less than no work"
    assert all(0 <= tie.trust <= 1 for tie in model.ties.values()), "trust out of range"
    let_go(model)


def one_state(number: int, seed: int, home: Path) -> tuple[str, str, str]:
    """Kind of a state, what became of it, and what is wrong with that."""
    luck = random.Random(f"{seed} {number}")
    state, lot = drawn(luck), luck.random()
    kind = "drawn" if lot < 0.4 else "faulty" if lot < 0.6 else "damaged"
    fault = luck.choice(list(FAULTS))
    if len(_two_there(state)) < 2:
        fault = "unknown name"
    if kind == "faulty":
        FAULTS[fault][1](state)
    texts = {table: text_of(table, rows, luck, plain=kind == "damaged") for table, rows in state.tables.items()}
    files = damaged(texts, luck) if kind == "damaged" else {table: text.encode() for table, text in texts.items()}
    said = [f"network.today={state.today}", "closing.month=40"]
    for table, content in files.items():
        (home / f"{table}.csv").write_bytes(content)
        key = {"members": "members.file", "so_far": "network.so_far"}.get(table, f"members.{table}")
        said.append(f"{key}={home / f'{table}.csv'}")
    begun, wrong, became = time.process_time(), "", "read"
    try:
        scenario = scenarios.load("salex", said, posterior=None)
        idle(scenario)
        if kind == "faulty":
            wrong = f"{fault}: not refused"
        elif kind == "drawn":
            wrong = differs(state, scenario)
        if number % 20 == 0:
            simulated(scenario)
    except ScenarioError as error:
        became = "refused"
        if kind == "drawn":
            wrong = str(error)
        elif kind == "faulty":
            table, _, value = FAULTS[fault]
            lines = str(error).casefold().splitlines()
            if not any(f"{table}.csv, line" in line and value.casefold() in line for line in lines):
                wrong = f"{fault}: {error}"
        elif ".csv" not in str(error):
            wrong = f"no file is named: {error}"
    except Exception:
        became, wrong = "WRONG", traceback.format_exc()
    if time.process_time() - begun > SECONDS:
        wrong = wrong or f"took {time.process_time() - begun:.1f} s"
    return kind, "WRONG" if wrong else became, wrong and f"state {number} of seed {seed}: {wrong}"


def main(states: int, seed: int) -> int:
    """Try so many states; print the table."""
    begun, became, wrong = time.process_time(), Counter[tuple[str, str]](), []
    with tempfile.TemporaryDirectory() as home:
        for number in range(states):
            kind, what, said = one_state(number, seed, Path(home))
            became[kind, what] += 1
            wrong += [said] if said else []
    print("| kind | states | read | refused | wrong |\n| --- | --: | --: | --: | --: |")
    for kind in ("drawn", "faulty", "damaged"):
        counts = [became[kind, word] for word in ("read", "refused", "WRONG")]
        print(f"| {kind} | {sum(counts):,} | {counts[0]:,} | {counts[1]:,} | {counts[2]:,} |")
    for said in wrong[:30]:
        print(f"    {said[:3000]}", file=sys.stderr)
    print(f"{states:,} states, {time.process_time() - begun:.0f} s of processor time, {len(wrong)} answered wrongly.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
