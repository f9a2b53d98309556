"""Who wrote an article: names in bylines, without titles and padding."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tagger.split import patterns
from tagger.split.lines import Paragraph, Role

_SEPARATOR: Final = re.compile(r"[、,;\s\u3000]+")
#: Words of a credit that belong to a picture, a film or a desk, not to the text.
_PICTURE: Final = re.compile(
    r"(?<![文影])图/|(?:供图|制图|绘图|漫画|视频|监制|编导|导演|视觉|设计|统筹|剪辑|配音|包装|校对|编辑|主编|"
    r"编审|编译|翻译|审核|审校|终审|后期|主播|播音|出品人?|出镜|责编|美编|总监|策划|摄像|海报|来源|原标题)"
    r"\s{0,2}[/:\\丨|]"
)
#: By camera alone: 曹 轲 摄. But 摄影报道 is a report.
_PHOTO: Final = re.compile(r"(?:摄|摄影|图)\)?$")
#: The last brackets of an article that tell where it comes from: (新华社北京1月2日电 …)
_SOURCED: Final = re.compile(r"[电讯日完]|作者|执笔|来源|原载|^\(据")
_AFTER_REPORTER: Final = re.compile(r"(?:记者|执笔)[:\s]?([^()]*)\)")
_TAIL: Final = 160


def byline(body: Sequence[Paragraph]) -> tuple[str, ...]:
    """The names of those who wrote the text, in order; photographers if nobody did."""
    wrote: list[str] = []
    took: list[str] = []
    for n, paragraph in enumerate(body):
        if paragraph.role is Role.BYLINE:
            names = persons(_written(paragraph.text))
            (took if _PHOTO.search(paragraph.text) else wrote).extend(names)
        elif paragraph.role is Role.BODY:
            wrote.extend(_in_body(paragraph, leads=n < 4))
            took.extend(_credited(paragraph.text[-_TAIL:]))
    return tuple(dict.fromkeys(wrote or took))


def persons(text: str) -> list[str]:
    """The persons of a byline, without titles and padding.

    >>> persons("(记者 丁 洁 通讯员 王思宇)")
    ['丁洁', '王思宇']
    """
    bare = patterns.ROLE_WORDS.sub("、", text)
    words = [word for part in bare.split("、") for word in _unpadded(part)]
    alone = re.fullmatch(r"\(.{2,40}\)|[■□●◎◆▲].{2,20}", text) is not None
    named = patterns.PERSON if alone else patterns.SURNAMED
    return [word for word in words if named.fullmatch(word)]


def _unpadded(text: str) -> Iterator[str]:
    """Words between blanks and commas; single characters put together again."""
    held = ""
    for word in _SEPARATOR.split(text.strip()):
        if len(word) == 1:
            held += word
            continue
        yield from _names(held)
        held = ""
        yield word
    yield from _names(held)


def _names(characters: str) -> Iterable[str]:
    """Padded names that stood in a row: 丁洁 or 丁洁王丹 in twos, 马小川 in three."""
    if len(characters) == 3:
        return [characters]
    return [characters[n : n + 2] for n in range(0, len(characters), 2)]


def _written(text: str) -> str:
    """A credit line without what was done for pictures: 文/郭某 图/王某 → 文/郭某."""
    parts = re.split(r"(?<=[^\s/])\s+(?=\S{1,6}[/:丨|])", text)
    return " ".join(part for part in parts if not _PICTURE.search(part))


def _in_body(paragraph: Paragraph, *, leads: bool) -> Iterator[str]:
    if leads and (lead := patterns.LEAD_BYLINE.search(paragraph.text[:100])):
        yield from persons(f" {lead[0].strip('()')} ")
    tail = paragraph.text[-_TAIL:]
    for pattern in (patterns.SIGNED_END, patterns.CLOSED):
        if found := pattern.search(tail):
            yield from _closing(found[0])
            return


def _closing(text: str) -> list[str]:
    """Persons in an article's last brackets; of an agency's only those with a title."""
    if _SOURCED.search(text):
        named = _AFTER_REPORTER.search(text)
        return persons(f"记者 {named[1]}") if named else []
    return persons(text)


def _credited(tail: str) -> list[str]:
    found = patterns.CREDIT_END.search(tail)
    return persons(found[0]) if found else []
