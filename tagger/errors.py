"""Every way in which input, gold, settings or a model can be wrong.

A `TaggerError` is news for the user: a fact and what to do about it, never a
traceback. Programmers' mistakes stay `ValueError` and `TypeError`.
"""

from pathlib import Path


class TaggerError(Exception):
    """Something the user can mend. Prints as ``path:line: problem`` and a hint."""

    hint: str | None = None

    def __init__(
        self, problem: str, *, path: Path | str | None = None, line: int = 0
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = path
        self.line = line

    def __str__(self) -> str:
        where = "" if self.path is None else f"{self.path}: "
        if self.path is not None and self.line:
            where = f"{self.path}:{self.line}: "
        return f"{where}{self.problem}"

    @property
    def reason(self) -> str:
        """The error's kind in kebab case, as written to ``refused.jsonl``."""
        name = type(self).__name__.removesuffix("Error")
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class UnreadableFileError(TaggerError):
    """A file that cannot be opened, or whose bytes are not what its name says."""


class UnknownEncodingError(UnreadableFileError):
    """Bytes that are no Chinese text in any encoding we know."""

    hint = "Convert the file to UTF-8, or name its encoding with --encoding."


class UnsortedError(UnreadableFileError):
    """Records that are not in the order of their places."""

    hint = "Records are compared in the order in which tagger tag writes them."


class EmptyPageError(TaggerError):
    """A file without a single letter of text."""


class TooLargeError(TaggerError):
    """A file, or a line of one, above the limit set for it."""

    hint = "Cut the file into smaller ones, or raise --max-bytes."


class MissingExtraError(TaggerError):
    """A format whose library is not installed."""


class NothingToReadError(TaggerError):
    """No file of a known kind under the paths given."""


class GoldError(TaggerError):
    """Hand annotations that break their own format."""


class PredictionError(TaggerError):
    """Predictions that do not fit the gold they are scored against."""


class SettingsError(TaggerError):
    """An option or a settings file with a value outside its range."""


class ModelNotFoundError(TaggerError):
    """No model under the name or folder given."""


class ModelVersionError(TaggerError):
    """A model made by an incompatible version, or damaged."""

    hint = "Train it again with this version: tagger train --help"


class OutputError(TaggerError):
    """An output folder that cannot be written to, or is in use."""


class LedgerError(TaggerError):
    """A ledger of another version, damaged, or on a full disk."""

    hint = (
        "Give another output folder, or delete the ledger: the parts beside it "
        "are kept, and what they hold is not tagged again."
    )


class ChangedFileError(UnreadableFileError):
    """A file that changes while it is read."""


class WorkersLostError(TaggerError):
    """Worker processes that die before they do anything, or a cluster that is gone."""


class OutOfTimeError(TaggerError):
    """An input that takes longer than it may."""

    hint = "Raise --unit-seconds, then --retry-failed."


class OutOfMemoryError(TaggerError):
    """An input that takes more memory than it may."""

    hint = "Raise --unit-memory, then --retry-failed."


class MisalignedSpanError(TaggerError):
    """A span that does not fit the text it is said to come from."""
