"""The help pages."""

from __future__ import annotations

from typing import Final

from .text import Text

HELP: Final[dict[str, Text]] = {
    "help.vnsearch": Text(
        "Full-text search for Vietnamese: typed with all marks, some, or none, it finds the right passage.\n\n"
        "Without a command it opens the shell. Exit status: 0 found, 1 nothing found, 2 error.",
        "Tìm kiếm toàn văn tiếng Việt: gõ đủ dấu, thiếu dấu hay không dấu đều tìm ra đúng đoạn văn.\n\n"
        "Không kèm lệnh thì mở chế độ tương tác. Mã thoát: 0 có kết quả, 1 không có kết quả, 2 có lỗi.",
    ),
    "help.index": Text(
        "Make the index mirror folders or files: add, update and remove documents.",
        "Lập chỉ mục theo thư mục hoặc tệp: thêm, cập nhật và gỡ bỏ tài liệu cho khớp với nguồn.",
    ),
    "help.search": Text(
        'Search: words, "a phrase", -word to exclude one; a lone - reads the query from standard input.',
        'Tìm kiếm: các từ, "cụm từ", -từ để loại bỏ; chỉ một dấu - thì đọc câu truy vấn từ đầu vào chuẩn.',
    ),
    "help.shell": Text("Search interactively.", "Tìm kiếm ở chế độ tương tác."),
    "help.show": Text("Show a whole document.", "Hiển thị toàn văn một tài liệu."),
    "help.similar": Text("Find documents like this one.", "Tìm các tài liệu tương tự."),
    "help.delete": Text(
        "Delete documents from the index (never the files).", "Xóa tài liệu khỏi chỉ mục (không xóa tệp)."
    ),
    "help.stats": Text("Tell how large the index is.", "Cho biết quy mô của chỉ mục."),
    "help.doctor": Text("Check the installation and the index.", "Kiểm tra cài đặt và chỉ mục."),
    "help.config": Text(
        "Print the settings and where each comes from.\n\n"
        "A flag counts most, then $VNSEARCH_NAME, the nearest .vnsearch.toml from here upwards, your own file, the "
        "default. A project file names no command to run and no path out of its folder.",
        "In các thiết lập và nguồn của từng giá trị.\n\n"
        "Ưu tiên lần lượt: tùy chọn dòng lệnh, $VNSEARCH_TÊN, tệp .vnsearch.toml gần nhất tính từ thư mục hiện tại trở "
        "lên, tệp riêng của bạn, giá trị mặc định. Tệp dự án không được chỉ định lệnh để chạy hay đường dẫn ra ngoài "
        "thư mục của nó.",
    ),
    "help.completion": Text(
        "Print the script by which bash, zsh or fish completes commands, options, fields and values.",
        "In đoạn mã để bash, zsh hoặc fish tự hoàn thành lệnh, tùy chọn, tên trường và giá trị.",
    ),
    "help.argument.shell": Text("The shell: bash, zsh or fish.", "Tên shell: bash, zsh hoặc fish."),
    "help.option.write": Text(
        "Write a commented file of all settings, for this project or for you; never over another.",
        "Ghi một tệp có chú thích gồm mọi thiết lập, cho dự án này (project) hoặc cho riêng bạn (user); không ghi đè.",
    ),
    "help.argument.paths": Text(
        "Folders and files to index; by default the folder seeds/.",
        "Thư mục và tệp cần lập chỉ mục; mặc định là thư mục seeds/.",
    ),
    "help.argument.query": Text("What to search for.", "Nội dung cần tìm."),
    "help.argument.id": Text("The id of a document.", "Mã của một tài liệu."),
    "help.argument.ids": Text("The ids of documents.", "Mã của các tài liệu."),
    "help.option.index": Text(
        "The folder of the index; by default that of the settings (vnsearch config), else index/.",
        "Thư mục chứa chỉ mục; mặc định theo thiết lập (vnsearch config), nếu không có thì là index/.",
    ),
    "help.option.lang": Text("The language of messages: en or vi.", "Ngôn ngữ của thông báo: en hoặc vi."),
    "help.option.version": Text("Show the version and exit.", "Hiển thị phiên bản rồi thoát."),
    "help.option.json": Text("Write JSON.", "Xuất kết quả dạng JSON."),
    "help.option.jsonl": Text("Write JSON Lines: one object a row.", "Xuất dạng JSON Lines: mỗi dòng một đối tượng."),
    "help.option.csv": Text(
        "Write CSV with a header; of a result it holds the best passage.",
        "Xuất dạng CSV có dòng tiêu đề; mỗi kết quả kèm đoạn phù hợp nhất.",
    ),
    "help.option.paths": Text(
        "Write only the paths of the files, one a line.", "Chỉ in đường dẫn tệp, mỗi dòng một tệp."
    ),
    "help.option.nul": Text(
        "End each path with NUL, and write it byte for byte: for xargs -0.",
        "Kết thúc mỗi đường dẫn bằng NUL và giữ đúng từng byte: dùng với xargs -0.",
    ),
    "help.option.count": Text("Write only the number of results.", "Chỉ in số kết quả."),
    "help.option.jobs": Text(
        "How many processes read and analyse; 0 is one a core.",
        "Số tiến trình đọc và phân tích; 0 là mỗi nhân một tiến trình.",
    ),
    "help.option.overwrite": Text(
        "Begin a new index in place of the one there is.", "Lập chỉ mục mới thay cho chỉ mục đang có."
    ),
    "help.option.limit": Text("How many results at most.", "Số kết quả tối đa."),
    "help.option.offset": Text("How many results to pass over.", "Số kết quả bỏ qua ở đầu."),
    "help.option.match": Text(
        "Which words must be found: all, any, or auto: all, and fewer where that finds too little.",
        "Những từ nào phải có: all (tất cả), any (bất kỳ), hoặc auto (tất cả, nới lỏng khi quá ít kết quả).",
    ),
    "help.option.marks": Text(
        "How to read typed marks: auto prefers them, exact insists on them, ignore reads none.",
        "Cách hiểu dấu đã gõ: auto (ưu tiên), exact (bắt buộc đúng), ignore (bỏ qua dấu).",
    ),
    "help.option.passages": Text("Give passages, not documents.", "Trả về từng đoạn văn thay vì tài liệu."),
    "help.option.literal": Text(
        "Read the query as plain words, without operators.", "Coi câu truy vấn là từ thường, không có toán tử."
    ),
    "help.option.sort": Text(
        "Order by score, by date, or by another field; a minus before it turns the order around.",
        "Sắp xếp theo score (điểm), date (ngày) hoặc trường khác; thêm dấu trừ ở trước để đảo thứ tự.",
    ),
    "help.option.field": Text(
        "Only documents whose field has this value, or a value from low..high; may be repeated.",
        "Chỉ lấy tài liệu có trường mang giá trị này, hoặc trong khoảng thấp..cao; có thể lặp lại.",
    ),
    "help.option.since": Text(
        "Only documents from this date on: a year, a month or a day (2018, 5/2018, 15/5/2018, 2018-05-15).",
        "Chỉ lấy tài liệu từ thời điểm này: năm, tháng hoặc ngày (2018, 5/2018, 15/5/2018, 2018-05-15).",
    ),
    "help.option.until": Text(
        "Only documents up to this date, the whole of it.", "Chỉ lấy tài liệu đến hết thời điểm này."
    ),
    "help.option.collapse": Text(
        "Of documents that say nearly the same show only the best.",
        "Trong các tài liệu gần như trùng nhau chỉ hiển thị bản tốt nhất.",
    ),
    "help.option.no-collapse": Text(
        "Show all of them, although the settings say to show only the best.",
        "Hiển thị đủ các bản đó dù thiết lập yêu cầu chỉ hiển thị bản tốt nhất.",
    ),
    "help.option.explain": Text(
        "Tell why each result stands where it does.", "Giải thích vì sao từng kết quả đứng ở vị trí đó."
    ),
    "help.option.facet": Text(
        "Count what the documents found hold in this field; may be repeated. With --csv only the counts are written.",
        "Thống kê giá trị của trường này trong các tài liệu tìm được; có thể lặp lại. Với --csv thì chỉ xuất thống kê.",
    ),
    "help.option.batch": Text(
        "Read queries from standard input, one a line, and answer each with a line of JSON.",
        "Đọc các câu truy vấn từ đầu vào chuẩn, mỗi dòng một câu, và trả lời mỗi câu bằng một dòng JSON.",
    ),
}
