"""``floors.json``: for each gold set its digest, its floors, and why any was lowered."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tagger.errors import GoldError, SettingsError
from tagger.files import whole_file
from tagger.scoring.gate import Fall, falls
from tagger.scoring.statistics import Figure


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of all sets, as in the file."""

    path: Path
    sets: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> "Floors":
        """Read the file; one that is not there has no floors yet.

        Raises:
            SettingsError: It is no file of floors.
        """
        if not path.exists():
            return cls(path, {})
        try:
            sets = json.loads(path.read_text("utf-8"))
            for entry in sets.values():
                dict(entry["floors"])
                str(entry["gold_sha256"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SettingsError(f"no file of floors: {error!r}", path=path) from error
        return cls(path, sets)

    def check(
        self, name: str, digest: str, figures: Mapping[str, Figure]
    ) -> list[Fall]:
        """The scores of a set that are under their floors.

        Raises:
            SettingsError: The set has no floors, or one of a score not made.
            GoldError: The gold is not the one the floors were pinned on.
        """
        if name not in self.sets:
            raise SettingsError(f"no floors for {name!r}; see --repin", path=self.path)
        entry = self.sets[name]
        if entry["gold_sha256"] != digest:
            raise GoldError(
                f"the gold of {name!r} is not the one its floors are of; "
                "look at what changed, then --repin with --why",
                path=self.path,
            )
        return falls(figures, entry["floors"])

    def repinned(
        self, name: str, digest: str, figures: Mapping[str, Figure], why: str | None
    ) -> "Floors":
        """The floors of a set raised, or lowered, to the scores made.

        Which scores are pinned stays as it was; a new set gets the headline scores.

        Raises:
            SettingsError: A floor would fall, or the gold changed, and nobody said why.
        """
        entry = self.sets.get(name, {"floors": {}, "history": []})
        pinned = entry["floors"] or dict.fromkeys(_headlines(figures), 0.0)
        new = {key: _rounded_down(figures, key) for key in pinned}
        lowered = [key for key, floor in pinned.items() if new[key] < floor]
        changed = name in self.sets and entry["gold_sha256"] != digest
        if (lowered or changed) and not why:
            what = ", ".join(f"{k} {pinned[k]:.4f} → {new[k]:.4f}" for k in lowered)
            reason = f"would lower {what}" if lowered else "the gold changed"
            raise SettingsError(f"{name}: {reason}; say why with --why", path=self.path)
        history = list(entry["history"])
        if why and (lowered or changed or name not in self.sets):
            history.append({"why": why, "was": entry["floors"]})
        pin = {"gold_sha256": digest, "floors": new, "history": history}
        return Floors(self.path, self.sets | {name: pin})

    def write(self) -> None:
        """Write the file whole."""
        with whole_file(self.path) as file:
            json.dump(self.sets, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.write("\n")


_HEADLINES: Final = (
    "strict.f1 PER.f1 LOC.f1 ORG.f1 tags.f1 sections.primary sections.micro.f1 "
    "cuts.f1 cuts.articles.f1"
).split()


def _headlines(figures: Mapping[str, Figure]) -> list[str]:
    found = (name for name in _HEADLINES if name in figures)
    return [name for name in found if figures[name].value is not None]


def _rounded_down(figures: Mapping[str, Figure], name: str) -> float:
    value = figures[name].value if name in figures else None
    if value is None:
        raise SettingsError(f"the score {name!r} is undefined and cannot be pinned")
    return math.floor(value * 10_000 + 1e-6) / 10_000
