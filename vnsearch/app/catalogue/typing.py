"""What the shell says while somebody types: in the toolbar, in the menu, and of its keys."""

from __future__ import annotations

from typing import Final

from .text import Text

TYPING: Final[dict[str, Text]] = {
    "typing.hint": Text("results appear as you type", "kết quả hiện ra trong khi gõ"),
    "typing.off": Text("results while typing are off (F4)", "đang tắt kết quả trong khi gõ (F4)"),
    "typing.time": Text("{milliseconds} ms", "{milliseconds} ms"),
    "typing.match": Text("F2 match {mode}", "F2 khớp {mode}"),
    "typing.marks": Text("F3 marks {mode}", "F3 dấu {mode}"),
    "typing.live": Text("F4 live {mode}", "F4 xem trước {mode}"),
    "typing.live.on": Text("on", "bật"),
    "typing.live.off": Text("off", "tắt"),
    "typing.more": Text(".help", ".help"),
    "typing.age.now": Text("just now", "vừa xong"),
    "typing.age.minutes.one": Text("{count} minute ago", "{count} phút trước"),
    "typing.age.minutes.many": Text("{count} minutes ago", "{count} phút trước"),
    "typing.age.hours.one": Text("{count} hour ago", "{count} giờ trước"),
    "typing.age.hours.many": Text("{count} hours ago", "{count} giờ trước"),
    "typing.age.days.one": Text("{count} day ago", "{count} ngày trước"),
    "typing.age.days.many": Text("{count} days ago", "{count} ngày trước"),
    "typing.documents.one": Text("{count} document", "{count} tài liệu"),
    "typing.documents.many": Text("{count} documents", "{count} tài liệu"),
    "typing.kind.text": Text("field, text", "trường, chữ"),
    "typing.kind.number": Text("field, number", "trường, số"),
    "typing.kind.date": Text("field, date", "trường, ngày tháng"),
    "typing.kind.flag": Text("field, true or false", "trường, đúng hoặc sai"),
    "typing.key.complete": Text("menu of fields, values and words", "danh sách trường, giá trị và từ để chọn"),
    "typing.key.accept": Text("take the suggestion behind the cursor", "nhận phần gợi ý sau con trỏ"),
    "typing.key.accept-word": Text("take its next word only", "chỉ nhận từ kế tiếp của gợi ý"),
    "typing.key.history": Text("earlier queries that begin as typed", "các truy vấn trước bắt đầu giống phần đã gõ"),
    "typing.key.search-history": Text("search the earlier queries", "tìm trong các truy vấn trước"),
    "typing.key.match": Text("which words must be found: auto, all, any", "những từ phải có: auto, all, any"),
    "typing.key.marks": Text("how typed marks are read: auto, exact, ignore", "cách hiểu dấu: auto, exact, ignore"),
    "typing.key.live": Text("results while typing, on or off", "bật hoặc tắt kết quả trong khi gõ"),
    "typing.key.editor": Text("write the query in your editor", "soạn truy vấn bằng trình soạn thảo"),
    "typing.key.clear": Text("clear the line; stop a command", "xóa dòng đang gõ; dừng lệnh đang chạy"),
    "typing.key.screen": Text("clear the screen", "xóa màn hình"),
    "typing.key.leave": Text("leave, on an empty line", "thoát, khi dòng trống"),
}
