"""Texts that are made of code only are made once for the same code, and again for any other."""

import os
from pathlib import Path

import pytest

from simulation import kept_texts
from simulation.kept_texts import kept_text


class Code:
    """A folder of code, and a text that is made of it."""

    def __init__(self, home: Path) -> None:
        self.home, self.made = home, 0
        (home / "rules" / "deep").mkdir(parents=True)
        self.file = home / "rules" / "deep" / "rule.py"

    def text(self) -> str:
        """As a process gets it."""
        return kept_text("page", self.home, ["rules"], self._work_out)

    def _work_out(self) -> str:
        self.made += 1
        return f"<é {self.file.read_text()} {self.made}>"


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Code:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept_texts, "_IMPORTED", 1e12)  # whatever is saved here was saved before
    return Code(tmp_path / "home")


def kept(code: Code) -> list[Path]:
    return [*(code.home.parent / "cache" / "legato" / "pages").iterdir()]


def test_a_text_is_made_once_for_the_same_content_and_anew_for_another(code: Code) -> None:
    def text(content: str) -> str:
        code.file.write_text(content)
        os.utime(code.file, (1_000_000_000, 1_000_000_000))  # content decides, and not when it was saved
        return code.text()

    assert [text(content) for content in ("1", "1", "2", "1")] == ["<é 1 1>", "<é 1 1>", "<é 2 2>", "<é 1 1>"]
    code.file.rename(code.file.with_name("other.py"))
    code.file.touch()
    assert code.text() == "<é  3>", "nor only what is in it: a name, too"


def test_a_text_that_is_torn_or_cannot_be_kept_is_made_again(code: Code) -> None:
    code.file.write_text("1")
    assert code.text() == code.text() == "<é 1 1>"
    (one,) = kept(code)
    for altered in (one.read_bytes()[:-1], one.read_bytes().replace(b" 1>", b" 9>"), b"", b"\xff"):
        one.write_bytes(altered)
        before = code.made
        assert code.text() == f"<é 1 {before + 1}>"
        assert code.text() == f"<é 1 {before + 1}>"
    one.unlink()
    one.parent.rmdir()
    one.parent.write_text("not a folder")
    assert [code.text(), code.text()] == ["<é 1 6>", "<é 1 7>"]


def test_of_texts_those_made_last_are_kept(code: Code) -> None:
    for number in range(kept_texts.KEPT + 2):
        code.file.write_text(str(number))
        code.text()
    assert len(kept(code)) == kept_texts.KEPT


def test_code_that_was_saved_since_this_process_began_is_not_taken_for_what_runs(
    code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    code.file.write_text("1")
    code.text()
    monkeypatch.setattr(kept_texts, "_IMPORTED", code.file.stat().st_mtime)
    assert code.text() == "<é 1 2>", "what was kept is not believed"
    code.file.write_text("2")
    code.text()
    assert len(kept(code)) == 1, "and nothing is put there"
