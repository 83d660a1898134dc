"""The query language: what each thing people type means, and the laws that hold for any text."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vnsearch.search import lexer, parser
from vnsearch.search.parser import parse, parse_literal, readings
from vnsearch.search.query import (
    And,
    Bag,
    Every,
    Fuzzy,
    Node,
    Not,
    Note,
    Or,
    Pattern,
    Phrase,
    Query,
    Range,
    Word,
    positive_leaves,
    write,
)

FIELDS = ("title", "date", "nguồn")


def words(text: str, field: str | None = None) -> Node:
    """Bare words side by side."""
    leaves = tuple(Word(chunk, field) for chunk in text.split())
    return leaves[0] if len(leaves) == 1 else Bag(leaves)


def without(node: Node) -> Node:
    return And((Every(), Not(node)))


TEXT = [
    # what people type that only looks like syntax: (typed, the words it means)
    ("tư tưởng đạo đức", "tư tưởng đạo đức"),
    ("kinh tế - xã hội", "kinh tế xã hội"),
    ("kinh tế – xã hội", "kinh tế xã hội"),
    ("kinh tế —xã hội", "kinh tế xã hội"),
    ("kinh tế-xã hội", "kinh tế-xã hội"),
    ("- xã hội", "xã hội"),
    ("chỉ thị 05-CT/TW", "chỉ thị 05-CT/TW"),
    ("hỏi: ai?", "hỏi ai"),
    ("(sửa đổi", "sửa đổi"),
    ("điều 5)", "điều 5"),
    ("f(x)", "f x"),
    ("khoản 5(a b) c", "khoản 5 a b c"),
    ("Luật Đất đai (sửa đổi) 2013", "Luật Đất đai sửa đổi 2013"),
    ("Điều 5: phạm vi", "Điều 5 phạm vi"),
    ("12:30 http://x.vn/a?b=1", "12:30 http://x.vn/a?b=1"),
    ("c++ C# a+b", "c++ C# a+b"),
    ("tăng 3,5%.", "tăng 3,5%"),
    ("giá [2022", "giá 2022"),
    ('việt nam"', "việt nam"),
    ('"việt nam', "việt nam"),
    ('màn hình 15" và 17"', "màn hình 15 và 17"),
    ("H'Hen Niê 'hoa'", "H'Hen Niê hoa"),
    ("tự do ~ dân chủ", "tự do dân chủ"),
    ("^mũ {a} <b> c|d e\\f", "mũ a b c|d e\\f"),
    ("R&D a@b.vn #tag $5 !", "R&D a@b.vn tag 5"),
    ("-5°C -3,5% +84 -7.", "5°C 3,5% 84 7"),
    ("và hoặc không and or not", "và hoặc không and or not"),
    ("title: hòa", "title hòa"),
    ("title:", "title"),
    ("title:() a", "title a"),
    ("title:(a", "title a"),
    ("date:.. 5..6", "date 5..6"),
    ("* a ** ?", "a"),
    ("**đậm** vâng??", "đậm vâng"),
    ("5~10 a~0 b~c", "5~10 a~0 b~c"),
    ("😀 tốt", "😀 tốt"),
    ("KINH TẾ VÀ XÃ HỘI", "KINH TẾ VÀ XÃ HỘI"),
    ("AND a", "AND a"),
    ("a OR", "a OR"),
    ("NOT", "NOT"),
    ("'OR' a [AND] b", "OR a AND b"),
    ("trang 1/(2) () ( )", "trang 1 2"),
]

TREES: list[tuple[str, Node | None]] = [
    ("", None),
    ("  \t ", None),
    ('"" () - * ? !!! «»', None),
    ("*", Every()),
    (" ＊ ", Every()),
    # quotes
    ('"học sinh"', Phrase("học sinh")),
    ("“học sinh”", Phrase("học sinh")),
    ("«học sinh»", Phrase("học sinh")),
    ("„học sinh“", Phrase("học sinh")),
    ("“học sinh“", Phrase("học sinh")),
    ('“học sinh"', Phrase("học sinh")),
    ("＂học sinh＂", Phrase("học sinh")),
    ('" học \n sinh "', Phrase("học sinh")),
    ('""học sinh""', Phrase("học sinh")),
    ('"đường"', Phrase("đường")),
    ('"a - (b OR c:*"', Phrase("a - (b OR c:*")),
    ('a"b c"', words("a b c")),
    ("a“b c”d", Bag((Word("a"), Phrase("b c"), Word("d")))),
    ('Nam!" và "x"', Bag((Word("Nam"), Word("và"), Phrase("x")))),
    ('"gần nhau"~5', Phrase("gần nhau", 5)),
    ('"gần nhau"~' + "9" * 5000, Phrase("gần nhau", 100)),
    ('"gần nhau"~', Phrase("gần nhau")),
    # signs
    ("a -b", Bag((Word("a"),), (), (Word("b"),))),
    ("+a b -c", Bag((Word("b"),), (Word("a"),), (Word("c"),))),
    ("－a ＋b", Bag((), (Word("b"),), (Word("a"),))),
    ("+a", Bag((), (Word("a"),))),
    ("-a", without(Word("a"))),
    ("-a -b", And((Every(), Not(Word("a")), Not(Word("b"))))),
    ('a -"b c"', Bag((Word("a"),), (), (Phrase("b c"),))),
    ("a -(b c)", Bag((Word("a"),), (), (words("b c"),))),
    ("(-a b)", Bag((Word("b"),), (), (Word("a"),))),
    ("a -05-CT/TW", Bag((Word("a"),), (), (Word("05-CT/TW"),))),
    ("a -(5)", Bag((Word("a"),), (), (Word("5"),))),
    ("a -b*", Bag((Word("a"),), (), (Pattern("b*"),))),
    ("a -*b", Bag((Word("a"),), (), (Pattern("*b"),))),
    ('a -title:"b c" +title:d', Bag((Word("a"),), (Word("d", "title"),), (Phrase("b c", 0, "title"),))),
    ('a - "b c"', Bag((Word("a"), Phrase("b c")))),
    # AND OR NOT
    ("tham nhũng OR lãng phí", Or((words("tham nhũng"), words("lãng phí")))),
    ("tham nhũng HOẶC lãng phí", Or((words("tham nhũng"), words("lãng phí")))),
    (unicodedata.normalize("NFD", "a HOẶC b VÀ c"), Or((Word("a"), And((Word("b"), Word("c")))))),
    ("tham nhũng NOT lãng phí", And((words("tham nhũng"), Not(Phrase("lãng phí"))))),
    ("tham nhũng KHÔNG lãng", And((words("tham nhũng"), Not(Word("lãng"))))),
    ("a AND NOT b", And((Word("a"), Not(Word("b"))))),
    ("NOT a", without(Word("a"))),
    ("NOT a b", without(Phrase("a b"))),
    ("NOT (a b) c d", And((words("c d"), Not(words("a b"))))),
    ('a NOT "b c" d', And((words("a d"), Not(Phrase("b c"))))),
    ("a NOT b c* d", And((Bag((Word("a"), Pattern("c*"), Word("d"))), Not(Word("b"))))),
    ("a NOT b NOT c", And((Word("a"), Not(Word("b")), Not(Word("c"))))),
    ("a OR NOT b", Or((Word("a"), without(Word("b"))))),
    ("a AND -b", And((Word("a"), Not(Word("b"))))),
    ("a b AND c OR d", Or((And((words("a b"), Word("c"))), Word("d")))),
    ("a AND (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
    ("(a OR b) c", Bag((Or((Word("a"), Word("b"))), Word("c")))),
    ("((a) (b))", words("a b")),
    ("(a)(b)", words("a b")),
    ("（a OR b）", Or((Word("a"), Word("b")))),
    ("(a AND b) AND c", And((Word("a"), Word("b"), Word("c")))),
    ("a AND AND b", And((words("a AND"), Word("b")))),
    ("a AND OR", And((Word("a"), Word("OR")))),
    ("(OR a) AND b", And((words("OR a"), Word("b")))),
    ("a NOT NOT b", And((words("a NOT"), Not(Word("b"))))),
    ("a NOT -b", Bag((Word("a"), Word("NOT")), (), (Word("b"),))),
    ("KINH TẾ AND XÃ HỘI", And((words("KINH TẾ"), words("XÃ HỘI")))),
    ("Kinh tế VÀ XÃ HỘI", And((words("Kinh tế"), words("XÃ HỘI")))),
    # fields
    ("title:hòa", Word("hòa", "title")),
    ("TITLE:hòa, bình", Bag((Word("hòa", "title"), Word("bình")))),
    ("[title:hòa]", Word("hòa", "title")),
    (unicodedata.normalize("NFD", "Nguồn:x"), Word("x", "nguồn")),
    ("title：hòa", Word("hòa", "title")),
    ("author:hòa", Word("author:hòa")),
    ("title:a:b", Word("a:b", "title")),
    ('title:"hòa bình"~2', Phrase("hòa bình", 2, "title")),
    ("title:“hòa bình”", Phrase("hòa bình", 0, "title")),
    ("title:(a b)", words("a b", "title")),
    ("title:(a OR date:2018)", Or((Word("a", "title"), Word("2018", "date")))),
    ("title:th* title:a~", Bag((Pattern("th*", "title"), Fuzzy("a", 1, "title")))),
    ("date:2018..2022", Range("date", "2018", "2022")),
    ("date:2018..", Range("date", "2018", None)),
    ("date:..2022,", Range("date", None, "2022")),
    ("date:15/5/2018..2018-12-31", Range("date", "15/5/2018", "2018-12-31")),
    ("date:(..2000 OR 2018..)", Or((Range("date", None, "2000"), Range("date", "2018", None)))),
    ("date:-5..-3", Range("date", "-5", "-3")),
    ("date:-5", Word("-5", "date")),
    ("date:1..2..,", Range("date", "1", "2")),
    ("date:2018... date:1..2..3", Bag((Word("2018", "date"), Word("1..2..3", "date")))),
    # patterns and fuzzy words
    ("thành*", Pattern("thành*")),
    ("(thành*).", Pattern("thành*")),
    ("*phố", Pattern("*phố")),
    ("h?c", Pattern("h?c")),
    (unicodedata.normalize("NFD", "h?ặc"), Pattern(unicodedata.normalize("NFD", "h?ặc"))),
    ("05-CT*", Pattern("05-CT*")),
    ("h?c?", Pattern("h?c")),
    ("word~ word~1 word~2 word~7", Bag((Fuzzy("word", 1), Fuzzy("word", 1), Fuzzy("word", 2), Fuzzy("word", 2)))),
]


@pytest.mark.parametrize(("typed", "meant"), TEXT)
def test_text_that_only_looks_like_syntax(typed: str, meant: str) -> None:
    query = parse(typed, FIELDS)
    assert query.root == words(meant)


@pytest.mark.parametrize(("typed", "tree"), TREES)
def test_tree(typed: str, tree: Node | None) -> None:
    assert parse(typed, FIELDS).root == tree


@pytest.mark.parametrize("typed", [typed for typed, _ in TREES] + [typed for typed, _ in TEXT])
def test_what_is_written_reads_the_same(typed: str) -> None:
    query = parse(typed, FIELDS)
    again = parse(str(query), FIELDS)
    assert again.root == query.root
    assert str(again) == str(query)
    assert not again.notes


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Luật (sửa đổi) HOẶC “nghị định” KHÔNG dự thảo", 'Luật sửa đổi OR "nghị định" NOT "dự thảo"'),
        ("Title:(a OR b) -c +d", "(title:a OR title:b) +d -c"),
        ("OR a -(5) -(AND)", "'OR' a -(5) -AND"),
    ],
)
def test_written(typed: str, written: str) -> None:
    assert str(parse(typed, FIELDS)) == written


def test_without_fields_a_colon_is_text() -> None:
    assert parse("title:a date:1..2").root == words("title:a date:1..2")


def test_literal() -> None:
    query = parse_literal('-a "b c" OR thành* title:x (d ~ e)')
    assert query.root == words("a b c OR thành title:x d e")
    assert parse_literal(" - * ").root is None


def test_positive_leaves_leave_out_what_is_excluded() -> None:
    root = parse('a +"b c" -d AND (e* OR f~ NOT g) NOT (h OR i)').root
    assert root is not None
    assert list(positive_leaves(root)) == [Word("a"), Phrase("b c"), Pattern("e*"), Fuzzy("f", 1)]


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("a AND b", ()),
        ("a AND", (Note.DANGLING,)),
        ("KINH TẾ VÀ XÃ HỘI", (Note.CAPITALS,)),
        ("a " * 6000, (Note.TOO_LONG, Note.TOO_MANY)),
        ("a" * 10_001, (Note.TOO_LONG,)),
        ("a " * 513, (Note.TOO_MANY,)),
        (" ".join(f"a{i}*" for i in range(17)), (Note.TOO_OPEN,)),
        ("a* b~1 " * 200, ()),
        ("(b OR a " * 33 + ")" * 33, (Note.TOO_DEEP,)),
    ],
)
def test_notes(typed: str, notes: tuple[Note, ...]) -> None:
    assert parse(typed).notes == notes


def test_of_very_many_patterns_and_fuzzy_words_the_last_are_words() -> None:
    """Hundreds of them, each of which stands for hundreds of words, took minutes."""
    root = parse(" OR ".join(f"a{i}{mark}" for i in range(10) for mark in ("*", "~2"))).root
    assert isinstance(root, Or)
    assert sum(isinstance(node, (Pattern, Fuzzy)) for node in root.children) == parser.MAX_OPEN
    assert root.children[-2:] == (Word("a9*"), Word("a9"))


def test_a_long_query_keeps_whole_words() -> None:
    query = parse("đường " * 2000)
    assert isinstance(query.root, Bag)
    assert len(query.root.should) == lexer.MAX_CLAUSES
    assert set(query.root.should) == {Word("đường")}
    assert len(query.text) <= parser.MAX_LENGTH
    assert parse("đường" * 4000).root == Word("đường" * 2000)


def test_groups_that_are_cut_off_stay_groups() -> None:
    root = parse("x AND (" + "a OR " * 300 + "b)").root
    assert isinstance(root, And)
    assert isinstance(root.children[1], Or)


def depth(node: Node) -> int:
    match node:
        case And(children) | Or(children):
            return 1 + max(map(depth, children))
        case Bag(should, must, must_not):
            return 1 + max(map(depth, (*should, *must, *must_not)))
        case Not(child):
            return 1 + depth(child)
        case _:
            return 1


@pytest.mark.parametrize(
    "typed",
    [
        "(" * 10_000,
        ")" * 10_000,
        "(" * 5000 + ")" * 5000,
        "(a OR " * 1600,
        "(a OR b " * 1000 + ")" * 1000,
        "+(a -(" * 1600,
        "NOT (" * 1500 + "a" + ")" * 1500,
        "NOT " * 2500 + "a",
        "a OR " * 2000,
        '"' * 10_000,
        "“" * 9999 + '"',
        "“ " * 4999 + "a”",
        "title:" * 1666,
        "title:(" * 1400 + "a" + ")" * 100,
        "*" * 9999 + "a",
        "a~" * 5000,
        "a..b" * 2500,
        "-1," * 3300,
        "+" * 9999 + "a",
        "a\u0301" * 5000,
    ],
    ids=lambda typed: typed[:12],
)
def test_hostile_text(typed: str) -> None:
    query = parse(typed, FIELDS)
    assert query.root is None or depth(query.root) <= 5 * lexer.MAX_DEPTH


SCRAPS = """
    a b học 5 05-CT/TW đường AND OR NOT VÀ HOẶC KHÔNG ( ) (( )) " " “ ” « » + - +( -( * ? ~ ~2 ~1 : , . .. - –
    title: title:( date: date:1.. ..2 ' [ ] -5 +5 c++ **a*b** a~~1 *x h?c \u0301 \u200b 😀 ＂ （ ）
"""
SOUP = st.lists(st.sampled_from([*SCRAPS.split(), *"     ", "\n", "\u3000"]), max_size=24).map("".join)


def assert_reads_back(query: Query) -> None:
    assert parse(str(query), FIELDS).root == query.root, str(query)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    assert_reads_back(parse(text, FIELDS))
    parse_literal(text)


@settings(max_examples=600, deadline=None)
@given(SOUP)
@example('title:(“a -b" -5..3)')
@example("-(-(-5)) +(+5) NOT (NOT OR)")
def test_operator_soup(text: str) -> None:
    query = parse(text, FIELDS)
    assert_reads_back(query)
    assert_well_formed(query.root)


def assert_well_formed(node: Node | None) -> None:
    """What the docstrings of the nodes promise."""
    match node:
        case And(children):
            assert len(children) > 1
            assert not all(isinstance(child, Not) for child in children)
            assert not any(isinstance(child, And) for child in children)
        case Or(children):
            assert len(children) > 1
            assert not any(isinstance(child, Or | Not) for child in children)
        case Not(child):
            children = (child,)
        case Bag(should, must, must_not):
            children = (*should, *must, *must_not)
            assert should or must
            assert len(children) > 1 or must
            assert not any(isinstance(child, Not | Every) for child in children)
        case Word(text) | Phrase(text) | Pattern(text) | Fuzzy(text):
            assert any(map(str.isalnum, text)) or "😀" in text
            return
        case Range(_, low, high):
            assert low or high
            return
        case _:
            return
    for child in children:
        if isinstance(child, Not):
            assert isinstance(node, And)
            assert not isinstance(child.child, Not | Every)
            assert_well_formed(child.child)
        else:
            assert_well_formed(child)


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_small_limits_hold(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexer, "MAX_DEPTH", 2)
        patch.setattr(lexer, "MAX_CLAUSES", 6)
        query = parse(text, FIELDS)
        if Note.TOO_MANY not in query.notes and len(str(query).split()) <= 6:
            assert_reads_back(query)
        assert query.root is None or len(list(positive_leaves(query.root))) <= 6


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("tư tưởng 05-CT/TW, (đạo đức) – - H'Hen 3,5% ai? hỏi:".split()), max_size=12))
def test_plain_text_reads_as_if_literal(chunks: list[str]) -> None:
    text = " ".join(chunks)
    assert parse(text, FIELDS).root == parse_literal(text).root


def test_trees_are_hashable() -> None:
    assert len({parse(typed, FIELDS).root for typed in ("a OR -b", "a  HOẶC NOT b", "a AND b")}) == 2


def test_every_query_of_the_behaviour_cases() -> None:
    folder = os.environ.get("VNSEARCH_DATA")
    path = Path(folder or ".", "behaviour", "cases.jsonl")
    if not folder or not path.exists():
        pytest.skip("set VNSEARCH_DATA to the folder that holds behaviour/cases.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        query = parse(case["query"], FIELDS)
        assert query.root is not None, case["id"]
        asks_for_more = query.root != parse_literal(case["query"]).root
        assert asks_for_more == any(c in case["query"].strip('"') or c == case["query"][0] for c in '"*'), case
        assert parse(write(query.root), FIELDS).root == query.root


@given(
    st.lists(
        st.one_of(st.sampled_from(["và", "VÀ", "AND", "not", "KHÔNG", "²", "ǅ", "đ", "1"]), st.text(max_size=4)),
        max_size=6,
    )
)
@example(["a"] * 300)
def test_plain_words_read_the_same_on_the_short_way(chunks: list[str]) -> None:
    """Parentheses take the long way, and mean nothing around a whole query; so does a space before a phrase."""
    text = " ".join(chunks)
    if text.strip("() ") and not set(text) & set("()\"'+-~:*?"):
        assert str(parse(text, FIELDS)) == str(parse(f"({text})", FIELDS))
    assert parse(f'"{text}"', FIELDS).root == parse(f' "{text}"', FIELDS).root


def test_readings_tell_what_became_of_each_token_and_where_it_stands() -> None:
    text = '+a -date:"b c"~2 OR (d*) NOT e f -(g h) x(1)'
    read = [(text[slice(*r.token.span)], r.operator, str(r.leaf or ""), r.excluded) for r in readings(text, ["date"])]
    assert read == [
        ("+a", None, "a", False),
        ('-date:"b c"~2', None, 'date:"b c"~2', True),
        ("OR", "OR", "", False),
        ("(", None, "", False),
        ("d*", None, "d*", False),
        (")", None, "", False),
        ("NOT", "NOT", "", False),
        ("e", None, "e", True),
        ("f", None, "f", True),
        ("-(", None, "", True),
        ("g", None, "g", True),
        ("h", None, "h", True),
        (")", None, "", True),
        ("x", None, "x", False),
        ("1", None, "1", False),
    ]
