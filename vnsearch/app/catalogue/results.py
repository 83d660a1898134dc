"""What is said about results: beside them, instead of them, and what the search itself notes.

Of a note the English is its own, and the key to the Vietnamese.
"""

from __future__ import annotations

from typing import Final

from .text import Text

RESULTS: Final[dict[str, Text]] = {
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
    "search.try.filter": Text("without --field, --since or --until", "bỏ --field, --since hoặc --until"),
    "search.try.not": Text("without the excluded words", "bỏ các từ bị loại trừ"),
    "search.try.phrase": Text("without the quotes", "bỏ dấu ngoặc kép"),
    "search.try.or": Text(", or ", ", hoặc "),
    "search.past": Text(
        "there are only {results} for {query}: --offset {offset} is past the last",
        "chỉ có {results} cho {query}: --offset {offset} vượt quá kết quả cuối",
    ),
    "similar.nothing": Text("no other document is like it", "không có tài liệu nào khác tương tự"),
    "paths.missing.one": Text(
        "{count} result came from no file: it has no path", "{count} kết quả không lấy từ tệp nên không có đường dẫn"
    ),
    "paths.missing.many": Text(
        "{count} results came from no file: they have no path",
        "{count} kết quả không lấy từ tệp nên không có đường dẫn",
    ),
    "paths.changed.one": Text(
        "{count} path holds characters that are not shown as they are: -0 gives it exactly",
        "{count} đường dẫn có ký tự không hiển thị được nguyên dạng: dùng -0 để lấy đúng từng byte",
    ),
    "paths.changed.many": Text(
        "{count} paths hold characters that are not shown as they are: -0 gives them exactly",
        "{count} đường dẫn có ký tự không hiển thị được nguyên dạng: dùng -0 để lấy đúng từng byte",
    ),
    "facets.head": Text("{field} in {documents}", "{field} trong {documents}"),
    "facets.missing": Text("without it: {missing}", "không có trường này: {missing}"),
    "facets.none": Text("no document", "không có tài liệu nào"),
    "explain.word": Text("{word} (in {documents})", "{word} (trong {documents})"),
    "explain.spelled": Text(
        "{word}, found as {matched} (in {documents})", "{word}, khớp với {matched} (trong {documents})"
    ),
    "explain.missing": Text("{word}, not found here (in {documents})", "{word}, không có ở đây (trong {documents})"),
    "explain.pair": Text("{words}, side by side (in {documents})", "{words}, đứng liền nhau (trong {documents})"),
    "results.documents.one": Text("{count} document", "{count} tài liệu"),
    "results.documents.many": Text("{count} documents", "{count} tài liệu"),
    "explain.passage": Text("its best passage", "đoạn phù hợp nhất"),
    "note.too-long": Text("the query is very long: only its beginning was read", "truy vấn quá dài: chỉ đọc phần đầu"),
    "note.too-many": Text(
        "the query has very many words: only the first were read", "truy vấn quá nhiều từ: chỉ đọc các từ đầu"
    ),
    "note.too-open": Text(
        "the query has very many words with wildcards or slips: the last ones were read as plain words",
        "truy vấn quá nhiều từ có ký tự đại diện hoặc sai số: các từ cuối được coi là từ thường",
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
}
