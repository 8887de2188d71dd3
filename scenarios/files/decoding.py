"""Text out of bytes as programs save them: UTF-8, UTF-16, or the code page of Western Windows."""

import codecs

from scenarios.files.faults import ScenarioError

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def decoded(data: bytes, label: str) -> tuple[str, tuple[str, ...]]:
    """The text, and a note where its encoding had to be inferred.

    Raises:
        ScenarioError: if the bytes are no text.
    """
    end = data.rfind(b"\x1a")  # with which files of DOS end
    if end >= 0 and not data[end + 1 :].strip() and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data[:end]
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError as error:
                raise ScenarioError(
                    f"{label} is not {encoding.upper()}, as its first bytes say: {error.reason}"
                ) from None
    if b"\0" in data:
        at = data.index(b"\0")
        line = data.count(b"\n", 0, at) + 1
        raise ScenarioError(
            f"{label}, line {line}: has a NUL byte (byte {at + 1} of the file): this is no text; save the table as "
            "CSV, UTF-8"
        )
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise ScenarioError(
                f"{label}, line {line}: is neither UTF-8 nor Windows-1252 (byte {error.start + 1} of the file); save "
                "it with the encoding UTF-8"
            ) from None
        seen = next((word for word in text.split("\n")[line - 1].split() if not word.isascii()), "")
        return text, (
            f"{label} is not UTF-8 and is read as Windows-1252: line {line} has {seen.strip(',;')!r}; if that is "
            "wrong, save it with the encoding UTF-8",
        )
