"""The text layer of a PDF, page after page."""

from tagger.errors import MissingExtraError, TooLargeError, UnreadableFileError


def pdf_text(data: bytes, most: int) -> str:
    """The text as the file orders it; empty for a scan without a text layer.

    Raises:
        MissingExtraError: pypdfium2 is not installed.
        TooLargeError: It holds more than ``most`` characters.
        UnreadableFileError: It is not a PDF, damaged, or locked by a password.
    """
    try:
        import pypdfium2  # noqa: PLC0415 an extra
    except ImportError as error:
        raise MissingExtraError(
            'reading .pdf needs an extra: pip install "tagger[pdf]"'
        ) from error
    pages: list[str] = []
    size = 0
    try:
        with pypdfium2.PdfDocument(data) as document:
            for number in range(len(document)):
                text = document[number].get_textpage().get_text_bounded()
                pages.append(text.replace("\r\n", "\n").replace("\r", "\n"))
                size += len(text)
                if size > most:
                    raise TooLargeError(f"more than {most:,} characters of text")
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(f"not a readable PDF: {error}") from error
    return "\n".join(pages)
