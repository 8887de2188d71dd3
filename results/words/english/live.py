"""The page that computes: levers, stale answers, refused values."""

from results.words.plural import Catalogue

WORDS: Catalogue = {}
