"""What a worker must know of a run; small and plain, for it goes to other machines."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from tagger import __version__
from tagger.batch.models import ModelFolder
from tagger.readers import DEFAULT_MAX_BYTES, ReadOptions
from tagger.records import SCHEMA

#: Raised when the same input no longer gives the same part.
PART_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one unit may take before it is refused."""

    #: Seconds for any unit, however small.
    seconds: float = 120.0
    #: Bytes of input that earn another second.
    bytes_a_second: int = 2_000
    #: Mebibytes that a worker process may take on top of its models.
    memory: int = 2_048

    def time_for(self, size: int) -> float:
        """Seconds that a unit of so many bytes may take."""
        return self.seconds + size / self.bytes_a_second


@dataclass(frozen=True, slots=True)
class Job:
    """One run as its workers see it."""

    #: The output folder; the same path on every machine that takes part.
    out: str
    models: ModelFolder
    one_article: bool = False
    #: Whether records say why each section was given.
    reasons: bool = False
    encoding: str | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    limits: Limits = field(default_factory=Limits)
    #: Tag everything again, whatever is there.
    force: bool = False

    def config(self) -> dict[str, Any]:
        """Everything beside the input that decides what is written."""
        return {
            "tagger": __version__,
            "schema": SCHEMA,
            "part": PART_FORMAT,
            "models": self.models.digests,
            "one_article": self.one_article,
            "reasons": self.reasons,
            "encoding": self.encoding,
            "max_bytes": self.max_bytes,
        }

    @property
    def digest(self) -> str:
        """The digest of `config`."""
        return _digest(self)

    @property
    def reading(self) -> ReadOptions:
        """How input is read."""
        return ReadOptions(self.encoding, self.max_bytes)

    @property
    def folder(self) -> Path:
        """The output folder."""
        return Path(self.out)


@lru_cache(maxsize=8)
def _digest(job: Job) -> str:
    text = json.dumps(job.config(), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
