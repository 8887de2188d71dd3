"""Languages as files of gettext (.po): msgctxt is the id, msgid the English, msgstr the words. Only this needs Babel.

So a translator's usual tools open them, and an English sentence that has changed since shows as one to translate again.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from results.words.catalogue import ENGLISH
from results.words.language import COUNTED, FOLDER, Language
from results.words.plural import Catalogue, Entry, Plural
from scenarios.files.faults import RefusedError

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

TEMPLATE = FOLDER / "legato.pot"
"""Every sentence in English, for whoever begins a language."""
NAME = "{text}"
"""How a kind of names stands in the English catalogue: each name is translated by its text."""
Names = Iterable[tuple[str, str]]
"""Kind and English text of whatever has a name elsewhere."""
_WIDTH = 0
"""Columns after which a sentence is broken: never, so that a changed word changes one line."""


class LanguageError(RefusedError, ValueError):
    """A language that is not there, or whose file cannot be read."""


def read_language(file: Path) -> Language:
    """A language out of its file; what it does not say yet is said in English.

    Raises:
        LanguageError: if it cannot be read.
    """
    from babel import Locale, UnknownLocaleError

    try:
        locale, kept = Locale.parse(file.stem, sep="-"), read(file)
    except (UnknownLocaleError, OSError, ValueError) as error:
        raise LanguageError(f"{file} cannot be read as a language: {error}") from None
    signs = locale.number_symbols["latn"]
    whole, with_decimals = locale.plural_form(1), locale.plural_form(1.5)
    return Language(
        code=file.stem,
        catalogue={**ENGLISH, **words_of(kept)},
        point=signs["decimal"],
        group=signs["group"],
        forms=forms_of(kept),
        fraction=-1 if whole == with_decimals else kept.num_plurals - 1,
    )


def read(file: Path) -> "Catalog":
    """The file as Babel has it."""
    from babel.messages.pofile import read_po

    with file.open("rb") as opened:
        return read_po(opened, locale=file.stem, abort_invalid=True)


def words_of(kept: "Catalog") -> Catalogue:
    """Its words by id, those only that are translated whole."""
    words: dict[str, Entry] = {}
    for message in kept:
        if not message.context or message.fuzzy:
            continue
        if isinstance(message.string, str):
            if message.string:
                words[key_of(message)] = message.string
        elif message.string and all(message.string):
            entry = ENGLISH.get(message.context)
            by = entry.by if isinstance(entry, Plural) else "count"
            words[message.context] = Plural(tuple(message.string), by)
    return words


def key_of(message: "Message") -> str:
    """Under which id a translation is found: of a name it is its kind and the English."""
    context = str(message.context)
    return f"{context}:{message.id}" if ENGLISH.get(context) == NAME else context


def forms_of(kept: "Catalog") -> tuple[int, ...]:
    """Which form each number takes, by the rule in the head of the file."""
    from gettext import c2py  # in no documentation, and there since Python 2

    rule = c2py(kept.plural_expr)
    return tuple(int(rule(number)) for number in range(COUNTED))


def sentences(names: Names) -> dict[str, tuple[str, str | tuple[str, ...]]]:
    """All that is to be translated: key -> context and English words, with all forms of a plural."""
    found: dict[str, tuple[str, str | tuple[str, ...]]] = {}
    for name, entry in ENGLISH.items():
        if entry and entry != NAME:  # gettext keeps its head under the empty sentence
            found[name] = (name, entry.forms if isinstance(entry, Plural) else entry)
    return found | {f"{kind}:{text}": (kind, text) for kind, text in names}


def template(names: Names) -> bytes:
    """Every sentence in English, as a file to begin a language with; with the names of whatever stands elsewhere."""
    return _written(_fresh(None, sentences(names)))


def begun(code: str, names: Names) -> bytes:
    """The file of a language without a word of it."""
    return _written(_fresh(code, sentences(names)))


def brought_up_to_date(file: Path, names: Names) -> bytes:
    """The file of a language with what is new in English, and without what is gone; changed English is marked fuzzy."""
    every = sentences(names)
    before, fresh = read(file), _fresh(file.stem, every)
    fresh.header_comment = before.header_comment
    fresh.mime_headers = [("Plural-Forms", before.plural_forms)]
    fresh.last_translator, fresh.language_team = before.last_translator, before.language_team
    kept = {key_of(one): one for one in before if one.context}
    for message in fresh:
        known = kept.get(key_of(message)) if message.context else None
        if known is None or not known.string or isinstance(message.id, str) != isinstance(known.id, str):
            continue
        message.string = known.string
        if known.fuzzy or known.id != message.id:
            message.flags.add("fuzzy")
    return _written(fresh)


def _fresh(code: str | None, every: Mapping[str, tuple[str, str | tuple[str, ...]]]) -> "Catalog":
    from datetime import UTC, datetime

    from babel.messages.catalog import Catalog

    day = datetime(2026, 1, 1, tzinfo=UTC)  # the same file gives the same bytes
    catalog = Catalog(
        locale=code, project="legato", version="1", copyright_holder="", creation_date=day, revision_date=day,
        fuzzy=False, charset="utf-8", msgid_bugs_address="-", last_translator="-", language_team="-",
        header_comment="# What briefs and pages say. docs/brief.md says how to add a language.",
    )  # fmt: skip
    for context, words in every.values():
        catalog.add(words if isinstance(words, str) else (words[0], words[-1]), context=context)
    return catalog


def _written(catalog: "Catalog") -> bytes:
    from babel.messages.pofile import write_po

    packed = BytesIO()
    write_po(packed, catalog, width=_WIDTH)
    return packed.getvalue()
