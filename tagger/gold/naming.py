"""Ids of documents: each once, or told apart by number where a file repeats them."""

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
        self._given: set[str] = set()
        self._last: dict[str, int] = {}

    def name(self, wanted: str, line: int) -> str:
        """The id as wanted, or with a number if it was given before.

        Raises:
            GoldError: It was given before, and that is refused.
        """
        if wanted not in self._given:
            self._given.add(wanted)
            return wanted
        if self._repeated is RepeatedIds.REFUSE:
            raise GoldError(
                f"id {wanted!r} twice; see --repeated-ids number",
                path=self._audit.path,
                line=line,
            )
        self._audit.numbered += 1
        number = self._last.get(wanted, 1) + 1
        while f"{wanted} ({number})" in self._given:  # some are really called so
            number += 1
        self._last[wanted] = number
        found = f"{wanted} ({number})"
        self._given.add(found)
        return found
