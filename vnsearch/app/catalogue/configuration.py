"""The settings: what each means, and what is said where one is wrong."""

from __future__ import annotations

from typing import Final

from .text import Text

CONFIGURATION: Final[dict[str, Text]] = {
    "setting.index": Text("The folder of the index.", "Thư mục chứa chỉ mục."),
    "setting.synonyms": Text(
        "A file of words that mean the same, a group a line: xe máy = mô tô.",
        "Tệp từ đồng nghĩa, mỗi dòng một nhóm: xe máy = mô tô.",
    ),
    "setting.lang": Text(
        "The language of messages: en, vi, or auto: what the locale asks for.",
        "Ngôn ngữ của thông báo: en, vi, hoặc auto (theo thiết lập vùng của hệ thống).",
    ),
    "setting.limit": Text(
        "How many results a search prints at most.", "Số kết quả tối đa của một lần tìm từ dòng lệnh."
    ),
    "setting.page": Text("How many results the shell shows at once.", "Số kết quả mỗi trang ở chế độ tương tác."),
    "setting.match": Text(
        "Which words must be found: all, any, or auto: all, and fewer where that finds too little.",
        "Những từ nào phải có: all (tất cả), any (bất kỳ), hoặc auto (tất cả, nới lỏng khi quá ít kết quả).",
    ),
    "setting.marks": Text(
        "How to read typed marks: auto prefers them, exact insists on them, ignore reads none.",
        "Cách hiểu dấu đã gõ: auto (ưu tiên), exact (bắt buộc đúng), ignore (bỏ qua dấu).",
    ),
    "setting.collapse": Text(
        "Show only the best of near-duplicates.", "Trong các tài liệu gần như trùng nhau, chỉ hiện tài liệu hợp nhất."
    ),
    "setting.color": Text(
        "Colours: always, never, or auto: on a terminal.",
        "Màu: always (luôn có), never (không), auto (khi ở terminal).",
    ),
    "setting.pager": Text(
        "The command that shows what is longer than the screen; empty: $PAGER decides.",
        "Lệnh dùng để xem nội dung dài hơn màn hình; để trống thì theo $PAGER.",
    ),
    "setting.editor": Text(
        "The command that opens a document; empty: $VISUAL or $EDITOR decides.",
        "Lệnh dùng để mở tài liệu; để trống thì theo $VISUAL hoặc $EDITOR.",
    ),
    "setting.jobs": Text(
        "How many processes build an index; 0 is one a core.",
        "Số tiến trình lập chỉ mục; 0 là mỗi nhân một tiến trình.",
    ),
    "setting.editing": Text("The keys of the shell: emacs or vi.", "Bộ phím tắt ở chế độ tương tác: emacs hoặc vi."),
    "setting.mouse": Text("Whether the shell uses the mouse.", "Có dùng chuột ở chế độ tương tác hay không."),
    "setting.live": Text(
        "Whether the shell shows results while you type.", "Có hiện kết quả ngay khi đang gõ hay không."
    ),
    "configuration.unreadable": Text("cannot read {path}: {reason}", "không đọc được {path}: {reason}"),
    "configuration.no-file": Text("{path} is not a file", "{path} không phải là tệp"),
    "configuration.too-long": Text("{path} is longer than {most} bytes", "{path} dài hơn {most} byte"),
    "configuration.no-utf-8": Text("{path} is not UTF-8 text", "{path} không phải văn bản UTF-8"),
    "configuration.no-toml": Text("{path} is not TOML: {reason}", "{path} không đúng cú pháp TOML: {reason}"),
    "configuration.unknown": Text("{place}: there is no setting {key}", "{place}: không có thiết lập {key}"),
    "configuration.unknown.near": Text("did you mean {known}?", "có phải ý bạn là {known}?"),
    "configuration.unknown.hint": Text("the settings are {known}", "các thiết lập gồm {known}"),
    "configuration.want-flag": Text(
        "{place}: {key} must be true or false, not {value}",
        "{place}: {key} phải là true hoặc false, không phải {value}",
    ),
    "configuration.want-number": Text(
        "{place}: {key} must be a whole number from {least} to {most}, not {value}",
        "{place}: {key} phải là số nguyên từ {least} đến {most}, không phải {value}",
    ),
    "configuration.want-choice": Text(
        "{place}: {key} must be one of {choices}, not {value}",
        "{place}: {key} phải là một trong {choices}, không phải {value}",
    ),
    "configuration.want-text": Text(
        "{place}: {key} must be text in quotes, not {value}",
        "{place}: {key} phải là chuỗi trong dấu nháy, không phải {value}",
    ),
    "configuration.outside": Text(
        "{place}: {key} leads out of the folder of the project file: {value}",
        "{place}: {key} trỏ ra ngoài thư mục của tệp dự án: {value}",
    ),
    "configuration.hint": Text("see vnsearch config --help", "xem vnsearch config --help"),
    "configuration.untrusted": Text(
        "{place}: {key} is passed over: a project file names no command to run",
        "{place}: bỏ qua {key}: tệp dự án không được chỉ định lệnh để chạy",
    ),
    "configuration.untrusted.hint": Text(
        "set it in your own file: vnsearch config --write user", "hãy đặt trong tệp riêng: vnsearch config --write user"
    ),
    "configuration.user": Text("your file", "tệp riêng của bạn"),
    "configuration.project": Text("project file", "tệp của dự án"),
    "configuration.absent": Text("(there is none)", "(chưa có)"),
    "configuration.default": Text("default", "mặc định"),
    "configuration.exists": Text("{path} is there already", "đã có {path}"),
    "configuration.exists.hint": Text(
        "it is never overwritten: edit it", "tệp này không bao giờ bị ghi đè: hãy sửa trực tiếp"
    ),
    "configuration.homeless": Text("there is no home folder to write to", "không có thư mục nhà để ghi vào"),
    "configuration.written": Text("written: {path}", "đã ghi: {path}"),
    "configuration.head": Text(
        "Settings of vnsearch. Take the # off a line to change it; paths begin where this file is.",
        "Thiết lập của vnsearch. Bỏ dấu # ở đầu dòng để thay đổi; đường dẫn tính từ thư mục chứa tệp này.",
    ),
}
