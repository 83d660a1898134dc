"""Errors of the command line."""

from __future__ import annotations

from typing import Final

from .text import Text

ERRORS: Final[dict[str, Text]] = {
    "error.usage.hint": Text("see {command} --help", "xem {command} --help"),
    "error.dash.hint": Text(
        "put -- before a query that begins with a dash", "đặt -- trước câu truy vấn bắt đầu bằng dấu gạch ngang"
    ),
    "error.filter": Text("{value} is not NAME=VALUE", "{value} không có dạng TÊN=GIÁ_TRỊ"),
    "error.filter.hint": Text("for example source=nhandan", "ví dụ source=nhandan"),
    "error.date": Text("{option} {value} is no date", "{option} {value} không phải là ngày tháng"),
    "error.date.hint": Text(
        "give a year, a month or a day: 2018, 5/2018, 15/5/2018 or 2018-05-15",
        "hãy ghi năm, tháng hoặc ngày: 2018, 5/2018, 15/5/2018 hay 2018-05-15",
    ),
    "error.dates": Text(
        "--since and --until cannot be given beside --field date=...",
        "không thể dùng --since, --until cùng với --field date=...",
    ),
    "error.dates.hint": Text("give one of the two", "hãy chọn một trong hai cách"),
    "error.range": Text("--since {since} is after --until {until}", "--since {since} muộn hơn --until {until}"),
    "error.formats": Text(
        "output cannot have several formats: {formats}", "không thể xuất kết quả theo nhiều dạng cùng lúc: {formats}"
    ),
    "error.formats.hint": Text("give one of them", "hãy chọn một dạng"),
    "error.beside": Text("{option} cannot be given beside {other}", "không thể dùng {option} cùng với {other}"),
    "error.nul": Text("-0 needs --paths", "-0 phải đi kèm --paths"),
    "error.nul.hint": Text(
        "for example: vnsearch search WORDS --paths -0 | xargs -0 wc",
        "ví dụ: vnsearch search TỪ --paths -0 | xargs -0 wc",
    ),
    "error.no-query": Text("there is no query", "thiếu câu truy vấn"),
    "error.no-query.hint": Text(
        "for example: vnsearch search tu tuong dao duc; a lone - reads it from standard input",
        "ví dụ: vnsearch search tu tuong dao duc; chỉ một dấu - thì đọc từ đầu vào chuẩn",
    ),
    "error.batch.query": Text(
        "--batch reads its queries from standard input", "--batch đọc các câu truy vấn từ đầu vào chuẩn"
    ),
    "error.batch.query.hint": Text(
        "for example: vnsearch search --batch < queries.txt", "ví dụ: vnsearch search --batch < cau-truy-van.txt"
    ),
    "error.interrupted": Text("interrupted", "đã dừng theo yêu cầu"),
    "error.internal": Text(
        "this is a fault of vnsearch: please report it with the lines above",
        "đây là lỗi của vnsearch: xin báo lại kèm các dòng trên",
    ),
}
