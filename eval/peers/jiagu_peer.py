"""jiagu: cuts words, then tags them B-PER, I-PER and so on, as its manual does it."""

from adapter import Span, TagAll, Words, one_by_one, serve, words_as_names

_NAMES = words_as_names({name: name for name in ("PER", "LOC", "ORG")})


def whole_names(text: str, words: Words) -> list[Span]:
    """The names, each from its B to its last I."""
    pieces: list[tuple[str, str]] = []
    for word, tag in words:
        kind, label = tag[0], tag[2:]
        if kind == "I" and pieces and pieces[-1][1] == label:
            pieces[-1] = (pieces[-1][0] + word, label)
        else:
            pieces.append((word, label))
    return _NAMES(text, pieces)


READINGS = {"tags": whole_names}


def load() -> TagAll:
    """Its segmenter and its perceptron for names."""
    import jiagu  # noqa: PLC0415 part of what loading takes

    def tag(text: str) -> list[tuple[str, str]]:
        words = jiagu.seg(text)
        return list(zip(words, jiagu.ner(words), strict=True))

    return one_by_one(tag)


if __name__ == "__main__":
    serve(load, READINGS)
