"""How much of a difference each change makes: `explain`."""

from results.explaining.explanation import explain, question

__all__ = ["explain", "question"]
