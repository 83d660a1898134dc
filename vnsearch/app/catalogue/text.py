"""What an entry of the catalogue is."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """One message in each language."""

    en: str
    vi: str
