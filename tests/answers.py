"""One answer of every class, of few and small networks: what several test files look at."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import results

ROOT = Path(__file__).resolve().parents[1]
SURVEY = ROOT / "docs" / "examples" / "survey"
SMALL = {"network.members": "10", "closing.month": "8", "closing.notice": "2"}
FEWER = "salex: grants.per_call=2"
FIXED: dict[str, Any] = {"posterior": None, "figures": False}
VARIED = ["facilitation.intensity=0.05:1", "behaviour.initiative"]


@cache
def answer(name: str) -> Any:
    """An answer of a class, made once a process; the current folder is where it is kept."""
    return MADE[name]()


def _run() -> Any:
    return results.Run("salex", settings=SMALL, pairs="4", replicates=6, out="run", **FIXED).answer()


def _compare() -> Any:
    return results.Compare(["salex", FEWER], settings=SMALL, replicates=6, out="compare", **FIXED).answer()


def _sweep() -> Any:
    return results.Sweep("salex", vary=VARIED, design="lhs", points=64, replicates=2, out="sweep",
                         **FIXED).answer()  # fmt: skip


def _forecast() -> Any:
    return results.Forecast(
        "salex", of=["network_alive@12", "collaborations@8"], settings=SMALL, replicates=20, date="2026-01-01",
        posterior=None, out="forecast.json",
    ).answer()  # fmt: skip


def _over() -> Any:
    return results.OptimiseOver(
        "salex", budget=2_000_000, levers=["grants.per_call=0,1,2"], over="exit", settings=SMALL, futures=6,
        search_futures=4, trials=3, replicates=2, final=2, out="robust", **FIXED,
    )  # fmt: skip


MADE: Mapping[str, Callable[[], Any]] = {
    "RunAnswer": _run,
    "CompareAnswer": _compare,
    "SweepAnswer": _sweep,
    "CompareOverAnswer": lambda: results.CompareOver(
        ["salex", FEWER], over="exit", settings=SMALL, futures=4, replicates=2, out="over", **FIXED
    ).answer(),
    "SensitivityAnswer": lambda: results.Sensitivity(
        "salex", vary=VARIED, settings=SMALL, points=32, replicates=2, out="sensitivity", **FIXED
    ).answer(),
    "GivenAnswer": lambda: results.Sensitivity(answer("SweepAnswer").folder, out="given", figures=False).answer(),
    "EmulateAnswer": lambda: results.Emulate(answer("SweepAnswer").folder, out="emulate", figures=False).answer(),
    "DiscoverAnswer": lambda: results.Discover(
        answer("SweepAnswer").folder, below=0.84, points=20, boxes=1, out="discover", figures=False
    ).answer(),
    "ExplainAnswer": lambda: results.Explain(
        ["salex", "salex: grants.per_call=2, facilitation.intensity=0.4"],
        settings=SMALL,
        replicates=6,
        orders=4,
        out="explain",
        **FIXED,
    ).answer(),
    "OptimiseAnswer": lambda: results.Optimise(
        "salex",
        budget=900_000,
        levers=["grants.per_call=0,1,2"],
        settings=SMALL,
        trials=3,
        replicates=4,
        final=8,
        out="optimise",
        **FIXED,
    ).answer(),
    "OptimiseOverAnswer": lambda: _over().answer(),
    "OptimiseOverPlan": lambda: _over().plan(),
    "SoFarAnswer": lambda: results.Sweep(answer("SweepAnswer").folder, figures=False).so_far(),
    "PortfolioAnswer": lambda: results.Portfolio(
        ["salex", "sparc"], budget=3_000_000, trials=2, replicates=4, final=8, out="portfolio", **FIXED
    ).answer(),
    "ExitAnswer": lambda: results.PlanExit(
        "salex", settings=SMALL, replicates=20, final=20, out="exit", **FIXED
    ).answer(),
    "TrackAnswer": lambda: results.Track(
        "salex", ROOT / "docs" / "examples" / "observed.csv", replicates=200, out="track", **FIXED
    ).answer(),
    "MembersAnswer": lambda: results.Members(
        [str(_own()), f"{_own()}: grants.per_call=0"], replicates=4, out="members", **FIXED
    ).answer(),
    "IntroduceAnswer": lambda: results.Introduce(
        str(_own()), top=1, replicates=20, posterior=None, out="introduce"
    ).answer(),
    "CheckAnswer": lambda: results.Check(SURVEY, replicates=8, assumptions=False, out="check", **FIXED).answer(),
    "CalibrateAnswer": lambda: results.Calibrate(
        "salex",
        free=["behaviour.initiative"],
        particles=10,
        replicates=2,
        generations=2,
        out="calibrate",
        figures=False,
    ).answer(),
    "RecoverAnswer": lambda: results.Recover(
        "salex",
        free=["behaviour.initiative"],
        particles=10,
        replicates=2,
        generations=2,
        data_sets=2,
        out="recover",
        figures=False,
    ).answer(),
    "PlanCalibrationAnswer": lambda: results.PlanCalibration("salex", free=["behaviour.initiative"]).answer(),
    "PlanAnswer": lambda: results.Sweep("salex", vary=VARIED, settings=SMALL, points=8, design="lhs", **FIXED).plan(),
    "DescribeAnswer": lambda: results.Describe(SURVEY).answer(),
    "ForecastAnswer": _forecast,
    "ScoreAnswer": lambda: results.Score(
        answer("ForecastAnswer").file,
        facts=["network_alive@12=yes"],
        source="made up",
        date="2027-01-01",
        out="scored.json",
    ).answer(),
    "ShowAnswer": lambda: results.Show("salex").answer(),
    "DeltaAnswer": lambda: results.Show("sparc", odd=True).answer(),
    "LibraryAnswer": lambda: results.Library().answer(),
    "ExportAnswer": lambda: results.Export("salex", settings=SMALL, posterior=None, out="export").answer(),
    "Preview": lambda: results.New("own", members=SURVEY / "members.csv").preview(),
    "NewAnswer": lambda: results.New("own", members=SURVEY / "members.csv").answer(),
    "ReportAnswer": lambda: results.Report(answer("RunAnswer").folder).answer(),
    "VerifyAnswer": lambda: results.Verify(answer("RunAnswer").folder, sample=2).answer(),
    "ReproduceAnswer": lambda: results.Reproduce(answer("RunAnswer").folder, out="reproduced").answer(),
    "ExploreAnswer": lambda: results.Explore("salex", out="explore.html").answer(),
}
"""Class of an answer -> how one is made, in the folder that `ANSWERS_IN` names."""


def _own() -> Path:
    return Path(answer("NewAnswer").scenario)
