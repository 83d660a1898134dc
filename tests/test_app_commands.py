"""The commands, run in this process: what they print, where, and with which exit status."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import whoosh

from vnsearch.app.commands.searching import search
from vnsearch.app.main import main
from vnsearch.app.messages import Messages
from vnsearch.app.settings import Settings
from vnsearch.app.surroundings import Surroundings
from vnsearch.app.terminal import Terminal
from vnsearch.index import Index

TEXTS = {
    "a.txt": "Tư tưởng, đạo đức\n\nHọc tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.\n",
    "b.txt": "Phòng chống tham nhũng\n\nĐẩy mạnh phòng, chống tham nhũng, lãng phí, tiêu cực.\n",
    "c.txt": "Cảnh báo\n\nTham nhũng \x1b[31mđỏ\x1b[0m và \u202elừa đảo\u202c.\n",
}


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path, neutral: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("search", "x")` in an empty folder that has seeds/."""
    monkeypatch.chdir(tmp_path)
    Path("seeds").mkdir()
    for name, text in TEXTS.items():
        Path("seeds", name).write_text(text, encoding="utf-8")

    def run(*arguments: str) -> Outcome:
        status = main(arguments)
        return Outcome(status, *capsys.readouterr())

    return run


@pytest.fixture
def built(run: Run) -> Run:
    assert run("index").status == 0
    return run


def test_index_then_search(run: Run) -> None:
    assert run("index").out == "3 documents in the index: 3 added, 0 updated, 0 deleted, 0 unchanged\n"
    status, out, err = run("search", "tu", "tuong", "dao", "duc")
    assert status == 0
    assert out.startswith("1. ") and "seeds/a.txt" in out and "tư tưởng, đạo đức" in out
    assert err.startswith("1 result in ")
    Path("seeds/b.txt").unlink()
    assert run("index").out == "2 documents in the index: 0 added, 0 updated, 1 deleted, 2 unchanged\n"


def test_the_report_counts_all_documents_of_the_index(built: Run) -> None:
    Path("more.txt").write_text("Một văn bản khác.", encoding="utf-8")
    assert built("index", "more.txt").out == "4 documents in the index: 1 added, 0 updated, 0 deleted, 0 unchanged\n"


def test_an_excluded_phrase_is_what_may_be_left_out(built: Run) -> None:
    tip = built("search", "đạo đức", '-"tư tưởng"').err.splitlines()[0]
    assert "without the excluded words" in tip and "quotes" not in tip
    tip = built("search", '"không hề có"').err.splitlines()[0]
    assert "excluded" not in tip and "quotes" in tip


def test_nothing_found_says_what_was_asked_and_what_to_loosen(built: Run) -> None:
    status, out, err = built("search", "tham", "nhũng", "NOT", "tham", "--marks", "exact")
    assert (status, out) == (1, "")
    assert err.startswith("vnsearch: nothing found for ")
    assert "--match any" in err and "--marks auto" in err and "without the excluded words" in err
    assert built("search", "zzz").err == "vnsearch: nothing found for zzz\n"


def test_notes_of_the_search_are_told_in_the_language(built: Run) -> None:
    assert "Note: too few results hold all of the words" in built("search", "đạo đức Hồ Chí Minh zzz").err
    assert "Ghi chú: quá ít kết quả chứa đủ các từ" in built("search", "đạo đức Hồ zzz", "--lang", "vi").err
    err = built("search", "tham nhũng NOT tham", "--lang", "vi").err
    assert "nếu không loại trừ: 2" in err and "vnsearch: Ghi chú" in err


def test_a_query_is_repeated_shortly_and_an_empty_one_not_at_all(built: Run) -> None:
    err = built("search", "z" * 5000).err
    assert err.count("\n") <= 3 and max(map(len, err.splitlines())) < 300
    status, out, err = built("search", " ")
    assert (status, out) == (1, "") and err.count("\n") == 1 and "nothing to search for" in err


def test_past_the_last_result_is_not_nothing_found(built: Run) -> None:
    status, out, err = built("search", "tham nhũng", "--offset", "50")
    assert (status, out) == (1, "")
    assert "there are only 2 results" in err


def test_json_of_a_search(built: Run) -> None:
    status, out, err = built("search", "--json", "đạo đức")
    values = json.loads(out)
    assert status == 0 and err == ""
    assert next(iter(values)) == "schema" and values["schema"] == 1
    assert values["query"] == "đạo đức" and values["total"] == 1 and values["hits"][0]["id"] == "a.txt"
    assert "đạo đức" in out
    passage = values["hits"][0]["passages"][0]
    assert {passage["text"][begin:end].lower() for begin, end in passage["spans"]} == {"đạo đức"}
    assert json.loads(built("search", "--json", "zzz").out)["hits"] == []


def test_options_reach_the_index(built: Run) -> None:
    def ids(*arguments: str) -> list[str]:
        return [hit["id"] for hit in json.loads(built("search", "--json", *arguments).out)["hits"]]

    assert sorted(ids("tham nhũng")) == ["b.txt", "c.txt"]
    assert len(ids("tham nhũng", "-n", "1")) == 1
    assert ids("tham nhũng", "-n1", "--offset=1") == ids("tham nhũng")[1:]
    assert ids("tham", "nhũng", "-lãng") == ["c.txt"] == ids("--", "-lãng", "tham", "nhũng")
    assert sorted(ids("đạo", "tiêu", "--match", "any")) == ["a.txt", "b.txt"]
    assert ids("đạo tiêu", "--match", "all") == []
    assert ids("dao duc", "--marks", "exact") == []
    assert ids("tham nhũng NOT lãng", "--literal", "--match", "all") == []
    assert len(ids("tham nhũng", "--passages")) >= 2


def test_filters_and_sorting(run: Run) -> None:
    from datetime import date

    from vnsearch import Document

    with Index.create("index") as index:
        index.add(
            Document(id=f"{source}{year}", text="tham nhũng", fields={"source": source, "date": date(year, 1, 1)})
            for source, year in [("x", 2018), ("y", 2020), ("z", 2022)]
        )

    def ids(*arguments: str) -> list[str]:
        return [hit["id"] for hit in json.loads(run("search", "--json", "tham nhũng", *arguments).out)["hits"]]

    assert ids("--sort", "-date") == ["z2022", "y2020", "x2018"] == ids("--sort=-date")
    assert ids("--sort", "date", "--filter", "source=x", "--filter", "source=z") == ["x2018", "z2022"]
    assert ids("--filter", "date=2019..2021") == ["y2020"]
    refused = run("search", "x", "--field", "source")
    assert refused.status == 2 and "source is not NAME=VALUE (for example source=nhandan)" in refused.err
    assert ids("--field", "source=y") == ids("--filter", "source=y") == ["y2020"]
    assert ids("--since", "2020", "--sort", "date") == ["y2020", "z2022"]
    assert ids("--until=1/2020", "--sort", "date") == ["x2018", "y2020"]
    assert ids("--since", "2019", "--until", "31/12/2021", "--field", "source=y") == ["y2020"]
    assert ids("--since", "2/1/2020", "--until", "2021") == []
    assert "2020-01-01" in run("search", "tham", "--filter", "source=y").out


def test_a_query_from_standard_input(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufefftư tưởng\nđạo đức\n"))
    assert "a.txt" in built("search", "-").out


def test_the_index_may_be_named_before_or_after_the_command(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run("--index", "one", "index").status == 0
    assert run("index", "seeds", "--index", "two").status == 0
    monkeypatch.setenv("VNSEARCH_INDEX", str(tmp_path / "three"))
    assert run("index").status == 0
    assert {p.name for p in tmp_path.iterdir()} == {"seeds", "one", "two", "three"}
    assert run("search", "--index=one", "đạo").status == 0
    assert run("--index", "nowhere", "search", "--index", "two", "đạo").status == 0
    assert run("--index", "nowhere", "search", "đạo").status == 2


def test_hostile_text_is_shown_and_not_obeyed(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    for outcome in (built("search", "lừa đảo"), built("show", "c.txt"), built("search", "--json", "lừa đảo")):
        assert outcome.status == 0
        assert "\x1b[31m" not in outcome.out and "\u202e" not in outcome.out
    assert "␛[31mđỏ" in built("show", "c.txt").out
    text = json.loads(built("show", "--json", "c.txt").out)["text"]
    assert "\u202elừa" in text and "\x1b[31m" in text


def test_hostile_arguments_are_shown_and_not_obeyed(built: Run) -> None:
    for arguments in (["show", "\x1b[2J\n\udcff"], ["search", "\x1b[2J\u202e\udcff"], ["--\x1b[2J"], ["\x1b[2J\n"]):
        outcome = built(*arguments)
        assert outcome.status in (1, 2)
        assert not set("\x1b\u202e") & set(outcome.err)
        assert outcome.err.startswith("vnsearch: ") and "Traceback" not in outcome.err


def test_show(built: Run) -> None:
    status, out, err = built("show", "a.txt")
    assert (status, err) == (0, "")
    assert "phong cách Hồ Chí Minh" in out and "seeds/a.txt" in out
    document = json.loads(built("show", "a.txt", "--json").out)
    assert list(document)[:2] == ["schema", "id"]
    status, out, err = built("show", "none")
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_delete(built: Run) -> None:
    assert built("delete", "a.txt", "none").out == "1 document deleted\n"
    status, out, err = built("delete", "a.txt")
    assert (status, out) == (1, "") and "none" not in out and err.startswith("vnsearch: no document")
    assert built("search", "Hồ Chí Minh", "--match", "all").status == 1
    assert Path("seeds/a.txt").exists()
    assert json.loads(built("delete", "b.txt", "--json").out) == {"schema": 1, "deleted": 1}


def test_stats(built: Run) -> None:
    assert "Documents:          3\n" in built("stats").out
    stats = json.loads(built("stats", "--json").out)
    assert stats["documents"] == 3 and stats["schema"] == 1
    assert "Tài liệu:          3\n" in built("stats", "--lang", "vi").out


def test_doctor(run: Run) -> None:
    outcome = run("doctor")
    assert outcome.status == 1 and "there is no index yet" in outcome.out
    assert json.loads(run("doctor", "--json").out)["problems"] is None
    run("index")
    outcome = run("doctor")
    assert outcome.status == 0
    assert "NumPy:" in outcome.out and "Whoosh:" in outcome.out and "no fault found" in outcome.out
    findings = json.loads(run("doctor", "--json").out)
    assert findings["problems"] == []
    assert findings["whoosh"] == ".".join(map(str, whoosh.__version__))
    assert findings["whoosh_distribution"].split()[0] in ("Whoosh", "whoosh", "whoosh3")
    for file in Path("index").iterdir():
        if file.is_file():
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    outcome = run("doctor")
    assert outcome.status == 2 and outcome.err.startswith("problem: ") and "Traceback" not in outcome.err


def test_errors_are_one_line(run: Run, tmp_path: Path) -> None:
    for arguments, said in [
        (["search", "x"], "there is no index in index"),
        (["index", "typo"], "no file or folder typo"),
        (["serch"], "No such command 'serch'"),
        (["search"], "there is no query"),
        (["show"], "Missing argument"),
        (["search", "x", "--frobnicate"], "put -- before a query"),
        (["search", "x", "-n", "0"], "--limit"),
        (["search", "x", "--match", "most"], "--match"),
        (["--lang", "fr", "search", "x"], "--lang"),
    ]:
        status, out, err = run(*arguments)
        assert (status, out) == (2, ""), arguments
        assert err.startswith("vnsearch: ") and err.count("\n") == 1 and said in err, err


def test_a_mistyped_source_does_not_cost_the_index(built: Run) -> None:
    assert built("index", "--overwrite", "typo").status == 2
    assert built("search", "đạo đức").status == 0
    assert built("index", "--overwrite").out.startswith("3 documents in the index: 3 added")


def test_without_seeds_index_says_what_to_name(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("empty").mkdir()
    monkeypatch.chdir("empty")
    status, _, err = run("index")
    assert status == 2 and "vnsearch index FOLDER" in err
    assert not Path("index").exists()


def test_a_bad_file_is_skipped_and_named(run: Run) -> None:
    Path("seeds/bad.txt").write_bytes(b"\x00\x01\x02\xff" * 64)
    status, out, err = run("index")
    assert status == 0 and "3 added" in out
    assert err.count("\n") == 1 and "bad.txt" in err
    report = json.loads(run("index", "--json").out)
    assert [Path(skipped["path"]).name for skipped in report["skipped"]] == ["bad.txt"]


def test_nothing_indexed_is_an_error(run: Run) -> None:
    Path("bad").mkdir()
    Path("bad/bad.txt").write_bytes(b"\x00\x01\x02\xff" * 64)
    status, _, err = run("index", "bad")
    assert status == 2 and "nothing could be indexed" in err


def test_the_language_of_messages(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "chưa có chỉ mục" in run("search", "x", "--lang", "vi").err
    assert "Tìm kiếm toàn văn tiếng Việt" in run("--lang", "vi", "--help").out
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert "Số kết quả tối đa" in run("search", "--help").out
    assert "How many results at most" in run("search", "--help", "--lang", "en").out


def test_help_names_every_command_and_no_bare_key(run: Run) -> None:
    page = run("--help").out
    for name in ("index", "search", "shell", "show", "similar", "delete", "stats", "doctor"):
        assert f"\n  {name} " in page
        assert "help." not in run(name, "--help").out
    assert "help." not in page
    assert run().out == page


def test_interrupting_is_told_by_the_status(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Index, "search", interrupt)
    assert built("search", "x").status == 130


def test_a_fault_of_ours_is_told_as_one(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("\x1b[2J")

    monkeypatch.setattr(Index, "search", fail)
    status, _, err = built("search", "x")
    assert status == 2 and "ZeroDivisionError" in err and "\x1b" not in err
    assert err.splitlines()[-1].startswith("vnsearch: this is a fault of vnsearch")


def test_near_duplicates_are_collapsed_where_that_is_wanted(built: Run) -> None:
    text = TEXTS["b.txt"] + "Cơ quan điều tra mở rộng vụ án, khởi tố thêm nhiều bị can ở các tỉnh phía Nam. " * 4
    for name in ("d.txt", "e.txt"):
        Path("seeds", name).write_text(text, encoding="utf-8")
    built("index")
    query = ("search", "cơ quan điều tra", "--match", "all")
    assert built(*query, "--count").out == "2\n"
    assert built(*query, "--count", "--collapse").out == "1\n"
    settings = Settings(collapse=True)
    for no_collapse, count in ((False, "1\n"), (True, "2\n")):
        out = io.StringIO()
        around = Surroundings(Terminal(out, io.StringIO(), color=False, wraps=False), Messages("en"), settings=settings)
        how: dict[str, Any] = {"limit": 10, "match": "all", "marks": "auto", "count": True, "no_collapse": no_collapse}
        assert search(around, ["cơ quan điều tra"], **how) == 0
        assert out.getvalue() == count
