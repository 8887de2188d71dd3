"""What each lever and each uncertain parameter does over its range, drawn and tabled: `make levers`.

    python -m benchmarks.levers [--replicates 300] [--elsewhere 100] [--docs docs]

Every key is varied alone in SALEX, over the range worth trying (its prior). Replicates are paired, and effects are in
standard deviations between replicates (Cohen's d). A key whose mechanism is off in SALEX is drawn with the mechanism
on, at the middle of its range. What does next to nothing in SALEX is tried at both ends of its range in the rest of the
library too. The same numbers whenever it is run with the same code: seed 1.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import scenarios
from benchmarks.lever_effects import STEPS, Curve, Measured, keys_worth_trying, label, mechanism_on
from benchmarks.lever_pictures import draw
from scenarios import KEYS
from scenarios.reading.idle_values import without_effect

LEAD = "salex"
HARDLY = 0.1
"""Standard deviations below which an effect is next to nothing: the means of two groups of 1,570 networks would have to
be compared to notice it in 80 of 100 cases (two-sided, 5 %)."""
BEGIN, END = "<!-- levers -->", "<!-- end -->"

_PRACTICE = "acts on practice alone, as it should: practice leads to nothing else"
_SPREAD = "it spreads members around the same mean: what some have less of, others have more of"
_EVEN = "some ties decay faster and others more slowly: over all of them the changes nearly cancel"
_OWN = "what members spend of their own is no cost to the funder, and decides nothing"
_LATER = "read at the closing, which comes before it"
_REFERENCE = "the grants of the library are the reference grant, which does the same whatever the elasticity"
_LEAVES = (
    "before the closing no member's engagement stays below leave_below for so long, and after it nobody leaves for "
    "want of engagement"
)
_CANCELS = "a third of representatives fits better early, a third later, a third always by half: the changes cancel"
WHY: dict[str, tuple[str, str]] = {
    "behaviour.decay_spread": (_EVEN, "none"),
    "costs.member_attendance": (_OWN, "none"),
    "costs.member_work": (_OWN, "none"),
    "members.need_spread": (_SPREAD, "none"),
    "members.engagement_spread": (_SPREAD, "none"),
    "behaviour.ageing": (
        "decay is 2 % a month, shared contacts prevent most of it, and in 25 months age divides it by 1.24 at the most",
        "none: it counts in networks that last",
    ),
    "behaviour.event_decay": (
        "ties from convenings alone have little trust, and members ask those they trust",
        "none: it counts for who knows whom",
    ),
    "behaviour.trust_application": ("applications are few beside ties", "none"),
    "behaviour.trust_work": ("partners trust each other already when they begin", "none"),
    "behaviour.yes_cold": ("both must say yes without trust, and over most of the range they hardly ever do", "none"),
    "behaviour.grant_end_hazard": (
        "the grants of two of the four calls end before the closing, and trust protects what they paid for",
        "none",
    ),
    "behaviour.end_disengagement": (
        "it counts from .6 on, and engagement is not far from .6 up to the closing",
        "none",
    ),
    "behaviour.steward_size": ("size counts against 20 members, and SALEX has 22", "none"),
    "behaviour.steward_intensity": (
        "members meet without a steward, too: with a contact_rate of .02 it moves legacy by .05, not .03",
        "none",
    ),
    "behaviour.fit_rate": ("fit counts for coming to convenings and sessions, and for nothing else", "none"),
    "behaviour.renewal_chance": ("two champions are heard once each: at .1 a fifth of the networks is renewed", "none"),
    "behaviour.grant_strength": (_REFERENCE, "none"),
    "behaviour.practice_gain": (_PRACTICE, "none"),
    "behaviour.practice_evidence": (_PRACTICE, "none"),
    "behaviour.practice_improved": (_PRACTICE, "none"),
    "closing.follow_up": (_LATER, "none"),
    "closing.renewal_months": (_LATER + "; at most 4 of 100 networks are renewed", "none"),
    "behaviour.leave_patience": (_LEAVES, "with leave_below"),
    "behaviour.leave_chance": (_LEAVES, "with leave_below"),
    "behaviour.translation_chance": (
        "evidence appears 9 months after the work and is translated 18 months after that: month 28 at the earliest, "
        "and SALEX is read in month 25",
        "read translation at the end of the follow-up, or translation_lag 12",
    ),
    "behaviour.award_focus": (
        "few pairs apply beyond the grants of a call, and focus changes who is funded, not how many",
        "none: it is about who is funded",
    ),
    "behaviour.funded_hazard": ("trust protects: few funded collaborations end before their grant does", "none"),
    "behaviour.relational_months": (_CANCELS, "shares of the kinds of representatives as values of a scenario"),
    "behaviour.champion_engaged": (
        "with two champions and a chance of .02 each, at most 4 of 100 networks are renewed",
        "none",
    ),
}
"""Why a key does next to nothing in SALEX, where no other value keeps it from it, and what is proposed."""


def measured(replicates: int, said: Callable[[str], object]) -> tuple[dict[str, Curve], dict[str, Curve]]:
    """Curves of every key in SALEX: as it is, and with the key's own mechanism on where that is off."""
    salex, plain, drawn = Measured(LEAD, replicates), {}, {}
    for key in keys_worth_trying():
        as_it_is = salex.curve(key, {}, STEPS)
        setting = mechanism_on(salex.scenario, key.key)
        switched = salex.curve(key, setting, STEPS) if setting else None
        if as_it_is is not None:
            plain[key.key] = as_it_is
        if (best := switched or as_it_is) is not None:
            drawn[key.key] = best
            said(f"{key.key}: {best.largest[0]:.2f} ({best.largest[1]})")
    return plain, drawn


def elsewhere(keys: Sequence[str], replicates: int, said: Callable[[str], object]) -> dict[str, tuple[float, str, str]]:
    """Where in the rest of the library keys act most, at the ends of their ranges: effect, outcome, scenario."""
    best: dict[str, tuple[float, str, str]] = dict.fromkeys(keys, (0.0, "", ""))
    for name in scenarios.names():
        if name == LEAD:
            continue
        runs = Measured(name, replicates)
        for key in keys:
            curve = runs.curve(KEYS[key], {}, 2)
            if curve is not None and curve.largest[0] > best[key][0]:
                best[key] = (*curve.largest, name)
        said(f"{name}: done")
    return best


def table(plain: Mapping[str, Curve], drawn: Mapping[str, Curve], others: Mapping[str, tuple[float, str, str]]) -> str:
    """The keys that do next to nothing in SALEX, why, and what is proposed."""
    idle = without_effect(scenarios.load(LEAD, posterior=None))
    lines = [
        "| key | effect in SALEX | with its mechanism on | elsewhere in the library | why | proposal |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for key in others:
        size, outcome = plain[key].largest
        here = f"{size:.2f} ({outcome})" if size >= 0.005 else _only(plain[key].moves)
        on = "-"
        if drawn[key].setting:
            changed = ", ".join(f"`{name} = {label(value)}`" for name, value in drawn[key].setting.items())
            on = f"{drawn[key].largest[0]:.2f} ({drawn[key].largest[1]}), {changed}"
        effect, what, where = others[key]
        there = f"{effect:.2f} ({what}), {where}" if effect >= 0.005 else "nothing"
        why, proposal = WHY.get(key, (idle.get(key, ""), ""))
        if not why:
            why = "its mechanism is off in SALEX" if drawn[key].setting else "-"
        lines.append(f"| `{key}` | {here} | {on} | {there} | {why} | {proposal or '-'} |")
    return "\n".join(lines) + "\n"


def _only(moves: Sequence[str]) -> str:
    if not moves:
        return "nothing moves"
    few = ", ".join(moves[:3]) + (" and others" if len(moves) > 3 else "")
    return f"none on the main outcomes; moves {few}"


def write(page: Path, text: str) -> None:
    """Put the table into the page, between its marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, draw, and fill in the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=300, help="networks for each value in SALEX")
    parser.add_argument("--elsewhere", type=int, default=100, help="the same in the rest of the library")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder of the page levers.md and its figures")
    asked = parser.parse_args(arguments)

    def said(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    plain, drawn = measured(asked.replicates, said)
    quiet = [key for key, curve in plain.items() if curve.largest[0] < HARDLY]
    text = table(plain, drawn, elsewhere(quiet, asked.elsewhere, said))
    print(text)
    draw(list(drawn.values()), asked.docs / "figures")
    write(asked.docs / "levers.md", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
