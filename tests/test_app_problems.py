"""What the library says went wrong is known in Vietnamese."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import vnsearch
from vnsearch import errors
from vnsearch.app.catalogue.problems import PROBLEMS
from vnsearch.app.catalogue.text import Text
from vnsearch.app.catalogue.usage import USAGE
from vnsearch.app.main import main
from vnsearch.app.messages import Messages
from vnsearch.app.problems import phrase, problem_text
from vnsearch.errors import IndexNotFound, RequestError, VnsearchError

PACKAGE = Path(vnsearch.__file__).parent
SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if "app" not in path.parts]
EN, VI = Messages("en"), Messages("vi")

FOR_PROGRAMMERS = {"DocumentError"}
"""Errors that only a program can cause, which reads English."""

MAKERS = {"damage": "the index file 'x' {}", "_not_text": "x is not text: {}"}
"""Functions that make an error of a part of its sentence."""


def filled(node: ast.AST) -> str | None:
    """A text as it would be said, with x for what is put in; None where it is no text."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    return None


def sentences(path: Path) -> Iterator[str]:
    """All that a module says in errors: messages and hints, also those that have a name first."""
    named: dict[str, list[str]] = {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and (said := filled(node.value)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                named.setdefault(ast.unparse(target), []).append(said)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        known = getattr(errors, name, None)
        is_error = isinstance(known, type) and issubclass(known, VnsearchError)
        if name not in MAKERS and (not is_error or name in FOR_PROGRAMMERS):
            continue
        for argument in node.args:
            said = filled(argument)
            for text in [said] if said is not None else named.get(ast.unparse(argument), []):
                yield MAKERS.get(name, "{}").format(text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_error_of_the_library_is_known(path: Path) -> None:
    parts = {"the index file 'x' x", "is not text: x", "x x", "x, line x: x"}
    assert [said for said in sentences(path) if said not in parts and said and phrase(said, VI) == said] == []


def test_there_are_errors_to_know() -> None:
    assert len({said for path in SOURCES for said in sentences(path)}) > 50


@pytest.mark.parametrize("text", [*PROBLEMS, *USAGE], ids=lambda text: text.en)
def test_languages_have_the_same_placeholders(text: Text) -> None:
    english, vietnamese = ({name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (text.en, text.vi))
    assert english == vietnamese and text.vi.strip() and text.en != text.vi


@pytest.mark.parametrize("sentences", [PROBLEMS, USAGE], ids=["PROBLEMS", "USAGE"])
def test_no_sentence_is_hidden_by_one_before_it(sentences: tuple[Text, ...]) -> None:
    for text in sentences:
        names = {name for _, name, _, _ in string.Formatter().parse(text.en) if name}
        values = {name: "7" for name in names}
        assert phrase(text.en.format(**values), VI, sentences) == text.vi.format(**values)


def test_what_was_put_in_stays() -> None:
    error = RequestError("no document has a field '{x}\n%s'", "fields of this index: a, {b}")
    assert problem_text(error, VI) == "không tài liệu nào có trường '{x}\n%s' (các trường của chỉ mục này: a, {b})"
    assert problem_text(error, EN) == str(error)
    assert problem_text(IndexNotFound("something new"), VI) == "something new"


@pytest.mark.parametrize(
    ("line", "en", "vi"),
    [
        ("search --limit 0 a", "a whole number from 1 on", "số nguyên từ 1 trở lên"),
        ("search --offset x a", "a whole number from 0 on", "số nguyên từ 0 trở lên"),
        ("search --match most a", "one of: auto, all, any", "một trong: auto, all, any"),
        ("search --frobnicate a", "No such option: --frobnicate", "không có tùy chọn --frobnicate"),
        ("search a --limit", "requires an argument", "cần một giá trị"),
        ("stats --json=3", "does not take a value", "không nhận giá trị"),
        ("stats extra", "extra argument", "thừa đối số"),
        ("serch a", "No such command 'serch'", "không có lệnh 'serch'"),
        ("show", "Missing argument 'ID'", "thiếu đối số 'ID'"),
        ("completion", "one of: bash, zsh, fish", "một trong: bash, zsh, fish"),
        ("completion tcsh", "Invalid value for 'SHELL'", "giá trị của 'SHELL' không hợp lệ"),
    ],
)
def test_a_wrong_command_line_is_told_in_the_users_language(
    line: str, en: str, vi: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for language, said, see in (("en", en, "see vnsearch"), ("vi", vi, "xem vnsearch")):
        assert main(["--lang", language, *line.split()]) == 2
        out, err = capfd.readouterr()
        assert out == "" and err[:-1].isprintable() and err[-1] == "\n"
        assert said in err and see in err


def test_a_command_complains_in_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Tham nhũng", encoding="utf-8")
    Path("b.txt").write_bytes(b"\0" * 100)
    assert main(["index", ".", "--lang", "vi"]) == 0
    assert "không phải văn bản: có byte 0" in capfd.readouterr().err
    assert main(["search", "x", "--field", "a=b", "--lang", "vi"]) == 2
    assert capfd.readouterr().err == "vnsearch: không tài liệu nào có trường 'a' (chỉ mục này không có trường nào)\n"
    assert main(["show", "zzz", "--lang=vi"]) == 2
    assert capfd.readouterr().err.startswith("vnsearch: không có tài liệu 'zzz' (mã tài liệu")
