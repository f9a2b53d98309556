"""Articles as HTML pages in Chinese, names and sections coloured."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from spacy.displacy.render import EntityRenderer

from tagger.grounds import Reason, Term
from tagger.labels import EntityLabel
from tagger.records import Record
from tagger.review import zh

_COLOURS: Final = {
    EntityLabel.PER.zh: "#f9d7a0",
    EntityLabel.LOC.zh: "#b9e6c3",
    EntityLabel.ORG.zh: "#bcd9f7",
}
_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem 1rem 4rem;
  font: 1.05rem/1.9 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", serif;
  background: #fbfaf7; color: #222; }
h1 { font-size: 1.3rem; line-height: 1.5; } h2 { font-size: 1.2rem; margin: 0 0 .3rem; }
a { color: #14508c; } article { background: #fff; border: 1px solid #e3e0d8;
  border-radius: .5rem; padding: 1rem 1.3rem; margin: 1.3rem 0; }
.facts, .section, .doubt, .legend, .reasons, table, footer {
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif;
  font-size: .85rem; line-height: 1.7; }
.facts { color: #555; margin: .2rem 0; } .section { display: inline-block;
  border: 1px solid #8a8578; border-radius: 1rem; padding: 0 .7rem; margin-right: .4rem; }
.reasons { color: #555; } .reasons ul { margin: .2rem 0; padding-left: 1.2rem; }
.primary { background: #3d4f5f; border-color: #3d4f5f; color: #fff; }
.doubt { background: #fdecea; color: #8c1d13; border-radius: .3rem; padding: .1rem .6rem; }
mark.entity { padding: .15em .3em !important; line-height: 1.4 !important; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left;
  padding: .25rem .5rem; border-bottom: 1px solid #e3e0d8; }
"""
#: displaCy's template with a smaller label, so that lines of text stay lines.
_ENTITY: Final = (
    '<mark class="entity" style="background: {bg}; border-radius: 0.35em;">{text}'
    '<span style="font-size: .65em; margin-left: .3em; color: #555;">{label}</span>'
    "</mark>"
)


def article_page(path: str, records: Sequence[Record]) -> str:
    """One input file's articles as a whole HTML document."""
    renderer = EntityRenderer({"colors": _COLOURS, "template": _ENTITY})
    legend = " ".join(
        f'<mark class="entity" style="background: {colour}">{label}</mark>'
        for label, colour in _COLOURS.items()
    )
    body = "\n".join(_article(record, renderer) for record in records)
    return _document(
        path, f'<h1>{escape(path)}</h1><p class="legend">{legend}</p>\n{body}'
    )


def index_page(files: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The list of all pages: file names with the titles of their articles."""
    rows = "\n".join(
        f'<tr><td><a href="{quote(path)}.html">{escape(path)}</a></td>'
        f"<td>{len(titles)}</td><td>{'<br>'.join(map(escape, titles))}</td></tr>"
        for path, titles in files
    )
    head = "<tr><th>文件</th><th>篇数</th><th>标题</th></tr>"
    return _document("目录", f"<h1>目录</h1>\n<table>{head}\n{rows}</table>")


def title_of(record: Record) -> str:
    """An article's title, or how it begins."""
    opening = " ".join(record.text.split())[:24]
    return record.article.title or f"〔无题〕{opening}…"


def _article(record: Record, renderer: EntityRenderer) -> str:
    entities = [
        {"start": entity.start, "end": entity.end, "label": entity.label.zh}
        for entity in record.entities
    ]
    text = renderer.render_ents(record.text, entities, None)
    sections = "".join(
        f'<span class="section{" primary" if guess.primary else ""}">'
        f"{escape(guess.section.zh)} {guess.score:.2f}</span>"
        for guess in record.sections
    )
    reasons = [guess.reason for guess in record.sections if guess.reason is not None]
    doubts = "；".join(zh(code) for code in record.review)
    warning = f'<p class="doubt">请复核：{escape(doubts)}</p>' if doubts else ""
    return (
        f'<article id="{escape(record.id, quote=True)}">\n'
        f"<h2>{escape(title_of(record))}</h2>\n"
        f'<p class="facts">{escape(_facts(record))}</p>\n<p>{sections}</p>\n'
        f"{_why(reasons)}{warning}\n{text}\n</article>"
    )


def _why(reasons: Sequence[Reason]) -> str:
    """One line for each section given: what it beat, and what spoke for and against."""
    if not reasons:
        return ""
    lines = "".join(f"<li>{_because(reason)}</li>" for reason in reasons)
    summary = "<summary>归类理由</summary>"
    return f'<details class="reasons" open>{summary}<ul>{lines}</ul></details>\n'


def _because(reason: Reason) -> str:
    head = f"<b>{escape(reason.section.zh)}</b>"
    if reason.runner_up is not None:
        head += f"而非{escape(reason.runner_up.zh)}"
    line = f"{head}（{reason.margin:+.2f}）：{_terms(reason.terms)}"
    if reason.against:
        line += f"；相反：{_terms(reason.against)}"
    if reason.beside:
        beside = "、".join(f"{key.zh} {value:+.2f}" for key, value in reason.beside)
        line += f"；并列版块：{escape(beside)}"
    return line


def _terms(terms: Sequence[Term]) -> str:
    return "、".join(f"{escape(t.text)} {t.weight:+.2f}" for t in terms) or "–"


def _facts(record: Record) -> str:
    article = record.article
    facts = {
        "引题": "　".join(article.kicker),
        "作者": "、".join(article.byline),
        "栏目": article.column,
        "日期": article.date,
        "位置": f"{record.source.start}–{record.source.end}",
    }
    return "　".join(f"{name}：{value}" for name, value in facts.items() if value)


def _document(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )
