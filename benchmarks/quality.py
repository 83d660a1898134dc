"""How well the first page answers: nDCG@10, MRR@10 and recall over sets in BEIR layout, for each way to type a query.

    python benchmarks/quality.py [FOLDER ...] [--forms given,unmarked] [--limit 300] [--output result.json]

A folder holds `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels.tsv`; without one,
those in `$VNSEARCH_DATA/retrieval`. Searches go through `Index.search` as a program calls it, with nothing but
`limit=100`. Beside it stand plain BM25 over syllables, with their marks and without, computed here. What is random has
a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from vnsearch import Document, Index

Search = Callable[[str], list[str]]
Judged = Mapping[str, Mapping[str, float]]

DEPTH: Final = 100
_WORD: Final = re.compile(r"[^\W_]+")
_TONES: Final = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_MARKS: Final = {**_TONES, **dict.fromkeys(map(ord, "\u0302\u0306\u031b"))}


def without(syllable: str, marks: Mapping[int, None]) -> str:
    """A syllable without some combining marks."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", syllable).translate(marks))


def bare(syllable: str) -> str:
    """A syllable without any mark."""
    return without(syllable, _MARKS).replace("đ", "d").replace("Đ", "D")


def half(text: str, rng: random.Random) -> str:
    """Text of which each syllable has lost its marks with a probability of one half."""
    return _WORD.sub(lambda match: bare(match.group()) if rng.random() < 0.5 else match.group(), text)


_OPEN: Final = re.compile(r"(?<![qQ])(o[ae]|uy)(?![^\W\d_])", re.IGNORECASE)


def moved(text: str, _: random.Random) -> str:
    """Text whose tone marks on open oa, oe, uy stand on the other vowel: hòa as hoà, hoà as hòa."""
    return _WORD.sub(lambda match: _moved(match.group()), text)


def _moved(syllable: str) -> str:
    plain = without(syllable, _TONES)
    found = _OPEN.search(plain)
    tones = [c for c in unicodedata.normalize("NFD", syllable) if ord(c) in _TONES]
    if not found or len(tones) != 1:
        return syllable
    first = found.start()
    here = without(syllable[first], _TONES) != syllable[first]
    place = first + 1 if here else first
    return unicodedata.normalize("NFC", plain[: place + 1] + tones[0] + plain[place + 1 :])


def confused(text: str, rng: random.Random) -> str:
    """Text of which one syllable, if any has hỏi or ngã, has the other."""
    decomposed = unicodedata.normalize("NFD", text)
    places = [place for place, c in enumerate(decomposed) if c in "\u0309\u0303"]
    if places:
        place = rng.choice(places)
        other = "\u0303" if decomposed[place] == "\u0309" else "\u0309"
        decomposed = decomposed[:place] + other + decomposed[place + 1 :]
    return unicodedata.normalize("NFC", decomposed)


FORMS: Final[dict[str, Callable[[str, random.Random], str]]] = {
    "given": lambda text, _: text,
    "unmarked": lambda text, _: _WORD.sub(lambda match: bare(match.group()), text),
    "half": half,
    "toneless": lambda text, _: without(text, _TONES),
    "moved": moved,
    "nfd": lambda text, _: unicodedata.normalize("NFD", text),
    "upper": lambda text, _: text.upper(),
    "confused": confused,
}
"""Ways to type a query."""


class PlainBM25:
    """BM25 (k1 1.2, b 0.75) over the syllables of whole documents, as `read` spells them."""

    def __init__(self, documents: Sequence[Document], read: Callable[[str], str]) -> None:
        self._read = read
        self._ids = [document.id for document in documents]
        held: dict[str, list[tuple[int, int]]] = defaultdict(list)
        sizes = np.zeros(len(documents))
        for number, document in enumerate(documents):
            words = self._words(f"{document.title} {document.text}")
            sizes[number] = len(words)
            for word, count in Counter(words).items():
                held[word].append((number, count))
        norms = 1.2 * (0.25 + 0.75 * sizes / max(sizes.mean(), 1.0))
        self._scores: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        for word, postings in held.items():
            numbers, counts = np.array(postings).T
            idf = math.log1p((len(documents) - len(numbers) + 0.5) / (len(numbers) + 0.5))
            self._scores[word] = numbers, idf * 2.2 * counts / (counts + norms[numbers])

    def _words(self, text: str) -> list[str]:
        return _WORD.findall(self._read(unicodedata.normalize("NFC", text).lower()))

    def __call__(self, query: str) -> list[str]:
        scores = np.zeros(len(self._ids))
        for word in self._words(query):
            if word in self._scores:
                numbers, earned = self._scores[word]
                scores[numbers] += earned
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        return [self._ids[number] for number in order if scores[number] > 0]


def figures(ranked: Sequence[str], judged: Mapping[str, float]) -> dict[str, float]:
    """The figures of one query, by the ids that it found and those that are right."""
    gains = [judged.get(name, 0.0) for name in ranked[:10]]
    ideal = sorted(judged.values(), reverse=True)[:10]
    first = next((place for place, gain in enumerate(gains, start=1) if gain > 0), 0)
    right = {name for name, gain in judged.items() if gain > 0}
    recall = {f"recall@{k}": len(right & {*ranked[:k]}) / len(right) for k in (1, 10, 100)}
    return {"nDCG@10": _discounted(gains) / _discounted(ideal), "MRR@10": 1 / first if first else 0.0, **recall}


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def evaluate(search: Search, queries: Mapping[str, str], judged: Judged, form: str) -> dict[str, float]:
    """The averages over queries in one form."""
    rng = random.Random(1)
    sums: Counter[str] = Counter()
    for name, text in queries.items():
        sums.update(figures(search(FORMS[form](text, rng)), judged[name]))
    return {figure: total / len(queries) for figure, total in sums.items()}


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_set(folder: Path, limit: int | None) -> tuple[list[Document], dict[str, str], Judged]:
    """Documents, queries that have an answer, and what answers them."""
    documents = [Document(d["_id"], d["text"], d.get("title", "")) for d in read_lines(folder / "corpus.jsonl")]
    judged: dict[str, dict[str, float]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text().splitlines()[1:]:
        query, document, gain = line.split("\t")
        judged[query][document] = float(gain)
    queries = {q["_id"]: q["text"] for q in read_lines(folder / "queries.jsonl") if q["_id"] in judged}
    return documents, dict(list(queries.items())[:limit]), judged


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--forms", default=",".join(FORMS))
    parser.add_argument("--limit", type=int, help="only the first queries of each set")
    parser.add_argument("--output", type=Path, help="save every figure")
    given = parser.parse_args()
    found = Path(os.environ.get("VNSEARCH_DATA", "")) / "retrieval"
    folders = given.folders or sorted(path for path in found.glob("*") if path.is_dir())
    if not folders:
        parser.error("name a folder in BEIR layout, or set VNSEARCH_DATA")
    saved = []
    for folder in folders:
        documents, queries, judged = read_set(folder, given.limit)
        print(f"\n{folder.name}: {len(documents):,} documents, {len(queries):,} queries")
        print(
            f"{'':24}" + "".join(f"{name:>12}" for name in ("nDCG@10", "MRR@10", "recall@1", "recall@10", "recall@100"))
        )
        with tempfile.TemporaryDirectory() as work, Index.create(work) as index:
            index.add(documents)
            engines: dict[str, Search] = {
                "vnsearch": lambda query, index=index: [hit.id for hit in index.search(query, limit=DEPTH, passages=0)],  # type: ignore[misc]
                "BM25": PlainBM25(documents, str),
                "BM25 folded": PlainBM25(documents, bare),
            }
            for form in given.forms.split(","):
                for name, search in engines.items():
                    begin = time.perf_counter()
                    row = evaluate(search, queries, judged, form)
                    seconds = time.perf_counter() - begin
                    print(f"{form:10}{name:14}" + "".join(f"{value:12.4f}" for value in row.values()), flush=True)
                    saved.append({"set": folder.name, "form": form, "engine": name, "seconds": seconds, **row})
    if given.output:
        given.output.write_text(json.dumps({"seed": 1, "limit": given.limit, "rows": saved}, indent=1) + "\n")


if __name__ == "__main__":
    main()
