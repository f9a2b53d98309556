"""THULAC's parts of speech as names: np person, ns place, ni organization."""

from adapter import TagAll, one_by_one, readings_of_words, serve

LABELS = {"np": "PER", "ns": "LOC", "ni": "ORG"}
READINGS = readings_of_words(LABELS)


def load() -> TagAll:
    """The model that tags parts of speech."""
    import thulac  # noqa: PLC0415 part of what loading takes

    return one_by_one(thulac.thulac().cut)


if __name__ == "__main__":
    serve(load, READINGS)
