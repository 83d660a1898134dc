"""How many pairs of (keys, text) are decoded right: `python benchmarks/keystrokes.py [PAIRS.TSV] [--method telex]`.

One pair a line, separated by a TAB. Without a path it reads `$VNSEARCH_DATA/keystrokes/telex-pairs.tsv`. Keys that
carry no mark stand for themselves, so where a method says None the keys are the answer. Every failure is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from vnsearch.text.keystrokes import decode, telex, viqr, vni

METHODS: dict[str, Callable[[str], str | None]] = {"telex": telex, "vni": vni, "viqr": viqr, "decode": decode}


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The pairs of a file; lines without a TAB are skipped."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(keys, text) for keys, tab, text in (line.partition("\t") for line in lines) if tab]


def main() -> int:
    parser = argparse.ArgumentParser(description="The share of (keys, text) pairs that are decoded right.")
    data = os.environ.get("VNSEARCH_DATA")
    default = Path(data, "keystrokes", "telex-pairs.tsv") if data else None
    parser.add_argument("pairs", type=Path, nargs="?", default=default, help="a file of keys, TAB, text")
    parser.add_argument("--method", choices=sorted(METHODS), default="telex")
    options = parser.parse_args()
    if options.pairs is None or not options.pairs.is_file():
        print("keystrokes: no file of pairs (name one, or set VNSEARCH_DATA)", file=sys.stderr)
        return 2
    pairs = read_pairs(options.pairs)
    if not pairs:
        print(f"keystrokes: {options.pairs} holds no pairs (one a line: keys, TAB, text)", file=sys.stderr)
        return 2
    method = METHODS[options.method]
    begin = time.perf_counter()
    answers = [method(keys) or keys for keys, _ in pairs]
    elapsed = time.perf_counter() - begin
    wrong = [(keys, text, answer) for (keys, text), answer in zip(pairs, answers, strict=True) if answer != text]
    for keys, text, answer in wrong:
        print(f"{keys}\twanted {text}\tgot {answer}")
    right = len(pairs) - len(wrong)
    print(f"{options.method}: {right} of {len(pairs)} right ({right / len(pairs):.2%}), ", end="")
    print(f"{1e6 * elapsed / len(pairs):.0f} µs a token")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
