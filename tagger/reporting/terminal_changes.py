"""Changes between two runs in their sentences, in a terminal."""

from rich.console import Console
from rich.text import Text as RichText

from tagger.changes.tally import Changes, Example, Group, Quote
from tagger.reporting.change_words import group_kind, group_types

_SIDES = (("-", "red"), ("+", "green"))


def show_runs(console: Console, changes: Changes) -> None:
    """Print what is compared: two folders, and the models of their records."""
    for name, run in (("before", changes.before), ("after", changes.after)):
        models = ", ".join(f"{m} ({n:,})" for m, n in run.models.most_common())
        line = RichText(f"{name:7}{run.path}: {models or 'no records'}")
        console.print(line, soft_wrap=True)  # the terminal breaks lines, not we


def show_changes(console: Console, changes: Changes, most: int) -> None:
    """Print so many examples of each kind of change, or that there is none."""
    if changes.nothing_changed:
        console.print("Both runs say the same.")
    for group, sample in sorted(changes.examples.items()):
        items = sample.items()[:most]
        console.print(_head(group, sample.seen, len(items)))
        for example in items:
            console.print(_place(example), soft_wrap=True)
            for side, quote in zip(
                _SIDES, (example.before, example.after), strict=True
            ):
                if quote is not None:
                    console.print(_quoted(quote, *side), soft_wrap=True)


def _head(group: Group, seen: int, shown: int) -> RichText:
    types = " → ".join(name.en for name in group_types(group))
    text = RichText(f"\n{group_kind(group).en} {types}".rstrip(), style="bold")
    return text.append(f" ({shown} of {seen:,})", style="not bold dim")


def _place(example: Example) -> RichText:
    line = f":{example.line}" if example.line else ""
    where = f"{example.path}{line} @{example.start}"
    return RichText(f"  {where}  {' '.join(example.title.split())}", style="dim")


def _quoted(quote: Quote, sign: str, colour: str) -> RichText:
    text = RichText(f"  {sign} ", style=colour)
    text.append(_line(quote.text[: quote.start]), style="default")
    name = _line(quote.text[quote.start : quote.end])
    if quote.label:
        text.append(f"[{name}]", style=f"bold {colour}").append(quote.label)
    return text.append(_line(quote.text[quote.end :]), style="default")


def _line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "⏎")
