"""A few of many, evenly chosen while they pass by, the same ones every time."""

from collections.abc import Callable
from hashlib import blake2b
from heapq import heappush, heappushpop
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Sample(Generic[Item]):
    """Keeps the items whose keys have the lowest digests: no order favours any."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.seen = 0
        self._heap: list[tuple[int, int, Item]] = []

    def offer(self, key: str, make: Callable[[], Item]) -> None:
        """Count one more item; ``make`` is called only if it is kept for now."""
        self.seen += 1
        digest = blake2b(key.encode("utf-8"), digest_size=8).digest()
        rank = -int.from_bytes(digest, "big")
        if len(self._heap) < self.most:
            heappush(self._heap, (rank, self.seen, make()))
        elif self._heap and rank > self._heap[0][0]:
            heappushpop(self._heap, (rank, self.seen, make()))

    def items(self) -> list[Item]:
        """The items kept, in the order in which they came."""
        return [item for _, _, item in sorted(self._heap, key=lambda kept: kept[1])]
