"""Documents -> arrays: what one batch of documents adds to a segment, apart from any file.

A chunk is made by one process from some documents, and knows nothing of others: its terms and records are numbered
from 0. `builder` puts chunks together, so they may be made anywhere and in any order.

A token stands at a *place*, which is one number: `record << 8 | position`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..models import Document
from ..text.batch import TokenBatch, Tokenizer
from ..text.batch_passages import cut_all
from .allocation import keep_freed
from .definitions import Defined, read_definitions
from .places import HEADER, LAST_POSITION, POSITION_BITS
from .signatures import Signatures, Signer
from .stretches import stretches
from .texts import Block, compress, gather


class Stream(NamedTuple):
    """The tokens of a field of some documents, in order.

    `terms` uint32[n], `places` uint32[n]: each token and where it stands. The first `tokens` of them ascend by place;
    the rest are the values of grouped numbers, at the places of their first tokens.
    """

    terms: NDArray[np.uint32]
    places: NDArray[np.uint32]
    tokens: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A batch of documents, analysed.

    `tokens`: the terms that are new to the analyser, in order of their numbers.
    `titles`, `bodies`: what stands where.
    `starts`, `ends` uint32[records]: where a passage lies in its text, `HEADER` on headers.
    `sizes` uint16[records]: how many tokens a record has.
    `signatures` uint8[documents, SIZE]: what tells near-duplicates.
    `texts`: the compressed texts.
    `defined`: the abbreviations that the texts define.
    """

    tokens: tuple[str, ...]
    titles: Stream
    bodies: Stream
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    sizes: NDArray[np.uint16]
    signatures: Signatures
    texts: tuple[Block, ...]
    defined: tuple[Defined, ...]


class Analyser:
    """Makes chunks; its vocabulary grows from one to the next. Not safe for several threads."""

    def __init__(self) -> None:
        keep_freed()
        self._tokenizer = Tokenizer()
        self._signer = Signer()

    def analyse(self, documents: Sequence[Document]) -> Chunk:
        """The chunk of a batch of documents. Batches of about a million characters are fastest."""
        known = len(self._tokenizer.vocabulary)
        with ThreadPoolExecutor(1) as beside:  # compressing and signing leave Python alone, so they go on meanwhile
            return self._analyse(documents, known, beside)

    def _analyse(self, documents: Sequence[Document], known: int, beside: Executor) -> Chunk:
        texts = [document.text for document in documents]
        blocks = beside.submit(compress, gather(texts))
        titles = self._tokenizer.tokenize([document.title for document in documents])
        bodies = self._tokenizer.tokenize(texts)
        signatures = beside.submit(self._signer.sign, self._tokenizer.vocabulary.tokens, titles, bodies)
        spans, counts, firsts = cut_all(texts, [sorted(document.borders) for document in documents], bodies)
        held = np.diff(firsts, append=len(bodies.terms))
        headers = np.cumsum(counts + 1) - (counts + 1)
        records = int((counts + 1).sum())
        is_passage = np.ones(records, dtype=bool)
        is_passage[headers] = False
        passage_records = np.flatnonzero(is_passage)
        starts = np.full(records, HEADER, dtype=np.uint32)
        ends = np.full(records, HEADER, dtype=np.uint32)
        sizes = np.zeros(records, dtype=np.uint16)
        starts[passage_records], ends[passage_records] = spans[:, 0], spans[:, 1]
        sizes[passage_records] = held
        title_counts = np.diff(titles.bounds)
        sizes[headers] = np.minimum(title_counts, np.iinfo(np.uint16).max)
        return Chunk(
            tokens=tuple(self._tokenizer.vocabulary.tokens[known:]),
            titles=_stream(titles, title_counts, headers),
            bodies=_stream(bodies, held, passage_records),
            starts=starts,
            ends=ends,
            sizes=sizes,
            defined=read_definitions(texts),
            texts=tuple(blocks.result()),
            signatures=signatures.result(),
        )


def _stream(tokens: TokenBatch, counts: NDArray[np.int64], records: NDArray[np.int64]) -> Stream:
    """The stream of a batch of tokens, of which the records have so many each, one behind the other."""
    places = np.minimum(stretches(np.zeros_like(counts), counts), LAST_POSITION).astype(np.uint32)
    places |= np.repeat((records << POSITION_BITS).astype(np.uint32), counts)
    return Stream(
        np.concatenate((tokens.terms, tokens.number_terms)),
        np.concatenate((places, places[tokens.number_tokens])),
        len(places),
    )
