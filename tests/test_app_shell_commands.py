"""Every command of the shell, typed at a prompt and piped in."""

from __future__ import annotations

import csv
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from shells import HOSTILE, NEWS, hostile, news, talk, titles, write_index

from vnsearch.app.main import main
from vnsearch.app.settings import Settings
from vnsearch.app.shell.commands.register import COMMANDS
from vnsearch.app.shell.question import Question

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e]")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, neutral: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an index of news, and a place for what a user keeps."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_index(tmp_path / "index", map(news, range(NEWS)))
    yield tmp_path


Batch = Callable[..., "tuple[int, str, str]"]


@pytest.fixture
def batch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Batch:
    """`batch("line", ...)`: the shell with these lines piped in."""

    def run(*lines: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO("\n".join(lines).encode()), encoding="utf-8"))
        status = main(["shell"])
        return (status, *capsys.readouterr())

    return run


def test_open_shows_the_document_where_there_is_no_screen_for_a_pager() -> None:
    out, err = talk("tham nhung", ".open 2")
    assert "path:   news/1.txt" in out and "Kết: tham nhũng." in out.splitlines()
    assert err == ""


@pytest.mark.parametrize("name", ["open", "show", "edit", "path", "explain", "similar"])
def test_a_number_that_was_not_shown(name: str) -> None:
    first, *others = talk(f".{name} 1", "tham nhung", f".{name} 6", f".{name} x", f".{name}").err.splitlines()
    hint = f"search first, then .{name} the number of a result"
    assert first == f"vnsearch: there is no result number 1 on the pages seen ({hint})"
    assert others == [f"vnsearch: .{name} takes a number from 1 to 5"] * 3


def test_path_and_edit_of_a_document_without_a_file() -> None:
    assert "news/0.txt" in talk("tham nhung", ".path 1").out.splitlines()
    assert "there is no file news/0.txt" in talk("tham nhung", ".edit 1").err


def test_explain_adds_up() -> None:
    out, err = talk("tham nhung", ".explain 1")
    head = re.search(r"Score (\d+\.\d\d) of d00", out)
    parts = [float(line.split()[0]) for line in out.splitlines() if re.match(r" +\d\.\d{3}  ?", line)]
    assert head is not None and parts and err == ""
    assert sum(parts) == pytest.approx(float(head[1]), abs=0.01)
    assert "nhũng" in out and "best passage" in out


def test_similar_shows_a_list_of_its_own_and_undo_goes_back() -> None:
    out, err = talk("tham nhung", ".similar 1", "n", ".filter source=nhandan", ".undo")
    assert "11 results, 1 to 5 shown" in out and "11 results, 6 to 10 shown" in out
    assert "1. Bài 0" not in out[out.index("11 results, 1 to 5") : out.index("11 results, 6 to 10")]
    assert titles(out)[-5:] == titles(out)[:5]
    assert err.splitlines() == [
        "vnsearch: documents like one cannot be narrowed, counted or explained (.undo goes back to the search)"
    ]


def test_filters_hold_until_they_are_cleared() -> None:
    out, err = talk("tham nhung", ".filter source=tuoitre", ".filter date=2018..", "lang phi", ".filter", ".filter -")
    assert "4 results in" in out and out.count("2 results in") == 2
    assert "Narrowed by source=tuoitre · date=2018.." in out and "\nsource=tuoitre\ndate=2018..\n" in out
    assert out.rstrip().endswith("next page") and err == ""


def test_a_filter_given_twice_takes_either_value() -> None:
    assert "12 results" in talk("tham nhung", ".filter source=tuoitre", ".filter source=nhandan").out.split("4 res")[1]


def test_a_filter_that_cannot_be_changes_nothing() -> None:
    out, err = talk("tham nhung", ".filter nosuch=1", ".filter date=soon", ".filter x", ".sort nosuch", ".filter", "n")
    assert len(err.splitlines()) == 4
    assert "No filters." in out and "6 to 10 shown" in out


def test_a_filter_alone_finds_all_that_pass_it() -> None:
    assert "4 results in" in talk(".filter source=tuoitre").out


def test_sort_and_what_it_is() -> None:
    out, err = talk("tham nhung", ".sort -date", ".sort", ".sort score")
    assert [title.split()[-1] for title in titles(out)[5:10]] == ["11", "10", "9", "8", "7"]
    assert "\nsort: -date\n" in out and titles(out)[10:] == titles(out)[:5] and err == ""


@pytest.mark.parametrize("line", [".within cùng lãng phí", "+ cùng lãng phí"])
def test_refining_keeps_what_both_find(line: str) -> None:
    out, err = talk("tham nhung", line, ".undo")
    assert "6 results, 1 to 5 shown" in out and "Narrowed by + cùng lãng phí" in out
    assert titles(out)[10:] == titles(out)[:5] and err == ""


def test_refining_keeps_the_meaning_of_both_queries() -> None:
    fields = ("date",)
    either = Question("a OR b", within=("c OR d", "-e"))
    assert either.text(fields) == "(a OR b) AND (c OR d) NOT e"
    assert Question('"open a', within=("b) OR date:2018",)).text(fields).count("AND") == 1
    assert Question("VÀ RỒI", within=("...",)).text(fields) == Question("VÀ RỒI", within=("!",)).text(fields)


def test_refining_needs_results() -> None:
    assert "search first" in talk(".within x").err
    assert "write .within QUERY" in talk("tham nhung", ".within").err


def test_what_a_filter_alone_finds_can_be_refined() -> None:
    out, err = talk(".filter source=tuoitre", "+ cùng")
    assert "2 results in" in out and err == ""


def test_undo_takes_back_each_change_in_turn() -> None:
    out, err = talk("tham nhung", "lang phi", ".sort -date", "+ cùng", ".undo", ".undo", ".undo", ".undo", ".undo")
    assert titles(out)[20:25] == titles(out)[10:15]
    assert titles(out)[25:30] == titles(out)[5:10]
    assert titles(out)[30:35] == titles(out)[:5]
    assert "Type a query." in out
    assert err == "vnsearch: there is no change to take back\n"


def test_asking_the_same_again_is_no_change() -> None:
    assert "no change to take back" in talk("tham nhung", "tham nhung", ".undo", ".undo").err


def test_facets_are_drawn_with_their_counts() -> None:
    out, err = talk("tham nhung", ".facets", ".facets source", ".facets nosuch", screen=True)
    assert "\ndate    date\n" in out
    rows = [line.split() for line in out.splitlines() if "█" in line and "score" not in line]
    assert [row[:2] for row in rows] == [["nhandan", "8"], ["tuoitre", "4"]]
    assert len(rows[0][2]) == 2 * len(rows[1][2])
    assert err.startswith("vnsearch: no document has a field 'nosuch'")


def test_dates_are_a_line_of_time_with_its_gaps() -> None:
    out, err = talk("tham nhung", ".dates", ".filter date=2018", ".dates", ".dates source", screen=True)
    rows = [line.split()[:2] for line in out.splitlines() if re.match(r"  \d{4}[ -]", line)]
    assert rows[:5] == [["2016", "4"], ["2017", "0"], ["2018", "4"], ["2019", "0"], ["2020", "4"]]
    assert rows[5:] == [["2018-05", "1"], ["2018-06", "1"], ["2018-07", "1"], ["2018-08", "1"]]
    assert "no such field of dates (fields of dates: date)" in err


def test_saving_and_running(folder: Path) -> None:
    out, err = talk("tham nhung", ".match all", ".filter source=tuoitre", ".sort -date", "+ lãng", ".save lãng-phí")
    assert "Saved: .run lãng-phí" in out and err == ""
    file = folder / "state" / "vnsearch" / "searches.json"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again, err = talk(".run lãng-phí", ".match", ".saved", ".run nosuch", ".save ../x", ".save")
    assert titles(again) == titles(out)[-4:] and "match: all" in again
    assert "lãng-phí  tham nhung · lãng · source=tuoitre" in again
    assert [line.split(" (")[0] for line in err.splitlines()] == [
        "vnsearch: there is no saved search nosuch",
        "vnsearch: a name is one word of letters, digits, -, _ and .",
        "vnsearch: write .save NAME",
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"searches": {"a": {"query": 1}}}', "[" * 100_000, "\udcff"])
def test_a_bad_file_of_saved_searches_is_told_and_left(folder: Path, content: str) -> None:
    file = folder / "state" / "vnsearch" / "searches.json"
    file.parent.mkdir(parents=True)
    file.write_text(content, "utf-8", errors="surrogateescape")
    before = file.read_bytes()
    _, err = talk("tham nhung", ".save a", ".run a", ".saved")
    assert err.count("does not hold saved searches; it was left as it is (mend or move it)\n") == 3
    assert err.count("\n") == 3 and file.read_bytes() == before


def test_a_saved_search_that_the_index_cannot_answer_changes_nothing() -> None:
    talk("tham nhung", ".match all", ".filter source=tuoitre", ".save mine")
    write_index(Path("other"), [hostile()])
    out, err = talk("dữ dội", ".run mine", ".match", folder="other")
    assert err == "" and "match: all" in out
    out, err = talk("dữ dội", ".filter date=1", ".run none", ".match", folder="other")
    assert "match: auto" in out and err.count("\n") == 2


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "txt", "paths"])
def test_export_writes_all_results_and_never_over_a_file_unasked(folder: Path, ending: str) -> None:
    file = folder / f"out.{ending}"
    out, err = talk("tham nhung", f".export out.{ending}", f".export out.{ending}")
    assert f"12 results written to out.{ending}" in out
    assert err == f"vnsearch: out.{ending} is there already (.export out.{ending} ! writes over a file)\n"
    text = file.read_text("utf-8")
    match ending:
        case "json":
            assert json.loads(text)["schema"] == 1 and len(json.loads(text)["hits"]) == NEWS
        case "jsonl":
            assert [json.loads(line)["id"] for line in text.splitlines()][:2] == ["d00", "d01"]
        case "csv":
            rows = list(csv.DictReader(text.splitlines()))
            assert len(rows) == NEWS and rows[1]["date"] == news(1).fields["date"].isoformat()  # type: ignore[union-attr]
        case "txt":
            assert len(titles(text)) == NEWS
        case _:
            assert text.splitlines()[:2] == ["news/0.txt", "news/1.txt"]
    file.write_text("old")
    talk("tham nhung", f".export out.{ending} !")
    assert file.read_text("utf-8").splitlines()[:20] == text.splitlines()[:20]
    assert sorted(path.name for path in folder.iterdir()) == ["index", f"out.{ending}", "state"]


def test_export_says_what_is_wrong(folder: Path) -> None:
    (folder / "d.csv").mkdir()
    lines = (".export", ".export a.csv", "tham nhung", ".export a.doc", ".export no/a.csv", ".export d.csv !")
    assert [line.split(" (")[0] for line in talk(*lines).err.splitlines()] == [
        "vnsearch: write .export FILE",
        "vnsearch: there are no results yet: search first",
        "vnsearch: the end of a.doc names no format",
        f"vnsearch: No such file or directory: {folder}/no/a.csv",
        "vnsearch: d.csv is there already",
    ]


def test_index_updates_without_leaving(folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text("Đường sắt Bắc Nam", encoding="utf-8")
    out, err = talk("duong sat bac nam", ".index texts", "duong sat bac nam")
    assert "1 added" in out and "1 result in" in out and err == ""


def test_help_of_each_command_has_an_example() -> None:
    for lang, example in (("en", "Example: "), ("vi", "Ví dụ: ")):
        out, err = talk(*(f".help {name}" for name in COMMANDS), ".help .open", lang=lang)
        assert out.count(f"\n{example}") == len(COMMANDS) + 1 and err == ""
        assert all(f"\n{command.usage}\n" in out for command in COMMANDS.values())
    assert "did you mean .filter?" in talk(".help fitler").err


def test_keys_are_told() -> None:
    assert "Ctrl-C" in talk(".keys").out


def test_the_settings_are_where_a_conversation_begins() -> None:
    settings = Settings(page=3, match="any", marks="exact")
    out, _ = talk("tham nhũng", ".limit", ".match", ".marks", settings=settings)
    assert len(titles(out)) == 3
    assert "limit: 3\nmatch: any\nmarks: exact\n" in out


def test_a_collapsed_list_is_a_setting() -> None:
    same = "Đường sắt Bắc Nam chạy qua nhiều tỉnh, hành khách đi lại đông đúc quanh năm suốt tháng. " * 5
    write_index(Path("twins"), [type(news(0))(id=i, title=f"Bài {i}", text=same) for i in "ab"])
    assert len(titles(talk("duong sat", folder="twins").out)) == 2
    assert len(titles(talk("duong sat", folder="twins", settings=Settings(collapse=True)).out)) == 1


def test_piped_commands_answer_in_plain_lines(batch: Batch) -> None:
    status, out, err = batch(
        "tham nhung", ".facets source", ".dates", ".path 2", ".filter source=tuoitre", ".within lãng phí", ".explain 1"
    )
    assert (status, err) == (0, "")
    assert "\nsource\tnhandan\t8\nsource\ttuoitre\t4\ndate\t2016\t4\ndate\t2017\t0\n" in out and "\nnews/1.txt\n" in out
    assert "tham nhung AND lãng phí: 4 results" in out and "█" not in out


def test_piped_commands_that_need_a_terminal_say_so(batch: Batch) -> None:
    _, _, err = batch("tham nhung", ".open 1", ".edit 1")
    assert err == "vnsearch: .open needs a terminal\nvnsearch: .edit needs a terminal\n"


def test_piped_searches_are_saved_and_run(batch: Batch) -> None:
    batch("tham nhung", ".filter source=tuoitre", ".save a")
    status, out, _ = batch(".run a", ".similar 1", ".undo")
    assert status == 0 and "like d00: 11 results" in out and out.count("tham nhung: 4 results") == 2


def test_hostile_text_is_inert_in_every_command(folder: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    write_index(folder / "evil", [hostile()])
    lines = ["dữ dội", ".facets source", ".facets", ".explain 1", ".path 1", ".show 1", ".open 1", ".edit 1"]
    lines += [".similar 1", ".undo", ".save x", ".saved", ".export out.csv", ".export o.txt"]
    out, err = talk(*lines, folder="evil")
    assert not ACTS.search(out + err)
    assert "\n1. ␛]0;gotcha␇␛[2J" in out and (folder / "o.txt").read_text("utf-8").startswith("1. ␛]0;gotcha␇␛[2J")
    monkeypatch.setenv("VNSEARCH_INDEX", "evil")
    acting, long = HOSTILE[:16], "z" * 10_000
    lines += [
        f"{name} {word}" for word in (acting, long) for name in (".filter x =", ".within", ".sort", ".run", ".facets")
    ]
    lines += [
        f".{long}",
        f".{acting}",
        f".export {long}",
        f".export {long}.csv",
        f".export {acting}.txt",
        f".save {acting}",
    ]
    _, out, err = batch(*lines)
    assert not ACTS.search((out + err).replace("\t", ""))
    assert all(len(line) < 1100 for line in err.splitlines()) and err.count("\n") > 10
    for file in ("out.csv", "o.txt"):
        assert not ACTS.search((folder / file).read_text("utf-8"))
