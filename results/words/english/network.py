"""A network month by month, as it is drawn and played."""

from results.words.plural import Catalogue

WORDS: Catalogue = {}
