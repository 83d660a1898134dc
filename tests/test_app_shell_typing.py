"""The shell while somebody types: every key through a pipe input, and each part of what is drawn."""

from __future__ import annotations

import gc
import io
import os
import re
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document as Line
from prompt_toolkit.formatted_text import StyleAndTextTuples, fragment_list_to_text
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from vnsearch import Document, Index
from vnsearch.app.catalogue import CATALOGUE
from vnsearch.app.cells import cells
from vnsearch.app.inert import inert
from vnsearch.app.messages import Messages
from vnsearch.app.settings import Settings
from vnsearch.app.shell.commands.register import COMMANDS
from vnsearch.app.shell.completer import QueryCompleter
from vnsearch.app.shell.ghost import Ghost, Whole
from vnsearch.app.shell.keys import KEYS
from vnsearch.app.shell.lexer import MAX_COLOURED, QueryLexer
from vnsearch.app.shell.lines import asked, is_command, is_query
from vnsearch.app.shell.live import Answer, Live, Typed
from vnsearch.app.shell.prompt import Prompt
from vnsearch.app.shell.question import Question
from vnsearch.app.shell.saved import Saved, save, saved_path
from vnsearch.app.shell.screen import around_spans, capacity, clipped, live_lines
from vnsearch.app.shell.session import Session
from vnsearch.app.shell.toolbar import Part, age, bar, line
from vnsearch.app.surroundings import Surroundings
from vnsearch.app.terminal import Terminal

HOSTILE = "\x1b[31mđỏ\x1b]0;x\x07 \u202etrái \x9b2J"
DOCUMENTS = [
    Document(
        id="a", title="Tư tưởng", text="tư tưởng đạo đức", fields={"source": "nhân dân", "date": date(2018, 5, 1)}
    ),
    Document(id="b", title="Đạo đức", text="đạo đức công vụ", fields={"source": "tuổi trẻ", "date": date(2019, 5, 1)}),
    Document(id="c", title=HOSTILE, text=f"đạo đức {HOSTILE} tham nhũng", fields={"source": f"báo {HOSTILE}"}),
]
UP, RIGHT = "\x1b[A", "\x1b[C"
F2, F3, F4 = "\x1bOQ", "\x1bOR", "\x1bOS"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an index, and a history of one line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("NO_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    with Index.create("index") as index:
        index.add(DOCUMENTS)
    yield tmp_path
    gc.unfreeze()


def make_session(lang: str = "en", index: str = "index", **settings: Any) -> Session:
    terminal = Terminal(io.StringIO(), io.StringIO(), color=True, wraps=True)
    say = Messages("vi" if lang == "vi" else "en")
    return Session(Surroundings(terminal, say, Path(index), replace(Settings(), **settings)), interactive=True)


@pytest.fixture
def live() -> Iterator[Live]:
    session = make_session()
    yield Live(session, on=True)
    session.close()


def ask(live: Live, text: str, width: int = 80, hits: int = 6) -> Answer:
    """What is found for a text, as if somebody had stopped typing."""
    session = live.session
    live.answer = live.find(
        Typed(text, asked(text, session.question), session.match, session.marks, live.on, width, hits)
    )
    return live.answer


def shown(fragments: StyleAndTextTuples) -> str:
    return fragment_list_to_text(fragments)


Step = str | Callable[[Prompt], bool]


def typing(*steps: Step, session: Session | None = None, rows: int = 24, columns: int = 80) -> tuple[str, str, Prompt]:
    """Type each text, and wait for each condition; the line that is entered, what was drawn, and the prompt."""
    screen = io.StringIO()
    output = Vt100_Output(screen, lambda: Size(rows, columns), term="xterm-256color", enable_cpr=False)
    missed: list[Step] = []
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=output):
        prompt = Prompt(session or make_session())

        def hands() -> None:
            for step in steps:
                if isinstance(step, str):
                    keyboard.send_text(step)
                    continue
                end = time.monotonic() + 10
                while not step(prompt):
                    if time.monotonic() > end:
                        missed.append(step)
                        break
                    time.sleep(0.005)
            keyboard.send_text("\r")

        typist = threading.Thread(target=hands)
        typist.start()
        try:
            entered = prompt.prompt()
        finally:
            typist.join()
            prompt.live.session.close()
    assert not missed
    return entered, screen.getvalue(), prompt


def pause(seconds: float) -> Callable[[Prompt], bool]:
    """Time for the screen to be drawn, or for a lone Escape to be one."""

    def condition(_: Prompt) -> bool:
        time.sleep(seconds)
        return True

    return condition


def text_is(text: str) -> Callable[[Prompt], bool]:
    return lambda prompt: prompt.editor.default_buffer.text == text


def found(text: str) -> Callable[[Prompt], bool]:
    def condition(prompt: Prompt) -> bool:
        answer = prompt.live.answer
        return answer is not None and answer.typed.text == text

    return condition


def ghost_is(rest: str) -> Callable[[Prompt], bool]:
    def condition(prompt: Prompt) -> bool:
        suggestion = prompt.editor.default_buffer.suggestion
        return suggestion is not None and suggestion.text == rest

    return condition


def menu_is_open(prompt: Prompt) -> bool:
    state = prompt.editor.default_buffer.complete_state
    return state is not None and len(state.completions) > 1


# What a line is.


@pytest.mark.parametrize("text", [".", ".h", " .show 3", ".match all"])
def test_commands_are_no_queries(text: str) -> None:
    assert is_command(text) and not is_query(text)


@pytest.mark.parametrize("text", ["", "  ", "n", "p", "quit", "exit"])
def test_words_of_the_shell_are_not_searched_for(text: str) -> None:
    assert not is_query(text) and not is_command(text)


def test_all_else_is_a_query() -> None:
    assert is_query("đạo đức") and is_query(".5") and is_query("n p")


# Colours.


def colours(live: Live, text: str) -> dict[str, str]:
    """The text of each fragment with its style."""
    fragments = QueryLexer(live).lex_document(Line(text))(0)
    assert shown(fragments) == inert(text)
    return {fragment[1]: fragment[0].removeprefix("class:query.") for fragment in fragments if fragment[1].strip()}


def test_a_query_is_coloured_by_its_meaning(live: Live) -> None:
    ask(live, "")
    styles = colours(live, 'tư +"đạo đức" OR (date:2018..2022) title:thành* tưởng~1 NOT tham nhũng')
    assert styles == {
        "tư": "word",
        "+": "operator",
        '"đạo đức"': "phrase",
        "OR": "operator",
        "(": "operator",
        ")": "operator",
        "date:": "field",
        "2018..2022": "pattern",
        "title:": "field",
        "thành*": "pattern",
        "tưởng~1": "pattern",
        "NOT": "operator",
        "tham": "word class:query.excluded",
        "nhũng": "word class:query.excluded",
    }


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("đạo đứ", "đạo đứ*"),
        ("tư tưởng dao du", "tư tưởng dao du*"),
        ("đạo đứ ", "đạo đứ"),
        ('"đạo đứ"', '"đạo đứ"'),
        ("title:đứ", "title:đứ"),
        ("đạo xyzzyq", "đạo xyzzyq"),
    ],
)
def test_the_last_word_may_be_half_of_one(live: Live, text: str, read: str) -> None:
    """Results went away while a word was typed, and came back with its last letter."""
    results = ask(live, text).results
    assert results is not None
    assert results.interpretation.query == read
    assert read.endswith("*") == (results.total > 0 and results.relaxed is None)


def test_the_last_word_of_a_refinement_may_be_half_of_one(live: Live) -> None:
    live.session.question = Question("đạo")
    results = ask(live, "+ đứ").results
    assert results is not None and results.total > 0 and results.interpretation.query.endswith("đứ*")


def test_what_is_excluded_has_its_colour(live: Live) -> None:
    ask(live, "")
    styles = colours(live, "-source:trẻ c -(a b)")
    assert {text for text, style in styles.items() if "excluded" in style} == {
        "-",
        "source:",
        "trẻ",
        "(",
        "a",
        "b",
        ")",
    }
    assert styles["c"] == "word"


def test_what_is_no_operator_is_no_operator_in_colour(live: Live) -> None:
    ask(live, "")
    assert colours(live, "date:2018") == {"date:": "field", "2018": "word"}
    assert colours(live, "giờ:20 - OR") == {"giờ:20": "word", " - ": "", "OR": "word"}


def test_a_field_before_a_quote(live: Live) -> None:
    ask(live, "")
    assert colours(live, '-source:"a b"~3') == {
        "-": "operator class:query.excluded",
        "source:": "field class:query.excluded",
        '"a b"~3': "phrase class:query.excluded",
    }


def test_words_that_stand_nowhere_are_dimmed(live: Live) -> None:
    assert colours(live, "đạo xyzzyq")["xyzzyq"] == "word"
    before = QueryLexer(live).invalidation_hash()
    ask(live, 'đạo xyzzyq "đức đạo"')
    assert colours(live, 'đạo xyzzyq "đức đạo"') == {"đạo": "word", "xyzzyq": "unknown", '"đức đạo"': "unknown"}
    assert QueryLexer(live).invalidation_hash() != before


def test_the_line_editor_asks_again_for_colours_when_the_answer_comes() -> None:
    """prompt-toolkit wraps the lexer of a session in one that hides when its colours change."""
    _, drawn, _ = typing("xyzzyq", found("xyzzyq"), pause(0.2))
    assert "\x1b[0;90mxyzzyq" in drawn


def test_commands_have_their_colours(live: Live) -> None:
    assert colours(live, ".match all") == {".match ": "command", "all": "argument"}


def test_hostile_and_very_long_lines_are_shown_as_they_are(live: Live) -> None:
    colours(live, HOSTILE)
    assert colours(live, "a " * MAX_COLOURED) == {inert("a " * MAX_COLOURED): ""}
    lines = QueryLexer(live).lex_document(Line("a\nb"))
    assert [shown(lines(number)) for number in (0, 1, 2)] == ["a", "b", ""]


# Live results.


def test_results_appear_while_typing_and_go_when_the_line_is_entered() -> None:
    entered, drawn, prompt = typing("dao duc", found("dao duc"), pause(0.2))
    assert entered == "dao duc"
    answer = prompt.live.answer
    assert answer is not None and answer.results is not None and answer.results.total == 3
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn)
    assert "đạo đức · 3 results" in plain and " 1 " in plain
    assert drawn.rindex("results") < drawn.rindex("\x1b[J")  # erased at the end


def test_the_answer_to_an_older_text_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer text cancels what waits: it is not even searched for."""
    asked: list[str] = []
    find = Live.find

    def slowly(self: Live, typed: Typed) -> Answer:
        asked.append(typed.text)
        return find(self, typed)

    monkeypatch.setattr(Live, "find", slowly)
    typing(*"dao duc", found("dao duc"))
    assert asked[-1] == "dao duc" and len(asked) < len("dao duc")


def test_no_key_waits_for_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    searching, go_on = threading.Event(), threading.Event()

    def stuck(self: Live, typed: Typed) -> Answer:
        if typed.text:
            searching.set()
            go_on.wait(10)
        return Answer(typed)

    monkeypatch.setattr(Live, "find", stuck)

    def on_the_way(_: Prompt) -> bool:
        return searching.is_set()

    def let_go(_: Prompt) -> bool:
        go_on.set()
        return True

    entered, _, _ = typing("đạo", on_the_way, " đức", text_is("đạo đức"), let_go)
    assert entered == "đạo đức"


def test_what_goes_wrong_in_a_search_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    find = Live.find

    def fail(self: Live, typed: Typed) -> Answer:
        if typed.text == "đạo đức":
            raise RuntimeError("no")
        return find(self, typed)

    monkeypatch.setattr(Live, "find", fail)
    entered, drawn, _ = typing("đạo", found("đạo"), " đức", lambda prompt: prompt.live.answer is None)
    assert entered == "đạo đức" and "Error" not in drawn


def test_without_an_index_one_can_type() -> None:
    entered, _, prompt = typing("dao", pause(0.3), session=make_session(index="none"))
    assert entered == "dao" and prompt.live.answer is None


def test_live_results_can_be_off_from_the_start(live: Live) -> None:
    live.on = False
    assert ask(live, "dao duc").results is None and ask(live, "dao duc").stats is not None
    _, drawn, prompt = typing("dao", found("dao"), session=make_session(live=False))
    assert not prompt.live.on and "are off" in drawn


def test_what_narrows_and_orders_holds_while_typing(live: Live) -> None:
    live.session.question = Question(filters=(("source", "tuổi trẻ"),))
    results = ask(live, "đạo đức").results
    assert results is not None and [hit.id for hit in results] == ["b"]
    live.session.question = Question(query="đạo đức", sort="-date")
    results = ask(live, "+ tư tưởng").results
    assert results is not None and [hit.id for hit in results] == ["a"]


def test_a_refinement_of_nothing_asks_nothing() -> None:
    assert asked("+ đạo", Question()) is None and asked("+ đạo", Question(like="a")) is None
    assert asked(".show 1", Question(query="đạo")) is None


def test_a_new_line_takes_what_was_found_for_old(live: Live) -> None:
    ask(live, "đạo xyzzyq")
    with Index.open("index") as index:
        index.add([Document(id="x", text="xyzzyq")])
    live.forget()
    assert live.answer is None
    assert ask(live, "đạo xyzzyq").unknown == frozenset()


def test_hits_take_two_lines_each_and_none_is_too_wide(live: Live) -> None:
    answer = ask(live, "dao duc", width=40)
    assert len(answer.lines) == 6
    assert all(cells(shown(line)) <= 40 for line in answer.lines)
    assert any("class:hit.match" in style for line in answer.lines for style, *_ in line)


def test_hostile_titles_and_snippets_are_inert(live: Live) -> None:
    for width in (20, 60, 200):
        for text in map(shown, ask(live, "tham nhung", width=width).lines):
            assert inert(text) == text
    assert "␛[31mđỏ" in shown(ask(live, "tham nhung", width=200).lines[0])


def test_the_snippet_shows_where_the_words_stand(live: Live) -> None:
    text = f"{'một hai ' * 40}đạo đức {'ba bốn ' * 40}"
    begin = text.index("đạo")
    line = around_spans(text, [(0, 3), (begin, begin + 3), (begin + 4, begin + 7)], 40, "")
    assert "đạo đức" in shown(line) and shown(line).startswith("… ") and cells(shown(line)) <= 40
    assert [t for style, t, *_ in line if "hit.match" in style] == ["đạo", "đức"]
    assert shown(around_spans("đạo đức", [(0, 3)], 40, "")) == "đạo đức"


@pytest.mark.parametrize("width", range(1, 12))
def test_clipped_text_fits(width: int) -> None:
    for text in ("đường sắt", "東京東京東京", "e\u0301" * 9, ""):
        assert cells(shown(clipped(text, [], width, ""))) <= max(width, 1)


def test_as_many_hits_as_fit() -> None:
    assert capacity(24) >= 3 and capacity(8) == 0
    assert all(2 * capacity(rows) + 3 <= rows for rows in range(60) if capacity(rows))


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (20, 60), (10, 40), (5, 20), (3, 10)])
def test_a_small_terminal_can_be_typed_in(rows: int, columns: int) -> None:
    entered, drawn, prompt = typing("dao duc", found("dao duc"), rows=rows, columns=columns)
    assert entered == "dao duc" and "too small" not in drawn
    assert prompt.live.answer is not None and bool(prompt.live.answer.lines) == (rows >= 12)


def test_huge_titles_cost_nothing(live: Live) -> None:
    with Index.open("index") as index:
        index.add([Document(id="h", title="đức " + "x" * 100_000, text="x" * 100_000 + " chữ")])
    results = live.session.index().search("đức x", limit=9, passages=1)
    assert all(cells(shown(line)) <= 60 for line in live_lines(results, 60))


# The toolbar.


@pytest.mark.parametrize("width", [10, 20, 40, 60, 80, 200])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_toolbar_fits(width: int, lang: str) -> None:
    live = Live(make_session(lang), on=True)
    for text in ("", "dao duc xyzzyq", "tuw tuowngr", HOSTILE, "đạo " * 200):
        ask(live, text)
        lines = shown(bar(live, width)).split("\n")
        assert len(lines) == 2 and all(cells(text) <= width and inert(text) == text for text in lines)
    live.session.close()


def test_the_toolbar_tells_what_was_understood(live: Live) -> None:
    ask(live, "tuw tuowngr")
    first, second = shown(bar(live, 100)).split("\n")
    assert first.startswith("tư tưởng · 1 result · ") and " ms" in first and "keystrokes" in first
    assert second.startswith("index · just now · F2 match auto · F3 marks auto · F4 live on")


def test_on_forty_columns_the_modes_and_the_count_stay(live: Live) -> None:
    ask(live, "tu tuong dao duc cong vu la gi the nhi")
    first, second = shown(bar(live, 40)).split("\n")
    assert "results" in first and "match auto" in second and "marks auto" in second


def test_parts_shrink_before_they_go() -> None:
    parts = [Part("thư mục dài lắm", 1, least=5, tail=True), Part("quan trọng", 0), Part("thừa", 2)]
    assert shown(line(parts, 40)) == "thư mục dài lắm · quan trọng · thừa"
    assert shown(line(parts, 30)) == "thư mục dài lắm · quan trọng"
    assert shown(line(parts, 20)) == "…ài lắm · quan trọng"
    assert shown(line(parts, 12)) == "quan trọng"
    assert shown(line(parts, 9)) == "… dài lắm"


def test_the_age_of_the_index_is_told_in_its_largest_unit() -> None:
    now = datetime(2026, 1, 10, tzinfo=UTC)
    for seconds, text in [(5, "just now"), (60, "1 minute ago"), (7300, "2 hours ago"), (200_000, "2 days ago")]:
        assert age(now - timedelta(seconds=seconds), Messages("en"), now) == text


# The rest of the line.


def test_the_rest_comes_from_the_history_first_then_from_the_collection(live: Live) -> None:
    ghost = Ghost(live)
    suggestion = ghost.suggest(["đạo lý", "đạo đời"], "đạo")
    assert suggestion is not None and (suggestion.whole, suggestion.text) == ("đạo đời", " đời")
    suggestion = ghost.suggest([], "dao d")
    assert suggestion is not None and (suggestion.whole, suggestion.text) == ("đạo đức", "ức")


def test_no_rest_where_none_is_wanted(live: Live) -> None:
    ghost = Ghost(live)
    for text in ("", " ", "d", ".st", "xyzzyq", "a\nb", "đạo " * 100):
        assert ghost.suggest([], text) is None
    assert ghost.suggest(["đạo\x1b[2J"], "đạo\x1b") is None


def test_right_takes_the_rest_with_its_marks() -> None:
    for key in (RIGHT, "\x05", "\x06"):
        entered, _, _ = typing("dao d", ghost_is("ức"), key)
        assert entered == "đạo đức"


def test_alt_f_takes_a_word_of_the_rest() -> None:
    typed = Whole("đạo đức công vụ", "ức công vụ")
    assert typed.word() == ("đạo đức", " công vụ")
    assert Whole("đạo đức công vụ", " công vụ").word() == ("đạo đức công", " vụ")
    session = make_session()
    typing("đạo đức công vụ", session=session)
    entered, _, _ = typing("đạo", ghost_is(" đức công vụ"), "\x1bf", text_is("đạo đức"), "\x1bf", session=session)
    assert entered == "đạo đức công"


# The menu.


def menu(live: Live, text: str) -> dict[str, str]:
    completions = QueryCompleter(live).get_completions(Line(text), CompleteEvent())
    return {text[: len(text) + c.start_position] + c.text: c.display_meta_text for c in completions}


def test_the_menu_offers_words_from_unmarked_typing_with_their_documents(live: Live) -> None:
    assert menu(live, "dao d")["đạo đức"] == "3 documents"
    assert menu(live, "dao duc cong")["đạo đức công vụ"] == "1 document"


def test_the_menu_offers_fields(live: Live) -> None:
    assert menu(live, "tham da")["tham date:"] == "field, date"
    assert {"source:", "-source:"} <= {*menu(live, "so"), *menu(live, "-so")}
    assert "title:" in menu(live, "TI")


def test_the_menu_offers_values_of_a_field_that_are_harmless(live: Live) -> None:
    assert menu(live, "source:") == {'source:"nhân dân"': "1 document", 'source:"tuổi trẻ"': "1 document"}
    assert list(menu(live, "đức source:tre")) == ['đức source:"tuổi trẻ"']
    assert list(menu(live, 'đức -source:"nhan d')) == ['đức -source:"nhân dân"']
    assert all(inert(text) == text for text in menu(live, "date:2"))


def test_the_menu_offers_commands_and_their_arguments(live: Live, folder: Path) -> None:
    assert {".match", ".marks"} == set(menu(live, ".ma"))
    assert menu(live, ".match") == {".match": "which words must be found"}
    assert list(menu(live, ".match a")) == [".match auto", ".match all", ".match any"]
    (folder / "thư mục").mkdir()
    (folder / "thu\x1b[2J").mkdir()
    assert list(menu(live, ".index th")) == [".index thư mục"]
    assert menu(live, ".nonsense x") == {} and menu(live, ".match all a") == {} and menu(live, ".quit x") == {}


def test_the_menu_reads_arguments_as_the_help_writes_them(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def offered(usage: str, typed: str) -> list[str]:
        monkeypatch.setitem(COMMANDS, "stats", replace(COMMANDS["stats"], argument=usage))
        return [line.removeprefix(".stats ") for line in menu(live, f".stats {typed}")]

    assert offered("[FIELD]", "so") == ["source"]
    assert offered("[FIELD|-FIELD|score]", "s") == ["source", "score"]
    assert offered("[FIELD|-FIELD|score]", "-s") == ["-source"]
    assert offered("[NAME=VALUE|-]", "") == ["date=", "source="]
    assert offered("[COMMAND]", "ma") == ["match", "marks"]
    assert offered("N", "") == []


def test_the_menu_knows_saved_searches(live: Live, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert menu(live, ".run ") == {}
    save(saved_path(os.environ), "lãng-phí", Saved(Question("tham\x1b[2J nhũng"), "auto", "auto"))
    assert menu(live, ".run l") == {".run lãng-phí": inert("tham\x1b[2J nhũng")}
    saved_path(os.environ).write_text("{")
    assert menu(live, ".run l") == {}


def test_the_menu_is_empty_where_nothing_can_be_read(live: Live) -> None:
    assert menu(live, "") == {} and menu(live, "đ" * 1000) == {}
    assert menu(Live(make_session(index="none"), on=True), "dao d") == {}


def test_tab_opens_the_menu_and_chooses() -> None:
    entered, drawn, _ = typing("dao\t", menu_is_open, "\t", pause(0.1), "\r")
    assert entered.startswith("đạo") and "documents" in drawn


# The other keys.


def test_the_modes_are_switched_by_their_keys() -> None:
    for keys in ((F2, F3, F3), ("\x1bm", "\x1bk", "\x1bk")):
        session = make_session()
        typing(*keys, session=session)
        assert (session.match, session.marks) == ("all", "ignore")
    assert typing(F2, F2, F2)[2].live.session.match == "auto"


def test_live_results_are_switched_by_their_key() -> None:
    assert not typing(F4)[2].live.on and not typing("\x1br")[2].live.on and typing(F4, F4)[2].live.on


def test_a_mode_that_is_switched_searches_anew() -> None:
    def with_all(prompt: Prompt) -> bool:
        answer = prompt.live.answer
        return answer is not None and answer.results is not None and answer.typed.match == "all"

    typing("dao duc", found("dao duc"), F2, with_all)


def test_ctrl_c_clears_the_line_and_its_results() -> None:
    assert typing("tham", found("tham"), "\x03", found(""), "đạo")[0] == "đạo"


def test_ctrl_d_leaves() -> None:
    with pytest.raises(EOFError):
        typing("\x04")


def test_ctrl_l_clears_the_screen() -> None:
    assert "\x1b[2J" in typing("đạo", "\x0c")[1]


def test_the_history_is_searched() -> None:
    session = make_session()
    for query in ("tham nhũng", "đạo đức", "tham ô"):
        typing(query, session=session)

    def loaded(prompt: Prompt) -> bool:
        return len(prompt.editor.history.get_strings()) >= 3

    assert typing(loaded, "\x12nhũ\r", text_is("tham nhũng"), session=session)[0] == "tham nhũng"
    # Up finds what begins as typed.
    assert typing(loaded, "đạo", UP, text_is("đạo đức"), session=session)[0] == "đạo đức"


def test_vi_keys() -> None:
    assert typing("đạo đức", "\x1b", pause(0.4), "bD", session=make_session(editing="vi"))[0] == "đạo "


def test_the_mouse_is_asked_for_only_where_it_is_wanted() -> None:
    assert "\x1b[?1000h" in typing("a", session=make_session(mouse=True))[1]
    assert "\x1b[?1000h" not in typing("a")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a script")
def test_the_query_is_edited_in_the_editor(folder: Path) -> None:
    script = folder / "editor"
    script.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'a').write('đức\\n  công vụ\\n')\n", "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    session = make_session(editor=str(script))
    assert typing("đạo", "\x18\x05", text_is("đạo đức công vụ"), session=session)[0] == "đạo đức công vụ"


def test_a_missing_editor_is_one_line(folder: Path) -> None:
    session = make_session(editor="no-such-editor")
    told = session.around.terminal.err
    assert isinstance(told, io.StringIO)
    assert typing("đạo", "\x18\x05", lambda _: told.getvalue() != "", session=session)[0] == "đạo"
    assert told.getvalue().count("\n") == 1 and "no-such-editor" in told.getvalue()


def test_an_editor_that_is_written_wrong_is_one_line(folder: Path) -> None:
    session = make_session(editor="vi '")
    told = session.around.terminal.err
    assert isinstance(told, io.StringIO)
    assert typing("đạo", "\x18\x05", lambda _: told.getvalue() != "", session=session)[0] == "đạo"
    assert "a quote is not closed in: vi '" in told.getvalue()


def test_the_table_of_keys_has_its_messages() -> None:
    rows = KEYS
    assert len({key for key, _ in rows}) == len(rows) and all(message in CATALOGUE for _, message in rows)
