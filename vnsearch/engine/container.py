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
import weakref
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexDamaged, IndexVersion

MAGIC: Final = b"vnsearch"
VERSION: Final = 6
_HEAD: Final = struct.Struct("<8sII")
_TRAILER: Final = struct.Struct("<QII8s")
_ALIGN: Final = 64
_CHUNK: Final = 1 << 22
_FLUSH: Final = 1 << 25
"""Whenever so many bytes were written, the system is made to write them to the disk, beside all else."""


Array = NDArray[Any]


def rebuild_hint(folder: Path) -> str:
    """What to do about an index that cannot be used."""
    return f"rebuild it: vnsearch --index {folder} index --overwrite"


class ContainerWriter:
    """Writes a container. The file is complete, and on the disk, once `close` has returned; `abort` removes it.

    `sum` is the CRC-32 of the directory then; since that holds the sums of the arrays, it stands for all of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("xb")
        self._file.write(_HEAD.pack(MAGIC, VERSION, 0))
        self._directory: dict[str, dict[str, Any]] = {}
        self._open: dict[str, Any] = {}
        self.sum = 0
        self._flushing: _Flushing | None = None
        self._flushed = 0

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
        self._begin_flushing()

    def _begin_flushing(self) -> None:
        """Have the system write what it holds of the file, so that little is left to wait for in the end."""
        if self._file.tell() - self._flushed < _FLUSH or (self._flushing and self._flushing.is_alive()):
            return
        self._end_flushing()
        self._file.flush()
        self._flushed = self._file.tell()
        self._flushing = _Flushing(self._file.fileno())

    def _end_flushing(self) -> None:
        """Raise what went wrong when it was last done: the system tells it once."""
        if self._flushing is not None:
            self._flushing.join()
            if self._flushing.error is not None:
                raise self._flushing.error

    def close(self) -> None:
        """Write the directory, and make sure that the file is on the disk."""
        directory = json.dumps(self._directory).encode()
        offset = self._file.tell()
        self.sum = zlib.crc32(directory)
        self._file.write(directory)
        self._file.write(_TRAILER.pack(offset, len(directory), self.sum, MAGIC))
        self._file.flush()
        self._end_flushing()
        os.fsync(self._file.fileno())
        self._file.close()

    def abort(self) -> None:
        """Give up; the file is removed."""
        with suppress(OSError):
            self._end_flushing()
        with suppress(OSError):  # what is still to be written may find the disk full; the file is closed nonetheless
            self._file.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.close()
        finally:
            if not self._file.closed:
                self.abort()


class _Flushing(Thread):
    """Puts a file on the disk while it grows."""

    def __init__(self, file: int) -> None:
        super().__init__(daemon=True)
        self.error: OSError | None = None
        self._file = file
        self.start()

    def run(self) -> None:
        """What it is for."""
        try:
            os.fsync(self._file)
        except OSError as error:
            self.error = error


class Container:
    """A container that was opened for reading, mapped into memory.

    Raises `IndexDamaged` for a file that is missing, cut short or no container, and `IndexVersion` for one of another
    version. `sum` is what `ContainerWriter.sum` was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sum = 0
        try:
            self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            weakref.finalize(self, os.close, self._file)
            self._map = mmap.mmap(self._file, 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise self.damage("is missing") from None
        except ValueError:
            raise self.damage("cannot be read, or is empty") from None
        except OSError as error:  # nothing is wrong with the file, as far as one knows
            what = f"the index file '{path}' cannot be read: {error.strerror}"
            raise IndexDamaged(what, "check its permissions") from None
        self._directory = self._read_directory()

    def damage(self, what: str) -> IndexDamaged:
        """The error that says what is wrong with the file."""
        return IndexDamaged(f"the index file '{self.path}' {what}", rebuild_hint(self.path.parent))

    def _read_directory(self) -> dict[str, dict[str, Any]]:
        size = len(self._map)
        if size < _HEAD.size + _TRAILER.size:
            raise self.damage("is cut short")
        magic, version, _ = _HEAD.unpack_from(self._map)
        if magic != MAGIC:
            raise self.damage("is no file of vnsearch")
        if version != VERSION:
            raise IndexVersion(
                f"the index file '{self.path}' has format {version}, this vnsearch reads format {VERSION}",
                rebuild_hint(self.path.parent),
            )
        offset, length, crc, end = _TRAILER.unpack_from(self._map, size - _TRAILER.size)
        if end != MAGIC or offset + length + _TRAILER.size != size:
            raise self.damage("is cut short")
        raw = self._map[offset : offset + length]
        if zlib.crc32(raw) != crc:
            raise self.damage("has a damaged directory")
        self.sum = crc
        try:
            directory: dict[str, dict[str, Any]] = json.loads(raw)
            outside = [name for name, entry in directory.items() if not _is_inside(entry, offset)]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self.damage("has a directory that says nothing") from None
        if outside:
            raise self.damage(f"has an array '{outside[0]}' outside the file")
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
            raise self.damage(f"lacks the array '{name}'")
        return np.frombuffer(self._map, dtype=entry["dtype"], count=entry["length"], offset=entry["offset"])

    def column(self, name: str) -> Column:
        """An array that is read from the file a stretch at a time. Raises `IndexDamaged` where there is none."""
        entry = self._directory.get(name)
        if entry is None:
            raise self.damage(f"lacks the array '{name}'")
        return Column(self, np.dtype(entry["dtype"]), entry["length"], entry["offset"])

    def read(self, offset: int, size: int) -> bytes:
        """Bytes of the file, read and not mapped. Raises `IndexDamaged` where there are fewer."""
        try:
            data = _pread(self._file, size, offset)
            while len(data) < size and (more := _pread(self._file, size - len(data), offset + len(data))):
                data += more  # a system reads about 2 GB at once
        except OSError as error:
            raise self.damage(f"cannot be read: {error.strerror}") from None
        if len(data) != size:
            raise self.damage("was cut short while it was open")
        return data

    def verify(self) -> list[str]:
        """The names of the arrays whose sums are wrong. Reads the whole file."""
        return [name for name in self._directory if self._sum(name) != self._directory[name]["crc"]]

    def problems(self) -> list[IndexDamaged]:
        """The errors that say which arrays have wrong sums. Reads the whole file."""
        return [self.damage(f"holds a damaged array '{name}'") for name in self.verify()]

    def ensure_sound(self) -> None:
        """Raise `IndexDamaged` where the sum of an array is wrong. Reads the whole file."""
        for problem in self.problems():
            raise problem

    def _sum(self, name: str) -> int:
        data = self.array(name).view(np.uint8)
        crc = 0
        for start in range(0, len(data), _CHUNK):
            crc = zlib.crc32(data[start : start + _CHUNK].data, crc)
        return crc


class Column:
    """An array of a container, of which stretches are read when they are wanted.

    What is large and read in stretches, each of which is worked on at once, is better read than mapped: a search then
    takes the memory of what it looks at, and gives it back.
    """

    def __init__(self, container: Container, dtype: Any, length: int, offset: int) -> None:
        self._container = container
        self._dtype = dtype
        self._length = length
        self._offset = offset

    def __len__(self) -> int:
        return self._length

    def bytes(self, first: int, last: int) -> bytes:
        """The bytes of the values from `first` up to `last`."""
        size = self._dtype.itemsize
        return self._container.read(self._offset + first * size, (last - first) * size)

    def read(self, first: int = 0, last: int | None = None) -> Array:
        """The values from `first` up to `last`."""
        return np.frombuffer(self.bytes(first, self._length if last is None else last), dtype=self._dtype)


_LOCK: Final = Lock()


def _pread(file: int, size: int, offset: int) -> bytes:
    """Bytes at an offset, whatever other threads read."""
    if hasattr(os, "pread"):
        return os.pread(file, size, offset)
    with _LOCK:  # Windows
        os.lseek(file, offset, os.SEEK_SET)
        return os.read(file, size)


def _is_inside(entry: dict[str, Any], end: int) -> bool:
    """Whether the directory describes an array of plain numbers that lies before `end`."""
    dtype, length, offset = np.dtype(entry["dtype"]), entry["length"], entry["offset"]
    if not isinstance(length, int) or not isinstance(offset, int) or not isinstance(entry["crc"], int):
        return False
    return dtype.kind in "uif" and length >= 0 and offset >= _HEAD.size and offset + length * dtype.itemsize <= end
