"""The engine as one piece of a page: all that it needs, so that a file that nothing is fetched for can compute."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from scenarios import Scenario
from simulation.browser.artifact import ENGINE, HERE, engine_module
from simulation.browser.layout import layout
from simulation.browser.scenario_data import keys_data, scenario_data
from simulation.running.ensemble import KEPT


def engine_parts(own: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """What `pool.js` takes: the modules, packed, where everything lies, what is allowed, and what its workers do.

    Args:
        own: packed modules with rules of one's own, by the mark of the rules.

    Raises:
        StaleError: if the module was built of other code.
    """
    engine_module()
    return {
        "module": b64encode(ENGINE.module.read_bytes()).decode("ascii"),
        "own": {mark: b64encode(module).decode("ascii") for mark, module in (own or {}).items()},
        "layout": layout(),
        "keys": keys_data(),
        "source": "".join(map(script, ("faults.js", "engine.js", "worker.js"))),
        "kept": KEPT,
    }


def engine_script(*asked: Scenario, own: Mapping[str, bytes] | None = None) -> str:
    """HTML that starts the engine in a page, as `engine_data` and `engine_program`."""
    return f'{engine_data(*asked, own=own)}<script type="module">\n{engine_program()}</script>\n'


def engine_data(*asked: Scenario, own: Mapping[str, bytes] | None = None) -> str:
    """HTML that holds what `engine_program` takes: all of the engine, and these scenarios."""
    data = {"parts": engine_parts(own), "scenarios": {one.name: scenario_data(one) for one in asked}}
    text = json.dumps(data, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="legato-data">{text}</script>\n'


def engine_program() -> str:
    """JavaScript of a module that starts the engine.

    Scripts of the page wait for the promise `legatoReady`: a `pool` of workers, the `scenarios` by name, and `why`
    nothing can be computed here, "" if it can.
    """
    return "\n".join((script("pool.js"), script("opening.js")))


def script(name: str) -> str:
    """A file of JavaScript as a part of a larger one."""
    text = (HERE / name).read_text(encoding="utf-8")
    return re.sub("^(export |import .*\n)", "", text, flags=re.MULTILINE)
