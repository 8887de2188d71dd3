"""A film tells of one network what the ensemble counts of it."""

import pytest

import scenarios
import simulation
from results.exploring.film import MOST_MEMBERS, FilmError, film
from simulation.outcomes import MONTHLY_NAMES

SALEX = scenarios.load("salex", (), scenarios.shipped_posterior())


@pytest.mark.parametrize("replicate", [0, 5])
def test_each_frame_has_what_the_engine_counts_in_that_month(replicate: int) -> None:
    told = film(SALEX, seed=3, replicate=replicate)
    counted = simulation.run(SALEX, seed=3, first=replicate, replicates=1).kept_months[0]
    of = {name: counted[:, column] for column, name in enumerate(MONTHLY_NAMES)}

    assert len(told.frames) == len(counted)
    pairs = len(told.members) * (len(told.members) - 1) / 2
    for frame in told.frames:
        assert len(frame.collaborations) == of["collaborations"][frame.month]
        assert len(frame.present) / frame.members == pytest.approx(of["retention"][frame.month])
        assert len(frame.ties) >= round(of["tie_density"][frame.month] * pairs)
    assert any(paid for frame in told.frames for *_, paid in frame.collaborations)


def test_members_keep_their_place_inside_the_picture_and_apart() -> None:
    told = film(SALEX)
    places = [(member.x, member.y) for member in told.members]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)
    near = min((x - u) ** 2 + (y - v) ** 2 for n, (x, y) in enumerate(places) for u, v in places[:n])
    assert near**0.5 > 0.05
    assert film(SALEX).members == told.members


def test_the_closing_is_told_when_it_comes() -> None:
    told = film(scenarios.load("salex", ["behaviour.renewal_chance=0"], posterior=None))
    closing = SALEX.closing_month
    assert [frame.is_open for frame in told.frames] == [month <= closing for month in range(len(told.frames))]
    assert "the closing is announced" in told.frames[SALEX.announcement_month].happened
    assert "the network's last month, with a capstone event" in told.frames[closing].happened
    assert told.frames[closing + 1].text.startswith(f"Month {closing + 1}, the network is closed: ")


def test_the_text_of_a_month_says_what_the_picture_shows() -> None:
    frame = film(SALEX).frames[18]
    funded = sum(paid for *_, paid in frame.collaborations)
    assert f"{len(frame.ties)} ties among them" in frame.text
    assert f"{len(frame.collaborations)} collaboration" in frame.text
    assert f", {funded} of them funded" in frame.text
    assert all(event in frame.text for event in frame.events)


def test_those_who_join_appear_when_they_do() -> None:
    told = film(scenarios.load("salex", ["network.joining=1"], posterior=None))
    assert told.frames[0].members == 22 < told.frames[20].members <= len(told.members)


def test_a_network_too_large_to_be_seen_is_refused_with_the_way_out() -> None:
    with pytest.raises(FilmError, match=rf"has 400 members: more than {MOST_MEMBERS} .* `legato run`"):
        film(scenarios.load("salex", ["network.members=400"], posterior=None))
