"""Documents that are analysed together, and how they are sent to another process.

Only what analysis needs is sent: texts, titles and borders. The texts go as one, in UTF-16, which is written and read
several times as fast as the UTF-8 of pickled strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, Final

from ..models import Document

_ENCODING: Final = "utf-16-le"


class Batch(list[Document]):
    """A batch of documents. In another process it has the same texts, titles and borders, and nothing else."""

    def __reduce__(self) -> tuple[Any, ...]:
        titles = [document.title for document in self]
        borders = [document.borders for document in self]
        texts = [document.text for document in self]
        try:
            joined = "".join(texts).encode(_ENCODING)
        except UnicodeEncodeError:  # halves of characters would become whole ones
            return _received, (texts, titles, borders)
        return _received_joined, (joined, [*map(len, texts)], titles, borders)


def _received(texts: Sequence[str], titles: Sequence[str], borders: Sequence[tuple[int, ...]]) -> Batch:
    return Batch(
        Document("", text, title, {}, None, edges) for text, title, edges in zip(texts, titles, borders, strict=True)
    )


def _received_joined(
    joined: bytes, lengths: Sequence[int], titles: Sequence[str], borders: Sequence[tuple[int, ...]]
) -> Batch:
    whole = joined.decode(_ENCODING)
    texts = [whole[begin:end] for begin, end in pairwise(accumulate(lengths, initial=0))]
    return _received(texts, titles, borders)
