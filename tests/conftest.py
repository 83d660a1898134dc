"""What tests share: one deterministic hypothesis profile, an index of two documents, the third-party test data."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract import OFFICE, WARD
from hypothesis import HealthCheck, settings

from vnsearch import Index

# What the person who runs the tests has settled for their own searches is not for the tests.
for _name in [name for name in os.environ if name.startswith("VNSEARCH_") and name != "VNSEARCH_DATA"]:
    del os.environ[_name]
os.environ["XDG_CONFIG_HOME"] = str(Path(__file__).with_name("no-such-folder"))

# A run in the background ignores Ctrl-C, and so would the processes that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "vnsearch",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("vnsearch")


SETTLED = ("LC_ALL", "LC_MESSAGES", "LANG", "VNSEARCH_INDEX", "FORCE_COLOR", "NO_COLOR", "PAGER", "VISUAL", "EDITOR")


@pytest.fixture
def neutral(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that settles no language, no colours and no programs."""
    for name in SETTLED:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of third-party test data that $VNSEARCH_DATA names."""
    folder = os.environ.get("VNSEARCH_DATA")
    if not folder:
        pytest.skip("no third-party test data: set VNSEARCH_DATA to its folder")
    if not Path(folder).is_dir():
        pytest.skip(f"no third-party test data: VNSEARCH_DATA is '{folder}', which is no folder")
    return Path(folder)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An index of the two documents of `contract`."""
    with Index.create(tmp_path / "index") as made:
        made.add([WARD, OFFICE])
        yield made
