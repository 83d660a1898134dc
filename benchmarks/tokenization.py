"""How fast text becomes tokens: megabytes of UTF-8 a second on one core, vectorised and plain.

    python benchmarks/tokenization.py TEXTS [--limit N] [--repeats R]

TEXTS is a JSON Lines file (plain or .gz) whose objects have "text", or a folder of text files. The vectorised figure
counts all of it: classes, borders, canonical terms, joined tokens, grouped numbers, and the bare form of each distinct
term, beginning with an empty vocabulary.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from json_lines import read_lines

from vnsearch.text import bare, numbers, tokenize
from vnsearch.text.batch import Tokenizer

BATCH = 200


def read_texts(path: Path) -> Iterator[str]:
    """The texts of a JSON Lines file or of a folder."""
    if path.is_dir():
        for file in sorted(path.rglob("*.txt")):
            yield file.read_text(encoding="utf-8", errors="replace")
        return
    for line in read_lines(path):
        yield line["text"]


def time_batches(texts: list[str]) -> tuple[float, int]:
    """Seconds to tokenize all texts in batches from an empty vocabulary, and how many tokens there are."""
    started = time.perf_counter()
    tokenizer = Tokenizer()
    count = sum(len(tokenizer.tokenize(texts[i : i + BATCH]).terms) for i in range(0, len(texts), BATCH))
    for token in tokenizer.vocabulary.tokens:
        bare(token)
    return time.perf_counter() - started, count


def time_plain(texts: list[str]) -> float:
    """Seconds of the plain tokenizer."""
    started = time.perf_counter()
    for text in texts:
        tokens = list(tokenize(text))
        list(numbers(text, tokens))
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--limit", type=int, default=8000, help="how many texts at most")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    texts = list(islice(read_texts(options.texts), options.limit))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    Tokenizer().tokenize([""])  # the table of classes is made once a process
    runs = [time_batches(texts) for _ in range(options.repeats)]
    few = texts[: max(1, len(texts) // 10)]
    few_size = sum(len(text.encode("utf-8", "surrogatepass")) for text in few) / 1e6
    plain = [time_plain(few) for _ in range(options.repeats)]
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, one core")
    print(f"{len(texts)} texts, {size:.1f} MB, {runs[0][1]:,} tokens; median of {options.repeats}")
    print(f"vectorised  {size / statistics.median(seconds for seconds, _ in runs):7.1f} MB/s")
    print(f"plain       {few_size / statistics.median(plain):7.1f} MB/s")


if __name__ == "__main__":
    main()
