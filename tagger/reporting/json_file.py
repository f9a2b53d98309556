"""Reports as JSON, every figure unrounded."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tagger.gold.auditing import Audit, Incident
from tagger.reporting.report import Report
from tagger.scoring.evaluation import CutsEvaluation, Evaluation
from tagger.scoring.mistakes import Mistake, count_kinds, count_rules
from tagger.scoring.statistics import Difference, Figure

SCHEMA = "tagger-eval/1"


def report_object(report: Report, version: str) -> dict[str, Any]:
    """The report as one JSON object; undefined scores are null."""
    how = next(
        (part.how for part in (report.evaluation, report.cuts) if part is not None),
        None,
    )
    return {
        "schema": SCHEMA,
        "version": version,
        "system": report.system,
        "gold": {"name": report.gold, "sha256": report.gold_sha256},
        "audits": [_audit(audit) for audit in report.audits],
        "notes": list(report.notes),
        "resampling": how
        and {
            "trials": how.trials,
            "seed": how.seed,
            "clusters": None if how.clusters is None else len({*how.clusters}),
        },
        "figures": {name: asdict(figure) for name, figure in report.figures.items()},
        **_evaluation(report.evaluation),
        **_cuts(report.cuts),
        "comparison": report.comparison
        and {
            "system": report.comparison.name,
            "differences": _differences(report.comparison.differences),
        },
    }


def mistake_object(mistake: Mistake, evaluation: Evaluation) -> dict[str, Any]:
    """A mistake as a line of a list of mistakes."""
    document = evaluation.gold[mistake.article]
    return {
        "id": document.id,
        "kinds": list(mistake.kinds),
        "rule": mistake.rule,
        "gold": [
            [*span, document.text[span.start : span.end]] for span in mistake.gold
        ],
        "predicted": [
            [*span, document.text[span.start : span.end]] for span in mistake.predicted
        ],
        "context": document.text[max(0, mistake.start - 30) : mistake.end + 30],
    }


def _audit(audit: Audit) -> dict[str, Any]:
    return {
        "file": audit.path.name,
        "format": audit.format,
        "documents": audit.documents,
        "spans_read": audit.read,
        "spans_kept": audit.kept,
        "repaired": dict(audit.repaired),
        "dropped": dict(audit.merged),
        "refused": [_incident(incident) for incident in audit.refused],
        "repeated_ids_numbered": audit.numbered,
        "documents_with_unsure_offsets": audit.unsure,
        "notes": audit.notes,
    }


def _incident(incident: Incident) -> dict[str, Any]:
    path = None if incident.path is None else incident.path.name
    return asdict(incident) | {"path": path}


def _evaluation(evaluation: Evaluation | None) -> dict[str, Any]:
    if evaluation is None:
        return {}
    data: dict[str, Any] = {
        "articles": len(evaluation.gold),
        "counts": evaluation.counts,
        "articles_needed": evaluation.needed,
    }
    names, sections = evaluation.names, evaluation.sections
    if names is not None:
        data["mistakes"] = {
            "all": len(names.mistakes),
            "kinds": dict(count_kinds(names.mistakes)),
            "rules": dict(count_rules(names.mistakes)),
        }
        data["confusion"] = {
            "labels": [*names.confusion.labels, None],
            "counts": names.confusion.counts.tolist(),
        }
    if sections is not None:
        data["sections"] = {
            "average_precision": sections.average_precision,
            "reliability": [asdict(point) for point in sections.reliability],
            "coverage": [asdict(point) for point in sections.coverage],
            "confusions": sections.confusions,
        }
    return data


def _cuts(cuts: CutsEvaluation | None) -> dict[str, Any]:
    if cuts is None:
        return {}
    return {"cut_counts": cuts.counts, "cost_of_cuts": _differences(cuts.cost)}


def _differences(differences: Mapping[str, Difference]) -> dict[str, Any]:
    return {
        name: {
            "a": d.a,
            "b": d.b,
            "difference": _figure(d.difference),
            "p": d.p,
        }
        for name, d in differences.items()
    }


def _figure(figure: Figure) -> dict[str, float | None]:
    return asdict(figure)
