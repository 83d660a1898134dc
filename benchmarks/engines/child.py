"""One measurement in a process of its own, so that no engine inherits another's memory or state.

The job comes as JSON on standard input; the answer is the last line of standard output.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from .adapter import Kind
from .corpus import read_articles
from .registry import ENGINES

LIMIT: Final = 10

_BARE: Final = """
import os, resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(open("/proc/self/status").read() if os.path.exists("/proc/self/status") else "")
"""


class ChildFailed(Exception):
    """A measurement did not come to its end."""


def build(engine: str, articles: Path, limit: int | None, folder: Path) -> dict[str, float]:
    """Build an index from articles that are in memory already. Seconds, and bytes on disk."""
    return _run(task="build", engine=engine, articles=str(articles), limit=limit, folder=str(folder), stream=False)


def peak_building(engine: str, articles: Path, limit: int | None, folder: Path) -> float:
    """Peak memory in bytes above a bare interpreter, imports included, building from articles read one by one."""
    job = _run(task="build", engine=engine, articles=str(articles), limit=limit, folder=str(folder), stream=True)
    return job["peak"]


def peak_searching(engine: str, folder: Path, queries: Mapping[Kind, list[str]]) -> float:
    """Peak memory in bytes above a bare interpreter, imports included, answering every query once."""
    return _run(task="search", engine=engine, folder=str(folder), queries=queries)["peak"]


def _run(**job: object) -> dict[str, float]:
    bare = subprocess.run([sys.executable, "-c", _BARE], capture_output=True, text=True, check=True)
    done = subprocess.run(
        [sys.executable, "-m", __name__], input=json.dumps(job), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise ChildFailed(said[-1])
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    answer["peak"] -= _peak(*bare.stdout.split("\n", 1))
    return answer


def _peak(maximum: str, status: str) -> float:
    """Peak resident bytes of a process, mapped files included.

    Linux counts into `ru_maxrss` what the parent had when it started the child; VmHWM begins anew.
    """
    known = re.search(r"VmHWM:\s*(\d+) kB", status)
    if known:
        return int(known[1]) * 1024
    return int(maximum) * (1 if sys.platform == "darwin" else 1024)


def _own_peak() -> float:
    status = Path("/proc/self/status")
    maximum = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _peak(str(maximum), status.read_text() if status.exists() else "")


def _answer(job: dict[str, Any]) -> dict[str, float]:
    engine, folder = ENGINES[job["engine"]](), Path(job["folder"])
    if job["task"] == "build":
        articles = read_articles(Path(job["articles"]), job["limit"])
        seconds = engine.build(articles if job["stream"] else list(articles), folder)
        return {"seconds": seconds, "size": engine.size(folder), "peak": _own_peak()}
    engine.open(folder)
    for kind, texts in job["queries"].items():
        for text in texts if kind in engine.kinds else ():
            engine.search(kind, text, LIMIT)
    return {"peak": _own_peak()}


if __name__ == "__main__":
    print(json.dumps(_answer(json.load(sys.stdin))))
