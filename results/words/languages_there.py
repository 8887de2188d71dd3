"""Which languages there are, and each of them by its code."""

from functools import cache

from results.words.language import FOLDER, IN_ENGLISH, Language
from results.words.po_files import LanguageError, read_language
from scenarios.files.faults import near_miss, shown


def codes() -> tuple[str, ...]:
    """The languages that there are, English first."""
    return (IN_ENGLISH.code, *sorted(file.stem for file in FOLDER.glob("*.po")))


@cache
def language(code: str) -> Language:
    """A language by its code.

    Raises:
        LanguageError: if it is not there, with those that are.
    """
    if code == IN_ENGLISH.code:
        return IN_ENGLISH
    if code not in codes():
        raise LanguageError(
            f"there is no language {shown(code)}; there are {', '.join(codes())}{near_miss(code, list(codes()))}"
        )
    return read_language(FOLDER / f"{code}.po")
