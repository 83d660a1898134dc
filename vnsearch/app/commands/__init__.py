"""The commands, a file a concern. Importing this package registers them; each imports what it needs when it runs.

Their annotations tell what they take. They are values and no texts (no `from __future__ import annotations`), for every
start reads them, and to compile texts takes longer.
"""

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
