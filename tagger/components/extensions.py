"""What spaCy has no slot for. The only place that extends spaCy's classes."""

from spacy.tokens import Span

#: Probability that a span in ``doc.ents`` and its label are both right, 0 to 1.
SCORE = "score"

if not Span.has_extension(SCORE):
    Span.set_extension(SCORE, default=None)
