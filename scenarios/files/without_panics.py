"""Keeps off the screen what the reader of workbooks prints when damaged cells make it give up."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

_PANIC = "PanicException"


def is_panic(error: BaseException) -> bool:
    """Whether compiled code of Rust gave up, which is no ordinary exception."""
    return type(error).__name__ == _PANIC


@contextmanager
def without_panics() -> Iterator[None]:
    """Drop what is printed on the way to a panic, which is raised as it is; what else is printed comes later.

    The text goes to the file descriptor itself, past Python, so that is where it has to be caught.
    """
    try:
        sys.stderr.flush()
        screen = os.dup(2)
    except (OSError, ValueError, AttributeError):
        yield  # nobody reads it
        return
    panicked = False
    with TemporaryFile() as said:
        os.dup2(said.fileno(), 2)
        try:
            yield
        except BaseException as error:
            panicked = is_panic(error)
            raise
        finally:
            os.dup2(screen, 2)
            os.close(screen)
            said.seek(0)
            if not panicked and (text := said.read()):
                os.write(2, text)
