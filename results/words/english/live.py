"""The page that computes: levers, stale answers, refused values."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {}
