"""Inverting: the postings of a stream of tokens are what one finds by reading it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch.engine import inverter
from vnsearch.engine.inverter import Stream
from vnsearch.engine.runs import Run, halves

Rows = list[tuple[int, list[int], list[tuple[int, int]]]]

rows = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.lists(st.sampled_from((0, 1, 2, 3, 70_000, (1 << 22) - 1)), max_size=9),
        st.lists(st.tuples(st.integers(0, 8), st.integers(4, 6)), max_size=2, unique_by=lambda value: value[0]),
    ),
    max_size=6,
)
"""Records: how far each is from the one before, its terms, and the values of numbers that begin at some of them."""


def stream_of(records: Rows) -> Stream:
    terms: list[int] = []
    places: list[int] = []
    values: list[tuple[int, int]] = []
    record = 0
    for step, held, numbers in records:
        record += step
        terms += held
        places += [record << 8 | position for position in range(len(held))]
        values += [(record << 8 | at, value) for at, value in sorted(numbers) if at < len(held)]
    return Stream(
        np.array([*terms, *(value for _, value in values)], dtype=np.uint32),
        np.array([*places, *(place for place, _ in values)], dtype=np.uint32),
        len(terms),
    )


def plain(stream: Stream) -> tuple[dict[int, list[int]], dict[tuple[int, int], list[int]]]:
    """The postings of terms and pairs, told token by token."""
    terms, places, count = stream
    of_terms: dict[int, set[int]] = defaultdict(set)
    for term, place in zip(terms.tolist(), places.tolist(), strict=True):
        of_terms[term].add(place)
    at = dict(zip(places[:count].tolist(), terms[:count].tolist(), strict=True))
    pairs: Counter[tuple[int, int, int]] = Counter()
    for place, term in at.items():
        if place + 1 in at:
            pairs[term, at[place + 1], place >> 8] += 1
    for place, value in zip(places[count:].tolist(), terms[count:].tolist(), strict=True):
        if place - 1 in at:
            pairs[at[place - 1], value, place >> 8] += 1
        if place + 1 in at:
            pairs[value, at[place + 1], place >> 8] += 1
    of_pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (first, second, record), times in sorted(pairs.items()):
        of_pairs[first, second].append(record << 8 | times)
    return {term: sorted(held) for term, held in of_terms.items()}, of_pairs


def lists(run: Run) -> dict[int, list[int]]:
    assert (run.things[1:] > run.things[:-1]).all() and run.counts.all()
    assert run.counts.dtype == run.postings.dtype == np.uint32
    held = np.split(run.postings, np.cumsum(run.counts)[:-1]) if len(run.things) else []
    return {thing: postings.tolist() for thing, postings in zip(run.things.tolist(), held, strict=True)}


def term_lists(runs: Sequence[Run]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for run in runs:
        for term, postings in lists(run).items():
            found[term] += postings
    return found


def pair_lists(runs: Sequence[Run]) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for run in runs:
        first, second = halves(run.things)
        for names, postings in zip(zip(first.tolist(), second.tolist(), strict=True), lists(run).values(), strict=True):
            found[names] += postings
    return found


@given(rows)
@settings(max_examples=150)
def test_postings_are_what_one_finds_by_reading(records: Rows) -> None:
    stream = stream_of(records)
    terms, pairs = plain(stream)
    found = stream.inverted()
    assert term_lists(found.terms) == terms
    assert pair_lists(found.pairs) == pairs
    assert len(found.terms) == len(found.pairs) == 1
    assert found.inverted() is found


@given(rows, st.integers(44, 47))
@settings(max_examples=150)
def test_there_are_several_runs_where_records_do_not_fit_beside_pairs(records: Rows, bits: int) -> None:
    """With terms of 22 bits and keys this short, a run has one record to eight."""
    stream = stream_of([(1, [(1 << 22) - 1], []), *records])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inverter, "_KEY", bits)
        found = stream.inverted()
    assert (term_lists(found.terms), pair_lists(found.pairs)) == plain(stream)
    last = int(stream.places[: stream.tokens].max()) >> 8
    assert len(found.terms) == len(found.pairs) == (last - 1 >> bits - 44) + 1


def test_a_long_title_holds_a_term_several_times_at_its_last_place() -> None:
    stream = Stream(np.array([5, 6, 6, 6], dtype=np.uint32), np.array([253, 254, 254, 254], dtype=np.uint32), 4)
    assert term_lists(stream.inverted().terms) == {5: [253], 6: [254]}


def test_nothing_has_no_postings() -> None:
    found = Stream(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint32), 0).inverted()
    assert term_lists(found.terms) == {} and pair_lists(found.pairs) == {}
