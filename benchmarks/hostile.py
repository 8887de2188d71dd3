"""Bad and odd input for every file that people write: how it is made. What its answer has to be stands in `doors`."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from pathlib import Path

from hypothesis import strategies as st

import scenarios
from scenarios import KEYS
from scenarios.reading.writing import toml_value

# What is written where a value is wanted.

NUMBERS = (
    "0", "-0", "1", "-1", "2", "3", "0.5", "0.0", "-0.0", "1.0", "2.0", "1e-9", "0.9999999999999999",
    "1.0000000000000002", "1e308", "-1e308", "5e-324", "64", "65", "1000", "100_000", "1000000", "1000001",
    "2147483648", "9223372036854775807", "9223372036854775808", "1" + "0" * 400, "nan", "-nan", "inf", "-inf",
    "0x10", "0b1", "1_0", "\uff11\uff12", "\u0663",
)  # fmt: skip
TEXTS = (
    "", " ", "never", "Never", "salex", "nan", "0.5", "true", "é", "組織", "\U0001d49c", "a\u0301", "\u202e",
    "\x1b[31m", "\0", "\x85", "a,b", "a;b", 'a"b', "a'b", "=1+1", "<script>", "../x", "x" * 5000, "\ud7ff", "\ufeff",
    "%s", "{0}", "$(id)", "a\nb",
)  # fmt: skip
DELIMITERS = (",", ",", ",", ",", ",", ",", ";", "\t", "|")


def literals() -> st.SearchStrategy[str]:
    """Values as TOML writes them, and as it does not."""
    plain = ("true", "false", "True", "[]", "{}", "[[]]", "{a = 1}", "1979-05-27", "07:32:00", "[1,]", "#", "'")
    weights = ("[1, 1, 1, 1, 1, 1, 1, 1]", "[0, 0, 0, 0, 0, 0, 0, 0]", "[nan, 1]", "[1e308, 1e308]", f"[{'1, ' * 64}1]")
    return st.sampled_from((*NUMBERS, *plain, *weights, "", *map(toml_value, TEXTS)))


def _within(key: str) -> list[str]:
    """Values that a key may have, as TOML writes them."""
    known = KEYS[key]
    usual = [toml_value(known.default)] if known.default is not None else ["60"]
    if known.kind == "float":
        return [*usual, *(repr(float(one)) for one in (known.low, known.high, *(known.prior or ())))]
    if known.kind == "int":
        return [*usual, *(repr(int(one)) for one in (known.low, *(known.prior or ())))]
    return [*usual, "true", "false"] if known.kind == "bool" else usual


def _near(key: str) -> list[str]:
    """Values about the bounds of a key, as TOML writes them."""
    known = KEYS[key]
    bounds = [one for one in (known.low, known.high, *(known.prior or ())) if one is not None]
    near = [*bounds, *(one + 1 for one in bounds), *(one - 1 for one in bounds)]
    near += [math.nextafter(one, side) for one in bounds if known.kind == "float" for side in (-math.inf, math.inf)]
    return [repr(one).lower() for one in near] or ["true", "false", '"a"', "[1, 2]"]


@st.composite
def assignments(draw: st.DrawFn) -> tuple[str, str]:
    """A key and a value: mostly a key that there is with a value that it may have, at its bounds or beyond them."""
    kind = draw(st.integers(0, 19))
    key = draw(st.sampled_from(tuple(KEYS)))
    if kind < 12:
        return key, draw(st.sampled_from(_within(key)))
    if kind < 17:
        return key, draw(st.sampled_from(_near(key)))
    if kind < 19:
        return key, draw(literals())
    odd = (
        "title",
        "question",
        "name",
        "extends",
        "sources",
        "network",
        "funder.shift",
        key + "s",
        key.upper(),
        "",
        ".",
        "a.b",
        *TEXTS[:14],
    )
    return draw(st.sampled_from(odd)), draw(literals())


@st.composite
def damage(draw: st.DrawFn, content: bytes) -> bytes:
    """The same bytes, one time in six with something done to them."""
    kind = draw(st.integers(0, 59))
    if kind > 9:
        return content
    at = draw(st.integers(0, max(len(content), 1)))
    if kind == 0:
        return content[:at]
    if kind == 1:
        return content[:at] + draw(st.binary(max_size=8)) + content[at:]
    if kind == 2:
        return content[:at] + draw(st.binary(max_size=3)) + content[at + 1 :]
    if kind == 3:
        return content[:at] + content[at // 2 : at] + content[at:]
    encodings = {4: "utf-16", 5: "latin-1", 6: "utf-8-sig", 7: "cp1252"}
    if kind in encodings:
        return content.decode("utf-8", "replace").encode(encodings[kind], "replace")
    return content.replace(b"\n", b"\r\n") if kind == 8 else draw(st.binary(max_size=40))


# The doors: scenario files and overrides.


@st.composite
def scenario_files(draw: st.DrawFn) -> dict[str, bytes]:
    """A scenario's TOML, whole or not."""
    lines = [] if draw(st.integers(0, 5)) == 0 else ['title = "A"', 'question = "B?"']
    if draw(st.integers(0, 3)) == 0:
        parent = draw(st.sampled_from(('"salex"', '"salx"', '"scenario.toml"', '"./"', "3", '""')))
        lines.insert(0, f"extends = {parent}")
    for key, value in draw(st.lists(assignments(), max_size=5)):
        written = key if draw(st.booleans()) and key.replace(".", "").replace("_", "").isascii() else toml_value(key)
        lines.append(f"{written} = {value}")
    if draw(st.integers(0, 4)) == 0:
        said = draw(st.sampled_from(('"estimate: me"', '"assumption: "', "3", '"because"', "[]")))
        lines += ["[sources]", f'"{draw(st.sampled_from(tuple(KEYS)))}" = {said}']
    if draw(st.integers(0, 4)) == 0:
        outcome = draw(st.sampled_from(("collaboration_rate", "legacy_rate", "cost", "total_cost", "x", '"a b"')))
        keys = draw(st.sets(st.sampled_from(("month", "successes", "of", "value", "low", "high", "source", "extra"))))
        found = st.sampled_from(("3", "9", "0.5", "-1", "nan", "1e400", '"R"', '"\\u001b"', "[]", "{}", "true"))
        whole = ["month = 3", "successes = 3", "of = 9", 'source = "R"']
        some = [f"{key} = {draw(found)}" for key in sorted(keys)]
        lines += [f"[observed.{outcome}]", *(whole if draw(st.booleans()) else some)]
    return {"scenario.toml": draw(damage("\n".join(lines).encode()))}


@st.composite
def override_lists(draw: st.DrawFn) -> dict[str, bytes]:
    """What --set says, a line each."""
    said = []
    for key, value in draw(st.lists(assignments(), min_size=1, max_size=4)):
        between = draw(st.sampled_from(("=", "=", "=", " = ", "==", "", ":")))
        said.append(f"{key}{between}{value}")
    return {"overrides.txt": "\x1e".join(said).encode("utf-8", "surrogatepass")}


# Members and ties, ours and from elsewhere.

CELLS: Mapping[str, tuple[str, ...]] = {
    "name": ("A", "B", "C", "a", "Zoë", "Zoe\u0301", *TEXTS),
    "interests": ("x", "x;y", "x|y", "x:2;y", "x:0", "x:nan", "x:1e7", ":", ";", "x;x", "x:-1", *TEXTS),
    "region": ("Europe", "Asia", *TEXTS),
    "size": ("small", "Large", "huge", *TEXTS),
    "need": (*NUMBERS, "0,5", "80%", *TEXTS),
    "champion": ("yes", "no", "1", "maybe", *TEXTS),
    "activity": (*NUMBERS, "2", "0.5", "0", *TEXTS),
}
TIE_CELLS: Mapping[str, tuple[str, ...]] = {
    "from": ("A", "B", "C", "a", "Nobody", *TEXTS),
    "to": ("B", "C", "A", "Nobody", *TEXTS),
    "strength": (*NUMBERS, "0.5", "0.5", "0.5", "0,5", *TEXTS),
}
PLAIN: Mapping[str, str] = {
    "interests": "x;y",
    "region": "Europe",
    "size": "small",
    "need": "0.5",
    "champion": "no",
    "activity": "1",
    "strength": "0.5",
}


@st.composite
def tables(
    draw: st.DrawFn, cells: Mapping[str, tuple[str, ...]], rows: list[dict[str, str]], damaged: bool = True
) -> bytes:
    """A table with these rows, some cells, columns and bytes of which are something else."""
    columns = list(cells)
    if draw(st.integers(0, 9)) == 0:
        columns = draw(st.lists(st.sampled_from([*columns, *columns, "Name", "", "month", "x"]), max_size=8))
    rows = [dict(row) for row in rows]
    for _ in range(draw(st.sampled_from((0, 0, 0, 0, 1, 1, 2, 3)))):
        column = draw(st.sampled_from(list(cells)))
        if rows:
            rows[draw(st.integers(0, len(rows) - 1))][column] = draw(st.sampled_from(cells[column]))
    if draw(st.integers(0, 7)) == 0:
        rows = rows * draw(st.sampled_from((0, 2)))
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=draw(st.sampled_from(DELIMITERS)), lineterminator=draw(st.sampled_from(("\n", "\r\n")))
    )
    writer.writerow(columns)
    torn = draw(st.integers(0, 40))
    for number, row in enumerate(rows):
        written = [row.get(column, "") for column in columns]
        writer.writerow(written[:-1] if torn == number else [*written, "more"] if torn == number + 20 else written)
    content = text.getvalue().encode("utf-8", "surrogatepass")
    return draw(damage(content)) if damaged else content


def _plain_rows(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{**PLAIN, "name": name} for name in names]


TIES = [{"from": "A", "to": "B", **PLAIN}, {"from": "B", "to": "C", **PLAIN}]


@st.composite
def rosters(draw: st.DrawFn) -> dict[str, bytes]:
    """members.csv, and sometimes ties.csv."""
    files = {"members.csv": draw(tables(CELLS, _plain_rows(("A", "B", "C"))))}
    return files | ({"ties.csv": draw(tables(TIE_CELLS, TIES))} if draw(st.booleans()) else {})


GRAPHML = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="a" for="node" attr.name="interests" attr.type="string"/>
<key id="w" for="edge" attr.name="weight" attr.type="double"/>
<graph edgedefault="undirected"><node id="A"><data key="a">{}</data></node><node id="{}"><data key="a">y</data></node>
<edge source="A" target="{}"><data key="w">{}</data></edge></graph></graphml>"""


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, bytes]:
    """GraphML, whole or not."""
    bad = ("x", "B", "", "&lt;", "&amp;", "&x;", "<![CDATA[x]]>", "&#0;", "é", "<data/>", "</graph>", "<!DOCTYPE x>")
    odd = (*bad, *NUMBERS)
    filled = GRAPHML.format(
        draw(st.sampled_from(("x", "x", *odd))), draw(st.sampled_from(("B", "B", "B", *odd))),
        draw(st.sampled_from(("B", "B", "B", *odd))), draw(st.sampled_from(("0.5", "0.5", *odd))),
    )  # fmt: skip
    return {"members.graphml": draw(damage(filled.encode("utf-8", "replace")))}


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, bytes]:
    """Kumu's sheets of elements and of connections."""
    words = {"name": "Label", "interests": "Tags", "size": "Size"}
    elements = {"Label": CELLS["name"], "Tags": CELLS["interests"], "Size": CELLS["size"], "Type": TEXTS}
    rows = [{words.get(key, key): value for key, value in row.items()} for row in _plain_rows(("A", "B", "C"))]
    files = {"elements.csv": draw(tables(elements, rows))}
    connections = {"From": TIE_CELLS["from"], "To": TIE_CELLS["to"], "Strength": TIE_CELLS["strength"], "Type": TEXTS}
    ties = [{key.title(): value for key, value in row.items()} for row in TIES]
    return files | ({"connections.csv": draw(tables(connections, ties))} if draw(st.booleans()) else {})


# What happened, what is known, what may come.

PATTERN = """title = {}
scenario = {}
[setting]
"{}" = {}
[[pattern]]
id = "rate"
measure = {}
value = {}
sd = {}
source = "R4D 2024"
about = "SALEX"
"""


@st.composite
def studies(draw: st.DrawFn) -> dict[str, bytes]:
    """A file of what happened: a shipped study, or a short one, with a line of it changed."""
    shipped = draw(st.sampled_from(SHIPPED_STUDIES))
    lines = shipped.splitlines()
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(lines) - 1))
        key, equals, _ = lines[place].partition("=")
        if equals and draw(st.booleans()):
            lines[place] = f"{key}= {draw(literals())}"
        else:
            key, value = draw(assignments())
            lines[place] = draw(
                st.sampled_from(("", "[[pattern]]", "[waves]", "[setting]", f'"{key}" = {value}', lines[0]))
            )
    return {"observed.toml": draw(damage("\n".join(lines).encode("utf-8", "replace")))}


@st.composite
def surveys(draw: st.DrawFn) -> dict[str, bytes]:
    """Members, reports in two waves, and who answered."""
    months = ("0", "12", "12", "0", "-1", "1e9", "nan", "1.5", "", "x")
    rows = [{"month": "0", "from": "A", "to": "B", **PLAIN}, {"month": "12", "from": "B", "to": "C", **PLAIN}]
    files = {
        "members.csv": draw(tables({key: CELLS[key] for key in ("name", "interests")}, _plain_rows(("A", "B", "C")))),
        "ties.csv": draw(tables({"month": months, **TIE_CELLS}, rows)),
    }
    if draw(st.booleans()):
        said = [{"name": name, "month": month} for name in "ABC" for month in ("0", "12")]
        files["answered.csv"] = draw(tables({"name": CELLS["name"], "month": months}, said))
    return files


@st.composite
def posteriors(draw: st.DrawFn) -> dict[str, bytes]:
    """A posterior: keys, particles, perhaps weights."""
    keys = ("behaviour.yes_base", "behaviour.initiative", "members.engagement", "weight")
    odd = (*keys, "behaviour.decay", "grants.per_call", "network.members", "closing.month", "title", "x", "")
    columns = [draw(st.sampled_from((*[key] * 30, *odd))) for key in keys[: draw(st.integers(1, 4))]]
    cells = dict.fromkeys(columns, ("0.5", "0.1", "0.01", *NUMBERS, *TEXTS))
    rows = [dict.fromkeys(columns, cell) for cell in ("0.1", "0.2")]
    head = draw(st.sampled_from((b"", b"", b"# about\n", b"# name: x\n", b"# \x1b[31m\n", b"#\n#\n")))
    return {"posterior.csv": head + draw(tables(cells, rows))}


@st.composite
def futures(draw: st.DrawFn) -> dict[str, bytes]:
    """A TOML file of futures."""
    ranges = ("6:24", "0:1", "1:0", "0:1:0", "0:1:1e-9", "nan:1", "0:inf", "", ":")
    values = (*map(toml_value, ranges), "[1, 2]", "[1, 1]", "[]", "3")
    lines = [draw(st.sampled_from(('title = "T"', "", "title = 3"))), "[vary]"]
    for _ in range(draw(st.integers(0, 3))):
        key, literal = draw(assignments())
        if draw(st.booleans()):
            key, literal = draw(
                st.sampled_from(
                    (("funder.shift.month", '"6:24"'), ("members.need", "[0.4, 0.5]"), ("funder.weight", '"0:1:0.5"'))
                )
            )
        lines.append(f"{toml_value(key)} = {draw(st.sampled_from((*values, *[literal] * 30)))}")
    return {"futures.toml": draw(damage("\n".join(lines).encode("utf-8", "replace")))}


SHIPPED_STUDIES = tuple(
    file.read_text(encoding="utf-8")
    for file in sorted(Path(scenarios.__file__).parent.joinpath("evidence").glob("*.toml"))
)
