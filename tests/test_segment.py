"""Segments and snapshots: every commit tells exactly what a brute-force reading of its documents tells."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from brute_force import IDS, compare, papers, places
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from vnsearch import Document
from vnsearch.engine import Snapshot, Store, Writer, merge, metadata
from vnsearch.engine.metadata import Card, canonical_value, id_hash, moment
from vnsearch.engine.segment import Segment
from vnsearch.errors import IndexDamaged

PAPERS = [
    Document("a", "Thủy triều dâng. Đường ngập 1.000 mét.", "Triều cường", {"views": 3, "tags": ["y tế", "Xã hội"]}),
    Document("b", "", "Không chữ", {"day": date(2018, 5, 15)}),
    Document("c", "Triều đình nhà Nguyễn (TĐNN)", "", {"tags": "Y TẾ", "open": True}),
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "index")


def write(store: Store, documents: list[Document], memory: int = 1 << 20) -> Snapshot:
    with Writer(store, memory=memory) as writer:
        for document in documents:
            writer.put(document)
    return store.snapshot()


def test_counts_without_reading_lists_are_those_of_the_lists(store: Store) -> None:
    first = write(store, PAPERS)
    second = write(store, [Document("d", "Đường thủy, đường bộ. đường thủy", "Dương thủy")])
    for snapshot in (first, second):
        terms = snapshot.terms("body")
        for form in {form for field in ("title", "body") for form in snapshot.vocabulary(field)}:
            found = {t for field in ("title", "body") for t in snapshot.variants(field, form)}
            assert snapshot.written(form) == {
                term: sum(snapshot.frequency(field, term) for field in ("title", "body")) for term in found
            }
        counts = snapshot.pair_frequencies("body", terms, terms)
        pairs = {(i, j): len(records) for i, j, (records, _) in snapshot.pairs("body", terms, terms)}
        assert {(i, j): int(counts[i, j]) for i, j in zip(*counts.nonzero(), strict=True)} == pairs
        assert snapshot.written("none") == {} and snapshot.followers("body", "none") == 0
    assert [first.followers("body", t) for t in ("thủy", "triều", "nguyễn")] == [1, 2, 1]


class Commits(RuleBasedStateMachine):
    """Random commits to one index whose segments are merged at every occasion, against a dict of documents."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr(merge, "SMALLEST", 3)
        self._patch.setattr(merge, "FACTOR", 2)
        self.store = Store.create(Path(self._folder.name) / "index")
        self.documents: dict[str, Document] = {}
        self.before: tuple[Snapshot, dict[str, Document]] | None = None

    def _batch(self, batch: list[Document], gone: set[str]) -> None:
        with Writer(self.store, memory=1) as writer:
            for name in sorted(gone):
                assert writer.delete(name) == (name in self.documents)
            for document in batch:
                writer.put(document)
        for name in gone:
            self.documents.pop(name, None)
        for document in batch:
            self.documents[document.id] = document

    @rule(batch=st.lists(papers, min_size=1, max_size=4, unique_by=lambda d: d.id), gone=st.sets(st.sampled_from(IDS)))
    def add_and_delete(self, batch: list[Document], gone: set[str]) -> None:
        self._batch(batch, gone)

    @rule(one=papers)
    def add_one(self, one: Document) -> None:
        self._batch([one], set())

    @rule(gone=st.sets(st.sampled_from(IDS), max_size=3))
    def delete(self, gone: set[str]) -> None:
        self._batch([], gone)

    @rule(batch=st.lists(papers, max_size=3, unique_by=lambda d: d.id))
    def fail(self, batch: list[Document]) -> None:
        generation = self.store.toc().generation
        with pytest.raises(ZeroDivisionError), Writer(self.store) as writer:
            for document in batch:
                writer.put(document)
            writer.delete("a")
            writer._flush()
            raise ZeroDivisionError
        assert self.store.toc().generation == generation

    @rule()
    def reopen(self) -> None:
        self.store = Store.open(self.store.folder)

    @rule()
    def hold(self) -> None:
        self.before = self.store.snapshot(), dict(self.documents)

    @invariant()
    def tells_what_the_documents_tell(self) -> None:
        compare(self.store.snapshot(), self.documents)
        assert self.store.check() == []
        assert {item.name for item in self.store.folder.iterdir()} == self.store.toc().files() | {"write.lock"}

    def teardown(self) -> None:
        if self.before is not None:  # what was read from then is as it was
            compare(*self.before)
        self._patch.undo()
        self._folder.cleanup()


TestCommits = Commits.TestCase
TestCommits.settings = settings(max_examples=40, stateful_step_count=10)


class TestSnapshot:
    def test_an_empty_index(self, store: Store) -> None:
        empty = store.snapshot()
        compare(empty, {})
        assert (empty.records, empty.passages, len(empty.postings("body", "ma").records)) == (0, 0, 0)
        with Writer(store):
            pass
        assert store.toc().generation == empty.generation

    def test_a_document_without_a_word(self, store: Store) -> None:
        found = write(store, [Document("mute", " \n… "), Document("said", "nói")])
        assert (found.documents, found.passages) == (2, 1)
        compare(found, {"mute": Document("mute", " \n… "), "said": Document("said", "nói")})

    def test_only_documents_without_a_word(self, store: Store) -> None:
        compare(write(store, [Document("mute", "")]), {"mute": Document("mute", "")})
        compare(write(store, [Document("still", "…")]), {"mute": Document("mute", ""), "still": Document("still", "…")})

    def test_ids_whose_hashes_meet_are_told_apart(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(metadata, "_digests", lambda ids: b"digest 7" * len([*ids]))
        compare(write(store, PAPERS), {document.id: document for document in PAPERS})
        compare(write(store, [PAPERS[0]]), {document.id: document for document in PAPERS})

    def test_the_longest_titles_and_passages(self, store: Store) -> None:
        """At the borders of what positions and sizes hold: 250 of a passage, 254 and 65,535 of a title."""
        words = " ".join(f"t{n}" for n in range(258))
        documents = [
            Document("a", "x" * 9 + "y " * 2001, words),
            Document("b", "x " * 250),
            Document("c", "", "y " * 66_000),
        ]
        found = write(store, documents)
        assert places(found, "title", "t254") == [("a", 0, 254)] == places(found, "title", "t257")
        assert found.sizes[found.header_of].tolist() == [258, 0, 65_535]
        assert int(found.sizes.max()) == 65_535 and found.sizes[found.starts >= 0].max() <= 250
        assert found.postings("body", "x").counts.sum() == 250
        assert found.postings("title", "y").counts.tolist() == [255]
        assert [len(held.records) for _, _, held in found.pairs("title", ["t252", "t253"], ["t253", "t254"])] == [1, 1]

    def test_a_held_snapshot_outlives_its_files(self, store: Store) -> None:
        held = write(store, PAPERS)
        with Writer(store) as writer:
            for document in PAPERS:
                writer.delete(document.id)
        assert store.snapshot().documents == 0
        compare(held, {document.id: document for document in PAPERS})


@pytest.fixture
def path(store: Store) -> Iterator[Path]:
    write(store, PAPERS)
    (path,) = store.folder.glob("segment-*")
    yield path


class TestSegment:
    def test_opening_reads_every_array_that_there_is(self, path: Path) -> None:
        container = Segment(path).container
        assert {name.split(".")[0] for name in container.names()} == {
            *("title", "body", "records", "documents", "texts", "cards", "ids", "field", "definitions")
        }

    @pytest.mark.parametrize(
        "array",
        [
            "documents.headers",
            "body.groups",
            "body.starts",
            "body.ranks",
            "body.occurrences",
            "body.pairs.firsts",
            "body.pairs.starts",
            "texts.first",
            "definitions.numbers",
            "definitions.documents",
        ],
    )
    def test_arrays_that_do_not_fit_are_found_on_opening(self, path: Path, array: str) -> None:
        """Places outside the arrays ended in an IndexError of the snapshot, with no file named."""
        data = bytearray(path.read_bytes())
        held = Segment(path).container
        place = held._directory[array]["offset"] + held.array(array).nbytes - held.array(array).itemsize
        data[place] ^= 0x40
        path.write_bytes(data)
        with pytest.raises(IndexDamaged) as raised:
            Segment(path)
        assert str(path) in str(raised.value)

    def test_a_damaged_card_or_text_is_one_clear_error(self, path: Path) -> None:
        """They were a JSONDecodeError and a ZstdError."""
        sound = path.read_bytes()
        held = Segment(path).container
        parts = (
            ("cards.bytes", Segment.card),
            ("texts.bytes", lambda s, n: s.texts[n]),
            ("definitions.names.bytes", lambda s, n: s.definitions.names()[n]),
        )
        for array, read in parts:
            first = held._directory[array]["offset"]
            path.write_bytes(sound[:first] + b"\xff" * 16 + sound[first + 16 :])
            with pytest.raises(IndexDamaged) as raised:
                read(Segment(path), 0)
            assert str(path) in str(raised.value)


class TestMetadata:
    @given(papers)
    @settings(max_examples=50)
    def test_a_card_is_its_document_without_the_text(self, document: Document) -> None:
        card = Card.of(document, {"size": 3})
        again = Card.from_json(card.to_json())
        assert again.document(document.text) == document
        assert again.source == {"size": 3}

    def test_times_keep_their_zone_and_dates_their_kind(self) -> None:
        fields = {"at": datetime(2018, 5, 15, 10, 30, tzinfo=UTC), "on": date(2018, 5, 15)}
        again = Card.from_json(Card("a", "", None, fields).to_json()).fields
        assert again == fields and type(again["on"]) is date
        assert moment(fields["on"]) < moment(fields["at"])

    def test_values_and_ids(self) -> None:
        assert canonical_value("  HOÀ  Bình… ") == "hòa bình"
        assert id_hash("a") == id_hash("a") != id_hash("b")
