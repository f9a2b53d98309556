"""What changed between two runs, every figure, as one JSON object."""

from dataclasses import asdict
from typing import Any, Final

from tagger.changes.tally import Changes, Run

SCHEMA: Final = "tagger-diff/1"


def change_object(changes: Changes, version: str) -> dict[str, Any]:
    """The object that ``tagger diff --json`` writes."""
    return {
        "schema": SCHEMA,
        "tagger": version,
        "before": _run(changes.before),
        "after": _run(changes.after),
        "pages": _sorted(changes.pages),
        "cuts": _sorted(changes.cuts),
        "names": [
            {"kind": kind, "before": before, "after": after, "count": number}
            for (kind, before, after), number in sorted(changes.names.items())
        ],
        "names_by_section": [
            {"section": section, "kind": kind, "count": number}
            for (section, kind), number in sorted(changes.names_by_section.items())
        ],
        "primary": [
            {"before": before, "after": after, "count": number}
            for (before, after), number in sorted(changes.primary.items())
        ],
        "filed": _gained(changes.filed),
        "review": _gained(changes.review),
        "parts": _sorted(changes.parts),
        "examples": [
            {
                "group": list(group),
                "count": sample.seen,
                "shown": [asdict(example) for example in sample.items()],
            }
            for group, sample in sorted(changes.examples.items())
        ],
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "path": str(run.path),
        "pages": run.pages,
        "articles": run.articles,
        "names": _sorted(run.names),
        "models": _sorted(run.models),
    }


def _sorted(counts: dict[Any, int]) -> dict[str, int]:
    return {str(key): number for key, number in sorted(counts.items())}


def _gained(counts: dict[tuple[str, bool], int]) -> dict[str, dict[str, int]]:
    """For each key how often it is new, and how often gone."""
    return {
        key: {"new": counts.get((key, True), 0), "gone": counts.get((key, False), 0)}
        for key in sorted({key for key, _ in counts})
    }
