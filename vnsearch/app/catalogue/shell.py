"""The shell."""

from __future__ import annotations

from typing import Final

from .text import Text

SHELL: Final[dict[str, Text]] = {
    "shell.welcome": Text(
        "vnsearch {version}: {documents}. Type a query, or .help",
        "vnsearch {version}: {documents}. Gõ câu cần tìm, hoặc .help",
    ),
    "shell.no-index": Text(
        "There is no index in {folder} yet. Make one: .index FOLDER",
        "Chưa có chỉ mục trong {folder}. Hãy lập: .index THƯ_MỤC",
    ),
    "shell.nothing": Text("Nothing found for {query}", "Không tìm thấy kết quả cho {query}"),
    "shell.more": Text("Enter or n: next page", "Enter hoặc n: trang sau"),
    "shell.back": Text("p: previous page", "p: trang trước"),
    "shell.last-page": Text("That was the last page.", "Đã hết kết quả."),
    "shell.first-page": Text("This is the first page.", "Đây là trang đầu."),
    "shell.no-results": Text("There are no results to page through.", "Chưa có kết quả để lật trang."),
    "shell.unknown": Text("there is no command {command}", "không có lệnh {command}"),
    "shell.unknown.close": Text("did you mean {close}?", "có phải là {close}?"),
    "shell.unknown.hint": Text(
        ".help lists them; to search for it, write it in quotes",
        ".help liệt kê các lệnh; muốn tìm từ này, hãy đặt trong ngoặc kép",
    ),
    "shell.choose": Text("{command} takes one of: {values}", "{command} nhận một trong: {values}"),
    "shell.number": Text(
        "{command} takes a number from {least} to {most}", "{command} nhận một số từ {least} đến {most}"
    ),
    "shell.no-such-result": Text(
        "there is no result number {number} on the pages seen", "không có kết quả số {number} trong các trang đã xem"
    ),
    "shell.no-such-result.hint": Text(
        "search first, then .show the number of a result", "hãy tìm trước, rồi .show số của kết quả"
    ),
    "shell.setting": Text("{name}: {value}", "{name}: {value}"),
    "shell.help.query": Text("search", "tìm kiếm"),
    "shell.help.phrase": Text("search for exactly this phrase", "tìm đúng cụm từ này"),
    "shell.help.exclude": Text("exclude a word", "loại bỏ một từ"),
    "shell.help.next": Text("next page (or just Enter)", "trang sau (hoặc chỉ cần Enter)"),
    "shell.help.previous": Text("previous page", "trang trước"),
    "shell.help.words": Text("QUERY", "TRUY VẤN"),
    "shell.help.help": Text("this list", "danh sách này"),
    "shell.help.quit": Text("leave (also quit, exit, Ctrl-D)", "thoát (hoặc quit, exit, Ctrl-D)"),
    "shell.help.show": Text(
        "show a whole document by the number of its result", "xem toàn văn tài liệu theo số kết quả"
    ),
    "shell.help.stats": Text("how large the index is", "quy mô của chỉ mục"),
    "shell.help.limit": Text("how many results a page", "số kết quả mỗi trang"),
    "shell.help.match": Text("which words must be found", "những từ nào phải có"),
    "shell.help.marks": Text("how to read typed marks", "cách hiểu dấu đã gõ"),
    "shell.help.index": Text("make the index mirror a folder", "lập chỉ mục theo một thư mục"),
}
