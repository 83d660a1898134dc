"""One file that holds named arrays: the shape of every file of an index.

    magic and version, 16 bytes | arrays, each at a multiple of 64 bytes | directory, JSON | trailer, 24 bytes

The directory names each array with its type, length, offset and CRC-32; the trailer says where the directory stands and
bears a CRC-32 of it. Arrays are little-endian and one-dimensional. A reader maps the file into memory and touches only
what is asked for. Opening checks the magic, the version, the trailer, the directory, and that every array lies inside
the file; `verify` reads everything and checks all sums.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexDamaged, IndexVersion

MAGIC: Final = b"vnsearch"
VERSION: Final = 1
_HEAD: Final = struct.Struct("<8sII")
_TRAILER: Final = struct.Struct("<QII8s")
_ALIGN: Final = 64
_CHUNK: Final = 1 << 22

Array = NDArray[Any]


class ContainerWriter:
    """Writes a container. The file is complete, and on the disk, once `close` has returned; `abort` removes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("xb")
        self._file.write(_HEAD.pack(MAGIC, VERSION, 0))
        self._directory: dict[str, dict[str, Any]] = {}
        self._open: dict[str, Any] = {}

    def add(self, name: str, array: Array) -> None:
        """Write an array. Its name is new."""
        self.add_parts(name, array.dtype, [array])

    def add_parts(self, name: str, dtype: Any, parts: Iterable[Array]) -> None:
        """Write an array that comes in parts, of which only one need be in memory at a time."""
        self.begin(name, dtype)
        for part in parts:
            self.append(part)

    def begin(self, name: str, dtype: Any) -> None:
        """Begin an array that grows by `append` until the next one begins."""
        if name in self._directory:
            raise ValueError(f"the container has an array '{name}' already")
        offset = -(-self._file.tell() // _ALIGN) * _ALIGN
        self._file.write(b"\0" * (offset - self._file.tell()))
        kind = np.dtype(dtype).newbyteorder("<")
        self._open = self._directory[name] = {"dtype": kind.str, "length": 0, "offset": offset, "crc": 0}

    def append(self, part: Array) -> None:
        """Add to the array that was begun last."""
        data = np.ascontiguousarray(part, dtype=self._open["dtype"]).view(np.uint8).data
        self._open["crc"] = zlib.crc32(data, self._open["crc"])
        self._open["length"] += len(part)
        self._file.write(data)

    def close(self) -> None:
        """Write the directory, and make sure that the file is on the disk."""
        directory = json.dumps(self._directory).encode()
        offset = self._file.tell()
        self._file.write(directory)
        self._file.write(_TRAILER.pack(offset, len(directory), zlib.crc32(directory), MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abort(self) -> None:
        """Give up; the file is removed."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()


class Container:
    """A container that was opened for reading, mapped into memory.

    Raises `IndexDamaged` for a file that is missing, cut short or no container, and `IndexVersion` for one of another
    version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise self._damage("is missing") from None
        except (OSError, ValueError):
            raise self._damage("cannot be read, or is empty") from None
        self._directory = self._read_directory()

    def _damage(self, what: str) -> IndexDamaged:
        return IndexDamaged(f"the index file '{self.path}' {what}", "restore it, or rebuild the index with --overwrite")

    def _read_directory(self) -> dict[str, dict[str, Any]]:
        size = len(self._map)
        if size < _HEAD.size + _TRAILER.size:
            raise self._damage("is cut short")
        magic, version, _ = _HEAD.unpack_from(self._map)
        if magic != MAGIC:
            raise self._damage("is no file of vnsearch")
        if version != VERSION:
            raise IndexVersion(
                f"the index file '{self.path}' has format {version}, this vnsearch reads format {VERSION}",
                "rebuild the index with --overwrite",
            )
        offset, length, crc, end = _TRAILER.unpack_from(self._map, size - _TRAILER.size)
        if end != MAGIC or offset + length + _TRAILER.size != size:
            raise self._damage("is cut short")
        raw = self._map[offset : offset + length]
        if zlib.crc32(raw) != crc:
            raise self._damage("has a damaged directory")
        directory: dict[str, dict[str, Any]] = json.loads(raw)
        for name, entry in directory.items():
            dtype = np.dtype(entry["dtype"])
            stop = entry["offset"] + entry["length"] * dtype.itemsize
            if dtype.hasobject or entry["length"] < 0 or entry["offset"] < _HEAD.size or stop > offset:
                raise self._damage(f"has an array '{name}' outside the file")
        return directory

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def names(self) -> Iterator[str]:
        """The names of the arrays, in the order in which they were written."""
        return iter(self._directory)

    def array(self, name: str) -> Array:
        """An array, as a read-only view of the file. Raises `IndexDamaged` where there is none of that name."""
        entry = self._directory.get(name)
        if entry is None:
            raise self._damage(f"lacks the array '{name}'")
        return np.frombuffer(self._map, dtype=entry["dtype"], count=entry["length"], offset=entry["offset"])

    def verify(self) -> list[str]:
        """The names of the arrays whose sums are wrong. Reads the whole file."""
        return [name for name in self._directory if self._sum(name) != self._directory[name]["crc"]]

    def _sum(self, name: str) -> int:
        data = self.array(name).view(np.uint8)
        crc = 0
        for start in range(0, len(data), _CHUNK):
            crc = zlib.crc32(data[start : start + _CHUNK].data, crc)
        return crc
