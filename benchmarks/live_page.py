"""How fast the page with levers answers, beside the native engine, in one run: `python -m benchmarks.live_page`.

SALEX against itself with one lever moved, 200 networks of each, the shipped posterior: from opening the file to the
first answer, and from letting go of a lever to the new one, intervals, words and curves drawn. The native engine runs
the 200 networks of the moved scenario in turns with it.
"""

import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

import scenarios
import simulation
from results.commands.explore import Explore
from tests.browser.chromium import chromium
from tests.browser.live import LivePage

NETWORKS, TURNS = 200, 12


def of_page(page: LivePage, name: str) -> str:
    """What the page says of itself."""
    return str(page.script(f"return document.getElementById('live').dataset.{name}"))


def main() -> None:
    """Measure, and print a line each."""
    salex = scenarios.load("salex")
    simulation.run(salex, replicates=1)
    opened, answered, native = [], [], []
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "page.html")
        Explore("salex", replicates=NETWORKS, out=file).answer()
        print(f"page: {file.stat().st_size / 1024:,.0f} KB")
        for driver in chromium(Path(place)):
            page = LivePage(driver, file)
            for turn in range(TURNS):
                if turn % 4 == 0:
                    page = LivePage(driver, file)
                opened.append(float(of_page(page, "first")))
                value = round(0.05 + 0.07 * turn, 3)
                page.after(partial(page.put, "number-facilitation.intensity", value))
                answered.append(float(of_page(page, "took")))
                began = time.perf_counter()
                simulation.run(scenarios.replace(salex, {"facilitation.intensity": value}), replicates=NETWORKS)
                native.append(time.perf_counter() - began)
    measured = {"opening to first answer": opened, "lever to answer": answered, "native, simulating only": native}
    for name, some in measured.items():
        print(f"{name}: least {min(some):.3f} s, median {statistics.median(some):.3f} s")
    print(f"lever to answer over native: {min(answered) / min(native):.2f}")


if __name__ == "__main__":
    main()
