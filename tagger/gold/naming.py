"""Ids of documents: each once, or told apart by number where a file repeats them."""

from collections import Counter
from enum import StrEnum

from tagger.errors import GoldError
from tagger.gold.auditing import Audit


class RepeatedIds(StrEnum):
    """What to do with a document whose id an earlier one has."""

    REFUSE = "refuse"
    #: The second ``a1`` is ``a1 (2)``, in gold and predictions alike.
    NUMBER = "number"


class Namer:
    """Gives each document of a file an id of its own."""

    def __init__(self, audit: Audit, repeated: RepeatedIds) -> None:
        self._audit = audit
        self._repeated = repeated
        self._given: Counter[str] = Counter()

    def name(self, wanted: str, line: int) -> str:
        """The id as wanted, or with a number if it was given before.

        Raises:
            GoldError: It was given before, and that is refused.
        """
        self._given[wanted] += 1
        if self._given[wanted] == 1:
            return wanted
        if self._repeated is RepeatedIds.REFUSE:
            raise GoldError(
                f"id {wanted!r} twice; see --repeated-ids number",
                path=self._audit.path,
                line=line,
            )
        self._audit.numbered += 1
        # a document may really be called "a1 (2)"
        return self.name(f"{wanted} ({self._given[wanted]})", line)
