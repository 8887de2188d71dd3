"""The network as it stands, drawn with its names: as many as have room, none upon another."""

from pathlib import Path

import pytest

import results
from results.describing.description import Description
from results.figures.describing.draw import described_network_figures, draw_description
from tests.figure_texts import assert_nothing_is_cut_off_or_overlaps, said

LONG = "An organization with a very long name that says all about it, number"


def described(home: Path, members: int, name: str) -> Description:
    (home / "members.csv").write_text(
        "name,interests,region\n"
        + "".join(f'"{name} {one}",topic {one % 3},{"NS"[one % 2]}\n' for one in range(members))
    )
    pairs = {tuple(sorted((one, (one * one + 1) % members))) for one in range(members)}
    ties = [f'"{name} {one}","{name} {other}",0.{1 + one % 9}\n' for one, other in sorted(pairs) if one != other]
    (home / "ties.csv").write_text("from,to,strength\n" + "".join(ties))
    return results.Describe(home / "members.csv", ties=home / "ties.csv").answer().description


def test_every_name_of_a_small_network_stands_there(tmp_path: Path) -> None:
    (figure,) = described_network_figures(described(tmp_path, 14, "Member"))
    assert_nothing_is_cut_off_or_overlaps(figure)
    assert all(f"Member {one}" in said(figure) for one in range(14))
    assert "no room" not in said(figure)


def test_of_many_long_names_those_without_room_are_counted(tmp_path: Path) -> None:
    (figure,) = described_network_figures(described(tmp_path, 120, LONG))
    assert_nothing_is_cut_off_or_overlaps(figure)
    assert "no room" in said(figure)


@pytest.mark.parametrize("members", [301])
def test_a_cloud_is_not_drawn(tmp_path: Path, members: int) -> None:
    assert described_network_figures(described(tmp_path, members, "M")) == []


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    found = described(tmp_path, 9, "Member")
    first, second = (draw_description(found, tmp_path / name) for name in "ab")
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]
