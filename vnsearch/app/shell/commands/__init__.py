"""The commands of the shell, a file a concern. Importing this package registers them."""

from __future__ import annotations

# Their order here is the order of `.help`.
# isort: off
from . import documents
from . import narrowing
from . import counting
from . import keeping
from . import settings
from . import upkeep
from . import conversation

__all__ = ["conversation", "counting", "documents", "keeping", "narrowing", "settings", "upkeep"]
