"""What a run says of itself: a manifest of what went in and came out, a summary."""

import json
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from tagger.batch.job import Job
from tagger.batch.parts import Counts, written_badly
from tagger.batch.report import Report
from tagger.files import whole_file

MANIFEST: Final = "manifest.json"
SUMMARY: Final = "summary.json"
_LIBRARIES: Final = ("numpy", "onnxruntime", "spacy")


def write_manifest(job: Job, report: Report) -> None:
    """Write ``manifest.json``: the same for the same input, models and settings.

    Raises:
        OutputError: It cannot be written.
    """
    merged = report.merged
    config = job.config()
    del config["models"]
    manifest = {
        "schema": "tagger-manifest/1",
        "complete": report.state == "complete",
        "inputs": {
            "files": merged.files,
            "units": merged.units,
            "bytes": merged.bytes,
            "sha256": merged.inputs,
        },
        "outcomes": dict(sorted(merged.outcomes.items())),
        "counts": merged.counts.to_dict(),
        "models": job.models.described(),
        "config": {**config, "sha256": job.digest},
        "versions": {name: version(name) for name in _LIBRARIES},
        "outputs": dict(sorted(merged.outputs.items())),
    }
    _write(job.folder / MANIFEST, manifest)


def write_summary(folder: Path, report: Report, processes: int) -> None:
    """Write ``summary.json``: how this run went, times included.

    Raises:
        OutputError: It cannot be written.
    """
    _write(folder / SUMMARY, summary(report, processes))


def summary(report: Report, processes: int) -> dict[str, Any]:
    """How a run went, as ``summary.json`` says it."""
    counts, seconds = report.counts, report.seconds
    stages = sorted(report.stages.items(), key=lambda item: -item[1])
    return {
        "state": report.state,
        "ended": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "seconds": round(seconds, 3),
        "processes": processes,
        "characters_a_second": round(counts.characters / seconds) if seconds else 0,
        "seconds_by_stage": {stage: round(value, 3) for stage, value in stages},
        "units": {
            "tagged_now": report.tally.chosen - report.found,
            "found_tagged": report.found,
            "unchanged": report.tally.unchanged,
            "left": report.tally.left,
        },
        "input_files_gone": report.gone,
        "now": _counts(counts),
        "all": _counts(report.merged.counts),
    }


def _counts(counts: Counts) -> dict[str, Any]:
    most = {
        "entities": counts.entities,
        "sections": counts.sections,
        "refused": counts.refused,
    }
    return counts.to_dict() | {
        name: dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
        for name, counter in most.items()
    }


def _write(path: Path, item: dict[str, Any]) -> None:
    try:
        with whole_file(path) as file:
            file.write(json.dumps(item, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise written_badly(error, path) from error
