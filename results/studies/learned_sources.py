"""From which studies and surveys a posterior was learned: written into its first line, and read from there again."""

from collections.abc import Sequence

from scenarios import Posterior

_BEGIN, _END = "calibrated on ", ";"


def about_line(names: Sequence[str], particles: int) -> str:
    """What a posterior is about: the names of what it was learned from."""
    return f"{_BEGIN}{', '.join(names)}{_END} {particles} particles"


def sources_of(posterior: Posterior | None) -> tuple[str, ...]:
    """Names of what a posterior was learned from; none where it does not say so in this way."""
    if posterior is None or not posterior.about.startswith(_BEGIN):
        return ()
    names, ended, _ = posterior.about.removeprefix(_BEGIN).partition(_END)
    return tuple(name.strip() for name in names.split(",")) if ended else ()
