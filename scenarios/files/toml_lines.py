"""In which line of a TOML file a key stands: the standard library's reader does not say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
    | (?P<text>\"{3}(?:\\[\s\S]|[^\\])*?\"{3,5} | '{3}[\s\S]*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<newline>\n)
    | (?P<mark>[\[\]{},=])
    | (?P<word>[^\s\[\]{},=.\#"']+)
    """,
    re.VERBOSE,
)


class Lines:
    """The lines of a TOML file by dotted key. Elements of a list are called pattern.0, pattern.1 and so on."""

    def __init__(self, text: str) -> None:
        """Read the lines of a text that is known to be TOML."""
        self._lines: dict[str, int] = {}
        for key, line in _keys(text):
            self._lines.setdefault(key, line)

    def of(self, key: str) -> int:
        """The line in which a key, or else the table that it is in, is written; 0 if neither is."""
        while key:
            if key in self._lines:
                return self._lines[key]
            key = key.rpartition(".")[0]
        return 0


@dataclass
class _Open:
    """A table or list whose end is yet to come, and which element of the list comes next."""

    key: str
    is_list: bool
    element: int = 0

    @property
    def next(self) -> str:
        return f"{self.key}.{self.element}"


def _keys(text: str) -> Iterator[tuple[str, int]]:
    header, elements = "", dict[str, int]()
    opened: list[_Open] = []
    name, line_of_name, value = list[str](), 0, ""
    brackets = 0  # of a header that is being read
    in_value, line = False, 1
    for token in _TOKEN.finditer(text):
        written, here, kind = token.group(), line, token.lastgroup
        line += written.count("\n")
        in_list = bool(opened) and opened[-1].is_list
        if kind == "comment":
            continue
        if kind == "newline":
            if brackets:  # a header has ended
                header = _under(elements, name, is_list=brackets == 2)
                yield header, line_of_name
            if not opened:
                name, in_value, brackets = [], False, 0
        elif in_value or in_list:
            inside = opened[-1].next if in_list else value
            if written in ("[", "{"):
                opened.append(_Open(inside, written == "["))
                if written == "{":
                    yield inside, here
                    in_value, name = False, []
            elif written in ("]", "}"):
                opened.pop()
                in_value = True  # what was opened was a value
            elif written == ",":
                if in_list:
                    opened[-1].element += 1
                else:
                    in_value, name = False, []
        elif written == "}":
            opened.pop()
            in_value = True
        elif written == "[":
            brackets += 1
        elif written == "=":
            table = opened[-1].key if opened else header
            value, in_value = ".".join([table, *name] if table else name), True
            for parts in range(1, len(name) + 1):  # a.b = 1 writes a, too
                yield ".".join([table, *name[:parts]] if table else name[:parts]), line_of_name
        elif written != "]":
            line_of_name = line_of_name if name else here
            name.append(_plain(written))
    if brackets:
        yield _under(elements, name, is_list=brackets == 2), line_of_name


def _under(elements: dict[str, int], name: list[str], *, is_list: bool) -> str:
    """The key that a header means: under the last element of each list that it names."""
    key = ""
    for part in name[:-1]:
        key = f"{key}.{part}" if key else part
        key = f"{key}.{elements[key]}" if key in elements else key
    key = f"{key}.{name[-1]}" if key else name[-1]
    if is_list:
        elements[key] = elements.get(key, -1) + 1
    return f"{key}.{elements[key]}" if key in elements else key


def _plain(written: str) -> str:
    """A part of a key without its quotes."""
    return written[1:-1] if written[0] in "\"'" else written
