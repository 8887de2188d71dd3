"""Units: a study says what was observed one by one, and where the model counts something else, the output says so."""

from dataclasses import replace

import numpy as np

from results.checking.study_words import facts_table
from results.checking.tables import pattern_columns
from results.checking.verdicts import judge
from results.checking.words import notes
from results.studies.virtual_studies import Prediction, sides
from scenarios.observed.reading import read_observed
from scenarios.observed.study import Observed
from simulation.outcomes import NAMES

(SEPARATION,) = read_observed("separation", NAMES)
(SALEX,) = read_observed("salex", NAMES)


def said(*studies: Observed) -> str:
    verdicts = [
        judge(Prediction(pattern, study.name, np.ones((1, 30, len(sides(pattern)), 2))))
        for study in studies
        for pattern in study.patterns
    ]
    assert pattern_columns(verdicts)["unit"] == [one.unit for one in verdicts]
    return "\n".join(notes(verdicts, (), (), studies))


def test_pairs_that_are_read_as_a_network_are_said_to_be() -> None:
    assert "each pair is read as a network (co-location-separation)" in said(SEPARATION, SALEX)
    assert "read as" not in said(SALEX), "organizations are what the model counts"


def test_a_study_that_names_no_unit_is_not_said_to_be_read_as_anything_else() -> None:
    (pattern,) = SEPARATION.patterns
    assert "read as" not in said(replace(SEPARATION, patterns=(replace(pattern, unit=None),)))


def test_people_are_said_to_be_read_as_organizations() -> None:
    (pattern,) = SALEX.patterns
    people = replace(SALEX, patterns=(replace(pattern, unit="person"),))
    assert "each person is read as an organization (salex-2024)" in said(people)


def test_the_table_of_facts_has_the_unit() -> None:
    (table,) = facts_table([SEPARATION])
    assert table.rows[0][table.header.index("unit")] == "pair"
