"""Label Studio's JSON exports: tasks with annotations, labels and choices.

The short one, JSON-MIN, has the results of an annotation beside the text.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tagger.errors import GoldError
from tagger.gold import fields
from tagger.gold.auditing import Audit
from tagger.gold.files import text_of
from tagger.gold.raw import RawDocument, RawSpan
from tagger.scoring.documents import Document


def read_label_studio(path: Path, audit: Audit) -> Iterator[RawDocument]:
    """The first annotation of each task that was not cancelled, or its first prediction.

    Raises:
        GoldError: The file is no such export.
    """
    try:
        tasks = json.loads(text_of(path))
    except json.JSONDecodeError as error:
        raise GoldError(f"no JSON: {error}", path=path, line=error.lineno) from error
    if not isinstance(tasks, list) or not all(isinstance(t, Mapping) for t in tasks):
        raise GoldError(
            "no Label Studio export: expected a list of tasks "
            "(of our own form .jsonl has an object a line)",
            path=path,
        )
    for number, task in enumerate(tasks, 1):
        try:
            yield _document(task, number, audit)
        except GoldError as error:
            raise GoldError(f"task {number}: {error.problem}", path=path) from error


def _document(task: Mapping[str, Any], number: int, audit: Audit) -> RawDocument:
    data = task.get("data", task)
    text = data.get("text")
    if not isinstance(text, str):
        raise GoldError('no "text" in its data')
    name = fields.name(data, task.get("id", number))
    values = _values(task, audit) if "data" in task else _short_values(task)
    if values is None:
        return RawDocument(name, text, None, facts=fields.facts(data))
    spans = tuple(_span(value) for value in values if "labels" in value)
    choices = [choice for value in values for choice in value.get("choices", ())]
    sections = fields.filing(choices)
    return RawDocument(name, text, spans, 0, sections, fields.facts(data))


def _span(value: Mapping[str, Any]) -> RawSpan:
    labels = value["labels"]
    if len(labels) != 1:
        raise GoldError(f"a span has one label, not {labels!r}")
    start, end = value.get("start"), value.get("end")
    surface = value.get("text")
    return fields.span(
        {"start": start, "end": end, "label": labels[0], "text": surface}
    )


def _values(task: Mapping[str, Any], audit: Audit) -> list[dict[str, Any]] | None:
    done = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
    if len(done) > 1:
        audit.notes.append(
            f"task {task.get('id')}: {len(done)} annotations, first taken"
        )
    found: list[dict[str, Any]] | None = None
    for side in (done, task.get("predictions", ())):
        if side and found is None:
            found = side[0].get("result", [])
    return None if found is None else [item.get("value", {}) for item in found]


def _short_values(task: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Labels of JSON-MIN: whatever field holds spans; None without such a field."""
    listed = [v for v in task.values() if isinstance(v, list)]
    found = [v for v in listed if all(isinstance(x, dict) and "labels" in x for x in v)]
    return [value for values in found for value in values] if found else None


def write_label_studio(documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Tasks with one annotation each, offsets in characters."""
    return [
        {
            "id": number,
            "data": {"id": document.id, "text": document.text},
            "annotations": [{"result": [*_labels(document), *_choices(document)]}],
        }
        for number, document in enumerate(documents, 1)
    ]


def _labels(document: Document) -> Iterator[dict[str, Any]]:
    for number, (start, end, label) in enumerate(document.spans or ()):
        yield {
            "id": str(number),
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": start,
                "end": end,
                "text": document.text[start:end],
                "labels": [label],
            },
        }


def _choices(document: Document) -> Iterator[dict[str, Any]]:
    if document.filing is not None:
        yield {
            "from_name": "section",
            "to_name": "text",
            "type": "choices",
            "value": {"choices": list(document.filing.ordered)},
        }
