"""Whatever a network's members are called, it comes in again as it went out, in every format."""

from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from results.exporting.formats import FORMS, present, ties_among
from scenarios.reading.own_or_foreign import read_members
from scenarios.reading.roster import same
from scenarios.reading.written_cells import clean, is_nothing
from scenarios.schema.roster import SIZES
from simulation.snapshot import Snapshot, SnapshotMember, SnapshotTie

HOSTILE = (
    *("=1+1", "@SUM(A1)", "-", "+", "--", "'", "''", "NA", "N/A", "none", "0", "1", "007", "1e5", "1,5", "50 %", "inf"),
    *("to", "name", "Label", "id", "organization", "collaboration", "true", "yes", "null", "#N/A", "_x0041_"),
    *(
        '"',
        "&amp;",
        "<b>",
        "]]>",
        "a,b",
        "a;b",
        "a|b",
        "a/b",
        "a\tb",
        "a:b",
        "a:1",
        "{}",
        "[1]",
        "#",
        "%",
        "\\",
        "组织",
    ),
    *(
        "\u00c4rzte",
        "A\u0308rzte",
        "\u0130",
        "\u00df",
        "\U0001f600",
        "\u202fx",
        "x" * 300,
        "dl n=2",
        "*Vertices 2",
        "PK",
    ),
)

PHASES = (Phase.generate, Phase.shrink)


def words(*without: str) -> st.SearchStrategy[str]:
    """Texts as cells hold them: nobody sees more blanks than one, nor what no screen shows."""
    free = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=12)
    return (
        (free | st.sampled_from(HOSTILE)).map(clean).filter(lambda text: text and not any(c in text for c in without))
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A network of two to eight members as it could stand in a month."""
    names = draw(st.lists(words(), min_size=2, max_size=8, unique_by=same))
    topics = draw(st.lists(words(";", "|"), min_size=1, max_size=5, unique_by=same))
    regions = draw(st.lists(words().filter(lambda text: not is_nothing(text)), min_size=1, max_size=3, unique_by=same))
    share = st.floats(0.001, 1)
    members: list[SnapshotMember] = []
    for name in names:
        own = draw(st.lists(st.sampled_from(topics), min_size=1, max_size=3, unique=True))
        weights = [draw(st.floats(0.01, 1)) for _ in own]
        length = sqrt(sum(weight * weight for weight in weights))
        interests = tuple(zip(own, [weight / length for weight in weights], strict=True))
        members.append(
            SnapshotMember(
                name, own[0], draw(st.sampled_from(regions)), draw(st.sampled_from(SIZES)), draw(share), draw(share),
                draw(st.booleans()), draw(st.booleans()) or len(members) < 2, interests,
            )
        )  # fmt: skip
    pairs = [(one, other) for other in range(len(names)) for one in range(other)]
    ties = [
        SnapshotTie(one, other, draw(share), draw(share), "prior", draw(st.booleans()), draw(st.booleans()))
        for one, other in sorted(draw(st.lists(st.sampled_from(pairs), unique=True)))
    ]
    return Snapshot("mine", 1, 0, 3, tuple(members), tuple(ties))


def check_round_trip(snapshot: Snapshot, form: str) -> None:
    """What is read of exported files is what was exported."""
    with TemporaryDirectory() as home:
        for name, content in FORMS[form](snapshot).items():
            (Path(home) / name).write_bytes(content)
        files = {"csv": ("members.csv", "ties.csv"), "kumu": ("elements.csv", "connections.csv")}
        first, second = files.get(form, (name, None))
        roster = read_members(Path(home) / first, Path(home) / second if second else None).roster
    digits = 1e-15 if form == "xlsx" else 0.0
    members = present(snapshot)
    assert roster.names == tuple(one.name for one in members)
    for number, one in enumerate(members):
        weights = {same(roster.topics[t]): float(w) for t, w in enumerate(roster.interests[number]) if w}
        assert weights == pytest.approx({same(topic): weight for topic, weight in one.interests}, rel=1e-14)
        assert same(roster.regions[roster.region[number]]) == same(one.region)
        assert SIZES[roster.size[number]] == one.size
    assert roster.need.tolist() == pytest.approx([one.need for one in members], rel=digits, abs=0)
    assert roster.champion.tolist() == [one.champion for one in members]
    found = {(roster.names[one], roster.names[other]): trust for one, other, trust in roster.ties or ()}
    assert found == pytest.approx(
        {
            (snapshot.members[tie.one].name, snapshot.members[tie.other].name): tie.trust
            for tie in ties_among(snapshot)
        },
        rel=digits, abs=0,
    )  # fmt: skip


@pytest.mark.parametrize("examples", [15, pytest.param(150, marks=pytest.mark.slow)])
@pytest.mark.parametrize("form", [form for form in FORMS if form != "parquet"])
def test_what_goes_out_comes_in_whatever_it_is_called(form: str, examples: int) -> None:
    @settings(
        max_examples=examples, phases=PHASES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(snapshots())
    def holds(snapshot: Snapshot) -> None:
        check_round_trip(snapshot, form)

    holds()
