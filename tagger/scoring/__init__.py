"""Scores of names, sections and page cuts against hand annotations.

Pure: no files, no models. Imports NumPy and nothing heavier.
"""

from tagger.scoring.documents import CutPage, Document, Facts, Filing, Piece, Span

__all__ = ["CutPage", "Document", "Facts", "Filing", "Piece", "Span"]
