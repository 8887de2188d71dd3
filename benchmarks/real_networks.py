"""Real networks over time, against what the model predicts: `make real-networks`.

    python -m benchmarks.real_networks [--networks N] [--page docs/real-networks.md] [NAME...]

The data are not part of the project; docs/real-networks.md says where they come from. They are looked for in the folder
that LEGATO_DATA names, or in ../shared/data beside the project. Every wave is predicted from the one before it, by the
model as it ships, with its posterior, as `legato check FOLDER` does it; once with reports taken for exact, once with
the errors of reports learned from the survey. Nothing is tuned.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import networkx as nx
import numpy as np

from benchmarks.real_members import HEAD, by_member
from results.checking.skill import Margin, PairSkill, pair_skill
from results.checking.stacking import best_weight, stacked, told_in
from results.checking.survey_fit import Fit, fit
from results.estimates.scores import log_score
from results.studies.baselines import BASELINES, TOLD_THE_TOTALS, fitted_without, knowing_the_totals
from results.studies.choosing_studies import studies_of
from results.studies.learned_reporting import learn_reporting
from results.studies.rival import RIVAL, Gap, Rival, gap_in, rival_chances
from results.studies.rival_fitting import fit_rival
from results.studies.surveys import Surveyed, read_surveys
from scenarios.reading.posterior_file import posterior_of

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("LEGATO_DATA", ROOT.parent / "shared" / "data"))
SEED = 1
BEGIN, END = "<!-- real networks -->", "<!-- end -->"
SURVEYS = ("nfdi", "kapferer-social", "kapferer-work", "burkhardt", "burkhardt2", "burkhardt-strong")
GRANTS = {"rcna-before": (2006, 2007, 2008, 2009), "rcna-after": (2009, 2010, 2011, 2012)}
FIRST_YEAR = 2006
FAMILIES = ("nfdi", "kapferer", "burkhardt", "rcna")
"""Data of one network: a rule that is fitted on other networks is not fitted on these."""
SHORT = {
    "no_change": "nothing changes",
    "rates": "rates",
    "partners": "partners",
    "degree": "degrees",
    "interest": "interests",
    "logistic": "logistic",
    RIVAL: "rival",
}
RULES = (*BASELINES, RIVAL)
AGAIN = ("burkhardt2",)
"""Waves that are in another survey as well: nothing is fitted on them twice."""


@dataclass(frozen=True, eq=False)
class Predicted:
    """A network's waves as they were predicted, with reports read in one way."""

    name: str
    reports: str
    survey: Surveyed
    fit: Fit


def main(arguments: Sequence[str] | None = None) -> int:
    """Predict the waves of every network, print the tables, and write them into a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, help="simulated for each wave; as many as a check takes if left out")
    parser.add_argument("--page", type=Path, help="page whose tables are made again")
    parser.add_argument("names", nargs="*", help=f"networks; all if left out: {', '.join((*SURVEYS, *GRANTS))}")
    parser.add_argument("--rival", action="store_true", help="print the rival's coefficients and the weight to ship")
    asked = parser.parse_args(arguments)
    names = asked.names or (*SURVEYS, *GRANTS)
    if not (DATA / "waves").is_dir():
        print(f"The real networks are not in {DATA}. docs/real-networks.md says where they are published: put them "
              "there, or name their folder in LEGATO_DATA.")  # fmt: skip
        return 0
    if strange := [name for name in names if name not in (*SURVEYS, *GRANTS)]:
        print(f"no such network: {', '.join(strange)}; there are {', '.join((*SURVEYS, *GRANTS))}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        everything = {name: _read(name, Path(folder)) for name in (*SURVEYS, *GRANTS)}
        found = []
        for name in names:
            for one in _predicted(name, everything, asked.networks):
                print(_line(one), flush=True)
                found.append(one)
    tables = "\n\n".join(
        [
            _verdict_table(found),
            _pair_table(found),
            _member_table(found),
            _stack_table(found, everything),
            _rate_table(found),
        ]
    )
    print(tables)
    if asked.rival:
        rival = fit_rival(_gaps(everything))
        print(f"forming {rival.forming}\nending {rival.ending}\nfitted on {rival.source}")
        print(f"weight of Legato {_weight(found, everything, ())}")
    if asked.page:
        text = asked.page.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        asked.page.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")
    return 0


def _read(name: str, folder: Path) -> Surveyed:
    """One network with its waves; joint grants of a year are written as a survey into `folder` first."""
    where = DATA / "waves" / name if name in SURVEYS else _grants(name, folder / name)
    (found,) = read_surveys(studies_of(str(where), ()))
    return found


def _grants(name: str, folder: Path) -> Path:
    """Who has had a joint grant with whom so far, of the researchers that had any grant in each of four years.

    The data tell new grants of a year, hardly ever of a pair that has one; so they are added up from the first year on.
    """
    folder.mkdir()
    years = GRANTS[name]
    graphs = [nx.read_graphml(DATA / "rcna" / f"{year}.graphml") for year in years]
    earlier = [nx.read_graphml(DATA / "rcna" / f"{year}.graphml") for year in range(FIRST_YEAR, years[0])]
    people = [{str(data["name"]): str(data["department"]) for _, data in graph.nodes(data=True)} for graph in graphs]
    always = sorted(set.intersection(*(set(one) for one in people)), key=int)
    rows = [f"r{who},{people[0][who].replace(',', ' ').replace(';', ' ') or 'none'}" for who in always]
    (folder / "members.csv").write_text("name,interests\n" + "\n".join(rows) + "\n", encoding="utf-8")
    kept = set(always)
    ties = ["month,from,to,level"]
    pairs: set[tuple[str, str]] = set()
    for wave, graph in enumerate([*earlier, *graphs], start=-len(earlier)):
        name_of = {node: str(data["name"]) for node, data in graph.nodes(data=True)}
        edges = ((name_of[one], name_of[other]) for one, other in graph.edges() if one != other)
        pairs |= {(min(edge), max(edge)) for edge in edges}
        for one, other in sorted(pairs) if wave >= 0 else ():
            if one in kept and other in kept:
                ties += [f"{12 * wave},r{one},r{other},1", f"{12 * wave},r{other},r{one},1"]
    (folder / "ties.csv").write_text("\n".join(ties) + "\n", encoding="utf-8")
    intensity = 0.0 if name == "rcna-before" else 0.5
    (folder / "observed.toml").write_text(
        f'title = "Joint grants, {years[0]} to {years[-1]}"\nscenario = "salex"\nsource = "rcna"\n[setting]\n'
        f'facilitation.intensity = {intensity}\ngrants.per_call = 0\nclosing.month = "never"\nnetwork.months = 36\n'
        '[waves]\nlevels = [0, 0.5]\ntied_from = 0.2\nasks = "ever"\n',
        encoding="utf-8",
    )
    return folder


def _family(name: str) -> str:
    """Which network the data are of."""
    return next(family for family in FAMILIES if name.startswith(family))


def _gaps(everything: dict[str, Surveyed]) -> dict[str, list[Gap]]:
    """Network -> its pairs of waves, each once."""
    found: dict[str, list[Gap]] = {family: [] for family in FAMILIES}
    for name, one in everything.items():
        if name not in AGAIN:
            waves = range(1, len(one.waves.months))
            found[_family(name)] += [gap_in(one.waves, wave, wave - 1, one.study.scenario) for wave in waves]
    return found


def _predicted(name: str, everything: dict[str, Surveyed], networks: int | None) -> Iterator[Predicted]:
    """Its waves, with reports as exact and with their errors learned; where both sides always agree, once."""
    one = everything[name]
    gaps = _gaps(everything)
    logistic = fitted_without({family: [gap.seen for gap in mine] for family, mine in gaps.items()}, _family(name))
    rival = fit_rival({family: mine for family, mine in gaps.items() if family != _family(name)})
    ways = [("exact", one)]
    learned = learn_reporting(one.waves)
    if one.waves.asks == "now" and not learned.is_exact:
        ways.append(("learned", replace(one, waves=replace(one.waves, reporting=learned))))
    posterior = posterior_of("shipped")
    for reports, survey in ways:
        began = perf_counter()
        fitted = fit(
            survey.scenario(posterior), survey.waves, seed=SEED, networks=networks, logistic=logistic, rival=rival
        )  # fmt: skip
        print(f"{name}, {reports}: {perf_counter() - began:.0f} s", file=sys.stderr)
        yield Predicted(name, reports, survey, fitted)


def _line(one: Predicted) -> str:
    wrong = sum(statistic.verdict == "contradicted" for statistic in one.fit.statistics)
    return f"{one.name}, reports {one.reports}: contradicted in {wrong} of {len(one.fit.judged)} statistics judged"


def _verdict_table(found: Sequence[Predicted]) -> str:
    head = _head("network", "members>", "waves>", "reports", "contradicted", "not judged>", "in which")
    rows = []
    for one in found:
        wrong = [statistic for statistic in one.fit.statistics if statistic.verdict == "contradicted"]
        which = ", ".join(dict.fromkeys(statistic.name.replace("_", " ") for statistic in wrong)) or "-"
        members, waves = len(one.survey.waves.roster.names), len(one.survey.waves.months)
        judged, unjudged = len(one.fit.judged), len(one.fit.statistics) - len(one.fit.judged)
        rows.append(
            f"| {one.name} | {members} | {waves} | {one.reports} | {len(wrong)} of {judged} | {unjudged} | {which} |"
        )
    return "\n".join([head, *rows])


def _pair_table(found: Sequence[Predicted]) -> str:
    head = _head(
        "network, month", "reports", "skill, pairs (95 %)", "against rules made beforehand", "knowing the totals",
        "against nothing changes", "skill, statistics (95 %)", "AUC of Legato>",
        *(f"{SHORT[name]}>" for name in RULES), "AUC, new ties: Legato>", "best rule",
    )  # fmt: skip
    rows = []
    for one in found:
        for wave in one.fit.skill:
            pairs, pooled = wave.pairs, wave.pooled
            if pairs is None:
                continue
            forming = {name: rule.auc_forming for name, rule in pairs.rules.items()}
            best = max(forming, key=lambda name: -1 if np.isnan(forming[name]) else forming[name])
            nothing, beforehand = pairs.margins["no_change"], pairs.margins[pairs.beforehand]
            rows.append(
                f"| {one.name}, {wave.month} | {one.reports} | {_margin(pairs.skill)} | {_margin(beforehand)} | "
                f"{_margin(_knowing(pairs))} | {_margin(nothing)} | "
                f"{_margin(pooled.skill) if pooled else '-'} | {pairs.model.auc:.2f} | "
                + " | ".join(f"{pairs.rules[name].auc:.2f}" for name in RULES)
                + f" | {pairs.model.auc_forming:.2f} | {SHORT[best]} {forming[best]:.2f} |"
            )
    return "\n".join([head, *rows])


def _knowing(pairs: PairSkill) -> Margin:
    """Skill of Legato's chances, if they knew the totals, against the best of the rules that do."""
    chance = knowing_the_totals(pairs.chance, pairs.seen, pairs.networks)
    knowing = pair_skill(pairs.month, pairs.seen, chance, pairs.networks, seed=SEED)
    return knowing.margins[min(TOLD_THE_TOTALS, key=lambda name: (knowing.rules[name].brier, name))]


def _member_table(found: Sequence[Predicted]) -> str:
    rows = [
        f"| {one.name}, {wave.month} | {one.reports} | "
        + " | ".join("-" if np.isnan(of) else f"{of:.2f}" for of in by_member(wave.pairs))
        + " |"
        for one in found
        for wave in one.fit.skill
        if wave.pairs is not None
    ]
    return "\n".join([_head("network, month", "reports", *HEAD), *rows])


def _weight(found: Sequence[Predicted], everything: dict[str, Surveyed], without: Sequence[str]) -> float:
    """The weight of Legato beside the rival by networks that are not left out, each counting the same.

    Each of them is predicted by a rival that was fitted neither on it nor on those left out.
    """
    gaps = _gaps(everything)
    told = []
    for family in FAMILIES:
        mine = [
            one for one in found if _family(one.name) == family and one.reports == "exact" and one.name not in AGAIN
        ]
        if family in without or not mine:
            continue
        rival = fit_rival({name: waves for name, waves in gaps.items() if name not in (family, *without)})
        told.append([told_in(again) for one in mine for again in _again(one, everything[one.name], rival)])
    return best_weight(told)


def _again(one: Predicted, survey: Surveyed, rival: Rival) -> Iterator[PairSkill]:
    """Legato's predictions of pairs in each wave, beside those of another rival."""
    for wave, skill in enumerate(one.fit.skill, start=1):
        if skill.pairs is not None:
            gap = gap_in(survey.waves, wave, wave - 1, survey.study.scenario)
            yield replace(skill.pairs, given={RIVAL: rival_chances(rival, gap)})


def _stack_table(found: Sequence[Predicted], everything: dict[str, Surveyed]) -> str:
    head = _head(
        "network, month", "reports", "Legato against the rival (95 %)", "log score: Legato>", "rival>", "mixed>",
        "weight of Legato>", "chosen by",
    )  # fmt: skip
    rows = []
    weights = {family: _weight(found, everything, [family]) for family in {_family(one.name) for one in found}}
    for one in found:
        earlier: list[PairSkill] = []
        for wave in one.fit.skill:
            if (pairs := wave.pairs) is None:
                continue
            stack = stacked(pairs, earlier, weights[_family(one.name)], SEED)
            earlier.append(pairs)
            asked = pairs.seen.asked
            rival = log_score(pairs.given[RIVAL][asked], pairs.seen.now[asked], pairs.networks).mean()
            chosen = f"{stack.waves} earlier" if stack.waves else "other networks"
            rows.append(
                f"| {one.name}, {wave.month} | {one.reports} | {_margin(pairs.margins[RIVAL])} | "
                f"{pairs.model.log:.3f} | {rival:.3f} | {stack.scores.log:.3f} | {stack.weight:.2f} | {chosen} |"
            )
    return "\n".join([head, *rows])


def _head(*names: str) -> str:
    """Names of columns and the line below them; those that end in > are of numbers."""
    below = " | ".join("--:" if name.endswith(">") else "---" for name in names)
    return f"| {' | '.join(name.rstrip('>') for name in names)} |\n| {below} |"


def _margin(one: object) -> str:
    value, low, high = (getattr(one, name) for name in ("value", "low", "high"))
    begins = "no end" if low == -np.inf else f"{low:.2f}"
    return f"{value:.2f} ({begins} to {high:.2f})"


def _rate_table(found: Sequence[Predicted]) -> str:
    head = _head("network", "a tie that just counts is named>", "a tie of strength 1>", "habit>", "named by mistake>")
    rows = [
        f"| {one.name} | {rates.named:.2f} | {rates.named_strong:.2f} | {rates.habit:.2f} | {rates.mistaken:.3f} |"
        for one in found
        if not (rates := one.survey.waves.reporting).is_exact
    ]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    sys.exit(main())
