"""What a page with levers shows, beside what Python says of the same: every difference in words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import scenarios
from results.exploring.charts import FIRST, THIRD, in_words
from results.exploring.explored import Asked, Explored
from results.exploring.live_comparison import courses_for, explore
from results.exploring.provenance import origins
from results.words.sentence import Speaker
from scenarios import ScenarioError
from scenarios.reading.layers import FILES
from scenarios.reading.posterior_file import posterior_of
from tests.browser.live import LivePage, numbers_of

SAY = Speaker()
KEEPING = """
window.kept = [];
const address = URL.createObjectURL;
URL.createObjectURL = (blob) => {if (blob.type === 'application/toml') kept.push(blob.text()); return address(blob)}
HTMLAnchorElement.prototype.click = () => {}
"""
"""From then on what the page saves goes nowhere, and its scenarios can be asked for."""
SHOWN = """
const all = (where, of = document) => [...of.querySelectorAll(where)]
const inside = (of, where) => all(where, of).map((one) => one.textContent)
const texts = (where) => inside(document, where)
document.getElementById('tab-origins').click()
return {
  verdict: texts('#live-verdict'), reasons: texts('#live-reasons li'), sentences: texts('#live-sentences p'),
  notes: texts('#live-notes li'),
  names: [texts('#live-baseline')[0], texts('.live-key .live-this-name')[0]],
  words: all('#live-differences tr[data-outcome]').map((row) => [row.dataset.outcome, ...inside(row, 'th, .words')]),
  charts: all('.live-chart').map((one) => [one.dataset.outcome, one.querySelector('svg').getAttribute('aria-label')]),
  changed: all('.live-changed').map((one) => inside(one, 'code, span, dd')),
  concerned: all('.live-assumption').map((one) => [one.dataset.id, ...inside(one, '.live-badge, p').slice(0, 2)]),
  repeat: texts('#panel-origins > p'), command: texts('#live-command')[0],
}
"""


def answer_of(asked: Asked) -> Explored | tuple[str, ...]:
    """What Python says: an answer, or every fault, without the option that the command line names before it."""
    try:
        return explore(asked)
    except ScenarioError as error:
        return tuple(re.sub(r"^--set \S*: |(?<=\d)\.0(?=:)", "", fault) for fault in error.faults)


def unlike(page: LivePage, found: Explored) -> Iterator[tuple[str, Any, Any]]:
    """What differs between an answer on a page and Python's: what, there, here."""
    shown = page.script(SHOWN)
    known = origins(found)
    courses = courses_for(found)
    both = [courses[one.name] for one in (found.base, found.this)]
    lines = (*found.lines(), *found.costs())
    decision = found.decision
    here = {
        "verdict": [SAY.whole(decision.verdict) if decision else ""],
        "reasons": [SAY.whole(one) for one in decision.reasons] if decision else [],
        "sentences": list(found.sentences),
        "notes": list(found.notes),
        "names": [found.base.name, found.this.name],
        "words": [[line.outcome, line.label, line.words] for line in lines],
        "charts": [
            [name, in_words(found, name, *(one[name].mean.tolist() for one in both))] for name in (*FIRST, THIRD)
        ],
        "changed": [
            [
                one.key,
                f"{one.text} ({one.unit})",
                *(
                    f"{_short(one.key, value)} {source}"
                    for value, source in ((one.base, one.base_source), (one.this, one.this_source))
                ),
            ]
            for one in known.changed
        ],
        "concerned": [[one.id, one.known, one.lesson] for one in known.concerned],
        "command": known.command,
    }
    for what, python in here.items():
        if shown[what] != python:
            yield what, shown[what], python
    for what, text in (("luck", known.luck), ("parameters", known.parameters)):
        if text not in shown["repeat"]:
            yield what, shown["repeat"], text
    if (numbers := page.numbers()) != numbers_of(found):
        yield "numbers", numbers, numbers_of(found)


def _short(key: str, value: str) -> str:
    """A page says nothing of the folders of who wrote it."""
    return Path(value).name if key in FILES else value


def unlike_saved(page: LivePage, found: Explored, folder: Path) -> Iterator[tuple[str, Any, Any]]:
    """What differs between a scenario that the page saves, read again, and Python's; members lie in `folder`."""
    page.script(KEEPING)
    for button, mine in (("plan", found.this), ("baseline", found.base)):
        page.press(f"#live-save-{button}")
        text = page.driver.execute_async_script("const done = arguments[0]; kept.at(-1).then(done)")
        file = folder / f"{mine.name}.toml"
        before = file.read_text(encoding="utf-8") if file.exists() else None
        file.write_text(text, encoding="utf-8")
        try:
            again = scenarios.load(file, (), posterior_of(found.asked.posterior))
        except ScenarioError as error:
            yield f"saved {button}", str(error), mine.name
            continue
        finally:
            file.unlink() if before is None else file.write_text(before, encoding="utf-8")
        for what in ("name", "title", "question", "observed"):
            if getattr(again, what) != getattr(mine, what):
                yield f"saved {button}: {what}", getattr(again, what), getattr(mine, what)
        if scenarios.fingerprint(again) != scenarios.fingerprint(mine):
            one, other = scenarios.to_dict(again), scenarios.to_dict(mine)
            yield (
                f"saved {button}",
                {key: one[key] for key in one if one[key] != other[key]},
                {key: other[key] for key in one if one[key] != other[key]},
            )
