"""Build the estimates for a page, as `simulation.browser.build` builds the engine.

`python -m results.browser.build` does; `make wasm` calls it.
"""

from results.browser.artifact import ESTIMATES, source_hash
from simulation.browser import build

ENTRANCES = "results.browser.entrance", ("compare", "courses")

if __name__ == "__main__":
    ESTIMATES.ship(build.build(*ENTRANCES), source_hash())
