"""The server behind the page: on this computer only, quiet, and with nothing from elsewhere."""

import os
import socket
import sys
import threading
import warnings
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from explore.opening import Opening, open_with
from scenarios.files.faults import RequestError

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A socket that listens on this computer only; port 0 is any free one.

    Raises:
        RequestError: if somebody else listens there; the message names a port that is free.
    """
    here = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":  # which would share, with what POSIX needs, a port that is in use
        here.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:  # a port that was ours a moment ago is free
        here.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        here.bind((HOST, port))
        here.listen(64)
    except OSError as error:
        here.close()
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
            other.bind((HOST, 0))
            free = other.getsockname()[1]
        raise RequestError("port", f"port {port} cannot be had ({error.strerror}); try --port {free}") from None
    return here


def warm_up(opening: Opening) -> None:
    """Answer once, so that the first tab need not wait for the engine and the Mesa model to be loaded."""
    from results.exploring.film import FilmError, film
    from results.exploring.live_comparison import explore

    found = explore(opening.asked())
    with suppress(FilmError):
        film(found.this, seed=opening.seed)


def serve(opening: Opening, listening: socket.socket, *, browse: bool, ready: Callable[[str], None]) -> None:
    """Serve the page until somebody interrupts.

    Args:
        opening: what each browser tab begins with.
        listening: where, as `listen` gives it.
        browse: whether to open a browser.
        ready: called with the page's address once it can be opened.
    """
    os.environ["SOLARA_APP"] = "explore.page"
    os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] = "false"  # before Solara reads it
    os.environ["SOLARA_MODE"] = "production"
    open_with(opening)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="websockets.legacy is deprecated")
        warnings.filterwarnings("ignore", message="websockets.server.WebSocketServerProtocol is deprecated")
        warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")
        _run(listening, browse, ready)


def _run(listening: socket.socket, browse: bool, ready: Callable[[str], None]) -> None:
    import uvicorn
    from solara.server import settings
    from solara.server.starlette import app

    settings.main.mode = "production"
    settings.theme.title = "Legato: explore"
    settings.theme.show_banner = False
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    config = uvicorn.Config(
        app, log_level="error", access_log=False, loop="asyncio", timeout_graceful_shutdown=1, lifespan="on"
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready(address)
                if browse:
                    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    server: Any = Server(config)
    server.run(sockets=[listening])
