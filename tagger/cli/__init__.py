"""The command line: parse, call one function, print. Heavy imports come late."""

import typer

from tagger.cli import (
    corpus,
    diff,
    evaluate,
    export,
    join,
    sections,
    split,
    status,
    tag,
    train,
)
from tagger.cli.errors import ErrorsInOneLine

app = typer.Typer(
    cls=ErrorsInOneLine,
    no_args_is_help=True,
    add_completion=False,
    help="Find people, places and organizations in Chinese newspaper text, file each "
    "article under sections, and measure how well both are done.",
)
_COMMANDS = (tag, status, export, diff, split, evaluate, sections, train, corpus, join)
for module in _COMMANDS:
    module.register(app)
