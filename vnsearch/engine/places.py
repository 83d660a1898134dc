"""How the place of a token is written as one number: its record and its position there; and how a header is told.

Apart from `chunk`, because reading an index needs this, and nothing of what makes one.
"""

from __future__ import annotations

from typing import Final

import numpy as np

POSITION_BITS: Final = 8
LAST_POSITION: Final = (1 << POSITION_BITS) - 2
"""Where all further tokens of a title stand that is longer than positions can tell: found, but in no phrase. (One less
than there is room for, so that the next number is never the first place of another record.)"""

HEADER: Final = np.iinfo(np.uint32).max
"""What stands for the offsets of a record that is a header."""
