"""How fast a sweep is, against what: 10,000 points of salex with 100 replicates, and parts of it by other means.

    make bench-sweep
    python -m benchmarks.sweep 0.05     # a twentieth of the points, on a machine that others need too

The same points, all in this one run: the whole by `legato sweep` as a process of its own, with its memory watched; a
part by EMA Workbench's evaluator around the same compiled engine; a smaller part by mesa.batch_run on the Mesa model.
Processor time, of all processes. Times of a shared machine drift; so quote ratios.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import numpy as np

import scenarios
from benchmarks.bench import processor_time
from scenarios.designs.design import Design, plan
from simulation.running.campaign import Campaign
from simulation.running.threads import processors

POINTS, REPLICATES = 10_000, 100
VARIED = (
    "facilitation.intensity=0.2:1",
    "grants.per_call=0:8",
    "behaviour.initiative",
    "members.engagement=0.4:0.65",
    "closing.notice=0:12",
)
EMA_POINTS, MESA_POINTS, MESA_REPLICATES = 300, 8, 4
MESA = """
import sys
import mesa
sys.path.insert(0, {root!r})
from benchmarks.sweep import the_design
from simulation.model.network import CollaborationNetwork

class AtPoint(CollaborationNetwork):
    def __init__(self, point=0, replicate=0, **_):
        super().__init__(the_design().scenario(point), replicate=replicate)

if __name__ == "__main__":
    mesa.batch_run(AtPoint, {{"point": range({points}), "replicate": range({replicates})}},
                   number_processes={processes}, max_steps=200, data_collection_period=-1, display_progress=False)
"""
EMA = """
import sys
sys.path.insert(0, {root!r})
import simulation
from benchmarks.sweep import the_design
from ema_workbench import CategoricalParameter, IntegerParameter, Model, MultiprocessingEvaluator, RealParameter
from ema_workbench import Scenario, ScalarOutcome

def at_point(point=0):
    ensemble = simulation.run(the_design().scenario(int(point)), replicates={replicates}, workers=1)
    return {{"collaboration_rate": float(ensemble["collaboration_rate"].mean())}}

if __name__ == "__main__":
    model = Model("salex", function=at_point)
    model.uncertainties = [IntegerParameter("point", 0, {points})]
    model.outcomes = [ScalarOutcome("collaboration_rate")]
    with MultiprocessingEvaluator(model, n_processes={processes}) as evaluator:
        evaluator.perform_experiments([Scenario(str(point), point=point) for point in range({points})])
"""


@cache
def the_design() -> Design:
    """The 10,000 points; parts of it are its first ones."""
    return plan(scenarios.load("salex", posterior=None), VARIED, kind="lhs", points=POINTS, seed=1)


def as_process(code: str, **numbers: object) -> float:
    """Seconds of processors that a script takes as a process of its own."""
    root = str(Path(__file__).resolve().parent.parent)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "part.py"
        script.write_text(code.format(root=root, processes=processors(), **numbers), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": root, "PYTHONWARNINGS": "ignore"}
        begin = processor_time()
        done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        return processor_time() - begin


def resident(pid: int) -> float:
    """Memory of a process now, in MB; nan where the system does not tell."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1000
    except OSError:
        pass
    return float("nan")


def whole_sweep(folder: Path, points: int) -> tuple[float, list[float]]:
    """Seconds of processors that the whole takes, and its memory every second."""
    words = ["sweep", "salex", "--fixed", *(f"--vary={one}" for one in VARIED), "--design=lhs", f"--points={points}"]
    words += [f"--replicates={REPLICATES}", "--no-figures", f"--out={folder}"]
    begin = processor_time()
    process = subprocess.Popen([sys.executable, "cli.py", *words], stdout=subprocess.DEVNULL)
    memory = []
    while process.poll() is None:
        memory.append(resident(process.pid))
        time.sleep(1)
    if process.returncode:
        sys.exit(f"the sweep failed with exit code {process.returncode}")
    return processor_time() - begin, [one for one in memory if one > 0]


def part_here(points: int) -> float:
    """Networks a second of one processor of the campaign alone, over the first points, without keeping them."""
    whole = the_design()
    part = Design(whole.kind, whole.factors, whole.bases, whole.shares[:points], points, whole.seed)
    campaign = Campaign(part, REPLICATES)
    list(Campaign(Design(part.kind, part.factors, part.bases, part.shares[:1], 1, 1), 1).run())
    begin = processor_time()
    for _ in campaign.run():
        pass
    return campaign.networks / (processor_time() - begin)


def main() -> None:
    """Print the table."""
    points = round(POINTS * float(sys.argv[1])) if len(sys.argv) > 1 else POINTS
    print(f"{points:,} points of salex x {REPLICATES}, {processors()} processors, Python {sys.version.split()[0]}")
    here = [part_here(EMA_POINTS)]
    ema = EMA_POINTS * REPLICATES / as_process(EMA, points=EMA_POINTS, replicates=REPLICATES)
    here.append(part_here(EMA_POINTS))
    mesa = MESA_POINTS * MESA_REPLICATES / as_process(MESA, points=MESA_POINTS, replicates=MESA_REPLICATES)
    with tempfile.TemporaryDirectory() as folder:
        seconds, memory = whole_sweep(Path(folder) / "sweep", points)
        size = sum(file.stat().st_size for file in (Path(folder) / "sweep").rglob("*") if file.is_file())
        manifest = json.loads((Path(folder) / "sweep" / "manifest.json").read_text(encoding="utf-8"))
    networks = points * REPLICATES
    speed = networks / seconds
    quarter, three = memory[len(memory) // 4], memory[3 * len(memory) // 4]
    rows = [
        ("legato sweep, the whole, as a process", f"{seconds:.0f} s", f"{speed:,.0f} networks a second, stored"),
        (
            "its memory after a quarter of the time",
            f"{quarter:.0f} MB",
            f"{three:.0f} MB after three; {max(memory):.0f} MB when the tables are made",
        ),
        ("its folder", f"{size / 1e6:.0f} MB", f"{size / networks:.0f} bytes a network; {manifest['failed']} failed"),
        (f"the campaign, {EMA_POINTS} points, nothing stored", "", f"{np.mean(here):,.0f} networks a second"),
        (
            f"EMA Workbench's evaluator, the same {EMA_POINTS}",
            "",
            f"{ema:,.0f} a second; the campaign {np.mean(here) / ema:.1f} times",
        ),
        (
            f"mesa.batch_run, the first {MESA_POINTS} x {MESA_REPLICATES}",
            "",
            f"{mesa:,.1f} a second; the sweep {speed / mesa:,.0f} times",
        ),
    ]
    for what, first, second in rows:
        print(f"{what:<52} {first:>8}  {second}")


if __name__ == "__main__":
    main()
