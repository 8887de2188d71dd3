"""The English words of briefs and pages, a file a topic: each `WORDS` has ids of its own.

A topic is added to `TOPICS` in `results.words.catalogue`.
"""
