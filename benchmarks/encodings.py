"""How well old encodings are told apart and restored, over a folder of the same articles in many encodings.

    python benchmarks/encodings.py FOLDER        (or $VNSEARCH_DATA/encodings)

The folder holds one folder a form (`tcvn3_bytes_cp1252/000.txt` ...) and `utf8_nfc/` with the truth under the same
names. A document is detected where `decode` names its encoding. Characters are compared as NFC; forms of TCVN3 without
case, since its fonts lose it. A file whose bytes are those of another form's file may bear either name.
"""

from __future__ import annotations

import os
import platform
import sys
import time
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

from vnsearch.text.encodings import decode

NAMES = {
    "cp1258": "windows-1258",
    "tcvn3_as_utf8_mojibake": "tcvn3",
    "tcvn3_bytes_cp1252": "tcvn3",
    "tcvn5712_1": "tcvn5712",
    "utf16le_bom": "utf-16-le",
    "utf8_nfc": "utf-8",
    "utf8_nfd": "utf-8",
    "viqr_ascii": "viqr",
    "viscii": "viscii",
    "vni_as_utf8_mojibake": "vni",
    "vni_bytes_cp1252": "vni",
}
"""Form -> what `decode` should call it."""


def wrong_characters(text: str, truth: str) -> int:
    """How many characters are missing, other, or too many."""
    if text == truth:
        return 0
    if len(text) == len(truth):
        return sum(a != b for a, b in zip(text, truth, strict=True))
    blocks = SequenceMatcher(None, text, truth, autojunk=False).get_matching_blocks()
    return max(len(text), len(truth)) - sum(block.size for block in blocks)


def may_bear(folder: Path, file: Path) -> set[str]:
    """The names that are right for a file: its form's, and those of forms that have the very same bytes."""
    data = file.read_bytes()
    twins = (folder / form / file.name for form in NAMES)
    return {NAMES[file.parent.name]} | {NAMES[t.parent.name] for t in twins if t.exists() and t.read_bytes() == data}


def measure(folder: Path, form: str) -> str:
    """One row of the table."""
    detected = characters = wrong = size = 0
    elapsed = 0.0
    files = sorted((folder / form).glob("*.txt"))
    for file in files:
        data = file.read_bytes()
        start = time.perf_counter()
        found = decode(data)
        elapsed += time.perf_counter() - start
        truth = unicodedata.normalize("NFC", (folder / "utf8_nfc" / file.name).read_bytes().decode())
        text = unicodedata.normalize("NFC", found.text)
        if form.startswith("tcvn3"):
            text, truth = text.lower(), truth.lower()
        mistakes = wrong_characters(text, truth)
        named = found.encoding in may_bear(folder, file)
        if "-v" in sys.argv and (mistakes or not named):
            print(f"  {file}: {found.encoding} {mistakes} wrong")
        detected += named
        wrong += mistakes
        characters += len(truth)
        size += len(data)
    restored = 100 * (1 - wrong / characters)
    return f"{form:24} {detected:4}/{len(files):<4} {restored:9.4f} % {size / 1e6 / elapsed:9.1f} MB/s"


def main() -> int:
    given = [a for a in sys.argv[1:] if not a.startswith("-")]
    data = os.environ.get("VNSEARCH_DATA")
    if not given and not data:
        print("Name a folder of encoded texts, or set VNSEARCH_DATA.", file=sys.stderr)
        return 2
    folder = Path(given[0]) if given else Path(str(data)) / "encodings"
    forms = sorted(p.name for p in folder.glob("*") if p.name in NAMES) if folder.is_dir() else []
    if not forms:
        print(f"{folder} holds no known form; expected folders such as viscii/ and utf8_nfc/.", file=sys.stderr)
        return 2
    print(f"python {platform.python_version()}, {platform.machine()}, {folder.name}")
    print(f"{'form':24} {'detected':>9} {'restored':>11} {'speed':>14}")
    for form in forms:
        print(measure(folder, form))
    return 0


if __name__ == "__main__":
    sys.exit(main())
