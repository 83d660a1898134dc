"""The commands, a file a concern. Importing this package registers them; each imports what it needs when it runs."""

from __future__ import annotations

# Their order here is the order of the help page.
# isort: off
from . import indexing
from . import searching
from . import documents
from . import status
from . import configuration
from . import completion

__all__ = ["completion", "configuration", "documents", "indexing", "searching", "status"]
