"""Scores as tables in a terminal, JSON, Markdown, and one HTML page."""
