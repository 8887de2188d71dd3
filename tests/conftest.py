"""What several topics share: ensembles that are run once and shared."""

import gc
import os
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import settings

import scenarios
import simulation
from simulation import Ensemble

settings.register_profile("without a clock", settings.default, deadline=None)  # a slow machine finds no fault
settings.load_profile("without a clock")
gc.disable()  # until all tests are known: what is made up to then stays, and to look through it takes a third as long
os.environ.pop("COLUMNS", None)  # processes that run tests side by side set it: what is printed is not for a terminal


@pytest.hookimpl(tryfirst=True)  # before pytest leaves out what is marked slow
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`quick_cases(id, ...)`: of all cases of a test only these are quick, the others are slow."""
    unknown: dict[str, set[str]] = {}
    for item in items:
        named = next(item.iter_markers("quick_cases"), None)
        case = item.name.partition("[")[2].removesuffix("]")
        if named is not None:
            unknown.setdefault(item.nodeid.partition("[")[0], set(named.args)).discard(case)
            if case not in named.args:
                item.add_marker(pytest.mark.slow)
    if not any("::" in asked for asked in config.args):  # then all cases are here
        assert not any(unknown.values()), f"quick_cases names cases that are not there: {unknown}"


def pytest_collection_finish() -> None:
    gc.freeze()  # modules and tests are not looked through again whenever a test makes many objects
    gc.set_threshold(20_000)
    gc.enable()


@pytest.fixture(scope="session")
def ensemble() -> Callable[..., Ensemble]:
    """Ensembles by what was asked: `ensemble({key: value}, replicates=, base="salex", seed=1)`, each run only once."""
    loaded = cache(partial(scenarios.load, posterior=None))
    kept: dict[tuple[str, tuple[tuple[str, Any], ...], int, int], Ensemble] = {}

    def run(changes: Mapping[str, Any], replicates: int, base: str = "salex", seed: int = 1) -> Ensemble:
        asked = (base, tuple(sorted(changes.items())), seed, replicates)
        if asked not in kept:
            scenario = scenarios.replace(loaded(base), changes)
            kept[asked] = simulation.run(scenario, seed=seed, replicates=replicates)
        return kept[asked]

    return run
