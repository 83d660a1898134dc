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
        "search first, then {command} the number of a result", "hãy tìm trước, rồi {command} số của kết quả"
    ),
    "shell.setting": Text("{name}: {value}", "{name}: {value}"),
    "shell.wanted": Text("write {usage}", "hãy viết {usage}"),
    "shell.needs-terminal": Text("{command} needs a terminal", "{command} cần một cửa sổ dòng lệnh"),
    "shell.no-undo": Text("there is no change to take back", "không còn thay đổi nào để hoàn tác"),
    "shell.empty": Text("Type a query.", "Gõ câu cần tìm."),
    "shell.no-results-yet": Text("there are no results yet: search first", "chưa có kết quả nào: hãy tìm trước"),
    "shell.no-filters": Text("No filters.", "Không có bộ lọc nào."),
    "shell.bad-filter": Text("{value} is no filter", "{value} không phải là bộ lọc"),
    "shell.bad-filter.hint": Text("write .filter NAME=VALUE", "hãy viết .filter TÊN=GIÁ_TRỊ"),
    "shell.state": Text("Narrowed by {parts}", "Giới hạn: {parts}"),
    "shell.state.sort": Text("sort {field}", "sắp xếp {field}"),
    "shell.like": Text("like {id}", "giống {id}"),
    "shell.like.fixed": Text(
        "documents like one cannot be narrowed, counted or explained",
        "không thể lọc, đếm hay giải thích danh sách tài liệu tương tự",
    ),
    "shell.like.fixed.hint": Text(".undo goes back to the search", ".undo để trở lại kết quả tìm kiếm"),
    "shell.no-path": Text("result {number} came from no file", "kết quả {number} không lấy từ tệp nào"),
    "shell.no-file": Text("there is no file {path}", "không có tệp {path}"),
    "shell.no-file.hint": Text(
        "it is gone, or the index was made in another folder", "tệp đã mất, hoặc chỉ mục được lập từ thư mục khác"
    ),
    "shell.explained": Text("Score {score} of {id}", "Điểm {score} của {id}"),
    "shell.no-fields": Text("the documents have no fields", "các tài liệu không có trường nào"),
    "shell.no-dates": Text(
        "the documents have no such field of dates", "các tài liệu không có trường ngày tháng như vậy"
    ),
    "shell.no-dates.hint": Text("fields of dates: {fields}", "các trường ngày tháng: {fields}"),
    "shell.saved": Text("Saved: .run {name}", "Đã lưu: .run {name}"),
    "shell.none-saved": Text("No saved searches.", "Chưa lưu lần tìm nào."),
    "shell.no-saved": Text("there is no saved search {name}", "không có lần tìm đã lưu {name}"),
    "shell.no-saved.hint": Text(".saved lists them", ".saved liệt kê các lần tìm đã lưu"),
    "shell.bad-name": Text(
        "a name is one word of letters, digits, -, _ and .", "tên là một từ gồm chữ cái, chữ số, -, _ và ."
    ),
    "shell.bad-saved": Text(
        "{path} does not hold saved searches; it was left as it is",
        "{path} không chứa các lần tìm đã lưu; tệp được giữ nguyên",
    ),
    "shell.bad-saved.hint": Text("mend or move it", "hãy sửa hoặc chuyển tệp đi nơi khác"),
    "shell.no-home": Text("there is no home folder to save to", "không có thư mục cá nhân để lưu"),
    "shell.bad-format": Text("the end of {file} names no format", "phần đuôi của {file} không phải định dạng nào"),
    "shell.exists": Text("{file} is there already", "{file} đã có"),
    "shell.exists.hint": Text(".export {file} ! writes over a file", ".export {file} ! để ghi đè tệp"),
    "shell.exported.one": Text("{count} result written to {file}", "Đã ghi {count} kết quả vào {file}"),
    "shell.exported.many": Text("{count} results written to {file}", "Đã ghi {count} kết quả vào {file}"),
    "error.command-line": Text("a quote is not closed in: {command}", "dấu nháy chưa đóng trong: {command}"),
    "error.no-editor": Text("there is no editor", "không có trình soạn thảo"),
    "error.no-editor.hint": Text("set EDITOR to one", "hãy đặt biến EDITOR"),
}
