"""vnsearch: full-text search for Vietnamese.

The names below are the public ones. They are brought in when they are first used, so that a program that only asks for
the version does not load a search engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .engine import VietnameseAnalyzer
    from .errors import VnsearchError
    from .index import Index
    from .models import Document, Hit, Passage, SearchResults, SyncReport

__version__: Final = "0.1.0"

__all__ = [
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

_HOMES: Final = {
    "Document": ".models",
    "Hit": ".models",
    "Index": ".index",
    "Passage": ".models",
    "SearchResults": ".models",
    "SyncReport": ".models",
    "VietnameseAnalyzer": ".engine",
    "VnsearchError": ".errors",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(home, __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
