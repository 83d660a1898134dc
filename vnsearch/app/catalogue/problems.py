"""What the library says went wrong, and what to do about it; of each the English is its own, and the key.

A placeholder stands for whatever the library put in its place. The first that fits is taken.
"""

from __future__ import annotations

from typing import Final

from .text import Text

_FILE: Final = "the index file '{path}' "
_TEP: Final = "tệp chỉ mục '{path}' "

PROBLEMS: Final[tuple[Text, ...]] = (
    # Searching
    Text("no document has a field '{field}'", "không tài liệu nào có trường '{field}'"),
    Text("fields of this index: none", "chỉ mục này không có trường nào"),
    Text("fields of this index: {known}", "các trường của chỉ mục này: {known}"),
    Text(
        "{value} is no text, as field '{field}' holds",
        "{value} không phải văn bản, trong khi trường '{field}' cần văn bản",
    ),
    Text("{value} is no number, as field '{field}' holds", "{value} không phải số, trong khi trường '{field}' cần số"),
    Text(
        "{value} is no date, as field '{field}' holds",
        "{value} không phải ngày tháng, trong khi trường '{field}' cần ngày tháng",
    ),
    Text(
        "{value} is no flag, as field '{field}' holds",
        "{value} không phải có/không, trong khi trường '{field}' cần có/không",
    ),
    Text(
        "{value} is no {kind}, as field '{field}' holds",
        "{value} không phải {kind}, trong khi trường '{field}' cần kiểu đó",
    ),
    Text("give a value of that kind", "hãy ghi giá trị đúng kiểu"),
    Text("results cannot be sorted by '{name}'", "không thể sắp xếp kết quả theo '{name}'"),
    Text("by score, or by a field of this index: none", "chỉ sắp xếp được theo score (điểm)"),
    Text(
        "by score, or by a field of this index: {known}",
        "sắp xếp được theo score (điểm) hoặc theo một trường của chỉ mục này: {known}",
    ),
    Text("{name}={value} is unknown", "không có giá trị {name}={value}"),
    Text("one of: {allowed}", "hãy chọn một trong: {allowed}"),
    Text("{name}={value} is no count", "{name}={value} không phải số đếm"),
    Text("give a whole number from 0 on", "hãy ghi số nguyên từ 0 trở lên"),
    Text(
        "{count} passages of each document were asked for", "yêu cầu tới {count} đoạn văn của mỗi tài liệu là quá nhiều"
    ),
    Text("results {first} to {last} were asked for", "không thể xem kết quả từ {first} đến {last}"),
    Text(
        "at most the first {count} can be shown; narrow the query",
        "chỉ xem được {count} kết quả đầu; hãy thu hẹp câu truy vấn",
    ),
    Text("at most {count}", "nhiều nhất là {count}"),
    Text("there is no document '{id}'", "không có tài liệu '{id}'"),
    Text("ids are shown with search results", "mã tài liệu được hiển thị cùng kết quả tìm kiếm"),
    # The folder of the index
    Text("there is no index in '{folder}'", "chưa có chỉ mục trong '{folder}'"),
    Text("make one: {command}", "hãy lập chỉ mục: {command}"),
    Text("there is an index in '{folder}' already", "đã có chỉ mục trong '{folder}'"),
    Text("open it, or ask to overwrite it", "hãy mở chỉ mục đó, hoặc yêu cầu ghi đè"),
    Text("'{folder}' is a file", "'{folder}' là một tệp"),
    Text("name a folder for the index", "hãy chỉ định một thư mục cho chỉ mục"),
    Text("the folder '{folder}' is not empty (it holds '{file}')", "thư mục '{folder}' không trống (có '{file}')"),
    Text("name an empty folder", "hãy chỉ định một thư mục trống"),
    Text("no index can be made in '{folder}': {reason}", "không thể lập chỉ mục trong '{folder}': {reason}"),
    Text("choose another folder", "hãy chọn thư mục khác"),
    Text(
        "another writer is at work on the index in '{folder}'",
        "chỉ mục trong '{folder}' đang được ghi bởi tiến trình khác",
    ),
    Text("wait for it to end, then try again", "hãy đợi xong rồi thử lại"),
    Text("the index in '{folder}' cannot be written: {reason}", "không thể ghi chỉ mục trong '{folder}': {reason}"),
    Text("check the permissions of its folder", "hãy kiểm tra quyền truy cập thư mục đó"),
    Text("the index in '{folder}' keeps changing", "chỉ mục trong '{folder}' liên tục thay đổi"),
    Text("try again", "hãy thử lại"),
    Text("the index in '{folder}' was closed", "chỉ mục trong '{folder}' đã đóng"),
    Text("open it again with Index.open", "hãy mở lại bằng Index.open"),
    Text(
        "the index in '{folder}' has format {version}, this vnsearch reads format {format}",
        "chỉ mục trong '{folder}' có định dạng {version}, vnsearch bản này đọc định dạng {format}",
    ),
    Text("this view of the index is read-only", "chỉ mục mở theo cách này chỉ để đọc"),
    Text("write through vnsearch.Index", "hãy ghi bằng vnsearch.Index"),
    Text("rebuild it: {command}", "hãy lập lại: {command}"),
    Text("'{path}' is damaged", "'{path}' bị hỏng"),
    # Its files
    Text(
        _FILE + "has format {version}, this vnsearch reads format {format}",
        _TEP + "có định dạng {version}, vnsearch bản này đọc định dạng {format}",
    ),
    Text(_FILE + "holds a damaged array '{array}'", _TEP + "có dãy số liệu '{array}' bị hỏng"),
    Text(_FILE + "is cut short", _TEP + "bị cắt cụt"),
    Text(_FILE + "was cut short while it was open", _TEP + "bị cắt cụt trong khi đang mở"),
    Text(_FILE + "is no file of vnsearch", _TEP + "không phải tệp của vnsearch"),
    Text(_FILE + "is missing", _TEP + "không còn"),
    Text(_FILE + "cannot be read, or is empty", _TEP + "không đọc được hoặc trống"),
    Text(_FILE + "cannot be read: {reason}", _TEP + "không đọc được: {reason}"),
    Text(_FILE + "is not the one that was committed", _TEP + "không phải tệp đã ghi"),
    Text(_FILE + "has {what}", _TEP + "bị hỏng (has {what})"),
    Text(_FILE + "lacks {what}", _TEP + "bị hỏng (lacks {what})"),
    Text(_FILE + "names {what}", _TEP + "bị hỏng (names {what})"),
    Text(
        "a process at work on documents was ended from outside",
        "một tiến trình đang xử lý tài liệu đã bị dừng từ bên ngoài",
    ),
    Text("use fewer jobs: they take less memory", "hãy dùng ít tiến trình hơn để tốn ít bộ nhớ hơn"),
    # Synonyms
    Text(
        "the file of synonyms '{path}' cannot be read: {reason}", "không đọc được tệp từ đồng nghĩa '{path}': {reason}"
    ),
    Text("check its name and its permissions", "hãy kiểm tra tên tệp và quyền truy cập"),
    Text("the file of synonyms '{path}' is not UTF-8", "tệp từ đồng nghĩa '{path}' không phải UTF-8"),
    Text("save it as UTF-8", "hãy lưu lại bằng UTF-8"),
    Text("the file of synonyms '{path}' is larger than {size} bytes", "tệp từ đồng nghĩa '{path}' lớn hơn {size} byte"),
    Text("make it shorter", "hãy rút ngắn tệp"),
    Text("{path}, line {number}: there is no '=' in it", "{path}, dòng {number}: thiếu dấu '='"),
    Text(
        "{path}, line {number}: there is more than one '=>' in it", "{path}, dòng {number}: có nhiều hơn một dấu '=>'"
    ),
    Text(
        "{path}, line {number}: there are more than {most} phrases in it",
        "{path}, dòng {number}: có nhiều hơn {most} cụm từ",
    ),
    Text(
        "{path}, line {number}: a side of '=' holds no letter and no digit",
        "{path}, dòng {number}: một vế của dấu '=' không có chữ cái hay chữ số nào",
    ),
    Text(
        "{path}, line {number}: a phrase has more than {most} words",
        "{path}, dòng {number}: có cụm từ dài hơn {most} từ",
    ),
    Text("write 'a = b', or 'a => b' for one way only", "hãy viết 'a = b', hoặc 'a => b' nếu chỉ một chiều"),
    # Files to read
    Text("{path} does not exist", "không có {path}"),
    Text("check the path, or where you are", "hãy kiểm tra đường dẫn hoặc thư mục hiện tại"),
    Text("{path} holds no text file", "{path} không có tệp văn bản nào"),
    Text(
        "a folder gives its {kinds} files; name any other file outright",
        "trong thư mục chỉ đọc các tệp {kinds}; với tệp khác hãy ghi rõ tên",
    ),
    Text("{path} cannot be opened: {reason}", "không mở được {path}: {reason}"),
    Text("{path} cannot be listed: {reason}", "không liệt kê được {path}: {reason}"),
    Text("{path} cannot be read: {reason}", "không đọc được {path}: {reason}"),
    Text("check its permissions", "hãy kiểm tra quyền truy cập"),
    Text("check that it is a file and its permissions", "hãy kiểm tra xem đó có phải là tệp và quyền truy cập"),
    Text("{path} is empty", "{path} trống"),
    Text("there is nothing in it to find", "không có gì để tìm trong đó"),
    Text("{path} is larger than {size}", "{path} lớn hơn {size}"),
    Text("split it", "hãy chia nhỏ tệp"),
    Text("{path} is not text: it holds zero bytes", "{path} không phải văn bản: có byte 0"),
    Text("{path} is not text: its encoding is unknown", "{path} không phải văn bản: không rõ bảng mã"),
    Text("{path} is not text: it is full of control characters", "{path} không phải văn bản: đầy ký tự điều khiển"),
    Text("save it as UTF-8 text, or leave it out", "hãy lưu dưới dạng văn bản UTF-8, hoặc bỏ tệp này ra"),
    Text(
        "field '{field}' of document '{id}' is a {kind}, but it is a {known} in this index",
        "trường '{field}' của tài liệu '{id}' có kiểu {kind}, trong khi ở chỉ mục này là kiểu {known}",
    ),
    Text("use one kind of value for one field", "mỗi trường chỉ dùng một kiểu giá trị"),
)
