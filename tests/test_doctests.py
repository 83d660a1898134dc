"""The examples in the docstrings of every module are true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import vnsearch

MODULES = ["vnsearch", *(m.name for m in pkgutil.walk_packages(vnsearch.__path__, "vnsearch."))]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    failed, _ = doctest.testmod(import_module(name))
    assert failed == 0


def test_examples_are_found() -> None:
    attempted = sum(doctest.testmod(import_module(name)).attempted for name in MODULES)
    assert attempted > 20
