"""How much memory building an index may take for postings, unless somebody says otherwise."""

from __future__ import annotations

from typing import Final

DEFAULT_BUDGET: Final = 512 << 20
"""In bytes."""
