"""Many byte strings as two arrays: all their bytes, and where each begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .container import Container, ContainerWriter

_SURROGATES: Final = "surrogatepass"


def encode(text: str) -> bytes:
    """Text as an index stores it: UTF-8, with lone surrogates kept."""
    return text.encode("utf-8", _SURROGATES)


def encode_all(lines: Sequence[str]) -> list[bytes]:
    """Texts as an index stores them, which hold no line end; faster than one by one."""
    return encode("\n".join(lines)).split(b"\n") if lines else []


def decode(data: bytes) -> str:
    """What `encode` wrote."""
    return data.decode("utf-8", _SURROGATES)


def write_strings(container: ContainerWriter, name: str, strings: Iterable[bytes]) -> None:
    """Write strings under `name`."""
    held = list(strings)
    offsets = np.zeros(len(held) + 1, dtype=np.uint64)
    np.cumsum(np.fromiter(map(len, held), dtype=np.uint64, count=len(held)), out=offsets[1:])
    container.add(f"{name}.bytes", np.frombuffer(b"".join(held), dtype=np.uint8))
    container.add(f"{name}.offsets", offsets if len(held) and offsets[-1] >= 1 << 32 else offsets.astype(np.uint32))


class _Mapped:
    """Bytes that are mapped from the file."""

    def __init__(self, array: NDArray[np.uint8]) -> None:
        self._view = memoryview(array)  # type: ignore[arg-type]

    def bytes(self, first: int, last: int) -> bytes:
        """Those from `first` up to `last`."""
        return bytes(self._view[first:last])


class Strings:
    """The strings that `write_strings` wrote, read one at a time."""

    def __init__(self, container: Container, name: str, mapped: bool = True) -> None:
        """`mapped` is for strings that are searched; others are read from the file one by one."""
        self._bytes = _Mapped(container.array(f"{name}.bytes")) if mapped else container.column(f"{name}.bytes")
        self._offsets: NDArray[np.uint64] = container.array(f"{name}.offsets")
        if not len(self._offsets):
            raise container.damage(f"has strings '{name}' without an end")

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, place: int) -> bytes:
        return self._bytes.bytes(int(self._offsets[place]), int(self._offsets[place + 1]))

    def __iter__(self) -> Iterator[bytes]:
        bounds = self._offsets.tolist()
        whole = self._bytes.bytes(0, bounds[-1])
        return (whole[a:b] for a, b in pairwise(bounds))

    def slice(self, first: int, last: int) -> list[bytes]:
        """The strings from `first` up to `last`."""
        bounds = self._offsets[first : last + 1].tolist()
        whole = self._bytes.bytes(bounds[0], bounds[-1]) if bounds else b""
        base = bounds[0] if bounds else 0
        return [whole[a - base : b - base] for a, b in pairwise(bounds)]

    def bisect(self, string: bytes, first: int = 0, last: int | None = None) -> int:
        """Where `string` stands or would stand, among strings in ascending order."""
        high = len(self) if last is None else last
        low = first
        while low < high:
            middle = (low + high) // 2
            if self[middle] < string:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, string: bytes, first: int = 0, last: int | None = None) -> int | None:
        """The place of `string`, among strings in ascending order, or None."""
        place = self.bisect(string, first, last)
        end = len(self) if last is None else last
        return place if place < end and self[place] == string else None
