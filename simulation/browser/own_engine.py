"""Engines for pages with rules of one's own: built as the shipped one is, and kept by what they are made of.

Building takes minutes, and the extra `wasm`. What is kept is found by its hash alone, so that a page of a run is given
the engine of its rules wherever somebody has built it; nothing of the rules is run for that.
"""

import gzip
import hashlib
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from scenarios.files.faults import MissingExtraError
from scenarios.schema.own_rules import OwnRules
from simulation.browser.artifact import source_hash
from simulation.browser.built import WITH
from simulation.kept_hashes import cache_home, keep
from simulation.model_code import kept_hash_of

FOLDER = "engines"
KEPT = 8
"""Engines with rules of one's own that stay: those built last."""
LOADED_BY = ("simulation.own_files", "simulation.own_rules.loading", "simulation.own_rules.replaceable")
"""What puts rules of one's own into the engine, beside what the shipped one is made of."""


def check_that_it_can_be_built() -> None:
    """See that the linker is there.

    Raises:
        MissingExtraError: if it is not.
    """
    if find_spec("ziglang") is None:
        raise MissingExtraError("an engine for pages with rules of one's own", "ziglang", "wasm")


def own_engine(rules: OwnRules) -> bytes | None:
    """The packed module (gzip) with these rules; None where it was not built here, or of other code."""
    with suppress(OSError, RuntimeError, ValueError):
        digest, _, module = (cache_home() / FOLDER / _name(rules)).read_bytes().partition(b"\n")
        if hashlib.sha256(module).hexdigest().encode() == digest:  # neither torn nor altered by accident
            return module
    return None


def build_own_engine(rules: OwnRules) -> bytes:
    """The same, built now and kept. The rules must have been named and tried.

    Raises:
        MissingExtraError: if the linker is not there.
    """
    check_that_it_can_be_built()
    from simulation.browser.build import ENTRANCES, build

    module = gzip.compress(build(*ENTRANCES, rules), mtime=0)
    with suppress(OSError, RuntimeError, ValueError):
        kept = hashlib.sha256(module).hexdigest().encode() + b"\n" + module
        keep(cache_home() / FOLDER, _name(rules), kept, KEPT)
    return module


def _name(rules: OwnRules) -> str:
    return f"{hashlib.sha256(f'{_made_of()} {rules.sha256}'.encode()).hexdigest()[:32]}.wasm.gz"


@cache
def _made_of() -> str:
    return f"{source_hash()} {kept_hash_of(LOADED_BY)} {[_version(name) for name in WITH]}"


def _version(package: str) -> str:
    """Of what builds it; the linker, which may not be there where a page is made, links the same C library."""
    with suppress(PackageNotFoundError):
        return version(package) if package != "ziglang" else ""
    return ""
