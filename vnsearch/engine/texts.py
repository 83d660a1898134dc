"""The texts of documents, compressed in blocks of whole documents.

A block is compressed on its own, so one text costs the decompression of one block, and blocks are copied as they are
when segments are merged. Zstandard is used since deflate takes about ten times as long at the same size.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import zstandard
from numpy.typing import NDArray

from .container import Container, ContainerWriter
from .strings import Strings, decode, encode

BLOCK: Final = 1 << 16
"""A block is closed when it holds this many bytes of text."""

LEVEL: Final = 3
MAX_BLOCK: Final = 1 << 31
"""The largest block that is decompressed: a bound against a damaged or hostile file."""


_threads: Final = threading.local()


class Block(NamedTuple):
    """Texts of consecutive documents: their bytes, compressed once they are to be written, and the length of each text
    in bytes."""

    data: bytes
    lengths: tuple[int, ...]


def gather(texts: Sequence[str]) -> list[Block]:
    """Texts as blocks, in order, that are yet to be compressed."""
    blocks: list[Block] = []
    held: list[bytes] = []
    size = 0
    for place, text in enumerate(texts):
        data = encode(text)
        held.append(data)
        size += len(data)
        if size >= BLOCK or place == len(texts) - 1:
            blocks.append(Block(b"".join(held), tuple(map(len, held))))
            held, size = [], 0
    return blocks


def compress(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, compressed. All of them in one call where that is there, so that other threads are left alone: each
    time that one asks for its turn with Python, another may have to wait for as long as a block takes."""
    compressor = zstandard.ZstdCompressor(level=LEVEL)
    held: list[bytes | bytearray | memoryview[int]] = [data for data, _ in blocks]
    if zstandard.backend != "cext" or not held or not all(held):  # it takes no empty ones
        return [Block(compressor.compress(data), lengths) for data, lengths in blocks]
    compressed = compressor.multi_compress_to_buffer(held)
    return [Block(compressed[place].tobytes(), block.lengths) for place, block in enumerate(blocks)]


class TextsWriter:
    """Writes the texts of a segment as they come: they are the first array of its file."""

    def __init__(self, container: ContainerWriter) -> None:
        self._container = container
        self._offsets = [0]
        self._first = [0]
        self._lengths: list[int] = []
        container.begin("texts.bytes", np.uint8)

    def write(self, blocks: Iterable[Block]) -> None:
        """Write the blocks of further documents, all at once: other threads are at work meanwhile (see `compress`)."""
        blocks = list(blocks)
        self._container.append(np.frombuffer(b"".join([block.data for block in blocks]), dtype=np.uint8))
        for block in blocks:
            self._offsets.append(self._offsets[-1] + len(block.data))
            self._lengths.extend(block.lengths)
            self._first.append(len(self._lengths))

    def close(self) -> None:
        """Write where the blocks and the texts are."""
        self._container.add("texts.offsets", np.array(self._offsets, dtype=np.uint64))
        self._container.add("texts.first", np.array(self._first, dtype=np.uint32))
        self._container.add("texts.lengths", np.array(self._lengths, dtype=np.uint32))


class Texts:
    """The texts of a segment. Safe for several threads."""

    def __init__(self, container: Container) -> None:
        self._blocks = Strings(container, "texts", mapped=False)
        self._first: NDArray[np.uint32] = container.array("texts.first")
        self._lengths: NDArray[np.uint32] = container.array("texts.lengths")
        self._open = lru_cache(maxsize=16)(partial(_decompress, container, self._blocks, self._first, self._lengths))
        if len(self._first) != len(self._blocks) + 1 or self._first[-1] != len(self._lengths):
            raise container.damage("has arrays of texts that do not fit together")

    def __len__(self) -> int:
        return len(self._lengths)

    def __getitem__(self, document: int) -> str:
        block = int(np.searchsorted(self._first, document, side="right")) - 1
        first = int(self._first[block])
        begin = int(self._lengths[first:document].sum())
        data = self._open(block)
        return decode(data[begin : begin + int(self._lengths[document])])

    def blocks(self) -> list[Block]:
        """The blocks as they are stored, for merging."""
        bounds = pairwise(self._first.tolist())
        lengths = (tuple(self._lengths[first:last].tolist()) for first, last in bounds)
        return [Block(data, held) for data, held in zip(self._blocks, lengths, strict=True)]


def _decompressor() -> zstandard.ZstdDecompressor:
    """That of this thread: to make one takes a good part of the time of a block, and threads cannot share one."""
    held: zstandard.ZstdDecompressor | None = getattr(_threads, "decompressor", None)
    if held is None:
        held = _threads.decompressor = zstandard.ZstdDecompressor()
    return held


def _decompress(
    container: Container, blocks: Strings, first: NDArray[np.uint32], lengths: NDArray[np.uint32], block: int
) -> bytes:
    size = int(lengths[first[block] : first[block + 1]].sum())
    if size > MAX_BLOCK:
        raise container.damage(f"has a block of texts that claims to hold {size:,} bytes")
    if not size:
        return b""
    try:
        data = _decompressor().decompress(blocks[block], max_output_size=size)
    except zstandard.ZstdError:
        data = b""
    if len(data) != size:
        raise container.damage("has damaged texts")
    return data
