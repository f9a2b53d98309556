"""SnowNLP's parts of speech as names: nr person, ns place, nt organization."""

from adapter import TagAll, one_by_one, readings_of_words, serve

LABELS = {"nr": "PER", "ns": "LOC", "nt": "ORG"}
#: Learned from a corpus that cuts 陈 立文.
READINGS = readings_of_words(LABELS, [("PER", "PER")])


def load() -> TagAll:
    """Its segmenter and its tagger."""
    import snownlp  # noqa: PLC0415 part of what loading takes

    return one_by_one(lambda text: list(snownlp.SnowNLP(text).tags))


if __name__ == "__main__":
    serve(load, READINGS)
