"""The engine for a page, as it was built: its bytes, and whether they are made of the code as it stands."""

import gzip
import hashlib
import json
from pathlib import Path

from simulation.browser.layout import layout
from simulation.model_code import RUNS, hash_of

HERE = Path(__file__).resolve().parent
MODULE, MADE_OF = HERE / "engine.wasm.gz", HERE / "engine.json"
MODULES = (
    *(module for module in RUNS if not module.startswith(("simulation.model.", "simulation.running."))),
    "simulation.browser.entrance",
    "simulation.browser.build",
)
"""What the module is compiled from, and what compiles it."""


class StaleError(RuntimeError):
    """The module was built of other code than that which stands here."""


def source_hash() -> str:
    """Hash of everything that the module is made of: rules, layout of the records, and its runtime."""
    digest = hashlib.sha256(hash_of(MODULES).encode())
    digest.update(json.dumps(layout(), sort_keys=True).encode())
    digest.update((HERE / "runtime.c").read_bytes())
    return digest.hexdigest()[:16]


def built_of() -> str:
    """The `source_hash` of the code that the module was built of."""
    return str(json.loads(MADE_OF.read_text(encoding="utf-8"))["source_hash"])


def engine_module() -> bytes:
    """The WebAssembly module.

    Raises:
        StaleError: if it was built of other code: its numbers would not be those of `legato run`.
    """
    if built_of() != source_hash():
        raise StaleError(
            f"the engine for pages was built of other rules ({built_of()}) than those that stand here "
            f"({source_hash()}), so that its numbers could differ; build it again with `make wasm`"
        )
    return gzip.decompress(MODULE.read_bytes())
