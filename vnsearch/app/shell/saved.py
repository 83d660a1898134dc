"""Saved searches: questions under names, in a file of the user beside the history.

The file is JSON for people to read. One that cannot be understood is never written over.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, get_args

from ...models import Marks, Match
from ...records import record
from ..inert import inert_json
from .files import PRIVATE, write_whole
from .history import history_path
from .question import Question

SCHEMA: Final = 1
MAX_NAME: Final = 64
MAX_FILE: Final = 4 << 20
"""How many characters of a file are read at most."""


class BadFile(Exception):
    """The file of saved searches is not one."""


@record(frozen=True, slots=True)
class Saved:
    """A question, and how it was to be matched."""

    question: Question
    match: Match
    marks: Marks


def saved_path(environ: Mapping[str, str]) -> Path:
    """The file of saved searches. Raises RuntimeError where the user has no home."""
    return history_path(environ).with_name("searches.json")


def clean_name(name: str) -> str | None:
    """A name as it is kept, in NFC: letters, digits, - _ and . in one word; None for what is no name.

    >>> clean_name("đạo-đức.2018"), clean_name("a b"), clean_name("../x"), clean_name("")
    ('đạo-đức.2018', None, None, None)
    """
    name = unicodedata.normalize("NFC", name)
    plain = name.replace("-", "").replace("_", "").replace(".", "")
    return name if plain.isalnum() and len(name) <= MAX_NAME and not name.startswith((".", "-")) else None


def read_saved(path: Path) -> dict[str, Saved]:
    """The saved searches by name; none where there is no file. Raises `BadFile`, and OSError."""
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise BadFile from None
    try:
        return {str(name): _read(kept) for name, kept in json.loads(text)["searches"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadFile from None


def save(path: Path, name: str, saved: Saved) -> None:
    """Keep a search under a name, in place of one of that name. Raises `BadFile`, and OSError."""
    searches = {**read_saved(path), name: saved}
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {name: {**asdict(s.question), "match": s.match, "marks": s.marks} for name, s in sorted(searches.items())}
    text = json.dumps({"schema": SCHEMA, "searches": kept}, ensure_ascii=False, indent=2)
    write_whole(path, inert_json(text) + "\n", PRIVATE, over=True)


def _read(kept: Mapping[str, Any]) -> Saved:
    """A search as the file has it. Raises what `read_saved` takes for a bad file."""
    filters = tuple((_text(name), _text(value)) for name, value in kept["filters"])
    within = tuple(map(_text, kept["within"]))
    question = Question(_text(kept["query"]), within, filters, _text(kept["sort"]), _text(kept["like"]))
    if kept["match"] not in get_args(Match) or kept["marks"] not in get_args(Marks):
        raise ValueError
    return Saved(question, kept["match"], kept["marks"])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
