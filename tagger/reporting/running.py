"""Our own models as a system to be scored."""

from collections.abc import Sequence

from tagger.gold.predicting import AllScores
from tagger.reporting.building import Model
from tagger.sections.features import Titled
from tagger.tagging import Tagger


def model_of(tagger: Tagger, name: str, conventions: str | None = None) -> Model:
    """A tagger that says how likely every section is, not only those it gives."""

    def section_scores(texts: Sequence[str]) -> AllScores:
        sections = tagger.sections.config.sections
        member = tagger.sections.scores([Titled(text) for text in texts]).member
        return [dict(zip(sections, row.tolist(), strict=True)) for row in member]

    return Model(name, tagger, section_scores, conventions)
