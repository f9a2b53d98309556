"""Cut a text into pieces short enough for the network, at the ends of sentences."""

import re
from collections.abc import Iterator

#: The end of a sentence or paragraph: 。” or a line end.
_STOP = re.compile(r"[。!?;][”’」』)]*|\n")


def windows(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Yield consecutive ``(start, end)``; joined, they are the text.

    Each is at most ``longest`` characters and, where the text allows, ends with a
    sentence.
    """
    start = last = 0
    for end in (*(match.end() for match in _STOP.finditer(text)), len(text)):
        while end - start > longest:
            cut = last if last > start else start + longest
            yield start, cut
            start = cut
        last = end
    if start < len(text):
        yield start, len(text)
