"""In which line of a TOML file a key stands: the standard library's reader does not say."""

import re
from collections.abc import Iterator

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(?:\.|$)""")
_STRINGS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')


class Lines:
    """The lines of a TOML file by dotted key. Elements of `[[pattern]]` are called pattern.0, pattern.1 and so on."""

    def __init__(self, text: str) -> None:
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


def _keys(text: str) -> Iterator[tuple[str, int]]:
    table, count, inside = "", dict[str, int](), ""
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        if inside:  # a text over several lines
            if line.count(inside) % 2:
                inside = ""
            continue
        bare = _STRINGS.sub('""', line.replace('"""', "\1").replace("'''", "\2")).split("#")[0]
        if not depth and (header := _HEADER.match(line)):
            table = _plain(header.group(2))
            if header.group(1) == "[[":
                count[table] = count.get(table, -1) + 1
                table = f"{table}.{count[table]}"
            yield table, number
        elif not depth and (key := _KEY.match(line)):
            plain = _plain(key.group(1))
            yield (f"{table}.{plain}" if table else plain), number
        for mark, quotes in (("\1", '"""'), ("\2", "'''")):
            if bare.count(mark) % 2:
                inside = quotes
        depth = max(0, depth + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}"))


def _plain(written: str) -> str:
    return ".".join(a or b or c for a, b, c in _PART.findall(written) if a or b or c)
