"""What commands print over the seeds, whole, in every format: the files in `golden/`.

Times, sizes and the last digits of scores differ between machines and are masked. After a change that is meant,
`GOLDEN_FILES=write python -m pytest tests/test_app_golden.py` writes the files anew; read what changed.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vnsearch.app import main as entrance
from vnsearch.app.terminal import Terminal

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
QUERY = ["search", "tu tuong dao duc", "-n", "2"]

PLAIN = {
    "search.txt": QUERY,
    "search-vi.txt": [*QUERY, "--lang", "vi", "--facet", "date"],
    "search.json": ["search", "dang uy khoi", "-n", "1", "--json", "--explain", "--facet", "date"],
    "search.jsonl": [*QUERY, "--jsonl", "--facet", "date"],
    "search.csv": [*QUERY, "--csv"],
    "facets.csv": [*QUERY, "--csv", "--facet", "date"],
    "facets.txt": ["search", "dang uy khoi", "--facet", "date"],
    "paths.txt": [*QUERY, "--paths"],
    "paths-nul.txt": [*QUERY, "--paths", "-0"],
    "count.txt": [*QUERY, "--count"],
    "explain-vi.txt": ["search", "đạo đức công vụ", "-n", "1", "--explain", "--lang", "vi"],
    "passages.csv": ["search", "tham nhung", "-n", "2", "--passages", "--csv"],
    "similar.txt": ["similar", "002_e61d162d6f37c19a.txt", "-n", "2"],
    "similar.jsonl": ["similar", "002_e61d162d6f37c19a.txt", "-n", "1", "--jsonl"],
    "show.csv": ["show", "002_e61d162d6f37c19a.txt", "--csv"],
    "stats.csv": ["stats", "--csv"],
    "nothing.jsonl": ["search", "zzz", "--jsonl"],
    "nothing.csv": ["search", "zzz", "--csv"],
}
SCREEN = {
    "screen.txt": [*QUERY, "--facet", "date"],
    "screen-vi.txt": [*QUERY, "-n", "1", "--offset", "1", "--lang", "vi", "--facet", "date", "--explain"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds and an index of them."""
    folder = tmp_path_factory.mktemp("golden")
    (folder / "seeds").symlink_to(ROOT / "seeds", target_is_directory=True)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(folder)
        assert entrance.main(["index"]) == 0
    return folder


@pytest.fixture(autouse=True)
def _there(folder: Path, neutral: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(folder)
    yield


def masked(text: str) -> str:
    """The text without what differs between runs and machines."""
    text = re.sub(r"[\d.,]+ ms$", "0 ms", text, flags=re.MULTILINE)
    text = re.sub(r'("elapsed": )[\d.e-]+', r"\g<1>0.0", text)
    text = re.sub(r"(\n?index,5,\d+,\d+,\d+,)\d+(,.*,)[-\dT:+.]+", r"\g<1>0\g<2>0", text)
    text = re.sub(r"\d+\.\d{4,}(e-\d+)?", lambda found: f"{float(found[0]):.2f}", text)
    return text.replace("\0", "\\0").replace("\x1b", "\\e").replace("\r\n", "\\r\n")


def check(name: str, printed: str) -> None:
    """Hold what was printed against the golden file of that name."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN_FILES") == "write":
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(masked(printed), encoding="utf-8", newline="\n")
    assert masked(printed) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_piped(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    status = entrance.main(PLAIN[name])
    out, err = capfd.readouterr()
    assert status == (1 if name.startswith("nothing") else 0)
    check(name, out)
    assert "\x1b" not in out + err


@pytest.mark.parametrize("name", SCREEN)
def test_what_a_screen_shows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setenv("COLUMNS", "72")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(Terminal, "standard", lambda: Terminal(out, out, color=True, wraps=True))
    assert entrance.main(SCREEN[name]) == 0
    check(name, out.getvalue())


def test_a_batch(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("dao duc\n\ntham nhũng NOT tham\n"))
    assert entrance.main(["search", "--batch", "-n", "1"]) == 0
    check("batch.jsonl", capfd.readouterr().out)


def test_no_golden_file_is_forgotten() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {*PLAIN, *SCREEN, "batch.jsonl"}
