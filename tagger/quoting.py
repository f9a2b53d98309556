"""A place in a text with the sentence around it."""

from typing import Final

_REACH: Final = 60
_STOPS: Final = "。！？!?\n"


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, or so much of it as is near."""
    begin = max(0, start - _REACH)
    before = max(text.rfind(stop, begin, start) for stop in _STOPS)
    ends = [text.find(stop, end, end + _REACH) for stop in _STOPS]
    after = min((place + 1 for place in ends if place >= 0), default=end + _REACH)
    return max(begin, before + 1), min(len(text), after)
