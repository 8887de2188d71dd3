"""Every format in which the fuzzer and the tests write drawn networks, and what has to be said to read it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from benchmarks import drawn_networks as plain
from benchmarks import drawn_packed as packed
from benchmarks.drawn_networks import Drawn, Files, drawn

FORMATS: Mapping[str, Callable[[Drawn, random.Random], Files]] = {
    "members and ties": plain.as_tables,
    "ties alone": plain.as_tie_list,
    "pairs": plain.as_pairs,
    "neighbours": plain.as_neighbours,
    "matrix": plain.as_matrix,
    "survey": plain.as_survey,
    "form": plain.as_form,
    "xlsx": plain.as_workbook,
    "xls": packed.as_old_workbook,
    "xlsb": packed.as_binary_workbook,
    "ods": plain.as_ods,
    "NodeXL": packed.as_nodexl,
    "GraphML": plain.as_graphml,
    "GEXF": plain.as_gexf,
    "GML": plain.as_gml,
    "Pajek": plain.as_pajek,
    "Pajek project": packed.as_pajek_project,
    "DL": plain.as_dl,
    "DL matrices": packed.as_dl_matrices,
    "LGL": packed.as_lgl,
    "groups": packed.as_groups,
    "JSON": plain.as_json,
}
"""Format -> how a network is written in it; a file `members`, and a file `ties` where there is one."""
BARE = ("ties alone", "pairs", "neighbours", "matrix", "Pajek", "Pajek project", "DL", "DL matrices", "LGL", "groups")
"""Formats without topics, or whose topics are the reader's own."""
UNWEIGHED = ("form", "groups", "neighbours")
"""Formats without strengths."""
SAID: Mapping[str, Mapping[str, object]] = {"groups": {"groups_as": "ties"}, "DL matrices": {"relations": ("trust",)}}
"""What a person has to say, as `Choices` takes it."""
_OTHER_NAMES: Mapping[str, Callable[[str], str]] = {
    "LGL": lambda name: name.replace(" ", "_"),
    "neighbours": lambda name: name.replace("007", "Agent 007"),
}
"""What names become that would be read as something else: with blanks, or as a strength among names."""


def drawn_for(form: str, luck: random.Random) -> Drawn:
    """A network that can be written in a format: names that cannot be are other ones."""
    network = drawn(luck)
    if form not in _OTHER_NAMES:
        return network
    called = {name: _OTHER_NAMES[form](name) for name in network.names}
    ties = tuple((called[one], called[other], strength) for one, other, strength in network.ties)
    return Drawn(tuple(called.values()), network.topics, ties)
