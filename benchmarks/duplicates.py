"""How well signatures tell near-duplicates, against the exact resemblance of texts, and what they cost.

    python benchmarks/duplicates.py ARTICLES [--limit N] [--made M] [--seed S]

ARTICLES is JSON Lines (or .gz) of `id`, `title`, `text`. The resemblance of two texts is the Jaccard coefficient of
their sets of pairs of adjacent syllables; near-duplicates have .8 or more. Articles of fewer than 20 syllables are left
out.

Three tables: the near-duplicates among the articles, all of them found exactly, against the groups that signatures
make; M made pairs, an article and a copy that lost its end and got a piece of another, by resemblance, for these
signatures and others that take up to 32 bytes; and times.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from json_lines import read_documents
from numpy.typing import NDArray

from vnsearch import Document, Index
from vnsearch.engine.order import hashes_of
from vnsearch.engine.resemblance import groups
from vnsearch.engine.signatures import SHORT, SIZE, Signatures, alike, sign
from vnsearch.engine.stretches import stretches
from vnsearch.search.duplicates import postpone
from vnsearch.text.batch import Tokenizer

NEAR = 0.8
BATCH = 400
BINS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.01)

Numbers = NDArray[np.int64]


class Sets:
    """The distinct pairs of syllables of texts, as numbers: those of text i are `items[bounds[i]:bounds[i + 1]]`."""

    def __init__(self, owners: Numbers, pairs: NDArray[np.uint64], texts: int) -> None:
        _, numbers = np.unique(pairs, return_inverse=True)
        held = np.unique(owners << 32 | numbers)
        self.sizes = np.bincount(held >> 32, minlength=texts)
        self.bounds = np.concatenate(([0], np.cumsum(self.sizes)))
        self.items = held & 0xFFFFFFFF

    def resemblance(self, firsts: Numbers, seconds: Numbers) -> NDArray[np.float64]:
        """The Jaccard coefficients of texts, one by one."""
        found = np.empty(len(firsts))
        for start in range(0, len(firsts), 10_000):
            some, others = firsts[start : start + 10_000], seconds[start : start + 10_000]
            both = np.sort(np.concatenate((self._tagged(some), self._tagged(others))))
            common = np.bincount(both[1:][both[1:] == both[:-1]] >> 32, minlength=len(some))
            found[start : start + 10_000] = common / (self.sizes[some] + self.sizes[others] - common)
        return found

    def _tagged(self, texts: Numbers) -> Numbers:
        items = self.items[stretches(self.bounds[texts], self.sizes[texts])]
        return np.repeat(np.arange(len(texts)) << 32, self.sizes[texts]) | items

    def near(self) -> tuple[Numbers, Numbers]:
        """All pairs of texts of a resemblance of `NEAR`.

        Such texts share one of the rarest fifth of the pairs of each: prefix filtering (Chaudhuri, Ganti and Kaushik,
        *A primitive operator for similarity joins in data cleaning*, 2006).
        """
        frequencies = np.bincount(self.items)
        owners = np.repeat(np.arange(len(self.sizes)), self.sizes)
        order = np.lexsort((self.items, frequencies[self.items], owners))
        rank = np.arange(len(order)) - np.repeat(self.bounds[:-1], self.sizes)
        rare = order[rank <= np.repeat(self.sizes - np.ceil(NEAR * self.sizes), self.sizes)]
        rare = rare[np.lexsort((owners[rare], self.items[rare]))]
        items, owners = self.items[rare], owners[rare]
        found = np.zeros(0, dtype=np.int64)
        step = 1
        while len(same := np.flatnonzero(items[step:] == items[:-step])):
            some, others = owners[same], owners[same + step]
            fit = np.minimum(self.sizes[some], self.sizes[others]) >= NEAR * np.maximum(
                self.sizes[some], self.sizes[others]
            )
            found = np.union1d(found, some[fit] << 32 | others[fit])
            step += 1
        firsts, seconds = found >> 32, found & 0xFFFFFFFF
        enough = self.resemblance(firsts, seconds) >= NEAR
        return firsts[enough], seconds[enough]


class Texts:
    """Tokens of texts, their signatures, and the seconds that these took."""

    def __init__(self, texts: list[str]) -> None:
        tokenizer, hashes = Tokenizer(), np.zeros(0, dtype=np.uint32)
        signatures, terms, counts = [], [], []
        self.seconds = 0.0
        for start in range(0, len(texts), BATCH):
            bodies = tokenizer.tokenize(texts[start : start + BATCH])
            titles = tokenizer.tokenize([""] * (len(bodies.bounds) - 1))
            hashes = np.concatenate((hashes, hashes_of(tokenizer.vocabulary.tokens[len(hashes) :])))
            started = time.process_time()
            signatures.append(sign(hashes, titles, bodies))
            self.seconds += time.process_time() - started
            terms.append(bodies.terms)
            counts.append(np.diff(bodies.bounds))
        self.signatures: Signatures = np.concatenate(signatures)
        self.syllables = sum(map(len, terms))
        self.counts = np.concatenate(counts)
        whole = np.concatenate(terms).astype(np.uint64)
        owners = np.repeat(np.arange(len(self.counts)), self.counts)
        inside = owners[1:] == owners[:-1]
        self.owners = owners[1:][inside]
        self.pairs = (whole[:-1] << np.uint64(32) | whole[1:])[inside]

    def sets(self) -> Sets:
        """The sets of pairs of the texts."""
        return Sets(self.owners, self.pairs, len(self.counts))


def made_pairs(texts: list[str], count: int, seed: int) -> Iterator[str]:
    """An article, and its copy with up to .3 of its end lost, and up to .3 of its length of another put behind."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        text, other = (texts[i] for i in random.integers(0, len(texts), 2))
        kept, added = random.uniform((0.7, 0), (1, 0.3)) * len(text)
        yield text
        yield f"{text[: int(kept)]}\n{other[: int(added)]}"


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """64 bits of each value that look random: the end of SplitMix64 (Steele, Lea and Flood, 2014)."""
    values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return values ^ values >> np.uint64(31)


def simhash(hashes: NDArray[np.uint64], begins: Numbers, _: Numbers) -> NDArray[Any]:
    """64 bits a text: of which each is that of most pairs (Charikar, 2002)."""
    bits = range(64)
    sums = [np.add.reduceat((hashes >> np.uint64(bit) & np.uint64(1)).astype(np.int64) * 2 - 1, begins) for bit in bits]
    return np.stack(sums, axis=1) > 0


def minhash(count: int, bits: int) -> Callable[[NDArray[np.uint64], Numbers, Numbers], NDArray[Any]]:
    """So many bits of so many least hashes, each of a permutation of its own."""

    def cells(hashes: NDArray[np.uint64], begins: Numbers, _: Numbers) -> NDArray[Any]:
        turns = range(1, count + 1)
        least = [np.minimum.reduceat(mixed(hashes + np.uint64(turn)), begins) for turn in turns]
        return np.stack(least, axis=1) & np.uint64((1 << bits) - 1)

    return cells


def bottom(count: int) -> Callable[[NDArray[np.uint64], Numbers, Numbers], NDArray[Any]]:
    """The least hashes of one permutation."""

    def cells(hashes: NDArray[np.uint64], begins: Numbers, ends: Numbers) -> NDArray[Any]:
        rows = [np.unique(hashes[a:b])[:count] for a, b in zip(begins, ends, strict=True)]
        return np.stack([np.pad(row, (0, count - len(row))) for row in rows])

    return cells


def agreement(cells: NDArray[Any], name: str) -> NDArray[np.float64]:
    """How much the signatures of each made pair agree, from 0 to 1."""
    first, second = cells[0::2], cells[1::2]
    if not name.startswith("bottom"):
        return np.asarray((first == second).mean(axis=1))
    count = first.shape[1]
    of_union = [np.union1d(a, b)[:count] for a, b in zip(first, second, strict=True)]
    rows = zip(of_union, first, second, strict=True)
    return np.array([(np.isin(union, a) & np.isin(union, b)).mean() for union, a, b in rows])


def best_threshold(agree: NDArray[np.float64], near: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is called near where the threshold is the one of the highest F1."""

    def f1(called: NDArray[np.bool_]) -> float:
        return 2 * int((called & near).sum()) / max(1, int(called.sum() + near.sum()))

    return max((agree >= least for least in np.unique(agree)), key=f1)


def row(name: str, called: NDArray[np.bool_], resemblance: NDArray[np.float64]) -> str:
    """Precision, recall, and what share of the pairs of each bin was called near."""
    near = resemblance >= NEAR
    bins = np.digitize(resemblance, BINS)
    shares = " ".join(f"{called[bins == place].mean():6.3f}" for place in range(1, len(BINS)) if (bins == place).any())
    right = int((called & near).sum())
    return f"{name:24} {right / max(1, int(called.sum())):6.3f} {right / int(near.sum()):6.3f}  {shares}"


def in_groups(group: Numbers) -> tuple[Numbers, Numbers]:
    """All pairs of places in one group."""
    order = np.argsort(group, kind="stable")
    found = []
    step = 1
    while len(same := np.flatnonzero(group[order[step:]] == group[order[:-step]])):
        found.append((order[same], order[same + step]))
        step += 1
    return tuple(map(np.concatenate, zip(*found, strict=True))) if found else (order[:0], order[:0])  # type: ignore


def show_articles(texts: Texts) -> None:
    """Print the first table."""
    sets = texts.sets()
    firsts, seconds = sets.near()
    group = groups(texts.signatures)
    some, others = in_groups(group)
    resemblance = sets.resemblance(some, others)
    exact = sets.resemblance(firsts, seconds)
    sizes = np.bincount(group)
    print(f"\npairs of articles of a resemblance of {NEAR} or more: {len(firsts)}, {(exact == 1).sum()} of them equal")
    print(f"  of these in one group: {(group[firsts] == group[seconds]).sum()}")
    print(f"  of these alike by their signatures: {alike(texts.signatures[firsts], texts.signatures[seconds]).sum()}")
    print(f"pairs in one group: {len(some)}, {(resemblance >= NEAR).sum()} of them of {NEAR} or more")
    if len(some):
        print(f"  the least resemblance in a group: {resemblance.min():.2f}")
    print(f"groups of several: {(sizes > 1).sum()}, with {sizes[sizes > 1].sum()} articles, the largest {sizes.max()}")


def show_made(articles: list[str], count: int, seed: int) -> None:
    """Print the second table."""
    texts = Texts(list(made_pairs(articles, count, seed)))
    places = np.arange(0, 2 * count, 2)
    resemblance = texts.sets().resemblance(places, places + 1)
    near = resemblance >= NEAR
    sizes = np.bincount(texts.owners, minlength=2 * count)
    ends = np.cumsum(sizes)
    hashes = mixed(texts.pairs)
    edges = " ".join(f"{edge:5.2f}-" for edge in BINS[:-1])
    print(f"\n{count} made pairs, {near.sum()} of them of {NEAR} or more; what share is called near, by resemblance")
    print(f"{'':24} {'prec.':>6} {'recall':>6}  {edges}")
    called = alike(texts.signatures[0::2], texts.signatures[1::2])
    print(row("these signatures", called, resemblance))
    pairs = [groups(texts.signatures[place : place + 2]) for place in places]
    print(row("the same, by bands", np.array([group[1] == 0 for group in pairs]), resemblance))
    others: dict[str, Callable[[NDArray[np.uint64], Numbers, Numbers], NDArray[Any]]] = {
        "minhash 16 x 16 bits": minhash(16, 16),
        "minhash 32 x 8 bits": minhash(32, 8),
        "minhash 64 x 4 bits": minhash(64, 4),
        "minhash 128 x 2 bits": minhash(128, 2),
        "bottom-8 x 32 bits": bottom(8),
        "bottom-16 x 16 bits": bottom(16),
        "simhash 64 bits": simhash,
    }
    print("others, each with its best threshold (F1):")
    for name, make in others.items():
        agree = agreement(make(hashes, ends - sizes, ends), name)
        print(row(name, best_threshold(agree, near), resemblance))


def timed(work: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds."""
    runs = []
    for _ in range(5):
        started = time.perf_counter()
        work()
        runs.append(time.perf_counter() - started)
    return min(runs)


def show_times(documents: list[Document], texts: Texts, seed: int) -> None:
    """Print the third table."""
    with tempfile.TemporaryDirectory() as folder, Index.create(Path(folder) / "index") as index:
        started = time.process_time()
        index.add(documents)
        seconds = time.process_time() - started
        snapshot = index._store.snapshot()
        print(f"\nindexing {len(documents):,} articles: {seconds:.2f} s of processor time")
        print(
            f"  signatures: {texts.seconds:.3f} s, {1e9 * texts.seconds / texts.syllables:.1f} ns a syllable,", end=" "
        )
        print(f"{texts.seconds / seconds:.1%} of it; {SIZE / index.stats().bytes * len(documents):.2%} of the bytes")
        order = np.random.default_rng(seed).permutation(snapshot.documents)
        print(f"postponing among the first 50 of a search: {1e3 * timed(lambda: postpone(snapshot, order, 50)):.3f} ms")
    for count in sorted({min(count, len(order)) for count in (200, 10_000, len(order))}):
        chosen = texts.signatures[order[:count]]
        print(f"groups of {count:,} documents: {1e3 * timed(lambda chosen=chosen: groups(chosen)):.2f} ms")
    million = np.random.default_rng(seed).integers(0, 256, (1_000_000, SIZE), dtype=np.uint8)
    million[: len(order)] = texts.signatures[: len(million)]
    million[-len(order) :] = texts.signatures[: len(million)]
    print(f"groups of a million, most of them made up: {timed(lambda: groups(million)):.2f} s")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--made", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    documents = read_documents(options.articles, options.limit)
    texts = Texts([document.text for document in documents])
    kept = [document for document, count in zip(documents, texts.counts.tolist(), strict=True) if count >= SHORT]
    if len(kept) < len(documents):
        print(f"{len(documents) - len(kept):,} articles of fewer than {SHORT} syllables are left out")
        documents, texts = kept, Texts([document.text for document in kept])
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    print(f"{len(documents):,} articles, {texts.syllables:,} syllables, seed {options.seed}")
    show_articles(texts)
    show_made([document.text for document in documents], options.made, options.seed)
    show_times(documents, texts, options.seed)


if __name__ == "__main__":
    main()
