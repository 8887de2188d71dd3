"""With what a run was made, and what is here: what differs, and how to get the same."""

import re
from dataclasses import dataclass

from results.folders.manifest import Manifest
from results.folders.versions import DISTRIBUTION, EXTRAS, PACKAGES, installed, versions
from scenarios.files.faults import printable
from simulation.model_code import machine_kind, model_version

_VERSION = re.compile(r"\d[\w.+!-]{0,40}")
"""What may stand in a line that somebody is to type: a manifest may come from anybody."""
NOWHERE = "not named"


@dataclass(frozen=True)
class Unlike:
    """One thing that is not the same.

    Attributes:
        what: it is.
        there: what the run was made with.
        here: what it is made again with.
    """

    what: str
    there: str
    here: str


def unlike(manifest: Manifest) -> tuple[Unlike, ...]:
    """What is not the same here as where the run was made, in the order of the manifest."""
    there, here = manifest.versions, versions()
    pairs = [("model", manifest.model, model_version()), ("processor and numba", manifest.machine, machine_kind())]
    for name in dict.fromkeys([*there, *here]):
        if name in EXTRAS.values():  # named only where something was computed with it
            if name in there:
                pairs.append((name, str(there[name]), installed(name)))
        else:
            pairs.append((name, str(there.get(name, NOWHERE)), str(here.get(name, NOWHERE))))
    return tuple(Unlike(what, _short(old), _short(new)) for what, old, new in pairs if old != new)


def install_line(manifest: Manifest) -> str:
    """What is to be typed for the same versions; "" where the manifest does not say them."""
    there = manifest.versions
    python = str(there.get("python", ""))
    names = {"legato": DISTRIBUTION, **{name: name for name in (*PACKAGES, *EXTRAS.values())}}
    wanted = [f"{dist}=={there[name]}" for name, dist in names.items() if _VERSION.fullmatch(str(there.get(name, "")))]
    if not _VERSION.fullmatch(python) or not wanted:
        return ""
    minor = ".".join(python.split(".")[:2])
    return f"python{minor} -m pip install {' '.join(wanted)}"


def _short(text: str) -> str:
    return printable(text[:80])
