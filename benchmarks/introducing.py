"""How good `legato introduce` is where the truth is known: ten introductions at once, chosen in three ways.

    python -m benchmarks.introducing             some minutes; prints the table of docs/members.md

Networks of 42 invented members; in each the truth is one set of parameters, which the ranking does not know: it has the
posterior. The ten best pairs by the ranking, the ten strangers with most in common, and ten strangers by lot are each
introduced at once, in networks of the truth with other luck.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import scenarios
import simulation
from results.introducing.introductions import introductions
from results.introducing.planned import Group, with_introductions
from results.introducing.screening import most_in_common, screen
from results.studies.survey_networks import until
from scenarios import Scenario, at_particle

TOPICS = ("reading", "teachers", "numeracy", "play", "voice", "data")
REGIONS = ("Africa", "Asia", "Europe")
MEMBERS, TEN, MONTH = 42, 10, 25
OUTCOME = "collaborations_formed"
SETTINGS = {"salex": {}, "little facilitation": {"facilitation.intensity": 0.2, "grants.per_call": 1}}


def invented(folder: Path, number: int, settings: dict[str, float]) -> Scenario:
    """A network of invented members."""
    luck = np.random.default_rng([7, number])
    rows = ["name,interests,region"]
    for member in range(MEMBERS):
        interests = sorted(luck.choice(TOPICS, luck.integers(1, 4), replace=False))
        rows.append(f"Org {member:02d},{';'.join(interests)},{luck.choice(REGIONS)}")
    (folder / "members.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    file = folder / "network.toml"
    file.write_text('extends = "salex"\ntitle = "Invented"\n[members]\nfile = "members.csv"\n', encoding="utf-8")
    return scenarios.replace(scenarios.load(file), settings)


def added(truth: Scenario, pairs: Sequence[Group], networks: int) -> np.ndarray:
    """What introducing all these adds in each network of the truth."""
    plans = [until(truth, MONTH), with_introductions(until(truth, MONTH), pairs, 1)]
    without, with_ = (simulation.run(one, seed=99, replicates=networks).course(OUTCOME)[:, MONTH] for one in plans)
    return with_ - without


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=6, help="invented networks of each kind")
    parser.add_argument("--networks", type=int, default=600, help="of the truth, in which what was chosen is tried")
    parser.add_argument("--told", action="store_true", help="also the ten best of a ranking that knows the truth")
    asked = parser.parse_args(arguments)
    told_too = (" ten best, the truth known |", " --: |") if asked.told else ("", "")
    print(f"| network | ten best of the ranking | ten with most in common | ten by lot |{told_too[0]}")
    print(f"| --- | --: | --: | --: |{told_too[1]}")
    for kind, settings in SETTINGS.items():
        gains: dict[str, list[np.ndarray]] = {"ranking": [], "common": [], "lot": []}
        if asked.told:
            gains["told"] = []
        for number in range(asked.worlds):
            with tempfile.TemporaryDirectory() as folder:
                scenario = invented(Path(folder), number, settings)
            truth = at_particle(scenario, 37 * number + 11)
            found = introductions(
                scenario, top=TEN, size=2, outcome=OUTCOME, introduced=1, month=MONTH, seed=1, networks=300
            )
            screened = screen(scenario, introduced=1, month=MONTH, seed=2)
            strangers = screened.candidates()
            lot = np.random.default_rng(number).choice(len(strangers), TEN, replace=False)
            chosen = {
                "ranking": [one.members for one in found.ranked],
                "common": list(most_in_common(screened))[:TEN],
                "lot": [strangers[place] for place in lot],
            }
            if asked.told:
                best = introductions(
                    truth, top=TEN, size=2, outcome=OUTCOME, introduced=1, month=MONTH, seed=5, networks=1000
                )
                chosen["told"] = [one.members for one in best.ranked]
            for way, pairs in chosen.items():
                gains[way].append(added(truth, pairs, asked.networks))
        told = []
        for several in gains.values():
            whole = np.concatenate(several)
            told.append(f"{whole.mean():+.2f} ± {1.96 * whole.std() / np.sqrt(len(whole)):.2f}")
        print(f"| {kind} | {' | '.join(told)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
