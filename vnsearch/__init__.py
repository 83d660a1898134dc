"""vnsearch: full-text search for Vietnamese. A program begins with `vnsearch.Index`.

The public names stand in `__all__`. Beside them: `vnsearch.errors` has the tree of errors, `vnsearch.models` all that
methods of `Index` take and give, and `vnsearch.engine.open_whoosh` opens an index for Whoosh.

All of them are brought in when they are first used, so that a program that only asks for the version does not load a
search engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from . import engine as engine
    from . import errors as errors
    from . import models as models
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

_ROOMS: Final = ("engine", "errors", "models")
"""The rooms that programs reach into."""

if not TYPE_CHECKING:  # or a checker would take any name for one of ours

    def __getattr__(name: str) -> Any:
        if name in _ROOMS:
            return import_module(f".{name}", __name__)
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
        value = globals()[name] = getattr(import_module(home, __name__), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_ROOMS})
