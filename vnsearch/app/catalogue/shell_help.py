"""The help of the shell: what each command and key does, with an example for each command."""

from __future__ import annotations

from typing import Final

from .text import Text

SHELL_HELP: Final[dict[str, Text]] = {
    "shell.help.words": Text("QUERY", "TRUY_VẤN"),
    "shell.help.query": Text("search", "tìm kiếm"),
    "shell.help.phrase": Text("search for exactly this phrase", "tìm đúng cụm từ này"),
    "shell.help.exclude": Text("exclude a word", "loại bỏ một từ"),
    "shell.help.refine": Text("search within the results", "tìm tiếp trong kết quả"),
    "shell.help.next": Text("next page (or just Enter)", "trang sau (hoặc chỉ cần Enter)"),
    "shell.help.previous": Text("previous page", "trang trước"),
    "shell.help.open": Text("read a result in the pager, from its best passage on", "đọc một kết quả từ đoạn hợp nhất"),
    "shell.help.open.example": Text(
        ".open 2 (n and N go between matches, q comes back)", ".open 2 (n và N đi giữa các chỗ khớp, q để trở lại)"
    ),
    "shell.help.show": Text(
        "show a whole document by the number of its result", "xem toàn văn tài liệu theo số kết quả"
    ),
    "shell.help.show.example": Text(".show 1", ".show 1"),
    "shell.help.edit": Text("open the file of a result in $EDITOR", "mở tệp của kết quả bằng $EDITOR"),
    "shell.help.edit.example": Text(".edit 3 (at the line of the passage)", ".edit 3 (tại dòng chứa đoạn tìm thấy)"),
    "shell.help.path": Text("print the path of a result", "in đường dẫn của kết quả"),
    "shell.help.path.example": Text(".path 1", ".path 1"),
    "shell.help.explain": Text("why a result ranks where it does", "vì sao kết quả xếp hạng như vậy"),
    "shell.help.explain.example": Text(".explain 1", ".explain 1"),
    "shell.help.similar": Text("documents like a result", "các tài liệu giống một kết quả"),
    "shell.help.similar.example": Text(
        ".similar 2 (.undo goes back to the search)", ".similar 2 (.undo để trở lại kết quả tìm kiếm)"
    ),
    "shell.help.filter": Text(
        "keep what a field holds; lists the filters, - clears them", "lọc theo trường; liệt kê bộ lọc, - để bỏ hết"
    ),
    "shell.help.filter.example": Text(
        ".filter date=2018..2020 (also: .filter source=nhandan; twice the same name: either value)",
        ".filter date=2018..2020 (hoặc: .filter source=nhandan; cùng tên hai lần: một trong hai giá trị)",
    ),
    "shell.help.sort": Text("order by a field, - before it: descending", "sắp xếp theo trường, thêm - để giảm dần"),
    "shell.help.sort.example": Text(
        ".sort -date (newest first; .sort score: best first)",
        ".sort -date (mới nhất trước; .sort score: hợp nhất trước)",
    ),
    "shell.help.within": Text("search within the results", "tìm tiếp trong kết quả"),
    "shell.help.within.example": Text(
        '.within "lãng phí" (or a line that begins with + and a space)',
        '.within "lãng phí" (hoặc một dòng bắt đầu bằng + và dấu cách)',
    ),
    "shell.help.undo": Text("take back the last query, filter or order", "hoàn tác thay đổi vừa rồi"),
    "shell.help.undo.example": Text(".undo", ".undo"),
    "shell.help.facets": Text("what the results hold in a field, counted", "đếm các giá trị của một trường"),
    "shell.help.facets.example": Text(
        ".facets source (.facets alone lists the fields)", ".facets source (.facets liệt kê các trường)"
    ),
    "shell.help.dates": Text("when the results are from, a bar a year or month", "kết quả theo năm hoặc tháng"),
    "shell.help.dates.example": Text(".dates", ".dates"),
    "shell.help.save": Text("save the search under a name", "lưu lần tìm này với một tên"),
    "shell.help.save.example": Text(".save tham-nhũng-2018", ".save tham-nhũng-2018"),
    "shell.help.run": Text("run a saved search", "chạy một lần tìm đã lưu"),
    "shell.help.run.example": Text(".run tham-nhũng-2018", ".run tham-nhũng-2018"),
    "shell.help.saved": Text("list the saved searches", "liệt kê các lần tìm đã lưu"),
    "shell.help.saved.example": Text(".saved", ".saved"),
    "shell.help.export": Text(
        "write all results to a file: .json .jsonl .csv .txt .paths",
        "ghi mọi kết quả vào tệp: .json .jsonl .csv .txt .paths",
    ),
    "shell.help.export.example": Text(
        ".export results.csv (.export results.csv ! writes over it)",
        ".export ket-qua.csv (.export ket-qua.csv ! để ghi đè)",
    ),
    "shell.help.limit": Text("how many results a page", "số kết quả mỗi trang"),
    "shell.help.limit.example": Text(".limit 20", ".limit 20"),
    "shell.help.match": Text("which words must be found", "những từ nào phải có"),
    "shell.help.match.example": Text(".match all", ".match all"),
    "shell.help.marks": Text("how to read typed marks", "cách hiểu dấu đã gõ"),
    "shell.help.marks.example": Text(".marks exact", ".marks exact"),
    "shell.help.stats": Text("how large the index is", "quy mô của chỉ mục"),
    "shell.help.stats.example": Text(".stats", ".stats"),
    "shell.help.index": Text("make the index mirror a folder", "lập chỉ mục theo một thư mục"),
    "shell.help.index.example": Text(".index ~/texts", ".index ~/van-ban"),
    "shell.help.help": Text("this list, or more about a command", "danh sách này, hoặc nói rõ hơn về một lệnh"),
    "shell.help.help.example": Text(".help filter", ".help filter"),
    "shell.help.keys": Text("what the keys do", "các phím dùng được"),
    "shell.help.keys.example": Text(".keys", ".keys"),
    "shell.help.quit": Text("leave (also quit, exit, Ctrl-D)", "thoát (hoặc quit, exit, Ctrl-D)"),
    "shell.help.quit.example": Text("quit", "quit"),
    "shell.example": Text("Example: {example}", "Ví dụ: {example}"),
    "shell.key.enter": Text("search; on an empty line the next page", "tìm; khi dòng trống thì sang trang sau"),
    "shell.key.pages": Text("as a whole line: next page, previous page", "gõ riêng một dòng: trang sau, trang trước"),
}
