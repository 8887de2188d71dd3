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
BARE = ("ties alone", "pairs", "matrix", "Pajek", "Pajek project", "DL", "DL matrices", "LGL", "groups")
"""Formats without topics, or whose topics are the reader's own."""
UNWEIGHED = ("form", "groups")
"""Formats without strengths."""
SAID: Mapping[str, Mapping[str, object]] = {"groups": {"groups_as": "ties"}, "DL matrices": {"relations": ("trust",)}}
"""What a person has to say, as `Choices` takes it."""
_IN_ONE_WORD = ("LGL",)


def drawn_for(form: str, luck: random.Random) -> Drawn:
    """A network that can be written in a format: where names cannot have blanks, without them."""
    network = drawn(luck)
    if form not in _IN_ONE_WORD:
        return network
    word = {name: name.replace(" ", "_") for name in network.names}
    ties = tuple((word[one], word[other], strength) for one, other, strength in network.ties)
    return Drawn(tuple(word.values()), network.topics, ties)
