"""What is read of a page: title, date, borders. The pages here were written for these tests; the seeds are real."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch.sources import read_article
from vnsearch.sources.blocks import Block, read_blocks
from vnsearch.sources.boilerplate import is_dated_teaser, is_label
from vnsearch.sources.dates import dateline, is_byline
from vnsearch.sources.titles import MOST_CHARACTERS

SEEDS = Path(__file__).parent.parent / "seeds"

PROSE = (
    "Sáng nay, hợp tác xã An Bình tổ chức hội nghị tổng kết vụ lúa đông xuân với sự tham gia của hơn hai trăm hộ nông "
    "dân trong vùng. Theo báo cáo, năng suất bình quân đạt sáu tấn rưỡi một héc ta, cao hơn năm trước."
)
MORE = (
    "Bà con cho biết giá bán tại ruộng tăng nhẹ so với đầu vụ, nhiều hộ đã trả xong nợ phân bón và bắt đầu tính chuyện "
    "mua thêm máy cấy cho vụ sau."
)
TITLE = "Nông dân An Bình được mùa lúa đông xuân"


def seed(number: int) -> str:
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    return path.read_text(encoding="utf-8")


def page(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def openings(text: str, length: int = 30) -> list[str]:
    return [text[border : border + length].splitlines()[0] for border in read_article(text).borders]


# The seeds.


@pytest.mark.parametrize(
    ("number", "title", "published"),
    [
        (0, "Tổng Bí thư, Chủ tịch nước Tô Lâm gặp mặt 150 gương điển hình tham mưu giỏi, phục vụ tốt", None),
        (1, "Phó Bí thư Thường trực Tỉnh ủy Lê Văn Dũng: Tự giác học và làm theo gương Bác", None),
        (
            2,
            "Nâng cao chất lượng, hiệu quả công tác của cán bộ, công chức các cơ quan Trung ương",
            date(2018, 5, 15),
        ),
        (
            3,
            "Đồng chí Phạm Văn Hiểu, Phó Bí thư Thường trực Thành ủy, Chủ tịch HĐND thành phố: Nâng cao tinh thần "
            "trách nhiệm của cán bộ, đảng viên, quyết tâm xây dựng thành phố phát triển",
            date(2023, 5, 18),
        ),
        (
            4,
            "Bí thư Nguyễn Văn Nên: Bố trí cán bộ trẻ về cơ sở để chuẩn bị nguồn cán bộ kế cận",
            date(2022, 1, 18),
        ),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_seed_title_and_date(number: int, title: str, published: date | None, form: str) -> None:
    article = read_article(unicodedata.normalize(form, seed(number)))  # type: ignore[arg-type]
    assert unicodedata.normalize("NFC", article.title) == title
    assert article.date == published


@pytest.mark.parametrize(
    ("number", "lines"),
    [
        (
            0,
            [
                "Tổng Bí thư, Chủ tịch nước Tô ",
                "Các bài tương tự",
                "2 tuần trước - Tại lễ khai giả",
                "1 tháng trước - Phát biểu tại ",
                "1 tháng trước - Đi cùng các độ",
                "1 tháng trước - Ngày 26.7, tha",
                "Xem tin bài khác",
                "3 giờ trước - Sau 1 thời gian ",
                "4 giờ trước - Ngày 19-9, Trườn",
                "4 giờ trước - Chiều 19.9, nhiề",
                "5 giờ trước - Hỗ trợ tiền ăn c",
            ],
        ),
        (1, ["TAGS"]),
        (2, []),
        (3, ["Bạn đã không sử dụng Site, Bấm"]),
        (4, ["Bí thư Nguyễn Văn Nên: Bố trí ", "Bài liên quan", "Đừng bỏ lỡ"]),
    ],
)
def test_seed_borders(number: int, lines: list[str]) -> None:
    assert openings(seed(number)) == lines


# Titles.


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (page(TITLE, PROSE, MORE), TITLE),
        (page("tinlangque.example.vn", TITLE, PROSE, MORE), TITLE),
        (page("Trang chủ", "Thời sự", "Kinh tế", "Nông nghiệp", TITLE, PROSE), TITLE),
        (page("Báo Tin Đồng Quê điện tử", TITLE, "Thứ Hai, 03/02/2020, 07:15", PROSE), TITLE),
        (page("Thứ Hai, 03/02/2020 07:15 (GMT+7)", TITLE, PROSE), TITLE),
        (page(MORE, TITLE, "Minh An | 03/02/2020, 07:15", MORE, PROSE), TITLE),
        (page(TITLE + " - Báo Đồng Quê", "Nông nghiệp", TITLE, PROSE), TITLE),
        (page(TITLE, "Nông dân thu hoạch lúa ở xã An Bình. Ảnh: Minh An", PROSE), TITLE),
        (page(TITLE, "Bà con phơi lúa ngay trên đường làng", PROSE), TITLE),
        (f"{TITLE}\n{PROSE}\n{MORE}\n", TITLE),
        (f"\r\n{TITLE}\r\n\r\n{PROSE}\r\n", TITLE),
        (page("Lúa được mùa, vì sao nông dân vẫn lo?", PROSE), "Lúa được mùa, vì sao nông dân vẫn lo?"),
        (page("Hợp tác xã: nông dân được gì?", "Bà con phơi lúa trên đường", PROSE), "Hợp tác xã: nông dân được gì?"),
        (page("Chùm ảnh: Mùa vàng trên núi", PROSE), "Chùm ảnh: Mùa vàng trên núi"),
        (page("Đảng Cộng sản Việt Nam", PROSE), "Đảng Cộng sản Việt Nam"),
        (page("Bà Năm và cánh đồng mẫu lớn...", PROSE), "Bà Năm và cánh đồng mẫu lớn..."),
        (page("An Bình", PROSE), "An Bình"),
        (page("Giá lúa ngày 03/02/2020 tăng mạnh", PROSE), "Giá lúa ngày 03/02/2020 tăng mạnh"),
        ("Một dòng không có dấu chấm", "Một dòng không có dấu chấm"),
        (page("Được mùa lúa ở An Bình\nvà các xã lân cận", PROSE), "Được mùa lúa ở An Bình và các xã lân cận"),
        # Markdown.
        (f"# {TITLE}\n\n{PROSE}\n", TITLE),
        (f"![](anh.png)\n\n# **{TITLE}** #\n\n{PROSE}\n\n## Kết quả\n\n{MORE}\n", TITLE),
        (f"{TITLE}\n======\n\n{PROSE}\n", TITLE),
        (page(PROSE, "## Kết quả", MORE), ""),
        # Official documents.
        (
            page(
                "ỦY BAN NHÂN DÂN XÃ AN BÌNH    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                "Số: 12/QĐ-UBND                Độc lập - Tự do - Hạnh phúc\n"
                "-------                       ---------------",
                "An Bình, ngày 03 tháng 02 năm 2020",
                "QUYẾT ĐỊNH",
                "Về việc thành lập Tổ quản lý trạm bơm",
                "*****",
                "Căn cứ Luật Tổ chức chính quyền địa phương;",
            ),
            "QUYẾT ĐỊNH Về việc thành lập Tổ quản lý trạm bơm",
        ),
        (
            page(
                "ĐẢNG CỘNG SẢN VIỆT NAM", "Đảng bộ xã An Bình", "* * *", "Số 05-CT/ĐU", "CHỈ THỊ",
                "về việc tăng cường phòng cháy mùa khô", PROSE,
            ),
            "CHỈ THỊ về việc tăng cường phòng cháy mùa khô",
        ),
        (
            page(
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
                "BÁO CÁO\nKẾT QUẢ SẢN XUẤT NÔNG NGHIỆP\nVÀ PHƯƠNG HƯỚNG NĂM SAU", PROSE,
            ),
            "BÁO CÁO KẾT QUẢ SẢN XUẤT NÔNG NGHIỆP VÀ PHƯƠNG HƯỚNG NĂM SAU",
        ),
        (page("THÔNG BÁO", PROSE), "THÔNG BÁO"),
        # No title.
        (page(PROSE, MORE), ""),
        (page(PROSE, "Vụ sau sẽ ra sao", MORE), ""),
        (PROSE, ""),
        ("Trời mưa.", ""),
        ("- Bác đi đâu đấy?\n- Tôi ra đồng.\n", ""),
        ("-----\n*****\n", ""),
        ("anh-dong-lua.jpg", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_title(text: str, title: str) -> None:
    assert read_article(text).title == title


WRAPPED = """\
Hôm qua mưa lớn kéo dài ở vùng hạ lưu khiến nước sông lên nhanh, chính
quyền xã đã cho bà con ở bãi bồi dời vào trong đê từ chiều. Trạm bơm
An Bình chạy hết công suất suốt đêm, đến sáng thì nước rút, chỉ còn vài
thửa ruộng trũng bị ngập chân mạ.
"""


def test_hard_wrapped_prose_has_no_title() -> None:
    assert read_article(WRAPPED).title == ""


def test_title_above_hard_wrapped_prose() -> None:
    assert read_article(f"{TITLE}\n\n{WRAPPED}").title == TITLE
    assert read_article(f"{TITLE}\n{WRAPPED}").title == TITLE


def test_hard_wrapped_paragraph_is_one_block() -> None:
    blocks = read_blocks(f"{WRAPPED}\n{WRAPPED}")
    assert [block.text for block in blocks] == [" ".join(WRAPPED.split())] * 2
    assert [block.start for block in blocks] == [0, len(WRAPPED) + 1]


# Dates.


@pytest.mark.parametrize(
    "line",
    [
        "15/05/2018", "15-05-2018", "15.5.2018", "2018-05-15", "2018-05-15T19:24:18+07:00", "15 / 05 / 2018",
        "Thứ Ba, 15/05/2018, 19:24:18", "Thứ ba - 15/05/2018 21:34 265 0", "Tú Viên | 15/05/2018, 22:55",
        "Cập nhật lúc: 10h30, ngày 15/05/2018 (GMT+7)", 
        "Đăng ngày 15/05/2018 bởi Minh An",
        "Hà Nội, ngày 15 tháng 5 năm 2018", "Ngày 15 tháng 05 năm 2018", "15 tháng 5, 2018", "15 tháng 5 2018",
        "Thời sự | Thứ Ba, 15/05/2018", "TP.HCM, ngày 15 tháng 5 năm 2018", "15/05/2018 08:00 AM",
    ],
)  # fmt: skip
def test_dateline(line: str) -> None:
    assert dateline(line) == date(2018, 5, 15)
    assert dateline(unicodedata.normalize("NFD", line)) == date(2018, 5, 15)
    assert read_article(page(TITLE, line, PROSE)).date == date(2018, 5, 15)
    assert read_article(page(line, TITLE, PROSE)).date == date(2018, 5, 15)


@pytest.mark.parametrize(
    "line",
    [
        "31/02/2018", "15/13/2018", "0/5/2018", "15/5/18", "15/5", "15/05/20188", "192.15.5.2018", "15/05-2018",
        "15.5.0018",
        "Giá lúa ngày 15/05/2018 tăng mạnh", "Sinh ngày 15/05/1968", "Từ 15/05/2018", "Ngày 15-5, tại Hà Nội", "",
        "Theo Quy định số 12 ngày 15.5.2018 của Ban Thường vụ, các đơn vị cần báo cáo.",
    ],
)  # fmt: skip
def test_no_dateline(line: str) -> None:
    assert dateline(line) is None
    assert read_article(page(TITLE, line, PROSE)).date is None


def test_date_in_running_text_is_not_the_pages() -> None:
    assert read_article(page(TITLE, PROSE, "Hội nghị khai mạc ngày 15/05/2018 tại xã.", MORE)).date is None


def test_dateline_below_the_lead_and_far_below() -> None:
    assert read_article(page(TITLE, PROSE, "Minh An", "15/05/2018 10:00", MORE)).date == date(2018, 5, 15)
    assert read_article(page(TITLE, PROSE, MORE, PROSE, MORE, PROSE, "15/05/2018 10:00")).date is None


@pytest.mark.parametrize("line", ["MINH AN (ghi) |", "Theo TTXVN", "Bài và ảnh: Minh An", "Minh An | 15/05/2018", "PV"])
def test_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", ["Ai ghi tên mình?", "Theo chân người đi biển", "Nông dân được mùa", "|", ""])
def test_no_byline(line: str) -> None:
    assert not is_byline(line)


# Borders.


@pytest.mark.parametrize(
    "label",
    [
        "Tin liên quan", "TIN LIÊN QUAN:", "» Các tin khác", "(0) Bình luận", "Bình luận (12)", "3 ý kiến", "Tags", 
        "#Tags:",
        "Tags: lúa, An Bình", "Từ khóa: lúa đông xuân", "Ý kiến bạn đọc", "Nổi bật", "Nổi bật Đồng Quê", "Đừng bỏ lỡ",
        "Theo dõi báo Đồng Quê", "© 2020 Báo Đồng Quê. Giữ bản quyền.", "Bản quyền thuộc về Báo Đồng Quê", 
        "ĐỌC NHIỀU NHẤT",
        "Copyright 2020 Dong Que", "Chia sẻ", "Tin cung chuyen muc", "## Bài viết liên quan",
    ],
)  # fmt: skip
def test_label_begins_a_passage(label: str) -> None:
    assert is_label(Block(0, label, True))
    text = page(TITLE, PROSE, label)
    assert read_article(text).borders == (text.index(label),)


@pytest.mark.parametrize(
    "line",
    [
        "Bình luận về việc này, ông Nam nói vụ sau sẽ khá hơn.", "Nổi bật là phong trào làm thủy lợi",
        "Tin liên quan đến vụ cháy đã được kiểm chứng.", "Mới nhất là giống lúa ST25", "Theo dõi sát tình hình",
        "Đọc thêm sách giúp trẻ lớn khôn", "Chia sẻ với bà con vùng lũ", "Từ khóa của năm", "3 năm trước ông về quê.",
        "Bản quyền thuộc về ai?", "Ý kiến của bà con: phải sửa đê",
    ],
)  # fmt: skip
def test_running_text_is_never_cut(line: str) -> None:
    assert not is_label(Block(0, line, True))
    assert read_article(page(TITLE, PROSE, line, MORE)).borders == ()


def test_items_below_a_label_are_apart_and_the_first_stays_with_it() -> None:
    text = (
        page(TITLE, PROSE)
        + "Tin liên quan\nGiá phân bón giảm ở miền Tây\nMưa lớn kéo dài ở hạ lưu\nNước rút từ sáng nay.\n"
    )
    assert openings(text) == ["Tin liên quan", "Mưa lớn kéo dài ở hạ lưu"]


def test_labels_in_a_row_are_one_border() -> None:
    text = page(TITLE, PROSE, "Chia sẻ", "Tags: lúa", "(0) Bình luận", "Tin mới", "Giá phân bón giảm ở miền Tây")
    assert openings(text) == ["Chia sẻ"]


def test_dated_teasers_without_a_label() -> None:
    teasers = ["3 giờ trước - Bà con phơi lúa trên đường.", "2 ngày trước - Nước rút ở các xã ven sông."]
    assert openings(page(TITLE, PROSE, *teasers), 12) == ["3 giờ trước ", "2 ngày trước"]
    assert openings(page(TITLE, PROSE, teasers[0], MORE)) == []
    dated = ["Giá phân bón giảm (03/02/2020)", "Mưa lớn ở hạ lưu (02/02/2020)"]
    assert openings(page(TITLE, PROSE, *dated), 8) == ["Giá phân", "Mưa lớn "]


@pytest.mark.parametrize(
    "line", ["3 tuần trước - Tại", "10 phút trước", "• 1 ngày trước | Lúa", "Lúa được mùa (03/02/2020)"]
)
def test_dated_teaser(line: str) -> None:
    assert is_dated_teaser(Block(0, line, False))
    assert is_dated_teaser(Block(0, unicodedata.normalize("NFD", line), False))


def test_what_stands_above_the_title_is_apart() -> None:
    assert openings(page("tinlangque.example.vn", TITLE, PROSE), len(TITLE)) == [TITLE]
    assert openings(page(TITLE, PROSE)) == []


def test_labels_in_the_menu_are_no_borders() -> None:
    assert openings(page("Tin mới", "Đọc nhiều", TITLE, PROSE), len(TITLE)) == [TITLE]


# Laws.

LINES = st.one_of(
    st.sampled_from(
        [TITLE, PROSE, MORE, "Tin liên quan", "3 giờ trước - Lúa.", "15/05/2018", "PV", "", " ", "QUYẾT ĐỊNH", "# A"]
    ),
    st.text(max_size=60),
)
BREAKS = st.sampled_from(["\n", "\r\n", "\n\n", "\r"])
TEXTS = st.one_of(
    st.text(), st.builds(lambda lines, line_break: line_break.join(lines), st.lists(LINES, max_size=25), BREAKS)
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_borders_are_line_starts_in_order(text: str) -> None:
    article = read_article(text)
    assert list(article.borders) == sorted(set(article.borders))
    for border in article.borders:
        assert 0 <= border < len(text)
        assert border == 0 or len((text[:border] + "x").splitlines()[-1]) == 1
    assert article.title == " ".join(article.title.split())
    assert len(article.title) <= MOST_CHARACTERS


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_visible_character_lies_in_one_block(text: str) -> None:
    blocks = read_blocks(text)
    assert "".join("".join(block.text.split()) for block in blocks) == "".join(text.split())
    assert [block.start for block in blocks] == sorted({block.start for block in blocks})


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_title_words_stand_in_the_text(text: str) -> None:
    unmarked = text.translate(dict.fromkeys(map(ord, "#*_"), " "))
    assert set(read_article(text).title.split()) <= {*text.split(), *unmarked.split()}


def test_hostile_texts_of_a_million_characters() -> None:
    """A rule that takes more than linear time would not come back from here."""
    for unit in (
        "a",
        " ",
        "\n",
        "# ",
        "- ",
        "1/1/",
        "(",
        "A|",
        "Tags:",
        "3 giờ trước - x\n",
        "Tin liên quan\n",
        "x" * 70 + "\n",
    ):
        article = read_article(unit * (1_000_000 // len(unit)))
        assert len(article.title) <= MOST_CHARACTERS
        assert article.date is None
