"""Articles from JSON Lines, and the queries that are put to them."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Final

from unidecode import unidecode

from ..json_lines import read_lines
from .adapter import SHORT, Article, Kind

SYLLABLE: Final = re.compile(r"[^\W\d_]+")
LONGEST: Final = 5
QUESTION: Final = range(10, 26)
"""Syllables of a long question."""
TRIES: Final = 200
"""Places looked at for one query, on average, before a collection counts as too small."""

Queries = dict[Kind, list[str]]


class CorpusError(Exception):
    """What was given cannot be read as articles or as questions."""


def read_articles(path: Path, limit: int | None = None) -> Iterator[Article]:
    """The articles of a JSON Lines file, plain or .gz: objects with `id` (or `_id`), `text`, and perhaps `title`.

    An `abstract` is left out: it tells the article again, and serves elsewhere as a query for it.
    """
    try:
        for entry in islice(read_lines(path), limit):
            name = entry["id"] if "id" in entry else entry["_id"]
            yield Article(str(name), str(entry.get("title", "")), str(entry["text"]))
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        raise CorpusError(f"'{path}' is no file of articles (JSON Lines of id, title, text): {error}") from error


def draw_queries(texts: Sequence[str], count: int, rng: random.Random) -> Queries:
    """`count` distinct queries a kind: 1-5 syllables that follow each other in a text with nothing but space between.

    "unmarked" ones are then folded. The length is drawn first, then the place, so that lengths are equally likely.
    """
    queries: Queries = {}
    for kind in (*SHORT, "default", "ranking"):
        drawn: dict[str, None] = {}
        for _ in range(TRIES * count):
            if len(drawn) == count:
                break
            query = _stretch(rng.choice(texts), rng.randint(1, LONGEST), rng)
            if query:
                drawn[unidecode(query).lower() if kind == "unmarked" else query] = None
        else:
            raise CorpusError(f"the articles are too few or too short to draw {count} queries from them")
        queries[kind] = list(drawn)
    return queries


def read_questions(folders: Sequence[Path], count: int, rng: random.Random) -> list[str]:
    """`count` long questions from `queries.jsonl` (of BEIR) anywhere in the folders.

    Punctuation is taken out: what engines do with it is not what is measured.
    """
    files = sorted(file for folder in folders for file in folder.glob("**/queries.jsonl"))
    if folders and not files:
        raise CorpusError(f"there is no queries.jsonl in {', '.join(map(str, folders))}")
    questions: dict[str, None] = {}
    for file in files:
        try:
            texts = [str(json.loads(line)["text"]) for line in file.read_text(encoding="utf-8").splitlines()]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CorpusError(f"'{file}' is no file of questions (JSON Lines of _id, text): {error}") from error
        for text in texts:
            syllables = SYLLABLE.findall(_plain(text))
            if len(syllables) in QUESTION:
                questions[" ".join(syllables)] = None
    if files and len(questions) < count:
        raise CorpusError(f"there are only {len(questions)} questions of 10-25 syllables; {count} are wanted")
    return rng.sample(list(questions), count) if files else []


def _stretch(text: str, length: int, rng: random.Random) -> str | None:
    """A query from a random place of a text, or None where the place will not do."""
    plain = _plain(text)
    syllables = list(SYLLABLE.finditer(plain))
    if len(syllables) < length:
        return None
    start = rng.randrange(len(syllables) - length + 1)
    taken = syllables[start : start + length]
    between = (plain[one.end() : two.start()] for one, two in pairwise(taken))
    return None if any(not gap.isspace() for gap in between) else " ".join(one.group() for one in taken)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()
