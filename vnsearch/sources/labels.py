"""What the labels of teasers, menus, comments and notices say on saved web pages.

The lists were written for this project from general knowledge of how Vietnamese news sites are laid out; they are
no copy of another list and name no site. Each line is kept by its words (`blocks.plain`), so case, marks and
punctuation do not matter.
"""

from __future__ import annotations

from typing import Final

from .blocks import plain


def _plain_lines(lines: str) -> frozenset[str]:
    return frozenset(filter(None, map(plain, lines.splitlines())))


LABELS: Final = _plain_lines(
    """
    Bài liên quan
    Các bài liên quan
    Bài viết liên quan
    Các bài viết liên quan
    Tin liên quan
    Các tin liên quan
    Tin bài liên quan
    Tin tức liên quan
    Nội dung liên quan
    Chủ đề liên quan
    Sự kiện liên quan
    Video liên quan
    Có thể bạn quan tâm
    Bạn có thể quan tâm
    Có thể bạn thích
    Có thể bạn chưa biết
    Bạn quan tâm
    Bài tương tự
    Các bài tương tự
    Bài viết tương tự
    Tin tương tự
    Bài cùng chủ đề
    Tin cùng chủ đề
    Cùng chủ đề
    Bài cùng chuyên mục
    Tin cùng chuyên mục
    Cùng chuyên mục
    Các tin cùng chuyên mục
    Tin cùng loại
    Cùng tác giả
    Bài cùng tác giả
    Xem tin bài khác
    Tin bài khác
    Tin khác
    Các tin khác
    Bài khác
    Bài viết khác
    Các bài viết khác
    Những tin khác
    Tin tức khác
    Các tin đã đưa
    Tin đã đưa
    Tin cũ hơn
    Những tin cũ hơn
    Các tin cũ hơn
    Tin mới hơn
    Những tin mới hơn
    Các tin mới hơn
    Bài trước
    Bài sau
    Bài tiếp theo
    Bài viết trước
    Bài viết tiếp theo
    Tin trước
    Tin sau
    Tin tiếp theo
    Bài mới nhất
    Bài viết mới nhất
    Bài mới
    Bài viết mới
    Tin mới
    Tin mới nhất
    Tin tức mới nhất
    Mới nhất
    Mới cập nhật
    Tin mới cập nhật
    Tin nóng
    Nóng trong ngày
    Tin nổi bật
    Nổi bật
    Nổi bật trong ngày
    Bài nổi bật
    Tiêu điểm
    Tin tiêu điểm
    Tâm điểm
    Đừng bỏ lỡ
    Đừng bỏ qua
    Đọc thêm
    Xem thêm
    Đọc tiếp
    Xem tiếp
    Xem tất cả
    Đọc nhiều
    Đọc nhiều nhất
    Tin đọc nhiều
    Tin đọc nhiều nhất
    Bài đọc nhiều
    Được đọc nhiều nhất
    Xem nhiều
    Xem nhiều nhất
    Tin xem nhiều
    Được quan tâm
    Đáng chú ý
    Tin đáng chú ý
    Gợi ý cho bạn
    Dành cho bạn
    Đề xuất cho bạn
    Tin tài trợ
    Thông tin tài trợ
    Nội dung tài trợ
    Quảng cáo
    Bình luận
    Các bình luận
    Bình luận mới nhất
    Bình luận của bạn
    Viết bình luận
    Gửi bình luận
    Ý kiến
    Ý kiến bạn đọc
    Ý kiến của bạn
    Ý kiến của bạn về bài viết
    Ý kiến bình luận
    Bạn đọc bình luận
    Gửi ý kiến
    Gửi ý kiến của bạn
    Gửi phản hồi
    Phản hồi
    Để lại bình luận
    Để lại một bình luận
    Trả lời hủy
    Tag
    Tags
    Từ khóa
    Từ khóa tìm kiếm
    Chia sẻ
    Chia sẻ bài viết
    Chia sẻ bài viết này
    Chia sẻ facebook
    Chia sẻ qua
    Chia sẻ qua facebook
    Chia sẻ trên facebook
    Chia sẻ lên facebook
    Chia sẻ với bạn bè
    Theo dõi chúng tôi
    Theo dõi chúng tôi trên
    Theo dõi trên
    Kết nối với chúng tôi
    Đăng ký nhận tin
    Đăng ký nhận bản tin
    Nhận bản tin
    Tổng số điểm của bài viết là
    Click để đánh giá bài viết
    Đánh giá bài viết
    In bài viết
    Gửi bài viết
    Gửi email
    Lưu bài viết
    Bản in
    Về đầu trang
    Lên đầu trang
    Trở lại đầu trang
    Bản quyền
    Liên hệ
    Liên hệ quảng cáo
    Liên hệ tòa soạn
    Thông tin tòa soạn
    Related articles
    Related posts
    Related news
    Read more
    See more
    Leave a reply
    Leave a comment
    Comments
    Share
    Share this
    Advertisement
    """
)
"""What stands alone on a line above (or among) things that are not the article."""

NAMED: Final = _plain_lines(
    """
    Nổi bật
    Nổi bật trên
    Tin nổi bật
    Tin mới
    Tin nóng
    Mới nhất
    Mới nhất trên
    Đọc nhiều
    Đọc nhiều trên
    Xem nhiều
    Tiêu điểm
    Theo dõi
    Theo dõi báo
    Đừng bỏ lỡ
    Bản quyền thuộc
    Bản quyền thuộc về
    """
)
"""Labels that the name of a site or section may follow: Nổi bật Tin Sáng."""

LISTED: Final = _plain_lines(
    """
    Tag
    Tags
    Thẻ
    Từ khóa
    Chủ đề
    Xem thêm
    Đọc thêm
    Bài liên quan
    Tin liên quan
    Bài trước
    Bài tiếp theo
    Share
    Chia sẻ
    """
)
"""Labels that their content may follow on the same line after a colon: Tags: nông thôn mới, hợp tác xã."""

NOTICES: Final = tuple(
    sorted(
        _plain_lines(
            """
            Copyright
            All rights reserved
            Powered by
            Bạn đã không sử dụng Site, Bấm vào đây
            Bạn cần đăng nhập để bình luận
            Bạn cần đăng nhập để gửi
            Bạn phải đăng nhập để bình luận
            Bạn phải đăng nhập để gửi
            Vui lòng đăng nhập để bình luận
            Vui lòng đăng nhập để gửi
            Vui lòng nhập bình luận
            Vui lòng bật Javascript
            Trình duyệt của bạn không hỗ trợ video
            Giấy phép hoạt động báo chí
            Giấy phép xuất bản số
            Giấy phép thiết lập trang thông tin
            Ghi rõ nguồn
            Chỉ được phát hành lại thông tin
            Email của bạn sẽ không được hiển thị công khai
            """
        )
    )
)
"""How the notices of a page's foot begin. Only short lines are held against them."""

SECTIONS: Final = _plain_lines(
    """
    Trang chủ
    Trang nhất
    Home
    Menu
    Tìm kiếm
    Đăng nhập
    Đăng ký
    Thời sự
    Chính trị
    Xã hội
    Chính trị xã hội
    Thế giới
    Quốc tế
    Trong nước
    Kinh tế
    Kinh doanh
    Tài chính
    Chứng khoán
    Bất động sản
    Doanh nghiệp
    Pháp luật
    An ninh
    Quốc phòng
    Văn hóa
    Văn nghệ
    Văn học
    Giải trí
    Thể thao
    Bóng đá
    Giáo dục
    Khoa học
    Công nghệ
    Khoa học công nghệ
    Số hóa
    Sức khỏe
    Y tế
    Đời sống
    Gia đình
    Giới trẻ
    Nhịp sống trẻ
    Du lịch
    Ẩm thực
    Ô tô xe máy
    Xe
    Môi trường
    Nông nghiệp
    Góc nhìn
    Bạn đọc
    Nhân ái
    Tin tức
    Tin tức sự kiện
    Sự kiện
    Giới thiệu
    Xây dựng Đảng
    Video
    Clip
    Ảnh
    Podcast
    Multimedia
    Infographic
    Longform
    Emagazine
    """
)
"""Names of sections, as menus and kickers show them."""
