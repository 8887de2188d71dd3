"""Does a simulation that goes on from today forecast better than networks held to what was observed? By known truth.

    python -m benchmarks.tracking_state            some minutes; prints the second table of docs/tracking.md

Networks are simulated with other luck and parameters than those that forecasts are made of. At the end of month 9 each
is written down as its backbone would: who works with whom since when and under which grant, who came to which
convening, who represents whom, and who knows whom. "All asked": all ties, with the trust in them. "15 asked": only ties
and collaborations of which one of the two is among the 15 of 22 that answered, and no trust. Then month 25 is forecast
in three ways: from the networks of the plan held to what was observed (as without files of today), from today with
parameters as they were, and from today with parameters by what happened so far.
"""

import argparse
import csv
import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import scenarios
import simulation
from benchmarks.tracking import ASKED, MEMBERS, MONTH, OUTCOMES
from results.estimates.conditioning import Conditioning, Given
from results.exporting.state import as_state
from results.tracking.from_today import FromToday
from results.tracking.looking import evened
from scenarios import Scenario
from simulation.running.ensemble import Ensemble
from simulation.snapshot import Snapshot

TODAY = 9
FILES = ("collaborations", "attendance", "representatives")
SEEN = ("collaboration_rate", "collaborations", "collaborations_formed")
LEVELS = (0.05, 0.95)
STEPS = (np.arange(50) + 0.5) / 50
"""Levels of the quantiles that the CRPS is taken over."""


def written_down(scenario: Scenario, seen: Snapshot, home: Path, answered: set[str] | None) -> Scenario:
    """The network as its backbone has it in files, on top of the plan and of what is known of parameters."""
    for name, content in as_state(scenario, seen).items():
        text = content.decode()
        if name == "members.csv":
            text = without_columns(
                text, ("engagement", "practice", "uptake", "uptake_from_others", "low_months", "activity")
            )
        if name == "representatives.csv":
            text = without_columns(text, ("kind",))
        if answered is not None and name in ("ties.csv", "collaborations.csv"):
            head, *rows = text.splitlines()
            rows = [row for row in rows if not answered.isdisjoint(row.split(",")[:2])]
            text = "\n".join([head, *rows]) + "\n"
            if name == "ties.csv":
                text = without_columns(text, ("strength",))
        (home / name).write_text(text, encoding="utf-8")
    said = [f"members.{one}={home / f'{one}.csv'}" for one in FILES]
    said += [f"members.file={home / 'members.csv'}", f"members.ties={home / 'ties.csv'}", f"network.today={TODAY}"]
    return scenarios.load("salex", said)


def without_columns(text: str, columns: Sequence[str]) -> str:
    """A table without some columns."""
    head, *rows = csv.reader(io.StringIO(text))
    kept = [place for place, name in enumerate(head) if name not in columns]
    into = io.StringIO()
    csv.writer(into, lineterminator="\n").writerows([row[place] for place in kept] for row in [head, *rows])
    return into.getvalue()


def seen_of(ensemble: Ensemble, answered: bool, luck: np.random.Generator) -> np.ndarray:
    """What is observed in months 3, 6 and 9, float[networks, observations]."""
    unseen = ((MEMBERS - ASKED) / MEMBERS) ** 2 if answered else 0.0
    columns = []
    for month in (3, 6, 9):
        for outcome in SEEN:
            true = ensemble.course(outcome)[:, month]
            if answered and outcome == "collaboration_rate":
                yes = np.rint(true * MEMBERS).astype(int)
                true = luck.hypergeometric(yes, MEMBERS - yes, ASKED) / ASKED
            elif answered:
                true = luck.binomial(true.astype(int), 1 - unseen).astype(float)
            columns.append(evened(outcome, true))
    return np.stack(columns, axis=1)


def rows(networks: int, cases: int) -> Iterator[str]:
    """A line of the table for each way to observe, outcome and way to forecast."""
    plan_of = scenarios.load("salex")
    plan = simulation.run(plan_of, seed=1, replicates=networks)
    real = simulation.run(plan_of, seed=2, replicates=2 * cases)
    for some in (False, True):
        seen, looks = (seen_of(one, some, np.random.default_rng(seed)) for one, seed in ((plan, 3), (real, 4)))
        told: dict[tuple[str, str], list[tuple[bool, float, float, float]]] = {}
        for case in range(cases):
            replicate = 2 * case  # each with a particle of its own
            luck = np.random.default_rng([5, case])
            (snapshot,) = simulation.portray(plan_of, seed=2, replicate=replicate, months=[TODAY])
            names = [member.name for member in snapshot.members]
            answered = set(luck.choice(names, ASKED, replace=False).tolist()) if some else None
            held = Conditioning(seen, looks[replicate])
            with tempfile.TemporaryDirectory() as home:
                lived = scenarios.at_replicate(plan_of, replicate)
                state = written_down(lived, snapshot, Path(home), answered)
            now = simulation.run(state, seed=6, replicates=networks)
            for outcome in OUTCOMES:
                future = evened(outcome, plan.course(outcome)[:, MONTH])
                came = float(evened(outcome, real.course(outcome)[replicate, MONTH]))
                ways = {"held to what was observed": held.given(future)}
                values = evened(outcome, now.course(outcome)[:, MONTH])
                ways["from today"] = Given(values, np.full(len(values), 1 / len(values)), np.arange(len(values)))
                ways["from today, learned"] = FromToday(now, held, future).given(values)
                low, high = np.quantile(future, LEVELS)
                alone = missed(np.quantile(future, STEPS), came)
                for way, given in ways.items():
                    ends = given.quantiles(LEVELS)
                    inside = ends[0] - 1e-9 <= came <= ends[1] + 1e-9
                    off = missed(np.array(given.quantiles(STEPS.tolist())), came)
                    told.setdefault((outcome, way), []).append((inside, (ends[1] - ends[0]) / (high - low), off, alone))
        for (outcome, way), found in sorted(told.items()):
            inside, wide, off, alone = np.array(found, float).T
            who, share = "15 asked" if some else "all asked", 100 * inside.mean()
            yield f"| {who} | {outcome} | {way} | {share:.0f} | {wide.mean():.2f} | {off.mean() / alone.mean():.2f} |"


def missed(quantiles: np.ndarray, came: float) -> float:
    """How far quantiles at STEPS are from what came: the mean pinball loss, half of the CRPS."""
    below = came - quantiles
    return float(np.mean(np.maximum(STEPS * below, (STEPS - 1) * below)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", type=int, default=500, help="that a forecast from today is made of")
    parser.add_argument("--cases", type=int, default=100, help="networks that are observed and forecast")
    asked = parser.parse_args(arguments)
    print("| observed | outcome in month 25 | forecast | inside 90 % (of 100) | width beside the plan's | "
          "CRPS beside the plan's |")  # fmt: skip
    print("| --- | --- | --- | --: | --: | --: |")
    for row in rows(asked.networks, asked.cases):
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
