"""Which shelves an article belongs on, how surely, and why."""
