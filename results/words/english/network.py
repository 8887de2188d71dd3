"""A network month by month, as it is drawn and played."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {}
