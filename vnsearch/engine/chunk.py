"""Documents -> arrays: what one batch of documents adds to a segment, apart from any file.

A chunk is made by one process from some documents, and knows nothing of others: its terms and records are numbered
from 0. `builder` puts chunks together, so they may be made anywhere and in any order.

A token stands at a *place*, which is one number: `record << 8 | position`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, NamedTuple, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..models import Document
from ..text.batch import TokenBatch, Tokenizer
from ..text.batch_passages import cut_all
from .allocation import keep_freed
from .definitions import Defined, read_definitions
from .inverter import Inverted, Stream
from .order import by_hash, hashes_of
from .places import HEADER, LAST_POSITION, POSITION_BITS
from .signatures import Signatures, sign
from .stretches import stretches
from .texts import Block, compress, gather

PIECE: Final = 1 << 20
"""Documents are analysed in pieces of about so many characters: with more, what is worked on leaves the cache."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some documents, analysed.

    `tokens`: the terms that are new to the analyser, in order of their numbers there.
    `terms` uint32[k]: the numbers there of the terms of this chunk, by rank (`order`). They are numbered so here.
    `titles`, `bodies`: what stands where, in the order of the text or already in that of the terms.
    `starts`, `ends` uint32[records]: where a passage lies in its text, `HEADER` on headers.
    `sizes` uint16[records]: how many tokens a record has.
    `signatures` uint8[documents, SIZE]: what tells near-duplicates.
    `texts`: the compressed texts.
    `defined`: the abbreviations that the texts define.
    """

    tokens: tuple[str, ...]
    terms: NDArray[np.uint32]
    titles: Stream | Inverted
    bodies: Stream | Inverted
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    sizes: NDArray[np.uint16]
    signatures: Signatures
    texts: tuple[Block, ...]
    defined: tuple[Defined, ...]

    def inverted(self) -> Chunk:
        """The same with its postings in the order of the terms."""
        return replace(self, titles=self.titles.inverted(), bodies=self.bodies.inverted())


class AtOnce(Executor):
    """Carries out what it is given before it goes on."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """What has come of it."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class _Piece(NamedTuple):
    """What a piece of a chunk adds to it."""

    titles: Stream
    bodies: Stream
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    sizes: NDArray[np.uint16]
    signatures: Future[Signatures]
    texts: Future[list[Block]]
    defined: tuple[Defined, ...]
    documents: int


class Analyser:
    """Makes chunks; its vocabulary grows from one to the next. Not safe for several threads.

    `alone`: whether no other process analyses, so that a part of it can go on in threads beside. Otherwise all of it is
    done here, and chunks come with their postings in the order of the terms.
    """

    def __init__(self, *, alone: bool = True) -> None:
        keep_freed()
        self._alone = alone
        self._tokenizer = Tokenizer()
        self._hashes = np.zeros(0, dtype=np.uint32)

    def analyse(self, documents: Sequence[Document]) -> Chunk:
        """The chunk of some documents."""
        known = len(self._tokenizer.vocabulary)
        with ThreadPoolExecutor(1) if self._alone else AtOnce() as beside:
            pieces = [self._analyse(piece, beside) for piece in _pieces(documents)]
            chunk = self._chunk(pieces, known)
        return chunk if self._alone else chunk.inverted()

    def _analyse(self, documents: Sequence[Document], beside: Executor) -> _Piece:
        texts = [document.text for document in documents]
        blocks = beside.submit(compress, gather(texts))  # this and signing leave Python alone, so they go on meanwhile
        titles = self._tokenizer.tokenize([document.title for document in documents])
        bodies = self._tokenizer.tokenize(texts)
        fresh = hashes_of(self._tokenizer.vocabulary.tokens[len(self._hashes) :])
        self._hashes = np.concatenate((self._hashes, fresh))
        signatures = beside.submit(sign, self._hashes, titles, bodies)
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
        return _Piece(
            titles=_stream(titles, title_counts, headers),
            bodies=_stream(bodies, held, passage_records),
            starts=starts,
            ends=ends,
            sizes=sizes,
            signatures=signatures,
            texts=blocks,
            defined=read_definitions(texts),
            documents=len(documents),
        )

    def _chunk(self, pieces: Sequence[_Piece], known: int) -> Chunk:
        """Pieces as one; the vocabulary had `known` tokens before them."""
        tokens = self._tokenizer.vocabulary.tokens
        counts = np.zeros(len(tokens), dtype=np.int64)
        for stream in (stream for piece in pieces for stream in (piece.titles, piece.bodies)):
            counts += np.bincount(stream.terms, minlength=len(tokens))  # in half the time of marking them
        terms = by_hash(np.flatnonzero(counts), self._hashes, tokens).astype(np.uint32)
        ranks = np.zeros(len(tokens), dtype=np.uint32)
        ranks[terms] = np.arange(len(terms), dtype=np.uint32)
        bases = list(accumulate((len(piece.starts) for piece in pieces), initial=0))
        documents = list(accumulate((piece.documents for piece in pieces), initial=0))
        return Chunk(
            tokens=tuple(tokens[known:]),
            terms=terms,
            titles=_one_behind_the_other([piece.titles for piece in pieces], ranks, bases),
            bodies=_one_behind_the_other([piece.bodies for piece in pieces], ranks, bases),
            starts=np.concatenate([piece.starts for piece in pieces]),
            ends=np.concatenate([piece.ends for piece in pieces]),
            sizes=np.concatenate([piece.sizes for piece in pieces]),
            defined=tuple(
                Defined(first + document, definition)
                for piece, first in zip(pieces, documents, strict=False)
                for document, definition in piece.defined
            ),
            texts=tuple(block for piece in pieces for block in piece.texts.result()),
            signatures=np.concatenate([piece.signatures.result() for piece in pieces]),
        )


def _pieces(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Documents in pieces of about `PIECE` characters, at least one."""
    first = size = 0
    for place, document in enumerate(documents, start=1):
        size += len(document.text) + len(document.title)
        if size >= PIECE:
            yield documents[first:place]
            first, size = place, 0
    if first < len(documents) or not documents:
        yield documents[first:]


def _stream(tokens: TokenBatch, counts: NDArray[np.int64], records: NDArray[np.int64]) -> Stream:
    """The stream of a batch of tokens, of which the records have so many each, one behind the other."""
    places = np.minimum(stretches(np.zeros_like(counts), counts), LAST_POSITION).astype(np.uint32)
    places |= np.repeat((records << POSITION_BITS).astype(np.uint32), counts)
    return Stream(
        np.concatenate((tokens.terms, tokens.number_terms)),
        np.concatenate((places, places[tokens.number_tokens])),
        len(places),
    )


def _one_behind_the_other(streams: Sequence[Stream], ranks: NDArray[np.uint32], bases: Sequence[int]) -> Stream:
    """Streams as one: the terms by rank, the records of each stream numbered from its base on."""
    bounds = [slice(stream.tokens) for stream in streams], [slice(stream.tokens, None) for stream in streams]
    terms = [ranks.take(stream.terms[held]) for part in bounds for stream, held in zip(streams, part, strict=True)]
    places = [
        stream.places[held] + np.uint32(base << POSITION_BITS)
        for part in bounds
        for stream, held, base in zip(streams, part, bases, strict=False)
    ]
    return Stream(np.concatenate(terms), np.concatenate(places), sum(stream.tokens for stream in streams))
