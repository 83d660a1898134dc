"""The messages themselves, English beside Vietnamese, in the order in which a user meets them.

A placeholder `{name}` stands in both languages or in none; a test keeps it so.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Text(NamedTuple):
    """One message in each language."""

    en: str
    vi: str


CATALOGUE: Final[dict[str, Text]] = {
    # The help pages.
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
    "help.argument.paths": Text(
        "Folders and files to index; by default the folder seeds/.",
        "Thư mục và tệp cần lập chỉ mục; mặc định là thư mục seeds/.",
    ),
    "help.argument.query": Text("What to search for.", "Nội dung cần tìm."),
    "help.argument.id": Text("The id of a document.", "Mã của một tài liệu."),
    "help.argument.ids": Text("The ids of documents.", "Mã của các tài liệu."),
    "help.option.index": Text(
        "The folder of the index; by default $VNSEARCH_INDEX, else index/.",
        "Thư mục chứa chỉ mục; mặc định là $VNSEARCH_INDEX, nếu không có thì là index/.",
    ),
    "help.option.lang": Text("The language of messages: en or vi.", "Ngôn ngữ của thông báo: en hoặc vi."),
    "help.option.version": Text("Show the version and exit.", "Hiển thị phiên bản rồi thoát."),
    "help.option.json": Text("Write JSON.", "Xuất kết quả dạng JSON."),
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
    "help.option.filter": Text(
        "Only documents whose field has this value; may be repeated.",
        "Chỉ lấy tài liệu có trường mang giá trị này; có thể lặp lại.",
    ),
    # Results.
    "results.one": Text("{count} result", "{count} kết quả"),
    "results.many": Text("{count} results", "{count} kết quả"),
    "results.summary": Text("{results} in {milliseconds} ms", "{results} trong {milliseconds} ms"),
    "results.range": Text("{results}, {first} to {last} shown", "{results}, đang xem {first} đến {last}"),
    "results.of": Text("{query}: {results}", "{query}: {results}"),
    "results.score": Text("score {score}", "điểm {score}"),
    "results.suggestion": Text("Did you mean: {query}", "Có phải bạn muốn tìm: {query}"),
    "results.note": Text("Note: {note}", "Ghi chú: {note}"),
    "search.nothing": Text("nothing found for {query}", "không tìm thấy kết quả cho {query}"),
    "search.try": Text("try {options}", "hãy thử {options}"),
    "search.try.match": Text("--match any", "--match any"),
    "search.try.marks": Text("--marks auto", "--marks auto"),
    "search.try.filter": Text("without --filter", "bỏ --filter"),
    "search.try.not": Text("without the excluded words", "bỏ các từ bị loại trừ"),
    "search.try.phrase": Text("without the quotes", "bỏ dấu ngoặc kép"),
    "search.try.or": Text(", or ", ", hoặc "),
    "search.past": Text(
        "there are only {results} for {query}: --offset {offset} is past the last",
        "chỉ có {results} cho {query}: --offset {offset} vượt quá kết quả cuối",
    ),
    # What the search itself notes; the English is its own, and the key to the Vietnamese.
    "note.too-long": Text("the query is very long: only its beginning was read", "truy vấn quá dài: chỉ đọc phần đầu"),
    "note.too-many": Text(
        "the query has very many words: only the first were read", "truy vấn quá nhiều từ: chỉ đọc các từ đầu"
    ),
    "note.too-deep": Text(
        "parentheses are nested very deep: the inner ones were ignored",
        "ngoặc đơn lồng nhau quá sâu: các ngoặc bên trong được bỏ qua",
    ),
    "note.capitals": Text(
        "the query is all in capitals: VÀ, HOẶC, KHÔNG were read as words",
        "câu truy vấn viết toàn chữ hoa: VÀ, HOẶC, KHÔNG được coi là từ thường",
    ),
    "note.stressed": Text(
        "KHÔNG before so many words was read as a word: write NOT to exclude them",
        "KHÔNG trước nhiều từ như vậy được coi là từ thường: viết NOT để loại trừ",
    ),
    "note.dangling": Text(
        "an operator with nothing to work on was read as a word", "toán tử thiếu vế được coi là từ thường"
    ),
    "note.empty": Text(
        "nothing to search for: the query holds no letter and no digit",
        "không có gì để tìm: câu truy vấn không có chữ cái hay chữ số nào",
    ),
    "note.excluded": Text(
        "nothing is left after the exclusion; without it: {count}",
        "không còn kết quả nào sau khi loại trừ; nếu không loại trừ: {count}",
    ),
    "note.keystrokes": Text("read as keystrokes: {query}", "hiểu theo kiểu gõ phím: {query}"),
    "note.marks": Text(
        "nothing has these marks: other marks were accepted",
        "không có kết quả đúng dấu như đã gõ: chấp nhận cả dấu khác",
    ),
    "note.most": Text(
        "too few results hold all of the words: most of them were wanted",
        "quá ít kết quả chứa đủ các từ: chỉ cần chứa phần lớn các từ",
    ),
    "note.some": Text(
        "too few results hold all of the words: any of them will do",
        "quá ít kết quả chứa đủ các từ: chỉ cần chứa một trong các từ",
    ),
    # Indexing.
    "index.progress": Text("Indexing {done} of {total}", "Đang lập chỉ mục {done}/{total}"),
    "index.documents.one": Text("{count} document in the index", "{count} tài liệu trong chỉ mục"),
    "index.documents.many": Text("{count} documents in the index", "{count} tài liệu trong chỉ mục"),
    "index.report": Text(
        "{documents}: {added} added, {updated} updated, {deleted} deleted, {unchanged} unchanged",
        "{documents}: thêm {added}, cập nhật {updated}, gỡ bỏ {deleted}, giữ nguyên {unchanged}",
    ),
    "index.skipped": Text("skipped {path}: {reason}", "bỏ qua {path}: {reason}"),
    "index.nothing": Text("nothing could be indexed", "không lập được chỉ mục cho tài liệu nào"),
    "index.no-seeds": Text("there is no folder {folder} here", "ở đây không có thư mục {folder}"),
    "index.no-seeds.hint": Text(
        "name what to index: vnsearch index FOLDER", "hãy nêu nguồn cần lập chỉ mục: vnsearch index THƯ_MỤC"
    ),
    "index.no-source": Text("no file or folder {path}", "không có tệp hay thư mục {path}"),
    "index.no-source.hint": Text("check the spelling of the path", "hãy kiểm tra lại đường dẫn"),
    "index.none": Text("there is no index in {folder}", "chưa có chỉ mục trong {folder}"),
    "index.none.hint": Text(
        "make one: vnsearch index FOLDER, or name another place: --index DIR",
        "hãy lập chỉ mục: vnsearch index THƯ_MỤC, hoặc chỉ nơi khác: --index THƯ_MỤC",
    ),
    "delete.deleted.one": Text("{count} document deleted", "đã xóa {count} tài liệu"),
    "delete.deleted.many": Text("{count} documents deleted", "đã xóa {count} tài liệu"),
    "delete.none": Text("no document has any of these ids", "không có tài liệu nào mang các mã này"),
    # Statistics and checks.
    "stats.path": Text("Index", "Chỉ mục"),
    "stats.documents": Text("Documents", "Tài liệu"),
    "stats.passages": Text("Passages", "Đoạn văn"),
    "stats.syllables": Text("Syllables", "Âm tiết"),
    "stats.vocabulary": Text("Distinct syllables", "Âm tiết khác nhau"),
    "stats.bytes": Text("Bytes on disk", "Số byte trên đĩa"),
    "stats.fields": Text("Fields", "Các trường"),
    "stats.format": Text("Format", "Định dạng"),
    "stats.modified": Text("Modified", "Cập nhật lúc"),
    "doctor.index": Text("Index", "Chỉ mục"),
    "doctor.index.sound": Text("{path}: no fault found", "{path}: không phát hiện lỗi"),
    "doctor.index.none": Text("{path}: there is no index yet", "{path}: chưa có chỉ mục"),
    "doctor.index.faulty.one": Text("{path}: {count} problem", "{path}: {count} lỗi"),
    "doctor.index.faulty.many": Text("{path}: {count} problems", "{path}: {count} lỗi"),
    "doctor.problem": Text("problem: {problem}", "lỗi: {problem}"),
    "doctor.missing": Text("not installed", "chưa cài đặt"),
    # Errors of the command line.
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
    # The shell.
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
