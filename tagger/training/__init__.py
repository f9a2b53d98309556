"""From annotated text to the models that ship. Needs the extra ``train``."""
