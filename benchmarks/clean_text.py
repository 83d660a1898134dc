"""Correct text is left alone: how many of many documents does the repair of old encodings change?

    python benchmarks/clean_text.py FILE [FILE ...]

A FILE is JSON Lines (plain or .gz), of which every text value is looked at, or a tar archive of raw files, each of
which is decoded: it must come out as Python's own codec for its byte order mark decodes it. Every change is printed.
"""

from __future__ import annotations

import argparse
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

from json_lines import read_lines

from vnsearch.text.encodings import decode, repair


def changes_in_lines(path: Path) -> Iterator[tuple[str, int, bool]]:
    """The text values of a JSON Lines file: where, how many bytes, and whether the repair changes it."""
    for number, line in enumerate(read_lines(path), start=1):
        for name, value in line.items():
            if isinstance(value, str):
                yield f"{path.name}:{number} {name}", len(value.encode()), repair(value).text != value


def changes_in_archive(path: Path) -> Iterator[tuple[str, int, bool]]:
    """The files of an archive, likewise."""
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is None:
                continue
            data = file.read()
            plain = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
            yield member.name, len(data), decode(data).text != plain


def main() -> None:
    """Print each change and the totals."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    for path in parser.parse_args().files:
        looked = changed = size = 0
        started = time.perf_counter()
        found = changes_in_archive(path) if tarfile.is_tarfile(path) else changes_in_lines(path)
        for name, length, differs in found:
            looked += 1
            size += length
            changed += differs
            if differs:
                print(f"changed: {name}")
        elapsed = time.perf_counter() - started
        print(f"{path.name}: {changed} of {looked:,} texts changed; {size / 1e6:.1f} MB read in {elapsed:.1f} s")


if __name__ == "__main__":
    main()
