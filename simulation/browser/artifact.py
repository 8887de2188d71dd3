"""The engine for a page, as it was built: its bytes, and whether they are made of the code as it stands."""

from pathlib import Path

from simulation.browser.built import Built, hash_of_source
from simulation.browser.layout import layout
from simulation.model_code import RUNS

HERE = Path(__file__).resolve().parent
RUNTIME = HERE / "runtime.c"
ENGINE = Built("engine", "rules", HERE / "engine.wasm.gz", HERE / "engine.json")
MODULES = (
    *(
        module
        for module in RUNS
        if not module.startswith(
            ("simulation.model.", "simulation.own_files", "simulation.own_rules.", "simulation.running.")
        )
    ),
    "simulation.browser.entrance",
    "simulation.browser.memory",
    "simulation.browser.build",
)
"""What the module is compiled from, and what compiles it."""


def source_hash() -> str:
    """Hash of everything that the module is made of: rules, layout of the records, and its runtime."""
    return hash_of_source(MODULES, layout(), RUNTIME)


def engine_module() -> bytes:
    """The WebAssembly module.

    Raises:
        StaleError: if it was built of other code: its numbers would not be those of `legato run`.
    """
    return ENGINE.of(source_hash())
