"""Making an index and looking after it."""

from __future__ import annotations

from typing import Final

from .text import Text

INDEXING: Final[dict[str, Text]] = {
    "index.progress": Text("Indexing {done} of {total}", "Đang lập chỉ mục {done}/{total}"),
    "index.progress.speed": Text("{speed} files/s", "{speed} tệp/giây"),
    "index.progress.left": Text("about {time} left", "còn khoảng {time}"),
    "index.seconds": Text("{count} s", "{count} giây"),
    "index.minutes": Text("{count} min", "{count} phút"),
    "index.writing": Text("Writing the index", "Đang ghi chỉ mục"),
    "index.interrupted.before": Text(
        "interrupted after {done} of {total} files: nothing was changed, the index is as it was: {documents}",
        "đã dừng theo yêu cầu sau {done}/{total} tệp: không có gì thay đổi, chỉ mục vẫn như cũ: {documents}",
    ),
    "index.interrupted.early": Text(
        "interrupted: nothing was changed, the index is as it was: {documents}",
        "đã dừng theo yêu cầu: không có gì thay đổi, chỉ mục vẫn như cũ: {documents}",
    ),
    "index.interrupted.empty": Text(
        "interrupted: the index that was there is gone, and the new one is empty: {documents}",
        "đã dừng theo yêu cầu: chỉ mục cũ đã bị bỏ, chỉ mục mới còn trống: {documents}",
    ),
    "index.interrupted.after": Text(
        "interrupted when all {total} files had been written: {documents}",
        "đã dừng theo yêu cầu khi đã ghi xong toàn bộ {total} tệp: {documents}",
    ),
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
}
