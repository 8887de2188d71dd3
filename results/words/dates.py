"""A date as a language writes it."""

from datetime import datetime

from results.words.language import IN_ENGLISH, Language


def written(when: str, language: Language) -> str:
    """A time in ISO 8601, which English keeps; what is none stays as it is."""
    if language.code == IN_ENGLISH.code:
        return when
    from babel.dates import format_datetime

    try:
        return format_datetime(datetime.fromisoformat(when), "long", locale=language.code.replace("-", "_"))
    except ValueError:
        return when
