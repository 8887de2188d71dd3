"""Sentences below every answer: what its intervals include, and what it is not."""

from results.words.sentence import told

INTERVAL, OPEN, ONE = told("note.interval"), told("note.open"), told("note.one")
PREDICTION = told("note.prediction")
