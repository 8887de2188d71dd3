"""The estimates for a page, as they were built: their bytes, and whether they are made of the code as it stands."""

from pathlib import Path

from results.browser.layout import layout
from simulation.browser.artifact import RUNTIME
from simulation.browser.built import Built, hash_of_source
from simulation.outcomes import OUTCOMES

HERE = Path(__file__).resolve().parent
ESTIMATES = Built("estimates", "rules", HERE / "estimates.wasm.gz", HERE / "estimates.json")
MODULES = (
    *(
        f"results.estimates.{name}"
        for name in (
            "bounds", "direction", "intervals", "middle", "pairs", "parameter_uncertainty", "ratios", "sums",
            "yes_or_no",
        )
    ),
    "results.browser.compiled_helpers",
    "results.browser.entrance",
    "results.browser.special_functions",
    "simulation.browser.build",
    "simulation.browser.memory",
    "simulation.compiling",
    "simulation.sorting",
)  # fmt: skip
"""What the module is compiled from, and what compiles it."""


def source_hash() -> str:
    """Hash of everything that the module is made of: the rules, what each outcome is, and its runtime."""
    outcomes = [(one.name, one.scale, one.over) for one in OUTCOMES]
    return hash_of_source(MODULES, [layout(), outcomes], RUNTIME)


def estimates_module() -> bytes:
    """The WebAssembly module.

    Raises:
        StaleError: if it was built of other code: its numbers would not be those of `legato compare`.
    """
    return ESTIMATES.of(source_hash())
