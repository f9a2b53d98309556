"""jieba's parts of speech as names: nr person, ns place, nt organization."""

from adapter import TagAll, one_by_one, readings_of_words, serve

#: nrt, foreign names, helps more than it harms; nrfg is 刘备 and his like.
LABELS = {"nr": "PER", "nrfg": "PER", "nrt": "PER", "ns": "LOC", "nt": "ORG"}
READINGS = readings_of_words(LABELS)


def load() -> TagAll:
    """The tagger with its dictionary."""
    import jieba.posseg  # noqa: PLC0415 part of what loading takes

    return one_by_one(lambda text: [tuple(pair) for pair in jieba.posseg.cut(text)])


if __name__ == "__main__":
    serve(load, READINGS)
