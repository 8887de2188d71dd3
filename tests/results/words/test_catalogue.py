"""The catalogue: what all briefs and pages say, by id."""

from collections import Counter

from results.words.catalogue import ENGLISH, TOPICS


def test_an_id_stands_in_one_file_only() -> None:
    """A second one would replace the words of the first without a sound."""
    assert not [one for one, times in Counter(one for topic in TOPICS for one in topic.WORDS).items() if times > 1]
    assert sum(len(topic.WORDS) for topic in TOPICS) == len(ENGLISH) > 100
