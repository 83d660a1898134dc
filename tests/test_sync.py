"""`Index.sync`: the index mirrors files, whatever happens to them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Self

import pytest

from vnsearch import Document, Index, SyncReport, sync
from vnsearch.engine import Writer
from vnsearch.errors import SourceEmpty, SourceNotFound


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create(tmp_path / "index") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "tin"
    write(place / "a.txt", "Triều cường ở phường")
    write(place / "b.txt", "Đảng ủy Khối các cơ quan")
    write(place / "2018" / "c.txt", "Hạn hán kéo dài")
    return place


def write(file: Path, text: str) -> Path:
    """Write a file, with a time of change that no file before it had."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    write.ticks += 1  # type: ignore[attr-defined]
    os.utime(file, ns=(0, 10**18 + write.ticks * 10**9))  # type: ignore[attr-defined]
    return file


write.ticks = 0  # type: ignore[attr-defined]


def names(index: Index) -> list[str]:
    return sorted(hit.id for hit in index.search("*", limit=100))


def test_a_folder_is_added(index: Index, folder: Path) -> None:
    report = index.sync(folder)
    assert report == SyncReport(added=("2018/c.txt", "a.txt", "b.txt"))
    assert report.total == 3
    assert names(index) == ["2018/c.txt", "a.txt", "b.txt"]
    (hit,) = index.search("hạn hán")
    assert hit.id == "2018/c.txt" and hit.path is not None and Path(hit.path).samefile(folder / "2018" / "c.txt")


def test_syncing_twice_leaves_the_same(index: Index, folder: Path) -> None:
    index.sync(folder)
    before = index.stats()
    report = index.sync(folder)
    assert report == SyncReport(unchanged=("2018/c.txt", "a.txt", "b.txt"))
    after = index.stats()
    assert (after.documents, after.passages, after.syllables) == (before.documents, before.passages, before.syllables)


def test_what_changed_is_updated_and_what_is_gone_is_deleted(index: Index, folder: Path) -> None:
    index.sync(folder)
    write(folder / "a.txt", "Lũ lụt ở xã")
    (folder / "b.txt").unlink()
    write(folder / "d.txt", "Mưa to")
    report = index.sync(folder)
    assert report == SyncReport(added=("d.txt",), updated=("a.txt",), deleted=("b.txt",), unchanged=("2018/c.txt",))
    assert index.search("triều cường", match="all").total == index.search("đảng ủy", match="all").total == 0
    assert [hit.id for hit in index.search("lũ lụt")] == ["a.txt"]
    assert names(index) == ["2018/c.txt", "a.txt", "d.txt"]


def test_a_file_that_was_only_touched_is_unchanged(index: Index, folder: Path) -> None:
    index.sync(folder)
    write(folder / "a.txt", "Triều cường ở phường")
    assert index.sync(folder) == SyncReport(unchanged=("2018/c.txt", "a.txt", "b.txt"))


def test_a_change_that_keeps_the_size_is_seen(index: Index, folder: Path) -> None:
    index.sync(folder)
    write(folder / "a.txt", "Triều cường ở phườnx")
    assert index.sync(folder).updated == ("a.txt",)


def test_a_renamed_file_is_another_document(index: Index, folder: Path) -> None:
    index.sync(folder)
    (folder / "a.txt").rename(folder / "z.txt")
    report = index.sync(folder)
    assert (report.added, report.deleted) == (("z.txt",), ("a.txt",))
    assert names(index) == ["2018/c.txt", "b.txt", "z.txt"]


def test_a_file_that_can_no_longer_be_read_keeps_its_document(index: Index, folder: Path) -> None:
    index.sync(folder)
    (folder / "a.txt").write_bytes(b"\0\1\2\xff" * 500)
    report = index.sync(folder)
    assert report.unchanged == ("2018/c.txt", "b.txt") and report.deleted == report.updated == ()
    (skipped,) = report.skipped
    assert skipped.path.endswith("a.txt") and skipped.reason and "\n" not in skipped.reason
    assert [hit.id for hit in index.search("triều cường")] == ["a.txt"]
    write(folder / "a.txt", "Lũ lụt")
    assert index.sync(folder).updated == ("a.txt",)


def test_an_emptied_file_keeps_its_document_too(index: Index, folder: Path) -> None:
    index.sync(folder)
    write(folder / "a.txt", " \n")
    assert [Path(skipped.path).name for skipped in index.sync(folder).skipped] == ["a.txt"]
    assert "a.txt" in names(index)


def test_a_file_whose_document_cannot_be_indexed_is_skipped_alone(index: Index, folder: Path) -> None:
    """A file with a dateline, where `date` is a text in this index, stopped the whole of a sync."""
    index.add([Document("own", "x", fields={"date": "hôm qua"})])
    write(
        folder / "e.txt", "Tin trong ngày\n\nThứ Ba, 15/05/2018, 19:24:18\n\nHà Nội có mưa rào và dông trong chiều nay."
    )
    report = index.sync(folder)
    assert len(report.added) == 3
    assert [Path(skipped.path).name for skipped in report.skipped] == ["e.txt"]
    assert "date" in report.skipped[0].reason


def test_dates_of_files_can_be_filtered(index: Index, folder: Path) -> None:
    write(
        folder / "e.txt", "Tin trong ngày\n\nThứ Ba, 15/05/2018, 19:24:18\n\nHà Nội có mưa rào và dông trong chiều nay."
    )
    index.sync(folder)
    (hit,) = index.search("", filters={"date": date(2018, 5, 15)})
    assert hit.id == "e.txt"


def test_a_path_that_gives_nothing_changes_nothing(index: Index, folder: Path, tmp_path: Path) -> None:
    index.sync(folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceNotFound):
        index.sync([folder, tmp_path / "none"])
    with pytest.raises(SourceEmpty):
        index.sync([tmp_path / "empty", folder])
    for file in ("a.txt", "b.txt", "2018/c.txt"):
        (folder / file).unlink()
    with pytest.raises(SourceEmpty) as raised:
        index.sync(folder)
    assert "\n" not in str(raised.value) and str(folder) in str(raised.value)
    assert len(names(index)) == 3


def test_documents_from_elsewhere_stay(index: Index, folder: Path, tmp_path: Path) -> None:
    index.add([Document("own", "của riêng"), Document("a.txt", "trùng tên")])
    other = tmp_path / "other"
    write(other / "x.txt", "nơi khác")
    index.sync(other)
    report = index.sync(folder)
    assert report.deleted == ()
    assert report.added == ("2018/c.txt", "tin/a.txt", "b.txt")
    assert index.get("a.txt").text == "trùng tên"
    assert names(index) == ["2018/c.txt", "a.txt", "b.txt", "own", "tin/a.txt", "x.txt"]
    assert index.sync(folder).unchanged == report.added


def test_what_another_writes_meanwhile_stays(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ids were taken was asked before the lock was held: a document that another process added by then went."""

    class Later(Writer):
        def __enter__(self) -> Self:
            with Index.open(index.path) as other:
                other.add([Document("a.txt", "trùng tên")])
            return super().__enter__()

    monkeypatch.setattr(sync, "Writer", Later)
    assert index.sync(folder).added == ("2018/c.txt", "tin/a.txt", "b.txt")
    assert index.get("a.txt").text == "trùng tên"


def test_folders_with_equal_names_do_not_meet(index: Index, tmp_path: Path) -> None:
    for number, parent in enumerate(("x", "y", "z")):
        write(tmp_path / parent / "docs" / "a.txt", f"bản thứ {number}")
    roots = [tmp_path / parent / "docs" for parent in ("x", "y", "z")]
    report = index.sync(roots)
    assert report.added[:2] == ("a.txt", "docs/a.txt") and len(set(report.added)) == 3
    assert {index.get(name).text for name in report.added} == {"bản thứ 0", "bản thứ 1", "bản thứ 2"}
    assert index.sync(roots).unchanged == report.added
    assert index.sync(roots[1]).unchanged == report.added[1:2]
    assert len(names(index)) == 3


def test_a_single_file(index: Index, folder: Path) -> None:
    assert index.sync(folder / "a.txt").added == ("a.txt",)
    assert index.sync(str(folder / "a.txt")).unchanged == ("a.txt",)
    report = index.sync(folder)
    assert (report.added, report.unchanged) == (("2018/c.txt", "b.txt"), ("a.txt",))
    assert index.sync(folder / "a.txt").deleted == ()
    assert len(names(index)) == 3


def test_one_file_under_two_paths_is_one_document(index: Index, folder: Path) -> None:
    report = index.sync([folder, folder / "2018", folder / "2018" / "c.txt", folder / ".." / "tin"])
    assert len(report.added) == len(names(index)) == 3


def test_a_folder_inside_mirrors_only_itself(index: Index, folder: Path) -> None:
    index.sync(folder)
    write(folder / "2018" / "d.txt", "Thêm")
    (folder / "2018" / "c.txt").unlink()
    (folder / "a.txt").unlink()
    report = index.sync(folder / "2018")
    assert (report.added, report.deleted) == (("d.txt",), ("2018/c.txt",))
    assert names(index) == ["a.txt", "b.txt", "d.txt"]
    assert index.sync(folder).deleted == ("a.txt",)


def test_paths_may_be_relative(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert len(index.sync("tin").added) == 3
    monkeypatch.chdir(folder)
    assert len(index.sync(".").unchanged) == 3


def test_names_in_any_unicode_form(index: Index, folder: Path) -> None:
    name = "bão lũ ở xã.txt"
    write(folder / unicodedata.normalize("NFD", name), "Bão số 5")
    assert name in index.sync(folder).added
    assert name in index.sync(folder).unchanged


def test_progress_counts_every_file(index: Index, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\0\1\2\xff" * 500)
    seen: list[tuple[int, int]] = []
    index.sync(folder, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_nothing_is_kept_of_a_sync_that_was_stopped(index: Index, folder: Path) -> None:
    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.sync(folder, progress=stop)
    assert names(index) == []
    assert len(index.sync(folder).added) == 3


def test_a_deleted_document_comes_back_with_its_file(index: Index, folder: Path) -> None:
    index.sync(folder)
    index.delete("a.txt")
    report = index.sync(folder)
    assert (report.added, report.unchanged) == (("a.txt",), ("2018/c.txt", "b.txt"))


def test_an_index_opened_anew_remembers_the_files(index: Index, folder: Path) -> None:
    index.sync(folder)
    index.close()
    with Index.open(index.path) as opened:
        assert len(opened.sync(folder).unchanged) == 3


def test_anew_all_is_read_again_and_all_else_goes(index: Index, folder: Path) -> None:
    index.sync(folder)
    index.add([Document("elsewhere", "Mưa đá", fields={"source": "x"})])
    (folder / "a.txt").unlink()
    report = index.sync(folder, anew=True)
    assert report == SyncReport(added=("2018/c.txt", "b.txt"))
    assert names(index) == ["2018/c.txt", "b.txt"]
    assert "source" not in index.stats().fields


def test_anew_what_was_there_is_found_until_the_commit(index: Index, folder: Path) -> None:
    index.sync(folder)

    def stop(done: int, total: int) -> None:
        assert names(index) == ["2018/c.txt", "a.txt", "b.txt"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.sync(folder, stop, anew=True)
    index.refresh()
    assert names(index) == ["2018/c.txt", "a.txt", "b.txt"]


@pytest.mark.parametrize(("size", "count", "batches"), [(1_000, 40, 14), (10, 40, 4), (9_000, 40, 20), (0, 3, 1)])
def test_there_are_batches_for_all_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, count: int, batches: int
) -> None:
    """Of few files smaller ones, but none too small, and of many none too large; each file in one of them."""
    monkeypatch.setattr(sync, "PIECE", 100)
    monkeypatch.setattr(sync, "BATCH", 18_000)
    tasks = []
    for place in range(count):
        file = tmp_path / f"{place}.txt"
        file.write_bytes(b"a" * size)
        tasks.append(sync.Task(str(file), file, tmp_path, None))
    found = list(sync._batches(tasks))
    assert [task for batch in found for task in batch] == tasks
    assert len(found) == batches
