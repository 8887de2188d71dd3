"""A page that computes by itself: a scenario, levers, and the compiled engine in one file, for who has no Python.

Levers are those that no other value of the scenario can contradict; the others are asked of `legato`, which refuses
what does not go together.
"""

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import simulation
from results.estimates.comparison import estimates
from results.pages.html import POLICY
from results.pages.templates import PAGES, template
from results.words.headlines import HEADLINES
from results.words.numbers import digits, number, scaled
from results.words.numbers import label as label_numbers
from scenarios import KEYS, Scenario, value_of
from scenarios.reading.reading import fixed_by
from scenarios.schema.contradictions import TOGETHER
from scenarios.schema.keys import Key
from simulation.browser.embedding import engine_script
from simulation.outcomes import BY_NAME

_SCRIPT = re.compile(r'<script type="module">(.*?)</script>', re.DOTALL)
_NOT_ALONE: frozenset[str] = frozenset().union(*TOGETHER)


def computing_page(scenario: Scenario, *, networks: int = 200, seed: int = 1) -> str:
    """The page as HTML; whatever somebody else may have written is escaped.

    Args:
        scenario: what it is about; its posterior and its members go into the page.
        networks: that are run for each answer (count).
        seed: of the luck.

    Raises:
        StaleError: if the engine for pages was built of other rules.
    """
    from markupsafe import Markup

    moved = [_lever(KEYS[key], scenario) for key in KEYS if _can_move(KEYS[key], scenario)]
    means = {
        name: one.mean for name, one in estimates(simulation.run(scenario, seed=seed, replicates=networks)).items()
    }
    lines = [_line(outcome, means[outcome]) for outcome in HEADLINES]
    data = {
        "scenario": scenario.name,
        "networks": networks,
        "seed": seed,
        "levers": moved,
        "lines": lines,
        "over": {outcome: BY_NAME[outcome].over for outcome in HEADLINES if BY_NAME[outcome].over is not None},
    }
    engine, script = (
        engine_script(scenario),
        f'<script type="module">\n{(PAGES / "computing.js").read_text("utf-8")}</script>',
    )
    return template("computing.html").render(
        title=scenario.title,
        question=scenario.question,
        scenario=scenario.name,
        networks=networks,
        seed=seed,
        levers=moved,
        lines=lines,
        policy=policy(engine + script),
        style=Markup((PAGES / "brief.css").read_text(encoding="utf-8")),  # ours, as is what follows
        data=Markup(json.dumps(data).replace("<", "\\u003c")),
        engine=Markup(engine),
        script=Markup(script),
    )


def policy(scripts: str) -> str:
    """What a page may do that computes: what a brief may, and run these scripts, of which it makes workers."""
    hashes = [sha256(text.encode()).digest() for text in _SCRIPT.findall(scripts)]
    allowed = " ".join(f"'sha256-{b64encode(one).decode()}'" for one in hashes)
    return f"{POLICY}; script-src {allowed} 'wasm-unsafe-eval' blob:; worker-src blob:"


def _can_move(key: Key, scenario: Scenario) -> bool:
    fixed = fixed_by(scenario.roster) if scenario.roster is not None else ()
    is_plain = key.kind in ("float", "int", "bool") and not key.word and not key.optional
    return key.role == "lever" and is_plain and key.key not in {*_NOT_ALONE, *fixed, "network.today"}


def _lever(key: Key, scenario: Scenario) -> dict[str, Any]:
    value = value_of(scenario, key.key)
    return {
        "key": key.key,
        "name": key.text.partition(";")[0],
        "unit": "" if key.unit in ("1", "yes or no") else key.unit.partition(",")[0],
        "kind": "yes" if key.kind == "bool" else "number",
        "value": value,
        "low": key.low,
        "high": key.high,
        "step": 1 if key.kind == "int" else "any",
    }


def _line(outcome: str, mean: float) -> dict[str, Any]:
    scale = BY_NAME[outcome].scale
    return {
        "outcome": outcome,
        "label": label_numbers(outcome),
        "given": number(mean, scale),
        "factor": scaled(1.0, scale),
        "places": digits(mean, scale),
    }
