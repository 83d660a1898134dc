"""What typer says is wrong with a command line; of each the English is its own, and the key.

A placeholder stands for whatever typer put in its place. The first that fits is taken.
"""

from __future__ import annotations

from typing import Final

from .text import Text

USAGE: Final[tuple[Text, ...]] = (
    Text("No such option: {name} (Possible options: {others})", "không có tùy chọn {name} (gần giống: {others})"),
    Text("No such option: {name} Did you mean {other}?", "không có tùy chọn {name}; có phải {other}?"),
    Text("No such option: {name}", "không có tùy chọn {name}"),
    Text("No such command '{name}'. Did you mean '{other}'?", "không có lệnh '{name}'; có phải '{other}'?"),
    Text("No such command '{name}'", "không có lệnh '{name}'"),
    Text("Missing argument '{name}'", "thiếu đối số '{name}'"),
    Text("Option '{name}' requires an argument", "tùy chọn '{name}' cần một giá trị"),
    Text("Option '{name}' does not take a value", "tùy chọn '{name}' không nhận giá trị"),
    Text("Got unexpected extra argument(s) ({rest})", "thừa đối số ({rest})"),
    Text("Got unexpected extra argument ({rest})", "thừa đối số ({rest})"),
    Text("Got unexpected extra arguments ({rest})", "thừa đối số ({rest})"),
    Text("Invalid value for {name}", "giá trị của {name} không hợp lệ"),
    Text("give a whole number from {least} on", "hãy ghi số nguyên từ {least} trở lên"),
    Text("one of: {allowed}", "hãy chọn một trong: {allowed}"),
)
