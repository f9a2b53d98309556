"""Records as Parquet with a nested schema: written in row groups, read in batches."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from tagger.catalogue.checking import checked_record
from tagger.errors import MissingExtraError, UnreadableFileError
from tagger.records import SCHEMA, Record

#: So many articles become columns together; as objects they take far more room.
_BATCH: Final = 250
#: A row group ends with the batch that makes it so many bytes; all that is in memory.
_GROUP: Final = 16_000_000
#: Where the file says of which schema its rows are.
_KEY: Final = b"tagger"


def write_parquet(records: Iterable[Record], file: IO[bytes]) -> None:
    """Write the objects that ``articles.jsonl`` would hold, a row each.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    arrow, parquet = _pyarrow()
    schema = _schema(arrow)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        group: list[Any] = []
        for rows in _batches(records):
            group.append(arrow.RecordBatch.from_pylist(rows, schema))
            if sum(batch.nbytes for batch in group) >= _GROUP:
                writer.write_table(arrow.Table.from_batches(group))
                group = []
        if group:
            writer.write_table(arrow.Table.from_batches(group))


def read_parquet(path: Path) -> Iterator[Record]:
    """Yield the records of a file that `write_parquet` wrote.

    Raises:
        MissingExtraError: pyarrow is not installed.
        UnreadableFileError: It is no Parquet file, or not of records.
    """
    arrow, parquet = _pyarrow()
    try:
        with parquet.ParquetFile(path) as file:
            _check_columns(file.schema_arrow, _schema(arrow), path)
            for batch in file.iter_batches(_BATCH):
                for row in batch.to_pylist():
                    yield _record(row)
    except (OSError, ValueError, arrow.ArrowException) as error:
        raise UnreadableFileError(f"not records: {error}", path=path) from error


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 an extra
        from pyarrow import parquet  # noqa: PLC0415 an extra
    except ImportError as error:
        raise MissingExtraError(
            'Parquet needs an extra: pip install "tagger[parquet]"'
        ) from error
    return pa, parquet


def _schema(arrow: Any) -> Any:
    """The columns. Offsets as everywhere: code points, end exclusive."""
    text, offset, score = arrow.string(), arrow.int32(), arrow.float64()

    def needed(name: str, kind: Any) -> Any:
        return arrow.field(name, kind, nullable=False)

    def several(kind: Any) -> Any:
        return arrow.list_(needed("element", kind))

    def struct(*fields: Any) -> Any:
        return arrow.struct(fields)

    where = struct(
        needed("path", text),
        needed("sha256", text),
        needed("start", arrow.int64()),
        needed("end", arrow.int64()),
        arrow.field("line", arrow.int64()),  # null for whole files
    )
    entity = struct(
        needed("start", offset),
        needed("end", offset),
        needed("label", text),
        needed("text", text),
        arrow.field("score", score),
    )
    guess = struct(
        needed("section", text),
        needed("score", score),
        needed("primary", arrow.bool_()),
        arrow.field("reason", _reason(arrow)),  # null where it was not asked for
    )
    fields = [
        needed("id", text),
        needed("source", where),
        needed("kicker", several(text)),
        arrow.field("title", text),
        needed("subheads", several(text)),
        needed("byline", several(text)),
        arrow.field("column", text),
        arrow.field("date", text),
        needed(
            "cut", struct(needed("confidence", score), needed("reasons", several(text)))
        ),
        needed("text", text),
        needed("entities", several(entity)),
        needed("sections", several(guess)),
        needed("review", several(text)),
        needed("model", struct(needed("name", text), needed("version", text))),
    ]
    return arrow.schema(fields, metadata={_KEY: SCHEMA.encode()})


def _reason(arrow: Any) -> Any:
    """The columns of why a section was given."""
    text, weight = arrow.string(), arrow.float64()

    def several(kind: Any) -> Any:
        return arrow.list_(arrow.field("element", kind, nullable=False))

    def all_of(**fields: Any) -> Any:
        return arrow.struct(
            [arrow.field(n, k, nullable=False) for n, k in fields.items()]
        )

    terms = several(
        all_of(text=text, weight=weight, spans=several(several(arrow.int32())))
    )
    return arrow.struct(
        [
            arrow.field("runner_up", text),
            arrow.field("margin", weight, nullable=False),
            arrow.field("for", terms, nullable=False),
            arrow.field("against", terms, nullable=False),
            arrow.field(
                "beside", several(all_of(section=text, weight=weight)), nullable=False
            ),
        ]
    )


def _check_columns(found: Any, ours: Any, path: Path) -> None:
    said = (found.metadata or {}).get(_KEY, SCHEMA.encode())
    if said != SCHEMA.encode():
        problem = f"its schema is {said.decode()!r}, this version reads {SCHEMA!r}"
        raise UnreadableFileError(problem, path=path)
    if missing := set(ours.names) - set(found.names):
        problem = f"not records: no column {', '.join(sorted(missing))}"
        raise UnreadableFileError(problem, path=path)


def _batches(records: Iterable[Record]) -> Iterator[list[dict[str, Any]]]:
    rows = (record.to_dict() for record in records)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _record(row: dict[str, Any]) -> Record:
    if row["source"].get("line") is None:
        row["source"].pop("line", None)
    for guess in row["sections"]:
        if guess.get("reason") is None:
            guess.pop("reason", None)
    return checked_record({"schema": SCHEMA, **row})
