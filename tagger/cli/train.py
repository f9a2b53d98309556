"""``tagger train``: every model that ships, made again from data on disk."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tagger.cli import sections

if TYPE_CHECKING:
    from tagger.training.names import Recipe
    from tagger.training.network import NameNetwork

Data = Annotated[
    list[Path], typer.Option(help="Folder to look in for the recipe's corpora.")
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the model.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        no_args_is_help=True, help="Train models (needs tagger[train])."
    )
    group.command("language-model")(language_model)
    group.command("lexicon")(lexicon)
    group.command("ner")(ner)
    group.command("segmenter")(segmenter)
    sections.register_train(group)
    app.add_typer(group, name="train")


def language_model(
    texts: Annotated[list[Path], typer.Argument(help="JSONL or text files, also .xz.")],
    out: Out,
    minutes: Annotated[float, typer.Option(min=0.1, help="Wall-clock time.")] = 60,
) -> None:
    """Pretrain the name finder's lower half on raw news."""
    from tagger.training import language_model as stage
    from tagger.training.network import LanguageModel

    evened = list(stage.evened(stage.read_texts(texts)))
    alphabet = stage.make_alphabet(evened)
    stream = stage.to_stream(evened, alphabet)
    typer.echo(f"{len(stream):,} characters, {len(alphabet):,} kinds", err=True)

    def report(gone: float, loss: float, model: LanguageModel) -> None:
        typer.echo(f"{gone:5.1f} min  {loss:.3f} nats a character", err=True)
        stage.save(out, model, alphabet)

    stage.train(stream, len(alphabet), minutes, report)


def lexicon(
    recipe: Annotated[Path, typer.Argument(help="For instance models/lexicon.toml.")],
    texts: Annotated[
        list[Path], typer.Argument(help="Raw news: JSONL or text files, also .xz.")
    ],
    data: Data,
    names: Annotated[Path, typer.Option(help="Pipeline that finds names in it.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: …/x.npz.")],
    words: Annotated[
        list[Path] | None,
        typer.Option(help="Gold whose words are set apart by blanks."),
    ] = None,
    characters: Annotated[
        int, typer.Option(min=1, help="How many of the news' characters to tag.")
    ] = 8_500_000,
) -> None:
    """Make the name finder's lexicon: word vectors, word lists, uses in news."""
    from itertools import chain

    from tagger.names import NameModel
    from tagger.training import lexicon as stage
    from tagger.training import lexicon_data
    from tagger.training.language_model import read_texts

    wanted = lexicon_data.read_recipe(recipe, data)
    news = list(read_texts(texts))
    lines = chain(lexicon_data.sentences(news), lexicon_data.segmented(words or []))
    vectors = lexicon_data.word_vectors(lines, wanted)
    model = NameModel.load(names / "news_names")
    tagged = lexicon_data.tag(model, news, characters, wanted.seed)
    made = stage.build(vectors, wanted.lists, tagged, wanted.least)
    made.save(out)
    typer.echo(f"{len(made.words):,} words, {made.width} numbers a character", err=True)


def ner(
    recipe: Annotated[Path, typer.Argument(help="For instance models/names.toml.")],
    data: Data,
    out: Out,
    language_model: Annotated[
        Path | None, typer.Option(help="Start from what train language-model wrote.")
    ] = None,
    start_from: Annotated[
        Path | None, typer.Option(help="Or train a pipeline further: models/names.")
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(help="What train lexicon wrote.")
    ] = None,
    segmenter: Annotated[
        Path | None, typer.Option(help="What train segmenter wrote.")
    ] = None,
) -> None:
    """Train the name finder and write the spaCy pipeline that ships."""
    if (language_model is None) == (start_from is None):
        raise typer.BadParameter("give --language-model or --start-from")
    from tagger import pipeline
    from tagger.names.lexicon import Lexicon
    from tagger.training import names, restart

    wanted = names.read_recipe(recipe, data)
    alphabet, network = _start(wanted, language_model, start_from)
    words = None if lexicon is None else Lexicon.load(lexicon)
    if words is not None:
        network = restart.with_lexicon(network, words.width)

    def report(done: names.Round) -> None:
        scores = ", ".join(f"{name} {f1:.4f}" for name, f1 in done.scores.items())
        typer.echo(f"round {done.number}: loss {done.loss:.4f}  {scores}", err=True)

    network = names.train(wanted, alphabet, network, words, report)
    model = names.to_model(network, alphabet, wanted, words, small=True)
    meta = {"version": wanted.version, "description": wanted.description}
    pipeline.build(model, segmenter, meta).to_disk(out)


def _start(
    wanted: "Recipe", language_model: Path | None, start_from: Path | None
) -> tuple[list[str], "NameNetwork"]:
    """The alphabet and network that training begins with."""
    from tagger.names import NameModel
    from tagger.training import names, restart

    if start_from is None:
        assert language_model is not None  # noqa: S101 for mypy
        alphabet, weights = names.read_language_model(language_model)
        return alphabet, names.fresh_network(wanted, alphabet, weights)
    known = NameModel.load(start_from / "news_names")
    return list(known.alphabet), restart.wider(
        restart.read_network(known), wanted.tagging
    )


def segmenter(
    gold: Annotated[list[Path], typer.Argument(help="Words set apart by blanks.")],
    held_out: Annotated[Path, typer.Option(help="Gold to report F1 on.")],
    out: Out,
    rounds: Annotated[int, typer.Option(min=1)] = 10,
) -> None:
    """Train the word segmenter."""
    from tagger.training.segmenter import train

    train(gold, held_out, out, rounds)
