"""Many queries at once: each line is answered by one, at once, and none stops the others."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vnsearch import Document, Index
from vnsearch.app import batch
from vnsearch.app.main import main
from vnsearch.errors import IndexDamaged

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VNSEARCH_INDEX", raising=False)
    with Index.create("index") as index:
        index.add([Document(id="a", text="Tham nhũng"), Document(id="b", text="Lãng phí, tham nhũng")])


def answers(
    lines: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *options: str
) -> tuple[int, list[dict[str, Any]]]:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    status = main(["search", "--batch", *options])
    out, err = capfd.readouterr()
    assert err == ""
    return status, [json.loads(line) for line in out.splitlines()]


def test_every_line_is_answered(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    status, found = answers("\ufefflãng phí\n\n  \nzzz\ntham nhũng", capfd, monkeypatch, "-n", "1")
    assert status == 0
    assert [(a["schema"], a["line"], a["query"]) for a in found] == [
        (1, 1, "lãng phí"),
        (1, 2, ""),
        (1, 3, "  "),
        (1, 4, "zzz"),
        (1, 5, "tham nhũng"),
    ]
    assert [(a["total"], len(a["hits"])) for a in found] == [(1, 1), (0, 0), (0, 0), (0, 0), (2, 1)]


def test_options_hold_for_every_line(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = answers("phi tham\nlang\n", capfd, monkeypatch, "--jsonl", "--match", "any", "--explain")
    assert [len(a["hits"]) for a in found] == [2, 1]
    assert all(hit["explanation"]["id"] == hit["id"] for a in found for hit in a["hits"])


def test_nothing_at_all_is_told_by_the_status(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answers("zzz\n", capfd, monkeypatch)[0] == 1
    assert answers("", capfd, monkeypatch) == (1, [])


def test_an_error_in_one_line_is_its_answer(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    searched = Index.search

    def search(self: Index, query: str, **how: Any) -> Any:
        if query == "bad":
            raise IndexDamaged("a file is cut short", "index anew")
        return searched(self, query, **how)

    monkeypatch.setattr(Index, "search", search)
    status, found = answers("tham\nbad\nlãng\n", capfd, monkeypatch)
    assert status == 2
    assert found[1] == {"schema": 1, "line": 2, "query": "bad", "error": "a file is cut short (index anew)"}
    assert [len(found[0]["hits"]), len(found[2]["hits"])] == [2, 1]


def test_a_line_without_end_is_cut_and_the_next_is_read(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_LINE", 4)
    _, found = answers("tham nhũng\nabcd\nlãng\n", capfd, monkeypatch)
    assert [a["query"] for a in found] == ["tham", "abcd", "lãng"]


def test_it_is_a_partner_to_talk_to(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vnsearch", "search", "--batch"]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as partner:
        assert partner.stdin is not None and partner.stdout is not None

        def ask(query: str) -> Any:
            assert partner.stdin is not None and partner.stdout is not None
            partner.stdin.write(query.encode() + b"\n")
            partner.stdin.flush()
            return json.loads(partner.stdout.readline())

        assert ask("tham nhũng")["total"] == 2
        with Index.open(tmp_path / "index") as index:
            index.delete("a")
        assert ask("tham nhũng")["total"] == 1, "answers come from the last commit"
        partner.stdin.close()
        assert partner.wait(timeout=20) == 0
