"""The rules of the house: imports run one way, the public names are pinned, modules are short and documented."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import vnsearch

PACKAGE = Path(vnsearch.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "errors": set(),
    "records": set(),
    "models": {"records"},
    "text": {"errors", "records", "models"},
    "sources": {"errors", "records", "models", "text"},
    "engine": {"errors", "records", "models", "text"},
    "search": {"errors", "records", "models", "text", "engine"},
    "adding": {"errors", "records", "models", "text", "engine"},
    "index": {"errors", "records", "models", "text", "engine", "search", "sources", "sync", "adding"},
    "sync": {"errors", "records", "models", "text", "engine", "search", "sources", "index"},
    "app": {"errors", "records", "models", "text", "engine", "search", "sources", "index", "sync"},
}
"""Room -> the rooms that it may import from:
errors, records <- models <- text <- engine <- search <- index, sync <- app."""

EXEMPT = {"__init__", "__main__"}
"""The public face, which names what it gives out, and the way in."""

PUBLIC = [
    "Document",
    "Hit",
    "Index",
    "Passage",
    "SearchResults",
    "SyncReport",
    "VietnameseAnalyzer",
    "VnsearchError",
    "__version__",
]

MAX_LINES = 400
LONGER: dict[str, str] = {}
"""Modules that may be longer, each with the reason."""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def rooms_named(module: str, names: list[str]) -> Iterator[str]:
    """The rooms that `from module import names` reaches, where module is absolute."""
    if module == "vnsearch":
        for name in names:
            if name in MAY_IMPORT:
                yield name
            elif name != "__version__":
                yield f"vnsearch.{name}"
    elif module.startswith("vnsearch."):
        yield module.split(".")[1]


def imports(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Every import of a file, wherever it stands in it: (line, absolute module, names)."""
    package = ("vnsearch", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, []
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield node.lineno, ".".join(filter(None, (*above, node.module))), [alias.name for alias in node.names]


def test_every_room_is_known() -> None:
    assert {room_of(path) for path in FILES} - EXEMPT == set(MAY_IMPORT)


def test_the_order_of_rooms_has_no_way_back() -> None:
    """What may be imported may not import back, but for the facade and its helper."""
    for room, allowed in MAY_IMPORT.items():
        for other in allowed:
            assert room not in MAY_IMPORT[other] or {room, other} == {"index", "sync"}


@pytest.mark.parametrize("path", [p for p in FILES if room_of(p) not in EXEMPT], ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    room = room_of(path)
    wrong = [
        f"{name_of(path)}:{line} imports {other}"
        for line, module, names in imports(path)
        for other in rooms_named(module, names)
        if other != room and other not in MAY_IMPORT[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["errors", "models", "text", "sources"])
def test_only_the_engine_side_knows_whoosh(room: str) -> None:
    wrong = [
        f"{name_of(path)}:{line}"
        for path in FILES
        if room_of(path) == room
        for line, module, _ in imports(path)
        if module.split(".")[0] == "whoosh"
    ]
    assert wrong == []


def test_the_language_loads_no_whoosh() -> None:
    """As above, in a process of its own, through whatever is imported on the way."""
    modules = ["vnsearch.text." + path.stem for path in (PACKAGE / "text").glob("*.py") if path.stem != "__init__"]
    program = f"import sys, {', '.join(modules)}; sys.exit('whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_public_names_are_pinned() -> None:
    assert vnsearch.__all__ == PUBLIC == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_resolves(name: str) -> None:
    assert getattr(vnsearch, name) is not None
    assert name in dir(vnsearch)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'vnsearch' has no attribute 'nonsense'"):
        _ = vnsearch.nonsense


def test_no_module_is_long() -> None:
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: count for name, count in lines.items() if count > MAX_LINES and name not in LONGER} == {}
    assert {name for name in LONGER if lines.get(name, 0) <= MAX_LINES} == set(), "needs no exception any more"


@pytest.mark.parametrize("room", ["app", "app/shell", "engine", "search", "sources", "text"])
def test_the_map_of_a_room_names_all_that_is_in_it(room: str) -> None:
    said = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    inside = {p.stem for p in (PACKAGE / room).iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert inside - {"__init__"} - set(re.findall(r"\w+", said)) == set()


def undocumented(path: Path) -> Iterator[str]:
    """The public functions, classes and methods of a module that have no docstring, and the module itself."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    if module.body and not ast.get_docstring(module):
        yield f"{name_of(path)} (the module)"
    todo: list[tuple[str, ast.stmt]] = [("", node) for node in module.body]
    while todo:
        owner, node = todo.pop()
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{name_of(path)}:{node.lineno} {owner}{node.name}"
        if isinstance(node, ast.ClassDef):
            todo += [(f"{node.name}.", inner) for inner in node.body]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_everything_public_is_documented(path: Path) -> None:
    assert sorted(undocumented(path)) == []
