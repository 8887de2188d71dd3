"""The part of a page in which levers are moved, and the engine that answers: for a brief, or for a page of its own."""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from results.exploring.machinery import machinery_with
from results.exploring.own_engines import NONE, OwnEngines
from results.exploring.page_data import Opening, Plan, engines
from results.exploring.page_facts import facts_of
from results.exploring.saving import short_paths
from results.pages.html import POLICY, Live
from results.pages.templates import template
from results.words.language import language_data
from results.words.sentence import Speaker, sentence
from scenarios.reading.posterior_file import SHIPPED_NAME
from simulation.founding import members_ever

MOST_MEMBERS = 300
"""Beyond, a browser takes too long for an answer: it is not asked, and the report of such a run has no levers."""
HERE = Path(__file__).parent / "page"
SCRIPTS = (
    "dom.js", "engines.js", "sitting.js", "levers.js", "curves.js", "answer.js", "origins.js", "saving.js", "frames.js",
    "network.js", "rules.js", "paper.js", "live.js", "opening.js",
)  # fmt: skip
STYLES = ("live.css", "network.css")
_SCRIPT = re.compile(r'<script(?: type="module")?>(.*?)</script>', re.DOTALL)


def live_part(plans: Sequence[Plan], opening: Opening, speaker: Speaker, own: OwnEngines = NONE) -> Live:
    """Levers of some plans, and what they change.

    Args:
        plans: that can be chosen; names differ.
        opening: with what the page opens.
        speaker: in whose language.
        own: engines with rules of one's own that the plans need.

    Raises:
        StaleError: if the engine for pages was built of other rules.
    """
    machine = machinery_with(own.modules)
    short = short_paths(path for plan in plans for path in plan.files)
    data = {
        "plans": [plan.scenario.name for plan in plans],
        "opening": opening.sitting(),
        "facts": {plan.scenario.name: facts_of(plan, short) for plan in plans},
        "engines": engines(plans),
        "posterior": opening.posterior or SHIPPED_NAME,
        "settings": list(opening.settings),
        "language": language_data(speaker.language),
        "currency": speaker.currency,
        "estimates": machine.estimates,
        "most": max(MOST_MEMBERS, *(members_ever(plan.scenario) for plan in plans)),
    }
    program = f"{machine.program}\n{_texts(SCRIPTS)}"
    guard = f"<script>\n{_texts(['guard.js'])}</script>\n"
    scripts = f'{guard}{_packed("live-data", data)}{machine.engine}<script type="module">\n{program}</script>\n'
    return Live(
        body=template("live.html", HERE).render(
            told=lambda of, **values: speaker.say(sentence(of, **values)),
            ruled=speaker.say(own.said) if own.said else "",
        ),
        style=_texts(STYLES),
        scripts=scripts,
        policy=policy(scripts),
    )


def policy(scripts: str) -> str:
    """What a page may do that computes: what a brief may, and run these scripts, of which it makes workers."""
    hashes = [sha256(text.encode()).digest() for text in _SCRIPT.findall(scripts)]
    allowed = " ".join(f"'sha256-{b64encode(one).decode()}'" for one in hashes)
    return f"{POLICY}; script-src {allowed} 'wasm-unsafe-eval' blob:; worker-src blob:"


def _packed(name: str, data: Any) -> str:
    """Data of the page as `unpacked` takes it: JSON, packed (gzip, as base64)."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    packed = b64encode(gzip.compress(text.encode(), mtime=0)).decode("ascii")
    return f'<script type="text/plain" id="{name}">{packed}</script>\n'


def _texts(names: Sequence[str]) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)
