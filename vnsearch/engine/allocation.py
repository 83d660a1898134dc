"""How the memory of arrays is taken and given back while documents are analysed."""

from __future__ import annotations

from typing import Final

import numpy as np

_LARGEST: Final = 31 << 20
"""Somewhat less than the most that the threshold of glibc follows on a 64-bit system (32 MB)."""


def keep_freed() -> None:
    """Have the allocator keep what is freed for the next array, as far as it is one that learns.

    Every batch takes arrays of some megabytes and frees them. By itself glibc gives each of them back to the system at
    once, and to fetch them anew, page by page, takes a good part of the time of the batch. It keeps blocks that are
    smaller than the largest one freed so far (mallopt(3), M_MMAP_THRESHOLD): so one is freed that was never touched,
    which costs nothing. To other allocators it is an array like any other.
    """
    np.empty(_LARGEST, dtype=np.uint8)
