"""The page of `legato explore`: what one scenario changes against another, with levers to move, in one file."""

from dataclasses import replace
from math import isnan

import scenarios
from results.comparing import tables
from results.comparing.choosing_scenarios import load
from results.estimates.comparison import Estimate
from results.exploring.explored import Asked, Explored
from results.exploring.live_comparison import as_given, explore
from results.exploring.live_page import live_part
from results.exploring.own_engines import engines_for
from results.exploring.page_data import Opening, Plan
from results.pages.html import page
from results.pages.spoken import spoken_table
from results.pages.structure import Brief, Paragraph, Points, Rows, Section, speaker_of
from results.words.currency import amounts_in
from results.words.heading import Heading
from results.words.headlines import COST, LEGACY, RATE
from results.words.numbers import scaled
from results.words.plan_names import title_of
from results.words.sentence import Num, Speaker, Words, named, sentence, told
from results.words.table import Table
from results.words.varying import own_rules_words
from scenarios import ScenarioError
from scenarios.reading.one_currency import in_one_currency
from scenarios.reading.posterior_file import SHIPPED_NAME, posterior_of
from simulation.outcomes import Scale, outcome_named

FIRST = (RATE, LEGACY, COST)
"""What a page says at once of a scenario: who collaborates, what survives, what it costs."""


def explore_page(asked: Asked, heading: Heading) -> str:
    """The page as HTML; whatever somebody else may have written is escaped.

    Raises:
        ScenarioError: with every fault of the two scenarios.
        StaleError: if the engine for pages was built of other rules.
    """
    found = explore(asked)
    currency = found.this.costs.currency
    with amounts_in(currency):
        return _page_of(asked, found, heading.of_scenario(currency))


def _page_of(asked: Asked, found: Explored, heading: Heading) -> str:
    plans = plans_of(asked)
    names = [plan.scenario.name for plan in plans]
    opening = Opening(
        plan=names[0], baseline=names[0] if asked.baseline == asked.this else names[1], seed=asked.seed,
        networks=asked.replicates, posterior=asked.posterior, settings=asked.settings, fixed=asked.posterior is None,
    )  # fmt: skip
    both, speaker = (found.this, found.base), speaker_of(heading)
    own = engines_for([plan.scenario for plan in plans])
    assert own is not None, "whoever asks for the page has built them"
    ruled = own_rules_words([plan.scenario for plan in plans if plan.scenario.name in (opening.plan, opening.baseline)])
    notes = (*found.notes, *filter(None, [ruled]))
    brief = Brief(
        title=heading.title or _title(found),
        heading=heading,
        questions=tuple(dict.fromkeys(speaker.say(named("scenario.question", one.question)) for one in both)),
        first=tuple(Paragraph(one, leads=True) for one in _answer(found)),
        sections=(Section("numbers", (_numbers(found, speaker),)), Section("sure", (Points(notes),))),
    )
    return page(brief, live=live_part(plans, opening, speaker, replace(own, said=ruled)))


def plans_of(asked: Asked) -> list[Plan]:
    """The scenarios to choose from: what was named on the command line, then the library.

    Parameters vary in all of them, so that whoever fixed them at first may let them vary.
    """
    given = dict.fromkeys((asked.this.given, asked.baseline.given))
    known = posterior_of(asked.posterior or SHIPPED_NAME)
    chosen = in_one_currency([load(one, asked.settings, known) for one in given])
    found = [Plan(scenario, one, as_given(one)) for scenario, one in zip(chosen, given, strict=True)]
    there = {plan.scenario.name for plan in found}
    for name in scenarios.names():
        if name not in there:
            try:
                _, scenario = in_one_currency([chosen[0], load(name, asked.settings, known)])
                found.append(Plan(scenario, name, scenarios.load(name)))
            except ScenarioError:  # what was set, or the currency, does not go together with it; nobody asked for it
                continue
    return found


def _title(found: Explored) -> Words:
    return title_of(found.base) if found.decision is None else found.decision.title


def _answer(found: Explored) -> tuple[str, ...]:
    """The answer as the page is made, for who cannot or will not compute."""
    if found.differ:
        return found.sentences
    of = found.comparison.estimates[found.base.name]
    said = [_level(f"live.first.{outcome}", of[outcome], outcome_named(outcome).scale) for outcome in FIRST]
    return tuple(one for one in said if one)


def _level(of: str, one: Estimate, scale: Scale) -> str:
    """How much of something there is on average, and in one network; "" where there is none of it."""
    if isnan(one.mean):
        return ""
    ends = {"mean": one.mean, "low": one.spread_low, "high": one.spread_high}
    return told(of, **{name: Num(scaled(end, scale)) for name, end in ends.items()})


def _numbers(found: Explored, speaker: Speaker) -> Rows:
    if not found.differ:
        table = tables.run_table(found.comparison.estimates[found.base.name])
        return Rows(spoken_table(table, speaker), sentence("table.main"))
    first, *last = (speaker.say(sentence(f"live.{name}")) for name in ("outcome", "difference", "in_words"))
    header = (first, found.base.name, found.this.name, *last)
    rows = tuple((one.label, one.base, one.this, one.difference, one.words) for one in (*found.lines(), *found.costs()))
    table = Table("", header, rows, frozenset({1, 2, 3}))
    return Rows(spoken_table(table, speaker), sentence("live.differences"))
