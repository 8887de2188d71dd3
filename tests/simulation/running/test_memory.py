"""How much memory is free: on the machine, and in the container that a run is in."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from simulation.running import memory

GB = 10**9


def machine(root: Path, groups: str, files: Mapping[str, object]) -> Path:
    """A root with control groups, as Linux shows them."""
    for name, content in {"proc/self/cgroup": groups, **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{content}\n", encoding="ascii")
    return root


V2, V1 = "sys/fs/cgroup", "sys/fs/cgroup/memory"
OLD_MOST, OLD_USED = "memory.limit_in_bytes", "memory.usage_in_bytes"


@pytest.mark.parametrize(
    ("groups", "files", "free"),
    [
        pytest.param("0::/", {f"{V2}/memory.max": 2 * GB, f"{V2}/memory.current": GB}, GB, id="a container"),
        pytest.param("0::/", {f"{V2}/memory.max": "max", f"{V2}/memory.current": GB}, None, id="without a limit"),
        pytest.param(
            "0::/",
            {
                f"{V2}/memory.max": 2 * GB,
                f"{V2}/memory.current": GB,
                f"{V2}/memory.stat": f"anon 7\ninactive_file {GB // 2}",
            },
            3 * GB // 2,
            id="files that nobody uses are given back",
        ),
        pytest.param(
            "0::/job/step",
            {
                f"{V2}/job/step/memory.max": "max",
                f"{V2}/job/step/memory.current": GB,
                f"{V2}/job/memory.max": 4 * GB,
                f"{V2}/job/memory.current": 3 * GB,
            },
            GB,
            id="the limit is that of a group around it",
        ),
        pytest.param(
            "0::/job/step",
            {
                f"{V2}/job/step/memory.max": 2 * GB,
                f"{V2}/job/step/memory.current": GB,
                f"{V2}/job/memory.max": 8 * GB,
                f"{V2}/job/memory.current": 15 * GB // 2,
            },
            GB // 2,
            id="the narrower of two",
        ),
        pytest.param(
            "5:cpu,cpuacct:/x\n4:memory:/job\n0::/x",
            {
                f"{V1}/job/{OLD_MOST}": 3 * GB,
                f"{V1}/job/{OLD_USED}": GB,
                f"{V1}/{OLD_MOST}": 2**63 - 4096,
                f"{V1}/{OLD_USED}": GB,
            },
            2 * GB,
            id="version 1",
        ),
        pytest.param(
            "4:memory:/docker/123",
            {
                f"{V1}/{OLD_MOST}": 3 * GB,
                f"{V1}/{OLD_USED}": 2 * GB,
                f"{V1}/memory.stat": f"total_inactive_file {GB // 2}",
            },
            3 * GB // 2,
            id="version 1 in a container, which does not see the group's own folder",
        ),
        pytest.param("0::/", {f"{V2}/memory.max": GB, f"{V2}/memory.current": 2 * GB}, 0, id="nothing is left"),
        pytest.param("4:cpu:/x", {f"{V1}/x/{OLD_MOST}": GB, f"{V1}/x/{OLD_USED}": 0}, None, id="of other things"),
        pytest.param("nonsense", {}, None, id="nothing to be read"),
    ],
)
def test_the_limit_of_a_container_is_seen(
    tmp_path: Path, groups: str, files: Mapping[str, object], free: int | None
) -> None:
    assert memory.free_in_the_container(machine(tmp_path, groups, files)) == free


def test_where_there_are_no_groups_nothing_is_known(tmp_path: Path) -> None:
    assert memory.free_in_the_container(tmp_path) is None


@pytest.mark.parametrize(
    ("there", "here", "free"), [(5, 3, 3), (2, 3, 2), (5, None, 5), (None, 3, 3), (None, None, None)]
)
def test_the_lesser_of_machine_and_container_counts(
    monkeypatch: pytest.MonkeyPatch, there: int | None, here: int | None, free: int | None
) -> None:
    monkeypatch.setattr(memory, "_free_on_the_machine", lambda: there)
    monkeypatch.setattr(memory, "free_in_the_container", lambda: here)
    assert memory.bytes_free() == free


def test_the_machine_has_what_could_be_had_without_putting_anything_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=3 * GB, free=GB))
    monkeypatch.setattr(memory, "free_in_the_container", lambda: None)
    assert memory.bytes_free() == 3 * GB


def test_where_the_system_does_not_say_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> None:
        raise FileNotFoundError("/proc/meminfo")

    monkeypatch.setattr(psutil, "virtual_memory", silent)
    monkeypatch.setattr(memory, "free_in_the_container", lambda: None)
    assert memory.bytes_free() is None
