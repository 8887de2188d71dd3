"""A recorded run of levers moved by chance: what the page with levers shows, beside what Python says of the same.

    python -m benchmarks.fuzz_page [SETTINGS [SEED]]      make fuzz-page

Pages of SALEX, of a scenario with members from files, who join, leave and are introduced, of a network as it stands
today, and of one with `--set` and a posterior of its own are written once. Each setting opens one of them in Chromium
by a link: a scenario, a baseline, up to five levers moved within what is allowed, one in eight a little beyond, luck, 2
to 60 networks, fixed parameters or not. Numbers, sentences, notes, the verdict, charts in words, origins and the
command, refusals, and both scenarios saved and read again must be those of Python. Whatever differs is printed; the
exit code is then 1.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import scenarios
from results.commands.explore import Explore
from results.exploring.explored import Asked, Variant
from results.exploring.levers import Lever, levers, moves
from results.exploring.live_comparison import scenarios_of
from scenarios.reading.posterior_file import shipped_posterior, write_posterior
from tests.browser.chromium import chromium
from tests.browser.live import LivePage
from tests.browser.twin import answer_of, unlike, unlike_saved

SETTINGS, SEED = 60, 1
BEYOND = 0.125
"""Share of values that may not stand."""
MEMBERS = """name,interests,region,size,need,champion,joins,leaves
Alder,housing:2;literacy,Asia,small,0.3,no,,
"Hub, The",literacy,Europe,large,,yes,,20
=Iroko,leadership;housing,Africa,medium,0.7,no,,
東京,numeracy,Asia,,,no,,
Élan "East",numeracy;leadership,Europe,,0.1,no,4,
Fjord & Söhne,housing,Africa,,,no,7,30
Guava,literacy;numeracy,Asia,,,yes,,
"""
TIES = 'from,to,strength\nAlder,Guava,0.8\nAlder,"Hub, The",0.3\n=Iroko,東京,0.5\n'
INTRODUCTIONS = "month,from,to\n2,Alder,東京\n5,Guava,=Iroko\n"
TODAY = "from,to,strength,month\nAlder,Guava,0.8,2\nAlder,=Iroko,0.4,6\n"
WORKS = "from,to,began,ended\nAlder,Guava,3,\nAlder,=Iroko,4,7\n"


@dataclass(frozen=True)
class Made:
    """A page that was written."""

    file: Path
    this: str
    baseline: str
    posterior: str | None = "shipped"
    settings: tuple[str, ...] = ()

    @property
    def plans(self) -> dict[str, str]:
        """What its scenarios are called, and how a command names them."""
        own = {scenarios_of(self.asked(Variant(one), Variant(one)))[1].name: one for one in (self.this, self.baseline)}
        return own | {name: name for name in scenarios.names() if name not in own}

    def asked(self, this: Variant, baseline: Variant, seed: int = 1, networks: int = 2, fixed: bool = False) -> Asked:
        """What Python is asked."""
        return Asked(this, baseline, seed, networks, None if fixed else self.posterior, self.settings)


def pages(folder: Path) -> list[Made]:
    """Write the pages."""
    texts = {
        "members.csv": MEMBERS,
        "ties.csv": TIES,
        "introductions.csv": INTRODUCTIONS,
        "ties-today.csv": TODAY,
        "works.csv": WORKS,
        "mine.toml": 'extends = "salex"\ntitle = "Mine"\nquestion = "What?"\n[members]\nfile = "members.csv"\n'
        'ties = "ties.csv"\nintroductions = "introductions.csv"\n',
        "today.toml": 'extends = "mine.toml"\ntitle = "Mine today"\nquestion = "What next?"\n[network]\ntoday = 9\n'
        '[members]\nties = "ties-today.csv"\ncollaborations = "works.csv"\nintroductions = ""\n',
        "own.csv": write_posterior(shipped_posterior()),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    mine, today, own = (str(folder / name) for name in ("mine.toml", "today.toml", "own.csv"))
    of = (
        Made(folder / "salex.html", "salex", "abrupt-closing"),
        Made(folder / "mine.html", mine, "salex"),
        Made(folder / "today.html", today, f"{today}: closing.month=20"),
        Made(
            folder / "set.html", "salex: grants.per_call=2", "salex", own, ("network.joining=0.2", "closing.notice=4")
        ),
    )
    for one in of:
        Explore(
            one.this, baseline=one.baseline, settings=one.settings, posterior=one.posterior, replicates=2, out=one.file
        ).answer()
    return list(of)


def moved(chance: random.Random, lever: Lever) -> object:
    """A value of a lever."""
    if lever.kind == "yes":
        return chance.random() < 0.5
    if lever.word and chance.random() < 0.2:
        return lever.word
    low, high = (lever.least, lever.most) if chance.random() < BEYOND else (lever.low, lever.high)
    if chance.random() < BEYOND:
        low, high = low - 1, high + (high - low) / 50 + 1
    if lever.kind == "whole":
        return chance.randint(int(low), int(min(high, 300) if lever.key.startswith("network.m") else high))
    return round(chance.uniform(low, high), chance.choice([0, 1, 3, 9]))


def setting(chance: random.Random, made: Made) -> tuple[dict[str, Any], Asked]:
    """A link's parts, and the same for Python."""
    plans = made.plans
    parts: dict[str, Any] = {}
    variants = []
    for name, ahead, least in (("plan", "", 1), ("baseline", "baseline.", 0)):
        first = list(plans)[0 if name == "plan" else len({made.this, made.baseline}) - 1]
        plan = parts[name] = chance.choice([first, first, *plans])
        at, _ = scenarios_of(made.asked(Variant(plans[plan]), Variant(plans[plan])))
        some = levers(at)
        values = {
            lever.key: moved(chance, lever)
            for lever in chance.sample(some, chance.randint(least, 5) if least or chance.random() < 0.3 else 0)
        }
        for key, value in values.items():
            parts[ahead + key] = str(value).lower() if isinstance(value, bool) else value
        variants.append(Variant(plans[plan], moves(values, at)))
    seed, networks, fixed = chance.randrange(2**32), chance.randint(2, 60), chance.random() < 0.3
    parts |= {"seed": seed, "networks": networks, "fixed": str(fixed).lower()}
    return parts, made.asked(variants[0], variants[1], seed, networks, fixed)


def differences(driver: Any, made: Made, parts: dict[str, Any], asked: Asked) -> Iterator[tuple[str, Any, Any]]:
    """What differs."""
    page = LivePage(driver, made.file, urlencode(parts))
    found = answer_of(asked)
    if isinstance(found, tuple):
        if page.state != "refused" or set(page.text("#live-said").split("\n")) != set(found):
            yield "refused", (page.state, page.text("#live-said")), "\n".join(found)
    elif page.state != "answered":
        yield "answered", (page.state, page.text("#live-said")), ""
    else:
        if "left out" in (said := page.text("#live-said")):
            yield "link", said, ""
        yield from unlike(page, found)
        yield from unlike_saved(page, found, made.file.parent)
    for fault in page.faults():
        yield "console", fault, ""


def main() -> None:
    """Try them, and print what differs."""
    count, seed = (*map(int, sys.argv[1:]), SETTINGS, SEED)[:2] if len(sys.argv) != 2 else (int(sys.argv[1]), SEED)
    became: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made = pages(folder)
        for driver in chromium(folder):
            for number in range(count):
                chance = random.Random(f"{seed} {number}")
                parts, asked = setting(chance, one := chance.choice(made))
                some = list(differences(driver, one, parts, asked))
                became["different" if some else "alike"] += 1
                for what, there, here in some:
                    became[what] += 1
                    link = f"{one.file.name}#{urlencode(parts)}"
                    print(f"{number} {link}\n  {what}\n    page:   {there}\n    Python: {here}", flush=True)
    print(", ".join(f"{name}: {times}" for name, times in became.items()))
    sys.exit(1 if became["different"] else 0)


if __name__ == "__main__":
    main()
