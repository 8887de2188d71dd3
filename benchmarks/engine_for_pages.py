"""How fast the engine for pages is, beside the native one, in one run: `python -m benchmarks.engine_for_pages`.

200 networks of SALEX with the shipped posterior, in turns: the native engine with one thread and with two, Chromium
with one worker and with two, from a file. The least of several turns counts: what else a computer does only adds.
"""

import json
import tempfile
import time
from pathlib import Path

import scenarios
import simulation
from simulation.browser import artifact
from simulation.browser.embedding import engine_script
from tests.browser.chromium import chromium

NETWORKS, TURNS = 200, 5
ASK = """
const [workers, networks, seed, done] = arguments;
legatoReady.then(async ({ pool, scenarios }) => {
  const hands = pool.hands;
  await Promise.all(hands.map((hand) => hand.begun));
  pool.hands = hands.slice(0, workers);
  const began = performance.now();
  await pool.run(scenarios.salex, { networks, seed });
  const took = performance.now() - began;
  pool.hands = hands;
  done(took / 1000);
});
"""
OPENED = """
const done = arguments[0];
legatoReady.then(async ({ pool, scenarios }) => {
  await pool.run(scenarios.salex, { networks: 200 });
  done(performance.now() / 1000);
});
"""


def main() -> None:
    """Measure, and print a line each."""
    packed = artifact.ENGINE.module.stat().st_size
    print(f"module: {len(artifact.engine_module()):,} bytes, {packed:,} packed")
    salex = scenarios.load("salex")
    simulation.run(salex, replicates=1, workers=1)
    with tempfile.TemporaryDirectory() as place:
        page = Path(place, "page.html")
        page.write_text(f'<!doctype html><meta charset="utf-8">{engine_script(salex)}', encoding="utf-8")
        print(f"page with engine, scenario and posterior: {page.stat().st_size:,} bytes")
        for driver in chromium(Path(place)):
            driver.set_script_timeout(300)
            driver.get(page.as_uri())
            print(f"Chromium, from opening to the first 200 networks: {driver.execute_async_script(OPENED):.2f} s")
            times: dict[str, list[float]] = {}
            for turn in range(TURNS):
                for workers in (1, 2):
                    began = time.perf_counter()
                    simulation.run(salex, replicates=NETWORKS, workers=workers, seed=turn)
                    times.setdefault(f"native, {workers}", []).append(time.perf_counter() - began)
                    took = driver.execute_async_script(ASK, workers, NETWORKS, turn)
                    times.setdefault(f"Chromium, {workers}", []).append(took)
    print(json.dumps({name: [round(one, 3) for one in some] for name, some in times.items()}))
    for name, some in times.items():
        print(f"{name}: {min(some):.3f} s")


if __name__ == "__main__":
    main()
