"""The index folder: commits that are whole or not there, one writer, many readers, and damage told in one line."""

from __future__ import annotations

import gc
import itertools
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from brute_force import compare

from vnsearch import Document, Index
from vnsearch.engine import Store, Writer, lock, merge
from vnsearch.engine.lock import FolderLock
from vnsearch.engine.toc import FILE
from vnsearch.errors import DocumentError, IndexBusy, IndexDamaged, IndexProblem
from vnsearch.index import check

PAPERS = {
    name: Document(name, f"{text} dâng cao. " * 3, title, {"views": number, "tags": [title or "khác"]})
    for number, (name, text, title) in enumerate(
        [("a", "thủy triều", "Triều cường"), ("b", "nước lũ", ""), ("c", "giá vàng", "Kinh tế"), ("d", "triều", "")]
    )
}
unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and forks of Unix")


def put(store: Store, *documents: Document) -> None:
    with Writer(store, timeout=5) as writer:
        for document in documents:
            writer.put(document)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two segments, the first with a deletion."""
    made = Store.create(tmp_path / "index")
    put(made, PAPERS["a"], PAPERS["b"], PAPERS["c"])
    with Writer(made) as writer:
        writer.delete("b")
        writer.put(PAPERS["d"])
    return made


KEPT = {name: PAPERS[name] for name in "acd"}


def files(store: Store) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in store.folder.iterdir() if item.name != "write.lock"}


def tells(problem: IndexProblem, folder: Path) -> None:
    """One line that names a file of the index and the command that rebuilds it."""
    assert "\n" not in str(problem)
    assert str(folder) in problem.message
    assert f"vnsearch --index {folder} index --overwrite" in problem.hint


class TestDamage:
    def test_every_file_at_several_lengths(self, store: Store) -> None:
        for name, content in files(store).items():
            for length in {0, 1, 15, 16, 40, len(content) // 2, len(content) - 24, len(content) - 2}:
                (store.folder / name).write_bytes(content[:length])
                with pytest.raises(IndexDamaged) as raised:
                    Index.open(store.folder)
                tells(raised.value, store.folder)
                assert [*map(str, check(store.folder))] == [str(raised.value)]
            (store.folder / name).unlink()
            with pytest.raises(IndexProblem) as missing:
                Index.open(store.folder)
            assert str(store.folder) in str(missing.value)
            (store.folder / name).write_bytes(content)
        compare(Store.open(store.folder).snapshot(), KEPT)
        assert check(store.folder) == []

    def test_a_flipped_byte_is_found_by_check_and_raises_nothing_else_on_opening(self, store: Store) -> None:
        """Places outside the arrays ended in an IndexError, in `check` as well."""
        found = 0
        for name, content in files(store).items():
            if name == FILE:
                continue
            for place in range(0, len(content), 97):
                damaged = bytearray(content)
                damaged[place] ^= 0x80
                (store.folder / name).write_bytes(damaged)
                problems = check(store.folder)
                for problem in problems:
                    assert name in str(problem) and "--overwrite" in problem.hint
                found += bool(problems)
                assert problems or content[max(0, place - 8) : place + 9].count(0) > 8, "only padding means nothing"
                try:
                    Index.open(store.folder).close()
                except IndexProblem as raised:
                    tells(raised, store.folder)
                    assert problems
            (store.folder / name).write_bytes(content)
        assert found > 50

    def test_two_segments_that_were_exchanged(self, tmp_path: Path) -> None:
        """Of equal size they were taken for each other, and deletions hit the wrong documents."""
        store = Store.create(tmp_path / "index")
        put(store, Document("a", "má"), Document("b", "mà"))
        put(store, Document("c", "mã"), Document("d", "mạ"))
        first, second = sorted(store.folder.glob("segment-*"))
        held = first.read_bytes()
        first.write_bytes(second.read_bytes())
        second.write_bytes(held)
        with pytest.raises(IndexDamaged, match="not the one that was committed") as raised:
            Store.open(store.folder).snapshot()
        tells(raised.value, store.folder)
        assert check(store.folder)

    def test_deletions_of_another_commit(self, store: Store) -> None:
        (path,) = store.folder.glob("deleted-*")
        other = Store.create(store.folder.parent / "other")
        put(other, *PAPERS.values())
        with Writer(other) as writer:
            writer.delete("a")
        (foreign,) = other.folder.glob("deleted-*")
        path.write_bytes(foreign.read_bytes())
        with pytest.raises(IndexDamaged, match="not the one that was committed"):
            Store.open(store.folder).snapshot()

    def test_a_segment_of_another_commit_with_the_right_name(self, store: Store) -> None:
        first, second = sorted(store.folder.glob("segment-*"))
        first.write_bytes(second.read_bytes())
        with pytest.raises(IndexDamaged, match="not the one that was committed"):
            Store.open(store.folder).snapshot()

    def test_an_array_that_is_not_there(self, store: Store) -> None:
        for path in store.folder.glob("segment-*"):
            path.write_bytes(path.read_bytes().replace(b'"body.units"', b'"body.unitz"'))
        with pytest.raises(IndexDamaged):
            Store.open(store.folder).snapshot()

    def test_what_overwriting_mends(self, store: Store) -> None:
        for content in (b"", b"{}", b'{"format": 99}', b'{"format": 3, "generation": 3}', b"\xff"):
            (store.folder / FILE).write_bytes(content)
            with Index.create(store.folder, overwrite=True) as index:
                assert index.add(KEPT.values()) == 3
            assert check(store.folder) == []
            assert {*files(store)} == Store.open(store.folder).toc().files()

    def test_no_code_of_an_index_is_run(self) -> None:
        """Nothing of pickle, and no evaluation, on the way of an index."""
        program = """
            import sys, pathlib, tempfile
            from vnsearch import Document, Index
            folder = pathlib.Path(tempfile.mkdtemp()) / "index"
            with Index.create(folder) as index:
                index.add([Document("a", "má mà", "x", {"views": 1})])
            seen = set()
            sys.addaudithook(lambda name, args: seen.add((name, str(args[0])[:40] if args else "")))
            with Index.open(folder) as index:
                snapshot = index._store.snapshot()
                snapshot.document(0), snapshot.occurrences("body", "má").tolist(), snapshot.column("views")
            print(sorted(name for name, _ in seen if name.startswith(("pickle", "exec", "compile", "marshal"))))
        """
        run = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "[]"


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from vnsearch import Document
    from vnsearch.engine import Store, Writer

    def die(*_): os.kill(os.getpid(), signal.SIGKILL)

    where, folder = sys.argv[1], Path(sys.argv[2])
    store = Store.open(folder)
    with Writer(store, memory=1) as writer:
        writer.delete("a")
        writer.put(Document("e", "đồng bào cả nước " * 40_000))
        if where == "writing":
            writer._flush()
            die()
        if where == "rename":
            os.replace = die
        elif where == "clean":
            Store.clean = die
        elif where.startswith("sync"):
            left = [int(where[4:])]
            sync = os.fsync
            def count(handle):
                left[0] -= 1
                if not left[0]:
                    die()
                sync(handle)
            os.fsync = count
"""


@unix
class TestKilled:
    @pytest.mark.parametrize("where", ["writing", "sync1", "sync2", "sync3", "rename", "clean"])
    def test_the_last_commit_stays_and_the_next_writer_works_at_once(self, store: Store, where: str) -> None:
        old = store.toc()
        run = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(KILLED), where, str(store.folder)], capture_output=True, check=False
        )
        assert run.returncode == -signal.SIGKILL, run.stderr.decode()
        done = where == "clean"  # then the rename was done
        expected = {**KEPT, "e": Document("e", "đồng bào cả nước " * 40_000)} if done else dict(KEPT)
        if done:
            del expected["a"]
        again = Store.open(store.folder)
        assert (again.toc() == old) is not done
        assert again.check() == []
        assert again.snapshot().documents == len(expected)
        assert again.snapshot().find("a") == (None if done else 0)
        begun = time.monotonic()
        put(again, PAPERS["b"])
        assert time.monotonic() - begun < 2, "waits for a lock that nobody holds"
        found = again.snapshot()
        assert {found.card(n).id for n in range(found.documents)} == {*expected, "b"}
        assert {*files(again)} == again.toc().files(), "what the dead writer left is cleared away"

    def test_workers_of_a_killed_writer_hold_and_leave_nothing(self, store: Store, tmp_path: Path) -> None:
        """Forked with the open lock, they waited for work for ever, and the index was locked until a human came."""
        results = tmp_path / "results"
        results.mkdir()
        program = """
            import sys
            from vnsearch import Document, Index
            def documents():
                yield from (Document(f"n{i}", "đồng bào cả nước " * 250_000) for i in range(4))
                print("working", flush=True)
                sys.stdin.read()
            with Index.open(sys.argv[1]) as index:
                index.add(documents(), jobs=2)
        """
        arguments = [sys.executable, "-c", textwrap.dedent(program), str(store.folder)]
        environ = {**os.environ, "TMPDIR": str(results)}
        with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"working\n"
            children = _children(process.pid)
            assert [*results.iterdir()], "results are waited for"
            with pytest.raises(IndexBusy), Writer(store, timeout=0.01):
                pass
            process.kill()
            process.wait()
            put(store, PAPERS["b"])
            until = time.monotonic() + 10
            while any(map(_is_alive, children)) and time.monotonic() < until:
                time.sleep(0.02)
            assert not any(map(_is_alive, children)), "workers outlive their writer"
            assert not [*results.iterdir()], "what the dead writer waited for is cleared away"
        assert store.snapshot().documents == 4

    def test_a_fork_takes_no_part_in_the_lock(self, store: Store) -> None:
        """A program that forked while it was writing kept the index locked for as long as the child lived."""
        writer = store.lock(1)
        writer.__enter__()
        child = os.fork()
        if child == 0:
            signal.pause()
            os._exit(0)
        try:
            with pytest.raises(IndexBusy), store.lock(0):
                pass
            writer.__exit__(None, None, None)
            with store.lock(5):  # the child lets go as soon as it runs
                pass
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _children(process: int) -> list[int]:
    """The processes that another started, where /proc tells."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(number) for number in listed.read_text().split()] if listed.exists() else []


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


class TestLock:
    def test_threads_of_one_process_take_turns(self, tmp_path: Path) -> None:
        inside = itertools.count()
        most: list[int] = []

        def work() -> None:
            for _ in range(5):
                with FolderLock(tmp_path / "write.lock", 10):
                    held = next(inside)
                    time.sleep(0.001)
                    most.append(next(inside) - held)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert most == [1] * 20

    def test_a_file_that_stayed_behind_means_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "write.lock").write_text("1")
        with FolderLock(tmp_path / "write.lock", 0):
            pass
        assert (tmp_path / "write.lock").exists()

    def test_the_same_folder_by_another_name(self, tmp_path: Path) -> None:
        with FolderLock(tmp_path / "write.lock", 0), pytest.raises(IndexBusy):
            FolderLock(tmp_path / "." / ".." / tmp_path.name / "write.lock", 0).__enter__()

    def test_a_lock_that_cannot_be_written_says_so_at_once(self, tmp_path: Path) -> None:
        """It was "another writer is at work", after ten seconds."""
        (tmp_path / "write.lock").mkdir()
        with pytest.raises(IndexProblem, match="cannot be written") as raised:
            FolderLock(tmp_path / "write.lock", 10).__enter__()
        assert not isinstance(raised.value, IndexBusy)
        assert not lock._held

    def test_another_process_waits(self, store: Store) -> None:
        program = "import sys; from vnsearch import Document, Index\nIndex.open(sys.argv[1]).add([Document('b', 'x')])"
        with store.lock(0):
            process = subprocess.Popen([sys.executable, "-c", program, str(store.folder)])
            time.sleep(0.5)
            assert process.poll() is None
        assert process.wait(20) == 0
        assert store.snapshot().documents == 4


class TestReaders:
    def test_readers_in_other_processes_see_whole_commits(self, tmp_path: Path) -> None:
        """While one process commits and merges, others refresh and count: always a whole commit, never an error."""
        program = """
            import sys
            from vnsearch import Index
            last = 0
            with Index.open(sys.argv[1]) as index:
                print("ready", flush=True)
                while last < 30:
                    index.refresh()
                    found = index.search("chung", limit=100)
                    places = sorted(int(hit.fields["place"]) for hit in found)
                    assert places == list(range(len(places))) and len(places) >= last, places
                    last = len(places)
        """
        with Index.create(tmp_path / "index") as index:
            arguments = [sys.executable, "-c", textwrap.dedent(program), str(index.path)]
            readers = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
            for reader in readers:
                assert reader.stdout is not None and reader.stdout.readline() == b"ready\n"
            for place in range(30):
                index.add([Document(f"n{place}", f"chung riêng{place}", fields={"place": place})])
            for reader in readers:
                _, errors = reader.communicate(timeout=30)
                assert reader.returncode == 0, errors.decode()

    def test_a_commit_that_is_removed_while_it_is_opened_is_opened_anew(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reader = Store.open(store.folder)
        read = Store.toc
        writes = iter([Document("e", "một"), Document("f", "hai")])

        def toc(self: Store) -> object:
            found = read(self)
            document = next(writes, None) if self is reader else None
            if document is not None:
                with Index.open(store.folder) as other:
                    other.delete(["a", "c", "d", "e"])
                    other.add([document])
            return found

        monkeypatch.setattr(Store, "toc", toc)
        found = reader.snapshot()
        assert [found.card(n).id for n in range(found.documents)] == ["f"]


def _handles() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no /proc to count open files in")
class TestHandles:
    @pytest.fixture(autouse=True)
    def no_collection(self) -> object:
        """Files are closed when they are let go of, and not when the garbage collector comes round."""
        gc.collect()
        gc.disable()
        yield
        gc.enable()

    def test_many_commits_keep_few_files_open(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Snapshots were cycles through their own caches, and kept the files of every commit open."""
        with Index.create(tmp_path / "index") as index:
            before = _handles()
            for number in range(150):
                index.add([Document(f"n{number}", f"chung riêng{number}", fields={"place": number})])
                if number % 10 == 0:
                    index.search(f"chung riêng{number}", sort="place")
                    index.get(f"n{number}")
                    index.suggest("chu")
                assert _handles() - before <= 2 * (2 * merge.FACTOR + 2)  # a file that is mapped and read has two
        assert _handles() <= before

    def test_closing_releases_the_files(self, store: Store) -> None:
        """They stayed open for as long as the closed index was kept."""
        before = _handles()
        index = Index.open(store.folder)
        index.search("triều")
        index.stats()
        assert _handles() > before
        index.close()
        assert _handles() == before

    def test_a_rollback_closes_its_files(self, store: Store) -> None:
        before = _handles()
        for _ in range(3):
            with pytest.raises(ZeroDivisionError), Writer(store) as writer:
                writer.put(Document("new", "mới"))
                writer._flush()
                raise ZeroDivisionError
            del writer
        assert _handles() == before

    def test_damage_closes_what_was_opened(self, store: Store) -> None:
        before = _handles()
        sorted(store.folder.glob("segment-*"))[-1].write_bytes(b"vnsearch" * 20)
        for _ in range(3):
            check(store.folder)
        assert _handles() == before


class TestWriting:
    @pytest.mark.parametrize(
        "bad",
        [
            Document("x", "x", path=Path("x")),  # type: ignore[arg-type]
            Document("x", "x", path=b"x"),  # type: ignore[arg-type]
            Document("x", "x", borders=("1",)),  # type: ignore[arg-type]
            Document("x", "x", borders=3),  # type: ignore[arg-type]
            Document("x", "x", fields=[("a", 1)]),  # type: ignore[arg-type]
        ],
        ids=repr,
    )
    def test_what_no_card_can_hold_is_refused_when_it_is_given(self, store: Store, bad: Document) -> None:
        """A `Path` was a TypeError of JSON at the end of the whole commit."""
        with pytest.raises(DocumentError), Writer(store) as writer:
            writer.put(bad)
        compare(store.snapshot(), KEPT)

    def test_nothing_to_do_is_no_commit(self, store: Store) -> None:
        before = files(store)
        with Writer(store) as writer:
            assert not writer.delete("none")
        assert files(store) == before

    def test_a_table_of_contents_says_what_was_committed(self, store: Store) -> None:
        data = json.loads((store.folder / FILE).read_text(encoding="utf-8"))
        assert data["fields"] == {"tags": "text", "views": "number"}
        assert [segment["documents"] for segment in data["segments"]] == [3, 1]
        assert store.size() == sum(len(content) for content in files(store).values())

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot open a folder")
    def test_everything_is_on_the_disk_before_the_rename(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        synced: set[str] = set()
        at_rename: list[set[str]] = []
        fsync, replace = os.fsync, os.replace

        def note(handle: int) -> None:
            synced.add(Path(os.readlink(f"/proc/self/fd/{handle}")).name if Path("/proc").is_dir() else "")
            fsync(handle)

        def renamed(source: Path, target: Path) -> None:
            at_rename.append(set(synced))
            synced.clear()
            replace(source, target)

        monkeypatch.setattr(os, "fsync", note)
        monkeypatch.setattr(os, "replace", renamed)
        with Writer(store) as writer:
            writer.delete("a")
            writer.put(Document("e", "mới"))
        if not Path("/proc").is_dir():
            return
        fresh = {name for name in store.toc().files() if f"-{store.toc().generation}-" in name}
        assert len(at_rename) == 1 and at_rename[0] >= fresh | {f"{FILE}.new"}
        assert synced == {store.folder.name}, "and so is the rename itself"
