"""The README says what is so: its picture, its examples, its commands and its map of the house."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def run(*arguments: str, cwd: Path = ROOT, typed: str = "") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=env, input=typed, capture_output=True, encoding="utf-8"
    )


def test_the_picture_is_what_the_command_prints(tmp_path: Path) -> None:
    (picture,) = blocks("console")
    command, shown = picture.split("\n", 1)
    arguments = command.removeprefix("$ vnsearch ").split()
    index = str(tmp_path / "index")
    assert run("-m", "vnsearch", "--index", index, "index", "seeds").returncode == 0
    printed = run("-m", "vnsearch", "--index", index, *arguments)
    assert printed.returncode == 0
    assert " ".join(printed.stdout.split()) == " ".join(shown.split())


def test_the_pictures_of_the_shell_tell_what_it_tells(tmp_path: Path) -> None:
    """What is drawn on a screen only (bars, what is cut to its width, times) is left out of account."""
    typing, explaining = blocks("text")
    index = str(tmp_path / "index")
    assert run("-m", "vnsearch", "--index", index, "index", "seeds").returncode == 0
    query = re.search("> (.*)", typing)
    assert query is not None
    found = run("-m", "vnsearch", "--index", index, "shell", typed=query[1]).stdout
    titles = re.findall(r"^ (\d) (.*?)…?$", typing, re.MULTILINE)
    assert len(titles) == 2
    for shown in titles:
        assert "\n{}. {}".format(*shown) in found
    told = run("-m", "vnsearch", "--index", index, "shell", typed="dang uy khoi\n.explain 1").stdout
    assert len(explaining.splitlines()) > 5
    for line in explaining.splitlines()[1:-1]:
        assert " ".join(re.sub("[█-▏]", "", line).split()) in " ".join(told.split())


def test_the_example_runs_and_finds(tmp_path: Path) -> None:
    (example,) = blocks("python")
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    done = run(str(script), cwd=tmp_path)
    assert done.stderr == ""
    assert done.stdout == "a ['tư tưởng', 'đạo đức']\n"


@pytest.mark.parametrize("folder", re.findall(r"^  ([a-z_]+(?:/|\.py)) ", README, re.MULTILINE))
def test_the_rooms_on_the_map_exist(folder: str) -> None:
    assert (ROOT / "vnsearch" / folder).exists()


def test_every_command_has_its_line() -> None:
    from vnsearch.app import commands  # noqa: F401  registers them
    from vnsearch.app.declaration import COMMANDS

    assert set(re.findall(r"^\| `vnsearch (\w+)", README, re.MULTILINE)) == set(COMMANDS)


def test_the_two_lines_stand_in_it() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) == 2
    assert all(line.startswith("python3 -m venv ") for line in lines)
    assert lines[0].endswith("search tu tuong dao duc") and lines[1].endswith("pytest")
