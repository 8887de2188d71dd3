"""GraphML as NodeXL and Gephi export it, with how nodes are drawn: in NodeXL ids of nodes are names, all are texts."""

from pathlib import Path

from scenarios.reading.foreign_tables import Choices
from scenarios.reading.own_or_foreign import read_members

NODES, EDGES = (
    ("Color", "Size", "Visibility", "Label", "ID", "Sector"),
    ("Width", "Label", "Relationship", "Edge Weight"),
)
KEYS = "".join(
    f'  <key id="{letter}-{name}" for="{what}" attr.name="{name}" attr.type="string" />\n'
    for letter, what, names in (("V", "node", NODES), ("E", "edge", EDGES))
    for name in names
)
EXPORT = f"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
{KEYS}  <graph edgedefault="directed">
    <node id="alder"><data key="V-Size">100</data><data key="V-Color">0; 0; 255</data><data key="V-ID">3</data>
      <data key="V-Label">Alder Institute</data><data key="V-Sector">health</data></node>
    <node id="Birch"><data key="V-Size">1.5</data><data key="V-ID">4</data><data key="V-Sector">water</data></node>
    <node id="Cedar"><data key="V-ID">5</data><data key="V-Sector">water</data></node>
    <edge source="alder" target="Birch"><data key="E-Width">2</data><data key="E-Edge Weight">4</data>
      <data key="E-Relationship">works with</data></edge>
    <edge source="Birch" target="Cedar"><data key="E-Edge Weight">1</data><data key="E-Relationship">knows</data></edge>
  </graph>
</graphml>
"""


def test_an_export_of_nodexl(tmp_path: Path) -> None:
    (tmp_path / "network.graphml").write_text(EXPORT, encoding="utf-8")
    found = read_members(tmp_path / "network.graphml", None, Choices(relations=("works with", "knows")))
    assert found.roster.names == ("Alder Institute", "Birch", "Cedar")
    assert found.roster.topics == ("health", "water")
    assert found.roster.ties == ((0, 1, 1.0), (1, 2, 0.25))
    assert any("no use for Size (drawn), Color" in one for one in found.notes)
    assert not any("medium" in one for one in found.notes), "a node that is drawn large is no large organization"


def test_how_large_gephi_draws_a_node_is_no_size_of_an_organization(tmp_path: Path) -> None:
    drawn = ("size", "r", "g", "b", "x", "y")
    keys = "".join(f'<key id="{name}" for="node" attr.name="{name}" attr.type="float"/>' for name in drawn)
    data = "".join(f'<data key="{name}">10.0</data>' for name in drawn)
    nodes = "".join(f'<node id="{name}">{data}</node>' for name in "AB")
    (tmp_path / "gephi").write_text(f"<graphml>{keys}<graph>{nodes}<edge source='A' target='B'/></graph></graphml>")
    notes = read_members(tmp_path / "gephi", None).notes
    assert any("no use for Size (drawn), r, g, b, x, y" in one for one in notes)
    assert not any("medium" in one for one in notes)
