"""Output for programs: it can be read back, it is the same data, and nothing in it acts on a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch import Document, Hit, Index
from vnsearch.app.answers import Answer
from vnsearch.app.formats import FORMATS, HIT_COLUMNS, answer_text, csv_text, json_line
from vnsearch.app.inert import inert
from vnsearch.app.main import main
from vnsearch.app.terminal import Terminal
from vnsearch.models import Facets, FacetValue, Interpretation, Passage, SearchResults

ROOT = Path(__file__).parent.parent
ACTING = ("Cc", "Cf", "Cs", "Zl", "Zp")
SGR = re.compile(r"\x1b\[[0-9;]*m")
BREAK = (
    "đỏ\x1b[31m\x1b]0;x\x07 \x9b2J a\r\nb\x0bc\u2028d \u202etxt.exe\u202c \u200b\ufeff\xad\x00\x7f [bold]x[/] <b> &amp;"
)
LONG = "đ" * 10_000
HOSTILE = Document(
    id="id" + BREAK.replace("\x00", ""),
    text=f"tham nhũng {BREAK} {LONG}",
    title=f"Tham nhũng {BREAK}",
    fields={"source": f"=1+1{BREAK}", "tags": ["+a\nb", "@c;d"], "date": date(2020, 2, 3), "n": -1.5, "ok": True},
    path=f"-a/{BREAK}\udcff.txt".replace("\x00", ""),
)
COMMANDS = (
    ["search", "tham nhung"],
    ["search", "tham nhung", "--json"],
    ["search", "tham nhung", "--jsonl"],
    ["search", "tham nhung", "--csv"],
    ["search", "tham nhung", "--paths"],
    ["search", "tham nhung", "--paths", "-0"],
    ["search", "tham nhung", "--count"],
    ["search", "tham nhung", "--explain"],
    ["search", "tham nhung", "--explain", "--json"],
    ["search", "tham nhung", "--facet", "source", "--facet", "tags"],
    ["search", "tham nhung", "--facet", "source", "--jsonl"],
    ["search", "tham nhung", "--facet", "source", "--csv"],
    ["search", "tham nhung", "--passages"],
    ["search", "--batch"],
    ["search", "\x1b]0;\u202etham nhung\x9b"],
    ["similar", "b"],
    ["similar", "b", "--csv"],
    ["show", HOSTILE.id],
    ["show", HOSTILE.id, "--json"],
    ["show", HOSTILE.id, "--jsonl"],
    ["show", HOSTILE.id, "--csv"],
    ["stats"],
    ["stats", "--csv"],
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of a document that does what it can, and of a calm one."""
    folder = tmp_path_factory.mktemp("hostile")
    with Index.create(folder / "index") as index:
        index.add([HOSTILE, Document(id="b", text="Phòng, chống tham nhũng.", title="B")])
    return folder


@pytest.fixture(autouse=True)
def _there(hostile: Path, neutral: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(hostile)
    monkeypatch.setattr("sys.stdin", io.StringIO("tham nhung \x1b[31m\u202e\x9b\n"))
    yield


@pytest.mark.parametrize("screen", [True, False], ids=["screen", "pipe"])
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: inert(" ".join(arguments))[:30])
def test_hostile_text_is_inert_in_every_format(
    arguments: list[str], screen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, err = io.StringIO(newline=""), io.StringIO(newline="")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(Terminal, "standard", lambda: Terminal(out, err, color=screen, wraps=screen))
    assert main(arguments) == 0
    assert "nothing found" not in err.getvalue()
    shown = SGR.sub("", out.getvalue()) if screen else out.getvalue()
    if "--facet" in arguments and not screen:
        shown = re.sub(r"^(source|tags)\t([^\t\n]*)\t(\d+)$", r"\1 \2 \3", shown, flags=re.MULTILINE)
    lines = (shown + err.getvalue()).replace("\r\n", "\n").split("\n")
    assert {c for line in lines for c in line if unicodedata.category(c) in ACTING} == set()
    if "--csv" in arguments:
        rows = list(csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True))
        assert len(rows) == out.getvalue().count("\r\n") and len({len(row) for row in rows}) == 1


def printed(*arguments: str) -> str:
    """What a command prints through a pipe."""
    out = io.StringIO(newline="")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Terminal, "standard", lambda: Terminal(out, io.StringIO(), color=False, wraps=False))
        assert main(arguments) == 0
    return out.getvalue()


def test_json_is_exact_whatever_the_text() -> None:
    shown = json.loads(printed("show", HOSTILE.id, "--json"))
    assert shown == {"schema": 1, **HOSTILE.to_dict()}
    found = [json.loads(line) for line in printed("search", "tham nhung", "--jsonl").splitlines()]
    assert [list(hit) for hit in found] == [["schema", *(f.name for f in fields(Hit))]] * 2
    (hit,) = [hit for hit in found if hit["id"] == HOSTILE.id]
    assert (hit["title"], hit["path"]) == (HOSTILE.title, HOSTILE.path)
    assert hit["fields"] == HOSTILE.to_dict()["fields"]
    assert hit["passages"][0]["text"] in HOSTILE.text
    assert found == [{"schema": 1, **hit} for hit in json.loads(printed("search", "tham nhung", "--json"))["hits"]]


def test_letters_are_no_escapes_in_json() -> None:
    text = printed("show", HOSTILE.id, "--json")
    assert "Tham nhũng" in text and "\\u1ec5" not in text
    assert {"\\u202e", "\\u001b", "\\u0000", "\\udcff"} <= set(re.findall(r"\\u[0-9a-f]{4}", text))


def test_the_columns_of_csv_are_those_of_the_index() -> None:
    rows = list(csv.DictReader(io.StringIO(printed("search", "tham nhung", "--csv"), newline="")))
    assert list(rows[0]) == [*HIT_COLUMNS, "date", "n", "ok", "source", "tags"]
    by_id = {row["id"]: row for row in rows}
    row = by_id[inert(HOSTILE.id)]
    assert (row["date"], row["n"], row["ok"], row["tags"]) == ("2020-02-03", "-1.5", "true", "+a b; @c;d")
    assert row["source"].startswith("=1+1đỏ␛[31m"), "data stay what they are"
    assert by_id["b"]["date"] == by_id["b"]["path"] == ""


def test_a_path_is_one_line_and_what_is_not_shown_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "tham nhung", "--paths"]) == 0
    out, err = capfd.readouterr()
    assert out == inert(str(HOSTILE.path)) + "\n"
    assert err.splitlines() == [
        "1 result came from no file: it has no path",
        "1 path holds characters that are not shown as they are: -0 gives it exactly",
    ]


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX only")
def test_paths_with_nul_are_what_the_system_knows(tmp_path: Path) -> None:
    names = [b"a\nb.txt", "đường \u200b.txt".encode(), b"\xff\x1b[31m.txt", b"-0 'x\".txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("tham nhũng", encoding="utf-8")
    environ = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}

    def vnsearch(*arguments: str) -> bytes:
        command = [sys.executable, "-m", "vnsearch", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=True)
        assert done.stderr == b""
        return done.stdout

    vnsearch("index", ".")
    paths = vnsearch("search", "tham nhung", "--paths", "-0").split(b"\0")
    assert paths.pop() == b""
    assert sorted(map(os.path.basename, paths)) == sorted(names)
    assert all((Path(os.fsdecode(tmp_path)) / os.fsdecode(path)).is_file() for path in paths)


def test_each_path_stands_once_where_results_are_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "\n\n".join(f"Tham nhũng lần thứ {n}. " + "Câu chuyện dài dòng. " * 60 for n in range(3))
    with Index.create("index") as index:
        index.add([Document(id="a", text=text, path="a.txt")])
    assert int(printed("search", "tham nhung", "--passages", "--count")) > 1
    assert printed("search", "tham nhung", "--passages", "--paths") == "a.txt\n"


@pytest.mark.parametrize("form", FORMATS)
def test_a_page_without_results(form: str) -> None:
    answer = Answer(SearchResults("q", (), 0, 0, 0.0, Interpretation("q")))
    text = "".join(answer_text(answer, form, ("date",)))  # type: ignore[arg-type]
    if form == "json":
        assert json.loads(text)["hits"] == []
    else:
        assert text == {"csv": "id,title,path,score,start,text,date\r\n", "count": "0\n"}.get(form, "")


def test_facets_are_the_table_and_the_last_rows() -> None:
    hit = Hit("a", "A", None, 1.0, {}, (Passage("x", 0, 1.0),))
    facets = Facets("source", "text", (FacetValue("nhân dân", 2), FacetValue("x,y", 1)), 3, 0)
    answer = Answer(SearchResults("q", (hit,), 1, 0, 0.0, Interpretation("q")), facets=(facets,))
    assert "".join(answer_text(answer, "csv")) == 'field,value,count\r\nsource,nhân dân,2\r\nsource,"x,y",1\r\n'
    rows = [json.loads(line) for line in answer_text(answer, "jsonl")]
    assert rows == [{"schema": 1, **hit.to_dict()}, {"schema": 1, **facets.to_dict()}]
    assert json.loads("".join(answer_text(answer, "json")))["facets"] == [facets.to_dict()]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_csv_is_read_back(rows: list[list[str]]) -> None:
    text = "".join(csv_text(("a", "b"), rows))
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == [
        ["a", "b"],
        *([inert(cell) for cell in row] for row in rows),
    ]


@given(st.text())
def test_a_line_of_json_is_one_line(text: str) -> None:
    line = json_line({"text": text})
    assert line.splitlines(keepends=True) == [line] and json.loads(line) == {"schema": 1, "text": text}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "x", "--json", "--csv"], "several formats: --json, --csv"),
        (["search", "x", "--paths", "--count"], "several formats: --paths, --count"),
        (["similar", "b", "--jsonl", "--count"], "several formats: --jsonl, --count"),
        (["show", "b", "--json", "--csv"], "several formats"),
        (["stats", "--json", "--jsonl"], "several formats"),
        (["search", "x", "-0"], "-0 needs --paths"),
        (["search", "x", "--facet", "date", "--count"], "--facet cannot be given beside --count"),
        (["search", "x", "--explain", "--csv"], "--explain cannot be given beside --csv"),
        (["search", "x", "--explain", "--passages"], "--explain cannot be given beside --passages"),
        (["search", "x", "--collapse", "--no-collapse"], "--collapse cannot be given beside --no-collapse"),
        (["search", "x", "--batch"], "--batch reads its queries from standard input"),
        (["search", "--batch", "--csv"], "--batch cannot be given beside --csv"),
        (["search", "x", "--facet", "nonsense"], "nonsense"),
    ],
)
def test_what_cannot_be_had_together_is_one_line(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith("vnsearch: ") and said in err
