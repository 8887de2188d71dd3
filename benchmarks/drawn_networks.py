"""Networks drawn by chance, written in every format that `legato new` reads, each in many styles that mean the same."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

Files = dict[str, bytes]
NAMES = (
    *(
        "Alpha",
        "Beta Trust",
        "Caf\u00e9 e.V.",
        "Delta & Sons",
        "Echo-Network",
        "F\u00f6rderverein",
        "Gamma (NGO)",
        "Hub_8",
    ),
    *(
        "007",
        "O'Hara",
        "Lambda/Mu",
        "A.B.",
        "\u7d44\u7e54",
        "Nia Ltd",
        "Omega: South",
        "x=y",
        "1st Step",
        "Zeta\u2019s",
    ),
)
TOPICS = ("health", "early years", "teachers", "rights", "water")


class Drawn(NamedTuple):
    """A network: its members, their topics, and the ties between them with their strengths."""

    names: tuple[str, ...]
    topics: tuple[str, ...]
    ties: tuple[tuple[str, str, float], ...]

    @property
    def found(self) -> dict[frozenset[str], float]:
        """Ends of a tie -> its strength."""
        return {frozenset((one, other)): strength for one, other, strength in self.ties}


def drawn(luck: random.Random) -> Drawn:
    """Three to eight members, two ties at least; every member has a tie, for lists of ties know no others."""
    names = luck.sample(NAMES, luck.randint(3, 8))
    pairs = {frozenset((name, names[number - 1])) for number, name in enumerate(names)}
    pairs |= {frozenset(luck.sample(names, 2)) for _ in range(luck.randint(0, 5))}
    ends = [tuple(luck.sample(sorted(pair), 2)) for pair in sorted(pairs, key=sorted)]
    luck.shuffle(ends)
    strengths = (0.25, 0.5, 0.75, 1.0, 0.125)
    return Drawn(
        tuple(names),
        tuple(luck.choice(TOPICS) for _ in names),
        tuple((one, other, luck.choice(strengths)) for one, other in ends),
    )


# Tables, and how their text may be kept.


def kept(text: str, luck: random.Random) -> bytes:
    """A text in some encoding, with some line breaks, perhaps with empty lines at its end."""
    text += "\n" * luck.choice((0, 0, 1, 3))
    text = text.replace("\n", luck.choice(("\n", "\n", "\r\n")))
    encodings = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"]
    try:
        text.encode("cp1252")
        encodings += ["cp1252"]
    except UnicodeEncodeError:
        pass
    chosen = luck.choice(encodings)
    mark = b"\xff\xfe" if chosen == "utf-16-le" else b""
    return mark + text.encode(chosen)


def table(rows: list[list[str]], luck: random.Random, *, shuffled: bool = True) -> bytes:
    """A table with any separator and quoting, rows and columns in any order, perhaps with empty ones."""
    header, *below = rows
    if shuffled:
        luck.shuffle(below)
        order = luck.sample(range(len(header)), len(header))
        header, below = [header[place] for place in order], [[row[place] for place in order] for row in below]
    empty = luck.choice((0, 0, 0, 2))
    quoted = luck.random() < 0.5
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=luck.choice(",,;\t|"),
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
        lineterminator="\n",
    )
    for row in [header, *below]:
        writer.writerow([*row, *[""] * empty])
        if luck.random() < 0.05:
            writer.writerow([""] * (len(row) + empty))
    return kept(out.getvalue(), luck)


def member_rows(network: Drawn, luck: random.Random) -> list[list[str]]:
    """The list of members under some header."""
    header = [luck.choice(("name", "Organisation", "Label")), luck.choice(("interests", "Topics", "Sector"))]
    return [header, *(list(row) for row in zip(network.names, network.topics, strict=True))]


def tie_rows(network: Drawn, luck: random.Random) -> list[list[str]]:
    """The list of ties under some header."""
    header = [*luck.choice((("from", "to"), ("Source", "Target"), ("From", "To"))), luck.choice(("strength", "Weight"))]
    return [header, *([one, other, f"{strength:g}"] for one, other, strength in network.ties)]


def as_tables(network: Drawn, luck: random.Random) -> Files:
    """A list of members and one of ties."""
    return {"members": table(member_rows(network, luck), luck), "ties": table(tie_rows(network, luck), luck)}


def as_tie_list(network: Drawn, luck: random.Random) -> Files:
    """A list of ties alone."""
    return {"members": table(tie_rows(network, luck), luck)}


def as_pairs(network: Drawn, luck: random.Random) -> Files:
    """A row a tie, without a header."""
    rows = [[one, other, f"{strength:g}"] for one, other, strength in network.ties]
    return {"members": table(luck.sample(rows, len(rows)), luck, shuffled=False)}


def as_matrix(network: Drawn, luck: random.Random) -> Files:
    """Names at the top and at the left, in any order of both."""
    across, down = luck.sample(network.names, len(network.names)), luck.sample(network.names, len(network.names))
    rows = [["", *across]]
    for one in down:
        strengths = [network.found.get(frozenset((one, other)), 0) for other in across]
        rows.append([one, *(f"{strength:g}" if strength else luck.choice(("", "0")) for strength in strengths)])
    return {"members": table(rows, luck, shuffled=False)}


def as_survey(network: Drawn, luck: random.Random) -> Files:
    """A row for each respondent, a column for each partner."""
    header = ["Organisation", "Sector", *(f"How close are you? [{name}]" for name in network.names)]
    rows = [
        [name, topic, *(f"{network.found[pair]:g}" if (pair := frozenset((name, other))) in network.found else ""
                        for other in network.names)]
        for name, topic in zip(network.names, network.topics, strict=True)
    ]  # fmt: skip
    return {"members": table([header, *rows], luck)}


def as_form(network: Drawn, luck: random.Random) -> Files:
    """Partners ticked in one cell: strengths are not asked."""
    rows = [
        [name, topic, "; ".join(other for one, other, _ in network.ties if one == name)]
        for name, topic in zip(network.names, network.topics, strict=True)
    ]
    return {"members": table([["Organisation", "Sector", "Partners"], *rows], luck)}


def as_neighbours(network: Drawn, luck: random.Random) -> Files:
    """A row a member, and after it those partners that have not had their row yet; no header, no strengths."""
    order = luck.sample(network.names, len(network.names))
    rows = []
    for place, name in enumerate(order):
        later = [other for other in order[place:] if frozenset((name, other)) in network.found]
        rows.append([name, *luck.sample(later, len(later))])
    return {"members": table(rows, luck, shuffled=False)}


# Workbooks.


def as_workbook(network: Drawn, luck: random.Random) -> Files:
    """Two sheets in any order, perhaps with a third that is neither, with empty rows and columns around them."""
    from openpyxl.workbook.workbook import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = [(luck.choice(("Elements", "members")), member_rows(network, luck))]
    sheets += [("Connections", tie_rows(network, luck))]
    sheets += [("Notes", [["by", "Ada"]])] if luck.random() < 0.3 else []
    luck.shuffle(sheets)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        down, right = luck.choice((0, 0, 2)), luck.choice((0, 0, 1))
        for _ in range(down):
            sheet.append([])
        for row in rows:
            cells: list[object] = [
                float(cell) if place == 2 and cell[0] in "01" else cell for place, cell in enumerate(row)
            ]
            sheet.append([None] * right + cells)
    data = io.BytesIO()
    book.save(data)
    return {"members": data.getvalue()}


def as_ods(network: Drawn, luck: random.Random) -> Files:
    """The same two sheets as LibreOffice keeps them."""
    space = "urn:oasis:names:tc:opendocument:xmlns"

    def row(cells: list[str]) -> str:
        inner = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{_escaped(cell)}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{inner}</table:table-row>"

    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(row, rows))}'
        f'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
        for name, rows in (("Members", member_rows(network, luck)), ("Ties", tie_rows(network, luck)))
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", luck.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}:manifest:1.0"/>')
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
            f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return {"members": data.getvalue()}


# Graphs.


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _keys(network: Drawn, luck: random.Random) -> dict[str, str]:
    """Ids of nodes, which are not their names."""
    numbers = luck.sample(range(1000, 2000), len(network.names))
    return {name: f"n{number}" for name, number in zip(network.names, numbers, strict=True)}


def _xml(body: str, luck: random.Random) -> bytes:
    body = body.replace("\n", luck.choice(("\n", "", "\r\n  ")))
    encoding = luck.choice(("UTF-8", "UTF-8", "UTF-16", ""))
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding else ""
    text = f"{head}{luck.choice(('', '<!-- made by hand -->'))}{body}"
    return text.encode("utf-16" if encoding == "UTF-16" else luck.choice(("utf-8", "utf-8-sig")))


def as_graphml(network: Drawn, luck: random.Random) -> Files:
    """GraphML with names as attributes, or drawn as yEd does."""
    key = _keys(network, luck)
    drawn_label = luck.random() < 0.4
    label = '<key id="d0" for="node" yfiles.type="nodegraphics"/>' if drawn_label else (
        '<key id="d0" for="node" attr.name="label" attr.type="string"/>')  # fmt: skip
    around = ("<y:ShapeNode><y:NodeLabel>", "</y:NodeLabel></y:ShapeNode>") if drawn_label else ("", "")
    nodes = [
        f'<node id="{key[name]}"><data key="d0">{around[0]}{_escaped(name)}{around[1]}</data>'
        f'<data key="d1">{topic}</data></node>'
        for name, topic in zip(network.names, network.topics, strict=True)
    ]
    edges = [
        f'<edge source="{key[one]}" target="{key[other]}"><data key="d2">{strength!r}</data></edge>'
        for one, other, strength in network.ties
    ]
    luck.shuffle(nodes)
    body = "\n".join(
        [
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">',
            label,
            '<key id="d1" for="node" attr.name="topic" attr.type="string"/>',
            '<key id="d2" for="edge" attr.name="weight" attr.type="double"/>',
            f'<graph edgedefault="{luck.choice(("directed", "undirected"))}">',
            *(nodes + edges if luck.random() < 0.7 else edges + nodes), "</graph></graphml>",
        ]
    )  # fmt: skip
    return {"members": _xml(body, luck)}


def as_gexf(network: Drawn, luck: random.Random) -> Files:
    """GEXF as Gephi writes it."""
    key = _keys(network, luck)
    nodes = [
        f'<node id="{key[name]}" label={quoteattr(name)}><attvalues><attvalue for="0" value="{topic}"/></attvalues>'
        "</node>"
        for name, topic in zip(network.names, network.topics, strict=True)
    ]
    edges = [
        f'<edge id="{number}" source="{key[one]}" target="{key[other]}" weight="{strength!r}"/>'
        for number, (one, other, strength) in enumerate(network.ties)
    ]
    luck.shuffle(nodes)
    version = luck.choice(("http://www.gexf.net/1.2draft", "http://gexf.net/1.3"))
    body = "\n".join(
        [
            f'<gexf xmlns="{version}"><graph defaultedgetype="undirected">',
            '<attributes class="node"><attribute id="0" title="topic" type="string"/></attributes>',
            "<nodes>", *nodes, "</nodes>", "<edges>", *edges, "</edges></graph></gexf>",
        ]
    )  # fmt: skip
    return {"members": _xml(body, luck)}


def as_gml(network: Drawn, luck: random.Random) -> Files:
    """GML with names as labels."""
    number = {name: place for place, name in enumerate(luck.sample(network.names, len(network.names)))}
    lines = ["graph [", f"  directed {luck.choice('01')}"]
    for name, topic in zip(network.names, network.topics, strict=True):
        label = "".join(c if " " <= c <= "~" and c not in '&"' else f"&#{ord(c)};" for c in name)
        lines += ["  node [", f"    id {number[name]}", f'    label "{label}"', f'    topic "{topic}"', "  ]"]
    for one, other, strength in network.ties:
        lines += [
            "  edge [",
            f"    source {number[one]}",
            f"    target {number[other]}",
            f"    weight {strength!r}",
            "  ]",
        ]
    lines.append("]")
    if luck.random() < 0.3:
        lines.insert(0, 'Creator "by hand"')
    gap = luck.choice(("\n", "\n", " ", "\r\n"))
    return {"members": gap.join(lines).encode()}


def as_pajek(network: Drawn, luck: random.Random) -> Files:
    """Pajek, in arcs or edges, with keywords in any case."""
    number = {name: place for place, name in enumerate(network.names, 1)}
    word = luck.choice((str.upper, str.lower, str.title))
    lines = [f"*{word('vertices')} {len(number)}", *(f'{place} "{name}"' for name, place in number.items())]
    lines += [f"*{word(luck.choice(('arcs', 'edges')))}"]
    lines += [f"{number[one]} {number[other]} {strength!r}" for one, other, strength in network.ties]
    if luck.random() < 0.3:
        lines.insert(0, "% made by hand")
    return {"members": kept("\n".join(lines), luck)}


def as_dl(network: Drawn, luck: random.Random) -> Files:
    """UCINET's DL, as a matrix or as a list of edges."""
    number = {name: place for place, name in enumerate(network.names, 1)}
    matrix = luck.random() < 0.5
    lines = [f"dl n={len(number)} format={'fullmatrix' if matrix else 'edgelist1'}", "labels:"]
    lines += [f'"{name}"' for name in network.names]
    lines += ["data:"]
    if matrix:
        found = network.found
        lines += [" ".join(f"{found.get(frozenset((a, b)), 0):g}" for b in network.names) for a in network.names]
    else:
        lines += [f"{number[one]} {number[other]} {strength:g}" for one, other, strength in network.ties]
    return {"members": kept("\n".join(lines), luck)}


def as_json(network: Drawn, luck: random.Random) -> Files:
    """Kumu, node-link, or Cytoscape."""
    members = list(zip(network.names, network.topics, strict=True))
    key = _keys(network, luck)
    kind = luck.choice(("kumu", "d3", "cytoscape"))
    content: object
    if kind == "kumu":
        elements = [{"label": name, "tags": [topic]} for name, topic in members]
        ties = [{"from": one, "to": other, "strength": strength} for one, other, strength in network.ties]
        content = dict(luck.sample([("elements", elements), ("connections", ties)], 2))
    elif kind == "d3":
        nodes = [{"id": key[name], "name": name, "topic": topic} for name, topic in members]
        links = [{"source": key[one], "target": key[other], "value": s} for one, other, s in network.ties]
        content = {"nodes": nodes, luck.choice(("links", "edges")): links}
    else:
        boxes = [{"data": {"id": key[name], "name": name, "topic": topic}} for name, topic in members]
        lines = [{"data": {"source": key[one], "target": key[other], "weight": s}} for one, other, s in network.ties]
        content = {"elements": {"nodes": boxes, "edges": lines}}
    text = json.dumps(content, ensure_ascii=luck.random() < 0.5, indent=luck.choice((None, 2)))
    return {"members": text.encode(luck.choice(("utf-8", "utf-8-sig", "utf-16")))}
