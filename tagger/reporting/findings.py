"""What `tagger check` found, as tables and JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tagger.gold import Reading
from tagger.gold.linting import Finding
from tagger.reporting.tables import Table, count, words
from tagger.reporting.words import Text

_MOST = 40


def findings_tables(reading: Reading, found: Sequence[Finding]) -> Iterator[Table]:
    """How many findings of each kind, and the first of them."""
    kinds = Counter((finding.level, finding.code) for finding in found)
    kinds_rows = [
        (words(level), words(code), count(n))
        for (level, code), n in sorted(kinds.items())
    ]
    header = (Text("level", "级别"), Text("finding", "问题"), Text("times", "次数"))
    yield Table("findings", Text("Findings", "问题"), header, tuple(kinds_rows))
    texts = {document.id: document.text for document in reading.documents}
    rows = [
        (
            words(finding.document),
            words(_around(texts[finding.document], finding)),
            words(finding.problem),
        )
        for finding in found[:_MOST]
    ]
    incidents = [*reading.audit.refused, *reading.audit.trimmed]
    rows += [
        (words(i.document), words(f"line {i.line}"), words(i.problem))
        for i in incidents[:_MOST]
    ]
    rest = max(0, len(found) - _MOST) + max(0, len(incidents) - _MOST)
    note = Text(f"{rest:,} more", f"另有{rest:,}处") if rest else None
    header = (Text("document", "文章"), Text("place", "位置"), Text("problem", "说明"))
    yield Table("places", Text("Places", "所在"), header, tuple(rows), note)


def finding_objects(
    reading: Reading, found: Sequence[Finding]
) -> Iterator[dict[str, Any]]:
    """Findings, and spans refused or trimmed in reading, one object each."""
    texts = {document.id: document.text for document in reading.documents}
    for finding in found:
        yield {
            "level": str(finding.level),
            "code": finding.code,
            "id": finding.document,
            "span": None if finding.span is None else list(finding.span),
            "context": _around(texts[finding.document], finding),
            "problem": finding.problem,
        }
    audit = reading.audit
    for level, code, incidents in (
        ("error", "refused", audit.refused),
        ("warning", "white-space", audit.trimmed),
    ):
        for incident in incidents:
            yield {
                "level": level,
                "code": code,
                "id": incident.document,
                "line": incident.line,
                "problem": incident.problem,
            }


def _around(text: str, finding: Finding) -> str:
    if finding.span is None:
        return " ".join(text[:24].split())
    start, end, label = finding.span
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    marked = f"{before}[{text[start:end]}]({label}){after}"
    return " ".join(marked.split())
