"""Settings from files, the environment and flags: which counts, and what is said where one is wrong."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from vnsearch import Document, Index
from vnsearch.app.catalogue import CATALOGUE
from vnsearch.app.configuration import Configuration, load, project_file, user_file
from vnsearch.app.main import main
from vnsearch.app.messages import Messages
from vnsearch.app.settings import COMMAND_LINES, RANGES, Settings
from vnsearch.app.settling import template, toml

Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, neutral: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a project in it, in which we are."""
    home = Path(os.path.realpath(tmp_path)) / "home"
    (home / "project" / "deep").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.chdir(home / "project")
    return home


@pytest.fixture
def user(home: Path) -> Write:
    """Writes the user's file."""

    def write(text: str) -> Path:
        path = home / ".config" / "vnsearch" / "config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def project(home: Path) -> Write:
    """Writes the project file."""

    def write(text: str) -> Path:
        path = home / "project" / ".vnsearch.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def read() -> Configuration:
    return load(os.environ)


def problems() -> list[str]:
    say = Messages("en")
    return [f"{say(p.key, **p.values)} ({say(p.hint, **p.values)})" for p in read().problems]


def test_without_files_and_variables_the_defaults_hold() -> None:
    found = read()
    assert found.settings == Settings() and not found.problems and not found.warnings
    assert found.origin("limit").kind == "default"


def test_the_nearer_place_counts(user: Write, project: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    user_path = user("page = 7\nlimit = 1\nmatch = 'any'\nlive = false\n")
    project_path = project("# ours\nlimit = 2\nmatch = 'all'\n")
    monkeypatch.setenv("VNSEARCH_MATCH", "auto")
    found = read().with_flags({"jobs": 3}, {"jobs": "--jobs"})
    assert (found.settings.page, found.settings.limit, found.settings.match, found.settings.jobs) == (7, 2, "auto", 3)
    assert found.settings.live is False
    assert found.origin("page") == ("user", f"{user_path}:1")
    assert found.origin("limit") == ("project", f"{project_path}:2")
    assert found.origin("match") == ("environment", "$VNSEARCH_MATCH")
    assert found.origin("jobs") == ("flag", "--jobs")


def test_the_project_file_is_the_nearest_one_up_to_the_home_folder(
    home: Path, project: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.parent / ".vnsearch.toml").write_text("limit = 9\n", encoding="utf-8")
    assert project_file(os.environ) is None
    path = project("limit = 4\n")
    monkeypatch.chdir(home / "project" / "deep")
    assert project_file(os.environ) == path and read().settings.limit == 4
    (home / "project" / "deep" / ".vnsearch.toml").write_text("", encoding="utf-8")
    assert read().settings.limit == 10


def test_a_path_is_relative_to_the_file_that_names_it(
    home: Path, user: Write, project: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    user('index = "~/news"\nsynonyms = "words.txt"\n')
    assert read().settings.index == home / "news"
    assert read().settings.synonyms == home / ".config" / "vnsearch" / "words.txt"
    project('index = "idx"\nsynonyms = ""\n')
    monkeypatch.chdir(home / "project" / "deep")
    assert read().settings.index == home / "project" / "idx"
    assert read().settings.synonyms is None
    monkeypatch.setenv("VNSEARCH_INDEX", "here")
    assert read().settings.index == Path("here")


@pytest.mark.parametrize("key", sorted(COMMAND_LINES))
def test_a_project_file_names_no_command(key: str, user: Write, project: Write) -> None:
    user(f"{key} = 'mine'\n")
    project(f"{key} = 'touch /tmp/x'\nlimit = 3\n")
    found = read()
    assert getattr(found.settings, key) == "mine" and found.settings.limit == 3
    assert [warning.key for warning in found.warnings] == ["configuration.untrusted"] and not found.problems


@pytest.mark.parametrize("path", ["../other", "/etc/passwd", "~/x/../../../y", "link/x"])
def test_a_project_file_names_no_path_out_of_its_folder(path: str, home: Path, project: Write) -> None:
    if path.startswith("link"):
        (home / "project" / "link").symlink_to(home.parent)
    project(f"index = '{path}'\n")
    found = read()
    inside = found.settings.index.is_relative_to(home / "project") or found.settings.index == Path("index")
    assert inside and [problem.key for problem in found.problems] == ["configuration.outside"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("limt = 3", "there is no setting limt (did you mean limit?)"),
        ("[limit]", "limit must be a whole number from 1 to 10000, not {}"),
        ("limit = 0", "limit must be a whole number from 1 to 10000, not 0"),
        ("limit = true", "limit must be a whole number from 1 to 10000, not True"),
        ("page = 'x'", "page must be a whole number from 1 to 100, not x"),
        ("mouse = 1", "mouse must be true or false, not 1"),
        ("match = 'most'", "match must be one of auto, all, any, not most"),
        ("match = ['all']", "match must be one of auto, all, any, not ['all']"),
        ("pager = 3", "pager must be text in quotes, not 3"),
        ("index = ''", "index must be text in quotes, not "),
    ],
)
def test_a_wrong_line_is_named_with_what_is_allowed(line: str, said: str, user: Write) -> None:
    path = user(f"# mine\n{line}\n")
    (problem,) = problems()
    assert problem.startswith(f"{path}:2: {said}")


def test_a_key_like_no_other_is_answered_with_all(user: Write) -> None:
    user("zzz = 1\n")
    assert problems()[0].endswith(f"(the settings are {', '.join(f.name for f in fields(Settings))})")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"limit = \n", "is not TOML: Invalid value (at line 1, column 9)"),
        (b"x = " + b"[" * 5000, "is not TOML: "),
        (b"# \xff\n", "is not UTF-8 text"),
        (b"#" * 70000, "is longer than 65536 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(content: bytes, said: str, user: Write) -> None:
    path = user("")
    path.write_bytes(content)
    (problem,) = problems()
    assert f"{path} {said}" in problem and "\n" not in problem


def test_what_is_no_file_is_not_waited_for(home: Path) -> None:
    path = home / "project" / ".vnsearch.toml"
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
    else:
        path.mkdir()
    assert problems()[0].startswith(f"{path} is not a file")


def test_a_file_of_an_editor_that_writes_a_byte_order_mark_is_read(user: Write) -> None:
    user("\ufefflimit = 4\n")
    assert read().settings.limit == 4


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("MOUSE", "yes", True),
        ("LIVE", "0", False),
        ("JOBS", "2", 2),
        ("MARKS", "exact", "exact"),
        ("PAGER", "less", "less"),
    ],
)
def test_variables_are_read_as_their_type(name: str, text: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"VNSEARCH_{name}", text)
    assert getattr(read().settings, name.lower()) == value


@pytest.mark.parametrize(("name", "text"), [("MOUSE", "perhaps"), ("JOBS", "-1"), ("LIMIT", "9" * 999), ("MATCH", "x")])
def test_a_wrong_variable_is_named(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"VNSEARCH_{name}", text)
    (problem,) = problems()
    assert problem.startswith(f"$VNSEARCH_{name}: {name.lower()} must be ") and len(problem) < 300


def test_the_user_file_lies_where_the_platform_wants_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert user_file({"XDG_CONFIG_HOME": "/x"}) == Path("/x/vnsearch/config.toml")
    monkeypatch.setattr("sys.platform", "linux")
    assert user_file({"HOME": "/h", "XDG_CONFIG_HOME": "relative"}) == Path("/h/.config/vnsearch/config.toml")
    monkeypatch.setattr("sys.platform", "darwin")
    assert user_file({"HOME": "/h"}) == Path("/h/Library/Application Support/vnsearch/config.toml")
    monkeypatch.setattr("sys.platform", "win32")
    assert user_file({"APPDATA": "/a"}) == Path("/a/vnsearch/config.toml")


def test_every_setting_has_its_meaning_and_every_number_its_range() -> None:
    assert all(f"setting.{field.name}" in CATALOGUE for field in fields(Settings))
    assert {field.name for field in fields(Settings) if type(field.default) is int} == set(RANGES)


@pytest.mark.parametrize("value", ['a "b" \\ c', "đạo đức", "\x7f\x1b\n", "'''", "\U0001f600"])
def test_values_are_written_as_toml_reads_them(value: str) -> None:
    assert tomllib.loads(f"x = {toml(value)}") == {"x": value}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_file_to_begin_with_says_the_defaults(language: str, user: Write, project: Write) -> None:
    say = Messages(language)  # type: ignore[arg-type]
    assert tomllib.loads(template("user", say)) == {}
    uncommented = "\n".join(
        line.removeprefix("# ") for line in template("user", say).splitlines() if " = " in line and "." not in line
    )
    assert set(tomllib.loads(uncommented)) == {field.name for field in fields(Settings)}
    user(uncommented)
    found = read()
    assert not found.problems
    assert {f.name for f in fields(Settings) if getattr(found.settings, f.name) != f.default} == {"index"}
    assert not any(name in template("project", say) for name in COMMAND_LINES)


def test_a_file_is_written_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for whose, path in (("user", home / ".config/vnsearch/config.toml"), ("project", home / "project/.vnsearch.toml")):
        assert main(["config", "--write", whose]) == 0
        assert capsys.readouterr().out == f"written: {path}\n"
        path.write_text("limit = 3\n", encoding="utf-8")
        assert main(["config", "--write", whose]) == 2
        assert "is there already" in capsys.readouterr().err
        assert path.read_text(encoding="utf-8") == "limit = 3\n"


def test_config_prints_what_holds_and_where_it_comes_from(
    user: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = user("limit = 3\n")
    monkeypatch.setenv("VNSEARCH_MARKS", "exact")
    assert main(["--index", "dir", "config"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[:2] == [f"# your file: {path}", "# project file: (there is none)"]
    origins = {line.split(" = ")[0]: line.partition("  # ")[2] for line in out.splitlines()}
    assert origins["limit"] == f"{path}:1" and origins["marks"] == "$VNSEARCH_MARKS"
    assert origins["index"] == "--index" and origins["page"] == "default"
    assert tomllib.loads(out)["limit"] == 3 and tomllib.loads(out)["index"] == "dir"
    assert main(["config", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["schema"] == 1 and set(printed["settings"]) == {field.name for field in fields(Settings)}
    assert printed["settings"]["limit"] == {"value": 3, "origin": "user", "place": f"{path}:1"}
    assert printed["files"] == {"user": str(path), "project": None}


def test_a_wrong_setting_stops_commands_but_not_the_one_that_shows_it(
    user: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    user("limit = 'x'\npage = 8\n")
    assert main(["stats"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "limit must be" in err
    assert main(["config"]) == 2
    out, err = capsys.readouterr()
    assert "page = 8 " in out and "limit must be" in err
    assert main(["--version"]) == 0 and main(["stats", "--help"]) == 0


def test_what_a_project_file_may_not_say_is_told_and_the_command_runs(
    project: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    project("editor = 'rm -rf /'\n")
    assert main(["config"]) == 0
    out, err = capsys.readouterr()
    assert 'editor = ""' in out and "editor is passed over" in err


def test_options_that_are_not_given_are_as_settled(
    home: Path, project: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Index.create(home / "project" / "idx") as made:
        made.add([Document(id=f"{n}", text="Con đường dài.") for n in range(3)])
    project("index = 'idx'\nlimit = 2\nmarks = 'exact'\nlang = 'vi'\n")
    monkeypatch.chdir(home / "project" / "deep")
    assert main(["search", "đường", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["hits"]) == 2
    assert main(["search", "đường", "--json", "--limit", "1"]) == 0
    assert len(json.loads(capsys.readouterr().out)["hits"]) == 1
    assert main(["search", "duong"]) == 1
    assert "không" in capsys.readouterr().err
    assert main(["search", "duong", "--marks", "auto", "--lang", "en"]) == 0
    assert "3 results" in capsys.readouterr().err


def test_the_synonyms_of_the_settings_are_looked_for(
    home: Path, project: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    with Index.create(home / "project" / "index") as made:
        made.add([Document(id="a", text="Hãng bán xe máy.")])
    (home / "project" / "words.txt").write_text("xe máy = mô tô\n", encoding="utf-8")
    assert main(["search", "mô tô", "--match", "all"]) == 1
    project("synonyms = 'words.txt'\n")
    assert main(["search", "mô tô", "--match", "all"]) == 0


@pytest.mark.parametrize(("color", "coloured"), [("always", True), ("never", False), ("auto", False)])
def test_colours_are_as_settled(
    color: str, coloured: bool, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Index.create(home / "project" / "index") as made:
        made.add([Document(id="a", text="Con đường dài.")])
    monkeypatch.setenv("VNSEARCH_COLOR", color)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert main(["search", "đường"]) == 0
    assert ("\x1b[" in capsys.readouterr().out) is coloured


def test_hostile_names_and_values_are_shown_and_not_obeyed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home / "a\x1b[31m\u202eb"
    folder.mkdir()
    (folder / ".vnsearch.toml").write_text(
        'limit = 3\nsynonyms = "x\\u001b]"\npager = "x"\n"li\\u001bmit" = 2\n', encoding="utf-8"
    )
    monkeypatch.chdir(folder)
    for arguments in (["config"], ["config", "--json"], ["stats"]):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert not {"\x1b", "\u202e"} & set(out + err)
        assert err.count("\n") == 2
