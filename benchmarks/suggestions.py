"""How often the suggestion for a misspelled query is right: `python benchmarks/suggestions.py ARTICLES.jsonl[.gz]`.

    [--limit N] [--index FOLDER] [--unseen MORE.jsonl[.gz]] [--rows 300] [--seed 1] [--output result.json]

ARTICLES are JSON Lines with `text` (and perhaps `id`, `title`); the first N are indexed, unless an index of them is
named. Rows of 3 or 4 syllables that stand side by side in these articles get one slip each, of every kind in turn, and
the suggestion for it is compared with the row, marks and all. A row counts as frequent where each two neighbours stand
so in at least 5 passages. Rows without a slip show how often a suggestion is a false alarm: rows of the indexed
articles, and rows of articles that were not indexed (those behind the first N, or MORE), all of whose words the index
holds. What is random has a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import statistics
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final

from json_lines import read_lines

from vnsearch import Document, Index
from vnsearch.engine import Snapshot
from vnsearch.search.slots import MarksPolicy, mark_weight
from vnsearch.search.suggestions import suggest_query
from vnsearch.text.canonical import canonical, fold, key
from vnsearch.text.syllable import assemble, is_syllable, parse

Row = list[str]
Slip = Callable[[str, random.Random], str | None]
"""A syllable -> the same with a slip, or None where it offers no place for it."""

FREQUENT: Final = 5
TRIES: Final = 200
_RUN: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){2,}")
_TELEX_TONES: Final = dict(zip("\u0301\u0300\u0309\u0303\u0323", "sfrxj", strict=True))
_VNI_TONES: Final = dict(zip("\u0301\u0300\u0309\u0303\u0323", "12345", strict=True))
_VNI_MARKS: Final = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_LETTERS: Final = "abcdeghiklmnopqrstuvxy"


def onset(*pairs: tuple[str, str]) -> Slip:
    """One onset for another."""
    table: dict[str, list[str]] = {}
    for a, b in pairs:
        table.setdefault(a, []).append(b)
        table.setdefault(b, []).append(a)

    def slip(syllable: str, rng: random.Random) -> str | None:
        parts = parse(syllable)
        if parts is None or parts.onset not in table:
            return None
        other = assemble(rng.choice(table[parts.onset]), parts.rime, parts.tone)
        return other if is_syllable(other) else None

    return slip


def coda(a: str, b: str) -> Slip:
    """One coda for another."""

    def slip(syllable: str, rng: random.Random) -> str | None:
        parts = parse(syllable)
        if parts is None:
            return None
        for mine, other in ((b, a), (a, b)):  # ng before n
            stem = parts.rime.removesuffix(mine)
            if stem != parts.rime and not stem.endswith("n"):
                changed = assemble(parts.onset, stem + other, parts.tone)
                return changed if is_syllable(changed) else None
        return None

    return slip


def tones(*swaps: tuple[str, str]) -> Slip:
    """One combining mark for another."""

    def slip(syllable: str, rng: random.Random) -> str | None:
        decomposed = unicodedata.normalize("NFD", syllable)
        places = [(a, b) for x, y in swaps for a, b in ((x, y), (y, x)) if a in decomposed]
        if not places:
            return None
        a, b = rng.choice(places)
        changed = unicodedata.normalize("NFC", decomposed.replace(a, b))
        return changed if is_syllable(changed) else None

    return slip


def another_tone(syllable: str, rng: random.Random) -> str | None:
    """Another tone, but not hỏi for ngã."""
    parts = parse(syllable)
    if parts is None:
        return None
    others = [assemble(parts.onset, parts.rime, t) for t in range(6) if t != parts.tone and {t, parts.tone} != {2, 3}]
    return rng.choice([other for other in others if is_syllable(other)] or [None])


def another_mark(syllable: str, rng: random.Random) -> str | None:
    """Another vowel mark, or d for đ and the other way."""
    groups = ("aăâ", "oôơ", "eê", "uư", "dđ")
    decomposed = [unicodedata.normalize("NFD", c) for c in syllable]
    found = []
    for place, c in enumerate(decomposed):
        plain = unicodedata.normalize("NFC", "".join(x for x in c if x not in _TELEX_TONES))
        tone = "".join(x for x in c if x in _TELEX_TONES)
        for group in groups:
            if plain in group:
                for other in group.replace(plain, ""):
                    changed = syllable[:place] + unicodedata.normalize("NFC", other + tone) + syllable[place + 1 :]
                    if is_syllable(changed):
                        found.append(changed)
    return rng.choice(found) if found else None


def missing(syllable: str, rng: random.Random) -> str | None:
    """A letter missing."""
    if len(syllable) < 3:
        return None
    place = rng.randrange(len(syllable))
    return syllable[:place] + syllable[place + 1 :]


def doubled(syllable: str, rng: random.Random) -> str | None:
    """A letter typed twice."""
    place = rng.randrange(len(syllable))
    return syllable[:place] + syllable[place] + syllable[place:]


def wrong(syllable: str, rng: random.Random) -> str | None:
    """Another letter."""
    if len(syllable) < 3:
        return None
    place = rng.randrange(len(syllable))
    return syllable[:place] + rng.choice(_LETTERS) + syllable[place + 1 :]


def swapped(syllable: str, rng: random.Random) -> str | None:
    """Two neighbouring letters in each other's place."""
    places = [i for i in range(len(syllable) - 1) if syllable[i] != syllable[i + 1]]
    if len(syllable) < 3 or not places:
        return None
    place = rng.choice(places)
    return syllable[:place] + syllable[place + 1] + syllable[place] + syllable[place + 2 :]


def telex(syllable: str, rng: random.Random | None = None) -> str | None:
    """The keys of Telex, the tone at the end."""
    keys, tone = "", ""
    for c in unicodedata.normalize("NFD", syllable):
        if c in _TELEX_TONES:
            tone = _TELEX_TONES[c]
        elif c == "đ":
            keys += "dd"
        elif c == "\u0302":
            keys += keys[-1]
        else:
            keys += "w" if c in _VNI_MARKS else c
    return keys + tone


def vni(syllable: str, rng: random.Random | None = None) -> str | None:
    """The keys of VNI, the tone at the end."""
    keys, tone = "", ""
    for c in unicodedata.normalize("NFD", syllable):
        if c in _VNI_TONES:
            tone = _VNI_TONES[c]
        else:
            keys += "d9" if c == "đ" else _VNI_MARKS.get(c, c)
    return keys + tone


SLIPS: Final[dict[str, Slip]] = {
    "hỏi/ngã": tones(("\u0309", "\u0303")),
    "s/x": onset(("s", "x")),
    "ch/tr": onset(("ch", "tr")),
    "d/gi/r": onset(("d", "gi"), ("d", "r"), ("gi", "r")),
    "l/n": onset(("l", "n")),
    "v/d": onset(("v", "d"), ("v", "gi")),
    "n/ng": coda("n", "ng"),
    "c/t": coda("c", "t"),
    "ng/ngh, c/k, g/gh": onset(("ng", "ngh"), ("c", "k"), ("g", "gh")),
    "another tone": another_tone,
    "another vowel mark": another_mark,
    "a letter missing": missing,
    "a letter doubled": doubled,
    "another letter": wrong,
    "letters swapped": swapped,
    "one word in Telex": telex,
    "one word in VNI": vni,
}
"""Slips in one syllable."""


def in_one(slip: Slip) -> Callable[[Row, random.Random], Row | None]:
    """A slip in one syllable of a row, any of those that offer a place for it."""

    def slipped(row: Row, rng: random.Random) -> Row | None:
        for place in rng.sample(range(len(row)), len(row)):
            changed = slip(row[place], rng)
            if changed is not None and key(canonical(changed)) != key(row[place]):
                return [*row[:place], changed, *row[place + 1 :]]
        return None

    return slipped


def unmarked(row: Row, rng: random.Random) -> Row:
    """A row without marks."""
    return [fold(syllable) for syllable in row]


def glued(row: Row, rng: random.Random) -> Row:
    """A row that lacks a space."""
    place = rng.randrange(len(row) - 1)
    return [*row[:place], row[place] + row[place + 1], *row[place + 2 :]]


def split(row: Row, rng: random.Random) -> Row | None:
    """A row with a space inside a syllable."""
    places = [place for place, syllable in enumerate(row) if len(syllable) > 2]
    if not places:
        return None
    place = rng.choice(places)
    inside = rng.randrange(1, len(row[place]))
    return [*row[:place], row[place][:inside], row[place][inside:], *row[place + 1 :]]


def after(
    first: Callable[[Row, random.Random], Row | None], then: Callable[[Row, random.Random], Row | None]
) -> Callable[[Row, random.Random], Row | None]:
    """One change after another."""

    def both(row: Row, rng: random.Random) -> Row | None:
        changed = first(row, rng)
        return None if changed is None else then(changed, rng)

    return both


KINDS: Final[dict[str, Callable[[Row, random.Random], Row | None]]] = {
    **{name: in_one(slip) for name, slip in SLIPS.items()},
    "glued": glued,
    "glued, unmarked": after(unmarked, glued),
    "split": split,
    "all in Telex": lambda row, _: [telex(s) or s for s in row],
    "all in VNI": lambda row, _: [vni(s) or s for s in row],
    "unmarked, swapped": after(unmarked, in_one(swapped)),
    "unmarked, missing": after(unmarked, in_one(missing)),
    "unmarked, s/x": after(unmarked, in_one(onset(("s", "x")))),
    "unmarked, ch/tr": after(unmarked, in_one(onset(("ch", "tr")))),
}
"""Slips in a row."""


def documents(articles: Sequence[dict[str, Any]]) -> Iterator[Document]:
    """Articles as documents."""
    for number, article in enumerate(articles):
        yield Document(str(article.get("id", number)), article["text"], article.get("title", ""))


def draw(texts: Sequence[str], rng: random.Random) -> Iterator[Row]:
    """Rows of 3 or 4 syllables that stand in texts with a space between, and nothing else."""
    while True:
        runs = _RUN.findall(rng.choice(texts))
        words = rng.choice(runs).split() if runs else []
        length = rng.choice((3, 4))
        if len(words) >= length:
            first = rng.randrange(len(words) - length + 1)
            row = [canonical(word) for word in words[first : first + length]]
            if all(map(is_syllable, row)):
                yield row


def is_frequent(snapshot: Snapshot, row: Row) -> bool:
    """Whether each two neighbours of a row stand side by side in enough passages."""
    return all(
        sum(len(found.records) for field in ("title", "body") for _, _, found in snapshot.pairs(field, [a], [b]))
        >= FREQUENT
        for a, b in pairwise(row)
    )


def holds(snapshot: Snapshot, row: Row) -> bool:
    """Whether the collection holds every word of a row."""
    return all(any(snapshot.frequency(field, word) for field in ("title", "body")) for word in row)


def is_found(typed: Row, row: Row) -> bool:
    """Whether a search for what was typed finds the row as it is: đoc is read as đọc."""
    return len(typed) == len(row) and all(
        mark_weight(canonical(mine), word, MarksPolicy.COMPATIBLE) > 0 for mine, word in zip(typed, row, strict=True)
    )


def same(a: str, b: str) -> bool:
    """Whether two queries differ in the spelling of i and y at most."""
    return [key(canonical(word)) for word in a.split()] == [key(canonical(word)) for word in b.split()]


class Tally:
    """What became of queries."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.seconds: list[float] = []

    def ask(self, query: str) -> str | None:
        """The suggestion, with the clock running."""
        begin = time.perf_counter()
        suggestion = suggest_query(self.snapshot, query)
        self.seconds.append(time.perf_counter() - begin)
        return suggestion

    def slips(self, texts: Sequence[str], kind: str, wanted: int, seed: int, verbose: bool) -> dict[str, int]:
        """Rows with one kind of slip: how many are put right, turned into something else, and left alone."""
        rng = random.Random(f"{seed} {kind}")
        counts: Counter[str] = Counter()
        for row in islice(draw(texts, rng), TRIES * wanted):
            typed = KINDS[kind](row, rng)
            if typed is None or is_found(typed, row):
                continue
            text = " ".join(typed)
            suggestion = self.ask(text)
            outcome = "none" if suggestion is None else "right" if same(suggestion, " ".join(row)) else "another"
            frequent = is_frequent(self.snapshot, row)
            counts.update([outcome, *([f"frequent {outcome}"] if frequent else [])])
            if verbose and frequent and outcome != "right":
                print(f"    {' '.join(row)}: {text} -> {suggestion}")
            if sum(counts[name] for name in ("right", "another", "none")) == wanted:
                break
        return dict(counts)

    def alarms(self, texts: Sequence[str], bare_too: bool, wanted: int, seed: int, verbose: bool) -> dict[str, int]:
        """Rows without a slip: how many get a suggestion."""
        rng = random.Random(seed)
        counts: Counter[str] = Counter()
        for row in islice((r for r in draw(texts, rng) if holds(self.snapshot, r)), wanted):
            text = " ".join(unmarked(row, rng) if bare_too else row)
            suggestion = self.ask(text)
            outcome = "alarm" if suggestion is not None else "none"
            counts.update([outcome, *([f"frequent {outcome}"] if is_frequent(self.snapshot, row) else [])])
            if verbose and suggestion:
                print(f"    {text} -> {suggestion}")
        return dict(counts)


def share(counts: dict[str, int], outcome: str, prefix: str = "") -> str:
    """A share in percent, of all or of the frequent rows."""
    total = size(counts, prefix)
    return f"{100 * counts.get(prefix + outcome, 0) / total:9.1f}" if total else f"{'-':>9}"


def size(counts: dict[str, int], prefix: str = "") -> int:
    """How many rows there were."""
    return sum(counts.get(prefix + outcome, 0) for outcome in ("right", "another", "none", "alarm"))


def texts_of(articles: Sequence[dict[str, Any]]) -> list[str]:
    """The texts of articles, composed."""
    return [unicodedata.normalize("NFC", article["text"]) for article in articles]


def measure(tally: Tally, seen: list[str], unseen: list[str], given: argparse.Namespace) -> dict[str, Any]:
    """Print the tables; returns what they are made of."""
    saved: dict[str, Any] = {}
    outcomes = ("right", "another", "none")
    heads = "".join(f"{outcome:>9}" for outcome in outcomes)
    print(f"\n{'slip':22}{'rows':>6}{heads}{'frequent':>12}{heads}   (percent)")
    for kind in KINDS:
        counts = saved[kind] = tally.slips(seen, kind, given.rows, given.seed, given.verbose)
        every = "".join(share(counts, outcome) for outcome in outcomes)
        frequent = "".join(share(counts, outcome, "frequent ") for outcome in outcomes)
        print(f"{kind:22}{size(counts):6}{every}{size(counts, 'frequent '):12}{frequent}", flush=True)
    print(f"\n{'no slip':28}{'rows':>6}{'alarms':>9}{'frequent':>12}{'alarms':>9}   (percent)")
    for name, texts in (("indexed articles", seen), ("other articles", unseen)):
        for bare_too in (False, True) if texts else ():
            label = name + (", unmarked" if bare_too else "")
            counts = saved[label] = tally.alarms(texts, bare_too, 3 * given.rows, given.seed, given.verbose)
            row = f"{size(counts):6}{share(counts, 'alarm')}{size(counts, 'frequent '):12}"
            print(f"{label:28}{row}{share(counts, 'alarm', 'frequent ')}", flush=True)
    return saved


def main() -> None:
    """Index or open, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, help="index only the first articles")
    parser.add_argument("--index", type=Path, help="an index of these articles, to be read only")
    parser.add_argument("--unseen", type=Path, help="articles that are not indexed")
    parser.add_argument("--rows", type=int, default=300, help="rows of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="print what went wrong")
    parser.add_argument("--output", type=Path, help="save every figure")
    given = parser.parse_args()
    articles = list(read_lines(given.articles))
    unseen = list(read_lines(given.unseen)) if given.unseen else articles[given.limit :] if given.limit else []
    articles = articles[: given.limit]
    with ExitStack() as stack:
        if given.index:
            index = stack.enter_context(Index.open(given.index))
        else:
            index = stack.enter_context(Index.create(stack.enter_context(tempfile.TemporaryDirectory())))
            index.add(documents(articles))
        stats = index.stats()
        size_of = f"{stats.documents:,} documents, {stats.passages:,} passages, {stats.vocabulary:,} terms"
        print(f"{size_of}, seed {given.seed}, Python {platform.python_version()}, {platform.machine()}")
        tally = Tally(index._snapshot)
        saved = measure(tally, texts_of(articles), texts_of(unseen), given)
        times = sorted(1000 * seconds for seconds in tally.seconds)
        median, slowest = statistics.median(times), times[int(0.95 * len(times))]
        print(f"\na suggestion takes {median:.1f} ms (median of {len(times):,}), {slowest:.1f} ms (95th of 100)")
    if given.output:
        where = {"python": platform.python_version(), "machine": platform.machine()}
        result = {"index": size_of, "seed": given.seed, **where, "median ms": median, "p95 ms": slowest, "rows": saved}
        given.output.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
