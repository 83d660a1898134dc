"""Chunks: what they hold does not hang on the pieces in which documents are analysed, nor on who analyses them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import wild

from vnsearch import Document
from vnsearch.engine import chunk
from vnsearch.engine.chunk import Analyser, Chunk
from vnsearch.engine.inverter import Inverted
from vnsearch.engine.runs import halves
from vnsearch.engine.texts import _decompressor

documents = st.lists(
    st.builds(
        Document,
        id=st.just("a"),
        text=st.one_of(
            wild, st.lists(st.sampled_from(("đồng", "bào", "1.000", "Hội (H)\n")), max_size=40).map(" ".join)
        ),
        title=wild,
    ),
    min_size=1,
    max_size=6,
)


def told(held: Chunk, tokens: list[str]) -> dict[str, Any]:
    """What a chunk says, with the spelling of terms in place of their numbers; `tokens` are those of the analyser."""
    names = [tokens[number] for number in held.terms.tolist()]
    said: dict[str, Any] = {
        "records": [held.starts.tolist(), held.ends.tolist(), held.sizes.tolist()],
        "signatures": held.signatures.tolist(),
        "defined": held.defined,
        "texts": b"".join(_decompressor().decompress(b.data) if sum(b.lengths) else b"" for b in held.texts),
        "names": names,
    }
    for field, stream in (("titles", held.titles), ("bodies", held.bodies)):
        found = stream.inverted()
        assert isinstance(found, Inverted)
        (terms,), (pairs,) = found
        said[field] = dict(zip([names[i] for i in terms.things.tolist()], lists(terms), strict=True))
        first, second = (half.tolist() for half in halves(pairs.things))
        said[f"pairs of {field}"] = {
            (names[i], names[j]): held for i, j, held in zip(first, second, lists(pairs), strict=True)
        }
    return said


def lists(run: Any) -> list[list[int]]:
    return [part.tolist() for part in np.split(run.postings, np.cumsum(run.counts)[:-1])] if len(run.things) else []


@given(documents, st.sampled_from((1, 30, 1 << 20)), st.booleans())
@settings(max_examples=60)
def test_what_it_says_does_not_hang_on_its_pieces(given: list[Document], size: int, alone: bool) -> None:
    whole = Analyser().analyse(given)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunk, "PIECE", size)
        other = Analyser(alone=alone).analyse(given)
    assert sorted(other.tokens) == sorted(whole.tokens)
    assert told(other, list(other.tokens)) == told(whole, list(whole.tokens))


@given(documents, documents)
@settings(max_examples=30)
def test_what_it_says_does_not_hang_on_what_the_analyser_met(before: list[Document], given: list[Document]) -> None:
    """So the runs of processes that met other documents are in one order."""
    analyser = Analyser()
    tokens = list(analyser.analyse(before).tokens)
    later = analyser.analyse(given)
    alone = Analyser().analyse(given)
    assert told(later, [*tokens, *later.tokens]) == told(alone, list(alone.tokens))


def test_its_postings_are_put_in_order_once() -> None:
    held = Analyser().analyse([Document("a", "đồng bào cả nước")]).inverted()
    assert held.inverted().bodies is held.bodies
