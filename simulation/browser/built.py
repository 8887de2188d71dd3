"""A module for a page, as it lies in the package: its bytes, packed, and beside them what it was built of."""

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from simulation.model_code import kept_hash_of

WITH = ("numba", "llvmlite", "numpy", "ziglang")


class StaleError(RuntimeError):
    """The module was built of other code than that which stands here."""


@dataclass(frozen=True)
class Built:
    """A module and what it was built of.

    Attributes:
        name: what it is, in a sentence.
        made_from: what it is compiled from, in a sentence.
        module: file of its bytes.
        made_of: file that says what it was built of.
    """

    name: str
    made_from: str
    module: Path
    made_of: Path

    @property
    def source_hash(self) -> str:
        """Hash of the code that it was built of."""
        return str(json.loads(self.made_of.read_text(encoding="utf-8"))["source_hash"])

    def of(self, source_hash: str) -> bytes:
        """Its bytes.

        Raises:
            StaleError: if it was built of other code than that with this hash.
        """
        if self.source_hash != source_hash:
            raise StaleError(
                f"the {self.name} for pages was built of other {self.made_from} ({self.source_hash}) than those that "
                f"stand here ({source_hash}), so that its numbers could differ; build it again with `make wasm`"
            )
        return gzip.decompress(self.module.read_bytes())

    def ship(self, module: bytes, source_hash: str) -> None:
        """Put the module where the package has it, and beside it what it was made of."""
        self.module.write_bytes(gzip.compress(module, mtime=0))
        made_of = {"source_hash": source_hash, "bytes": len(module), **{name: version(name) for name in WITH}}
        self.made_of.write_text(json.dumps(made_of, indent=2) + "\n", encoding="utf-8")


def hash_of_source(modules: Sequence[str], described: Any, runtime: Path) -> str:
    """Hash of everything that a module is made of.

    Args:
        modules: what it is compiled from, and what compiles it.
        described: how its memory is laid out, and whatever else got into it, as plain data.
        runtime: its part that is written in C.
    """
    digest = hashlib.sha256(kept_hash_of(modules).encode())
    digest.update(json.dumps(described, sort_keys=True).encode())
    digest.update(runtime.read_bytes())
    return digest.hexdigest()[:16]
