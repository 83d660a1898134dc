"""Errors of the command line."""

from __future__ import annotations

from typing import Final

from .text import Text

ERRORS: Final[dict[str, Text]] = {
    "error.usage.hint": Text("see {command} --help", "xem {command} --help"),
    "error.dash.hint": Text(
        "put -- before a query that begins with a dash", "đặt -- trước câu truy vấn bắt đầu bằng dấu gạch ngang"
    ),
    "error.filter": Text("--filter {value} is not NAME=VALUE", "--filter {value} không có dạng TÊN=GIÁ_TRỊ"),
    "error.filter.hint": Text("for example --filter source=nhandan", "ví dụ --filter source=nhandan"),
    "error.interrupted": Text("interrupted", "đã dừng theo yêu cầu"),
    "error.internal": Text(
        "this is a fault of vnsearch: please report it with the lines above",
        "đây là lỗi của vnsearch: xin báo lại kèm các dòng trên",
    ),
}
