"""Units: a study says what was observed one by one, and where the model counts something else, the output says so."""

from dataclasses import replace

import numpy as np

from results.checking.documents import pattern_columns
from results.checking.verdicts import judge
from results.checking.words import facts_table, notes
from results.studies.virtual_studies import Prediction
from scenarios.observed.reading import read_observed
from scenarios.observed.study import Observed
from simulation.outcomes import NAMES

(HANDOVER,) = read_observed("handover", NAMES)
(SALEX,) = read_observed("salex", NAMES)


def said(*studies: Observed) -> str:
    verdicts = [
        judge(Prediction(pattern, study.name, np.ones((1, 30, max(1, len(pattern.arms)), 2))))
        for study in studies
        for pattern in study.patterns
    ]
    assert pattern_columns(verdicts)["unit"] == [one.unit for one in verdicts]
    return "\n".join(notes(verdicts, (), (), studies))


def test_networks_that_are_read_as_pairs_are_said_to_be() -> None:
    assert "each network is read as a pair (planning-helps)" in said(HANDOVER, SALEX)
    assert "read as" not in said(SALEX), "organizations are what the model counts"


def test_a_study_that_names_no_unit_is_not_said_to_be_read_as_anything_else() -> None:
    (pattern,) = HANDOVER.patterns
    assert "read as" not in said(replace(HANDOVER, patterns=(replace(pattern, unit=None),)))


def test_people_are_said_to_be_read_as_organizations() -> None:
    (pattern,) = SALEX.patterns
    people = replace(SALEX, patterns=(replace(pattern, unit="person"),))
    assert "each person is read as an organization (salex-2024)" in said(people)


def test_the_table_of_facts_has_the_unit() -> None:
    (table,) = facts_table([HANDOVER])
    assert table.rows[0][table.header.index("unit")] == "network"
