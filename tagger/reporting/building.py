"""From files, or a model, to a report: read, match, score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tagger.errors import GoldError, PredictionError, SettingsError
from tagger.gold import (
    Allowed,
    Reading,
    ReadingOptions,
    pair,
    pair_pages,
    read,
    read_cuts,
)
from tagger.gold.auditing import Audit
from tagger.gold.predicting import AllScores, TextTagger, predict, predict_cuts
from tagger.reporting.report import Comparison, Report
from tagger.scoring.documents import CutPage, Document
from tagger.scoring.evaluation import (
    CutsEvaluation,
    Evaluation,
    compare_cuts,
    compare_systems,
    evaluate,
    evaluate_cuts,
)
from tagger.scoring.gate import digest
from tagger.scoring.slices import Seen
from tagger.scoring.statistics import Resampling
from tagger.scoring.through import on_gold_cuts


@dataclass(frozen=True, slots=True)
class Model:
    """A tagger to be scored."""

    name: str
    tagger: TextTagger
    #: Probability of every section for each text; None if the tagger cannot say.
    section_scores: Callable[[Sequence[str]], AllScores] | None = None
    conventions: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What to score against what."""

    gold: Path
    #: Predictions in a file, or a model to make them.
    system: Path | Model
    compared: Path | None = None
    #: Predictions for the gold's own articles, where the system's are for its cuts.
    given_cuts: Path | None = None
    #: Annotations the system was trained on, to tell seen names from unseen.
    training: Path | None = None
    gold_options: ReadingOptions = field(default_factory=ReadingOptions)
    options: ReadingOptions = field(default_factory=ReadingOptions)
    allowed: Allowed = field(default_factory=Allowed)
    allow_refused: bool = False
    how: Resampling = field(default_factory=Resampling)


def build(request: Request) -> Report:
    """Read, match and score.

    Raises:
        GoldError: The gold is broken, or spans of it were refused and that is not
            allowed.
        PredictionError: Predictions do not fit the gold.
        SettingsError: There is nothing to score.
    """
    gold = read(request.gold, request.gold_options)
    if not request.allow_refused:
        gold.audit.require_all(GoldError)
    if not gold.documents and not gold.pages:
        raise SettingsError("no documents to score against", path=request.gold)
    name = request.system.name
    report = Report(
        name,
        request.gold.name,
        digest(gold.documents, gold.pages),
        (gold.audit,),
    )
    return _cuts(request, gold, report) if gold.pages else _names(request, gold, report)


def _names(request: Request, gold: Reading, report: Report) -> Report:
    predicted = _predictions(request, request.system, gold)
    paired = pair(gold, predicted, request.allowed)
    evaluation = _evaluated(request, paired.gold, paired.predicted)
    if not evaluation.figures:
        raise SettingsError(
            "gold and predictions have neither names nor sections in common",
            path=request.gold,
        )
    report = replace(
        report,
        audits=(*report.audits, predicted.audit),
        notes=paired.notes,
        evaluation=evaluation,
    )
    if request.compared is None:
        return report
    other = _predictions(request, request.compared, gold)
    theirs = pair(gold, other, request.allowed)
    found = compare_systems(
        paired.gold, paired.predicted, theirs.predicted, request.how
    )
    comparison = Comparison("", found, other.audit, theirs.predicted)
    return _compared(report, request, comparison)


def _cuts(request: Request, gold: Reading, report: Report) -> Report:
    predicted = _cut_predictions(request, request.system, gold)
    own = pair_pages(gold.pages, predicted.pages, predicted.audit)
    given, evaluation, audits = _given_cuts(request, gold)
    cuts: CutsEvaluation = evaluate_cuts(gold.pages, own, given, request.how)
    report = replace(
        report,
        audits=(*report.audits, predicted.audit, *audits),
        cuts=cuts,
        evaluation=evaluation,
    )
    if request.compared is None:
        return report
    other = _cut_predictions(request, request.compared, gold)
    theirs = pair_pages(gold.pages, other.pages, other.audit)
    found = compare_cuts(gold.pages, own, theirs, request.how)
    return _compared(report, request, Comparison("", found, other.audit))


def _compared(report: Report, request: Request, comparison: Comparison) -> Report:
    """The report with a second system; both by their folders where names are one."""
    names = [report.system, request.compared.name if request.compared else ""]
    if names[0] == names[1] and isinstance(request.system, Path) and request.compared:
        names = [
            f"{p.parent.name}/{p.name}" for p in (request.system, request.compared)
        ]
    return replace(
        report,
        system=names[0],
        audits=(*report.audits, comparison.audit),
        comparison=replace(comparison, name=names[1]),
    )


def _given_cuts(
    request: Request, gold: Reading
) -> tuple[list[CutPage] | None, Evaluation | None, tuple[Audit, ...]]:
    """What the system says of the gold's articles, scored as such; None if unknown."""
    system = request.system if isinstance(request.system, Model) else request.given_cuts
    if system is None:
        return None, None, ()
    predicted = _predictions(request, system, gold)
    paired = pair(gold, predicted, request.allowed)
    each = iter(paired.predicted)
    pages = [
        on_gold_cuts(page, [next(each) for _ in page.pieces]) for page in gold.pages
    ]
    evaluation = _evaluated(request, paired.gold, paired.predicted)
    return pages, evaluation if evaluation.figures else None, (predicted.audit,)


def _evaluated(
    request: Request, gold: Sequence[Document], predicted: Sequence[Document]
) -> Evaluation:
    seen = None
    if request.training is not None:
        seen = Seen.of(read(request.training, request.gold_options).documents)
    return evaluate(gold, predicted, request.how, seen)


def _predictions(request: Request, system: Path | Model, gold: Reading) -> Reading:
    if isinstance(system, Model):
        texts = [document.text for document in gold.documents]
        scores = system.section_scores(texts) if system.section_scores else None
        return predict(system.tagger, gold, system.conventions, scores)
    texts_of = {document.id: document.text for document in gold.documents}
    return _accepted(request, read(system, request.options, texts_of))


def _cut_predictions(request: Request, system: Path | Model, gold: Reading) -> Reading:
    if isinstance(system, Model):
        return predict_cuts(system.tagger, gold)
    return _accepted(request, read_cuts(system, gold, request.options))


def _accepted(request: Request, reading: Reading) -> Reading:
    if not request.allow_refused:
        reading.audit.require_all(PredictionError)
    return reading
