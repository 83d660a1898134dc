"""Leaves: what is known of syllables says the same as reading a row of them anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import wild

from vnsearch.search import leaves
from vnsearch.search.slots import MarksPolicy

syllables = ("đạo", "ĐỨC", "hoà", "thuý", "ky\u0303", "a", "y", "\u0301b")
others = ("1.000.000", "05-CT/TW", "2018", "tphcm", "C++", "...")
chunks = st.sampled_from((*syllables, *others))
rows = st.one_of(
    st.lists(chunks, max_size=6).flatmap(
        lambda held: st.lists(
            st.sampled_from((" ", "  ", "\n", "\u00a0", "\u200b ")), min_size=len(held), max_size=len(held)
        ).map(lambda gaps: "".join(gap + chunk for gap, chunk in zip(gaps, held, strict=True)))
    ),
    wild,
)


@given(rows, st.sampled_from(list(MarksPolicy)))
@settings(max_examples=300)
def test_a_row_of_syllables_is_read_as_any_other(text: str, policy: MarksPolicy) -> None:
    assert leaves._read_row(text, policy) == leaves._read_tokens(text, policy)


@pytest.mark.parametrize("text", ["đạo đức công vụ", "ĐẠO"])
def test_it_is_not_read_anew(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(leaves, "_read_tokens", lambda *_: pytest.fail("it was read anew"))
    (row,) = leaves._read_row(text, MarksPolicy.EXACT)
    assert len(row) == len(text.split())
