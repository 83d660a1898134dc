"""Work on batches in several processes, with results in the order of the tasks.

What works is made anew in each process, and keeps its state from one batch to the next there: an analyser, whose
vocabulary grows. A result says by `os.getpid` whose state it belongs to.

The process that asks is one of them: while the others have enough to do it works too, which saves sending a batch.

Results come back in files, which are mapped into memory. A pipe holds little, so whoever reads one has to ask for the
turn with Python dozens of times for each result, beside threads that are at work, and the process that sends it waits.
The files are pickled, so they lie in a folder of the system that nobody else can write to, and not in that of the
index.
"""

from __future__ import annotations

import gc
import mmap
import os
import pickle
import shutil
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from ..errors import IndexProblem

if TYPE_CHECKING:
    from concurrent.futures import Future

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD: Final = 3
"""How many tasks a process has ahead, at most; so memory is bounded by that many batches, and a few that are read."""

SENT: Final = 3
"""How many of them are sent to a process that was started: one that it works on, and two to go on with, since the one
that sends them may be at work itself for as long as one takes. So many are read ahead, too: of the last ones fewer are
sent, for all processes to be done at about the same time."""


_ALIGN: Final = 64

_FEWER: Final = "use fewer jobs: they take less memory"


def work_on(
    make: Callable[[], Callable[[Task], Result]], tasks: Iterable[Task], jobs: int
) -> Iterator[tuple[Task, Result]]:
    """Each task with its result, in the order of the tasks. One job works in this process, and so does a single task.

    `make` makes what works; where there are several jobs, it is a class or function that a module has by name. An
    exception in the work, or in `tasks`, is raised here, and the processes are ended; so is `IndexProblem` where one of
    these is killed. A process that may start no others, as those of a `multiprocessing.Pool`, works alone.
    """
    tasks = iter(tasks)
    read = deque(islice(tasks, SENT))
    if jobs <= 1 or len(read) < 2 or _is_daemon():
        work = make()
        yield from ((task, work(task)) for task in chain(read, tasks))
        return
    # These take a moment to import, and one job does without.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context(_method())
    with (
        tempfile.TemporaryDirectory(prefix="vnsearch-", ignore_cleanup_errors=True) as results,
        ProcessPoolExecutor(jobs - 1, mp_context=context, initializer=_start, initargs=(make, results)) as pool,
    ):
        waiting: deque[_Waiting[Task, Result]] = deque()
        here = _Here(make)
        try:
            while read:
                task = read.popleft()
                read.extend(islice(tasks, 1))
                wanted = min(SENT, 1 + len(read)) * (jobs - 1)
                is_sent = sum(not held.future.done() for held in waiting) < wanted
                waiting.append(_Waiting(task, pool.submit(_work, task) if is_sent else here.work(task)))
                while waiting and (len(waiting) >= AHEAD * jobs or waiting[0].future.done()):
                    yield waiting.popleft().done()
            while waiting:
                yield waiting.popleft().done()
        except BrokenProcessPool as error:
            raise IndexProblem("a process at work on documents was ended from outside", _FEWER) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Made(Generic[Result]):
    """A result that is at hand."""

    def __init__(self, result: Result) -> None:
        self._result = result

    def take(self) -> Result:
        """The result, once."""
        return self._result


class _Filed(_Made[Result]):
    """A result in a file, from another process: first its arrays one behind the other, then all else, pickled."""

    def __init__(self, result: Result, folder: str) -> None:
        self._arrays: list[slice] = []
        descriptor, self._name = tempfile.mkstemp(dir=folder)
        with open(descriptor, "wb") as file:

            def put(buffer: pickle.PickleBuffer) -> None:
                begin = file.tell()
                file.write(buffer.raw())
                self._arrays.append(slice(begin, file.tell()))
                file.write(bytes(-file.tell() % _ALIGN))

            rest = pickle.dumps(result, pickle.HIGHEST_PROTOCOL, buffer_callback=put)
            self._rest = slice(file.tell(), None)
            file.write(rest)

    def take(self) -> Result:
        """The result, once, whose arrays are the file, mapped: they are copied nowhere, and cannot be written to."""
        path = Path(self._name)
        with path.open("rb") as file:
            # Windows would keep a file that is mapped.
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.name == "posix" else file.read()
        path.unlink()
        whole = memoryview(held)
        result: Result = pickle.loads(whole[self._rest], buffers=[whole[array] for array in self._arrays])
        return result


class _Waiting(NamedTuple, Generic[Task, Result]):
    """A task, and what will come of it."""

    task: Task
    future: Future[_Made[Result]]

    def done(self) -> tuple[Task, Result]:
        """The task and its result, once it is there."""
        return self.task, self.future.result().take()


class _Here(Generic[Task, Result]):
    """What is worked on in this process. What works is made with the first task."""

    def __init__(self, make: Callable[[], Callable[[Task], Result]]) -> None:
        self._make = make
        self._work: Callable[[Task], Result] | None = None

    def work(self, task: Task) -> Future[_Made[Result]]:
        """What comes of a task, to be taken in its turn."""
        from concurrent.futures import Future

        future: Future[_Made[Result]] = Future()
        try:
            self._work = self._make() if self._work is None else self._work
            future.set_result(_Made(self._work(task)))
        except Exception as error:
            future.set_exception(error)
        return future


_worker: Callable[[Any], Any] | None = None
"""What works in this process, where it was started to work."""

_results = ""
"""The folder for what comes of it."""


def _start(make: Callable[[], Callable[[Any], Any]], results: str) -> None:
    global _worker, _results
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes: the one that started this ends it
    _results = results
    gc.freeze()  # else to look for garbage would copy all that the parent has, page by page
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = make()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: killed, it could not tell its workers, nor tidy up."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(_results, ignore_errors=True)
        os._exit(1)


def _work(task: Any) -> _Made[Any]:
    assert _worker is not None
    return _Filed(_worker(task), _results)


def _is_daemon() -> bool:
    import multiprocessing

    return multiprocessing.current_process().daemon


def _method() -> str:
    """How to start processes: forking is fastest, and safe only while there is one thread. What a program has chosen
    in place of that holds here too."""
    import multiprocessing

    chosen = multiprocessing.get_start_method(allow_none=True)
    if chosen not in (None, "fork"):
        return chosen
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return "fork" if can_fork and threading.active_count() == 1 else "spawn"
