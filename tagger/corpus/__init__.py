"""The hand-written corpus: its article files, checks, compiled forms and pages.

Reads text, writes gold. Knows nothing of models.
"""
