"""An object that claims to be a record becomes one, or it is said what is wrong."""

from typing import Any, Final

from tagger.records import SCHEMA, Record

_STRINGS: Final = ("id", "title", "column", "date", "text")
_LISTS: Final = ("kicker", "subheads", "byline", "review")


def checked_record(data: Any) -> Record:
    """The record, if writing it again gives the very same object.

    So a field of a later version, or a name that is not its piece of the text, is
    never lost or passed on unseen.

    Raises:
        ValueError: It is no record of this version; says which field is wrong.
    """
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 one kind for all of it
    if data.get("schema") != SCHEMA:
        found = data.get("schema")
        raise ValueError(f"its schema is {found!r}, this version reads {SCHEMA!r}")
    try:
        record = Record.from_dict(data)
        again = record.to_dict()
    except KeyError as error:
        raise ValueError(f"the field {error} is missing") from error
    except (AttributeError, TypeError) as error:
        raise ValueError(f"not a record: {error}") from error
    for name in sorted(data.keys() | again.keys()):
        if name not in again or data.get(name) != again[name]:
            raise ValueError(f"the field {name!r} is not as this version writes it")
    _check_types(again)
    return record


def _check_types(data: dict[str, Any]) -> None:
    """Refuse numbers where words belong, which Python alone would let pass."""
    texts = [(name, data[name]) for name in _STRINGS if data[name] is not None]
    texts += [(name, item) for name in _LISTS for item in data[name]]
    texts += [("source", data["source"][key]) for key in ("path", "sha256")]
    for name, value in texts:
        if not isinstance(value, str):
            raise ValueError(f"the field {name!r} holds {value!r}, not a string")  # noqa: TRY004
        value.encode()  # half a surrogate pair is no text; the error is a ValueError
