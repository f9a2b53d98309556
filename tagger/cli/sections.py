"""``tagger train sections`` and ``tagger tune``."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    list[Path],
    typer.Option(
        help="Folder to look in for the recipe's files; with --scheme a folder of "
        "folders, one a section, or a JSONL file of text and sections."
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the model.")]


def register_train(group: typer.Typer) -> None:
    """Add to ``tagger train``."""
    group.command("sections")(sections)


def register(app: typer.Typer) -> None:
    """Add to ``tagger``."""
    app.command("tune")(tune)


def sections(
    data: Data,
    out: Out,
    recipe: Annotated[
        Path | None, typer.Argument(help="For instance models/sections.toml.")
    ] = None,
    scheme: Annotated[
        Path | None, typer.Option(help="TOML of sections of your own.")
    ] = None,
) -> None:
    """Train the classifier that files articles: by a recipe, or for your own scheme."""
    from tagger.errors import SettingsError
    from tagger.training.section_recipe import own_recipe, read_recipe
    from tagger.training.sections import train

    if (recipe is None) == (scheme is None):
        raise SettingsError("give either a recipe or --scheme")
    if recipe is not None:
        wanted = read_recipe(recipe, data)
    else:
        assert scheme is not None  # noqa: S101 for mypy
        wanted = own_recipe(scheme, data)
    train(wanted, lambda line: typer.echo(line, err=True)).save(out)


def tune(
    gold: Annotated[Path, typer.Argument(help="JSONL of text and sections.")],
    precision: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of filed that is right.")
    ] = 0.95,
    cost: Annotated[
        float | None,
        typer.Option(
            min=0.01,
            help="Also choose anew from which score a further section is given: what a "
            "wrong one costs when a missing one costs 1.",
        ),
    ] = None,
    model: Annotated[
        Path | None, typer.Option(help="Folder of the model; else the one shipped.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the tuned model here.")
    ] = None,
) -> None:
    """Find how sure a section must be to be filed unseen; write it with --out."""
    from tagger.sections import tuning
    from tagger.sections.model import SectionModel
    from tagger.shipped import SECTIONS, model_folder
    from tagger.training.section_calibration import further
    from tagger.training.section_data import read_filed

    filer = SectionModel.load(model or model_folder(SECTIONS))
    filed = read_filed(gold, filer.config.sections)
    dial = tuning.tune(
        filer,
        [item.article for item in filed],
        [item.sections[0] for item in filed],
        precision,
    )
    typer.echo(f"floor {dial.floor:.4f}: {dial}")
    filer = filer.with_config(floor=dial.floor)
    if cost is not None:
        filer = filer.with_config(further=further(filer, filed, cost))
        pairs = zip(filer.config.sections, filer.config.further, strict=True)
        listed = ", ".join(f"{key} {least:.2f}" for key, least in pairs)
        typer.echo(f"further sections, a wrong one costing {cost:g} missing: {listed}")
    if out is not None:
        filer.save(out)
