"""A run folder is one process's at a time, on every system, and a process that was killed bars nobody."""

import subprocess
import sys
from pathlib import Path

import pytest

from results.folders import lock
from results.folders.folder import FolderError, claim
from results.folders.lock import LOCK, Lock, LockedError

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import sys
from pathlib import Path
from results.folders.lock import Lock
lock = Lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_lock_is_refused_until_the_first_is_released(tmp_path: Path) -> None:
    first = Lock(tmp_path)
    with pytest.raises(LockedError):
        Lock(tmp_path)
    first.release()
    first.release()  # does no harm
    Lock(tmp_path).release()


def test_the_lock_of_another_process_is_refused_and_goes_with_it_when_it_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(FolderError, match="is being written by another process"):
            claim(tmp_path, {"command": "run"}, [], [])
        other.kill()
        other.wait()
        assert (tmp_path / LOCK).exists()
        Lock(tmp_path).release()


def test_where_the_file_system_has_no_locks_nobody_is_kept_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(_handle: int, *, blocking: bool) -> bool:
        raise OSError(f"no locks here, blocking or not ({blocking})")

    monkeypatch.setattr(lock, "lock_descriptor", without)
    first, second = Lock(tmp_path), Lock(tmp_path)
    first.release()
    second.release()
