"""A plain PDF of Chinese lines, written by hand: no library we depend on can.

The font is STSong-Light of Adobe's GB1 collection, which readers of PDF replace by
one of their own (ISO 32000-1, 9.7.5.2). Codes are UTF-16, and a ToUnicode map says
so, so that the text layer is the text; only the basic plane can be written.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from tagger.errors import GoldError

_SIZE: Final = 9
_LEADING: Final = 14
_WIDTH, _HEIGHT = 595, 842
_TOP: Final = _HEIGHT - 50
_ROWS: Final = (_HEIGHT - 100) // _LEADING
#: Left edges of the two columns.
_COLUMNS: Final = (40, 310)
_TO_UNICODE: Final = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CMapName /Plain def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    + "".join(
        f"{len(block)} beginbfrange\n"
        + "".join(f"<{n:02X}00> <{n:02X}FF> <{n:02X}00>\n" for n in block)
        + "endbfrange\n"
        for block in (range(100), range(100, 200), range(200, 256))
    )
    + "endcmap end end"
).encode("ascii")
#: Objects 3, 4 and 5: the font, its characters, and what it looks like.
_FONT: Final = (
    (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UTF16-H "
        b"/Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
    ),
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
        b"/FontDescriptor 5 0 R >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
        b"/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        b"/CapHeight 880 /StemV 93 >>"
    ),
)


def write_pdf(lines: Sequence[str]) -> bytes:
    """A PDF with the lines one below the other in two columns; blank ones leave a gap.

    Raises:
        GoldError: A character is outside the basic plane.
    """
    rows = _ROWS * len(_COLUMNS)
    sheets = [lines[at : at + rows] for at in range(0, len(lines), rows)]
    numbers = range(7, 7 + 2 * len(sheets), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode("ascii"),
        *_FONT,
        _stream(_TO_UNICODE),
    ]
    for number, sheet in zip(numbers, sheets, strict=True):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {number + 1} 0 R >>"
        )
        objects += [page.encode("ascii"), _stream("\n".join(_shown(sheet)).encode())]
    return _file(objects)


def _shown(sheet: Sequence[str]) -> Iterator[str]:
    """The operators that show each line at its place."""
    yield "BT"
    yield f"/F1 {_SIZE} Tf"
    for number, line in enumerate(sheet):
        column, row = divmod(number, _ROWS)
        if line.strip():
            x, y = _COLUMNS[column], _TOP - row * _LEADING
            yield f"1 0 0 1 {x} {y} Tm <{_codes(line)}> Tj"
    yield "ET"


def _codes(line: str) -> str:
    beyond = [char for char in line if ord(char) > 0xFFFF]
    if beyond:
        raise GoldError(f"{beyond[0]} cannot be written to PDF; dump the page as text")
    return line.encode("utf-16-be").hex().upper()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes]) -> bytes:
    """Header, numbered objects, cross-reference table, trailer."""
    data = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%b"
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    ) % (size, table, size, len(data))
