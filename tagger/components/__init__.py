"""The spaCy components, one a file. spaCy finds them by entry point."""
