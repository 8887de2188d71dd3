"""Rules about a scenario say in a page what they say in Python."""

import numpy as np

from scenarios.schema import months
from scenarios.schema.contradictions import contradictions, decided_with
from scenarios.schema.measured import Measured
from scenarios.schema.observation import Observation
from scenarios.schema.settings import Settings
from tests.results.exploring.javascript.twins import assert_same, drawn_settings, in_node, needs_node, script


@needs_node
def test_contradictory_values_are_refused_in_the_same_words() -> None:
    rng = np.random.default_rng(26)
    known = Measured(0.5, 0.4, 0.6)
    observed = [
        Observation("collaboration_rate", int(rng.integers(1, 200)), known, "a"),
        Observation("survival", None, known, "b"),
    ]
    said = assert_same([(contradictions, drawn_settings(rng), observed) for _ in range(300)])
    assert len(set(said)) > 200
    for word in (
        "lengthen the run",
        "wind_down_months is",
        "is empty: say",
        "weights but",
        "too wide around",
        "has closed",
    ):
        assert any(word in text for text in said), f"no random settings were refused with '{word}'"


@needs_node
def test_what_follows_from_settings_is_the_same() -> None:
    rng = np.random.default_rng(27)
    every = [drawn_settings(rng) for _ in range(100)]
    names = [name for name, one in vars(Settings).items() if isinstance(one, property)]
    assert "last_month" in names
    mine = [
        repr([getattr(one, name) for name in names] + [one.convenes(month) for month in range(0, 90, 7)])
        for one in every
    ]
    theirs = [
        f"{{ const s = {script(one)}; return [{', '.join(f's.{name}' for name in names)}, "
        "...$.list($.range(0, 90, 7)).map((month) => s.convenes(month))] }"
        for one in every
    ]
    assert in_node({"scenarios.schema.settings": ["Settings.*"]}, theirs) == mine
    joining = rng.choice([0, 1, 1.5, 0.2], size=9).tolist()
    assert_same([(months.members_ever, 40, one, int(rng.integers(50)), 3, 60) for one in joining])
    assert_same([(decided_with, ["members.need"], 3, (4, 2)), (decided_with, [], 3, (1, 2))])
