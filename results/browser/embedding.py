"""The estimates as one piece of a page: all that `estimates.js` takes, so that a file says how sure its numbers are."""

from base64 import b64encode
from typing import Any

from results.browser.artifact import ESTIMATES, HERE, estimates_module
from results.browser.layout import layout


def estimates_parts() -> dict[str, Any]:
    """What `Estimates.from` takes: the module, packed as `pool.js` unpacks it, and where everything lies.

    Raises:
        StaleError: if the module was built of other code.
    """
    estimates_module()
    return {"module": b64encode(ESTIMATES.module.read_bytes()).decode("ascii"), "layout": layout()}


def estimates_source() -> str:
    """The text of `estimates.js`, for a script of a page."""
    return (HERE / "estimates.js").read_text(encoding="utf-8")
