"""The comparison with real networks, whose data are not here: without them it says so, and where they are published."""

from pathlib import Path

import pytest

from benchmarks import real_networks

PAGE = Path(__file__).resolve().parents[2] / "docs" / "real-networks.md"


def test_without_the_data_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(real_networks, "DATA", tmp_path)
    assert real_networks.main([]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"not in {tmp_path}" in said
    assert "docs/real-networks.md" in said
    assert "LEGATO_DATA" in said


def test_every_network_of_the_tables_is_described_with_its_source() -> None:
    text = PAGE.read_text(encoding="utf-8")
    described, _, tables = text.partition(real_networks.BEGIN)
    for name in (*real_networks.SURVEYS, *real_networks.GRANTS):
        assert name in described
        assert f"| {name} |" in tables, "make real-networks"
