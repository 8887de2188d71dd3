"""Whether the folder of a `track` holds what the model gives: networks run again, and the outlook made of them."""

import simulation
from results.comparing.inquiry import Inquiry
from results.comparing.verify import examined, run_rows_again, same_replicates
from results.folders.examination import Examination, same_table
from results.tracking.documents import outlook_columns
from results.tracking.observation import progress_of
from results.tracking.outlook import outlook
from results.tracking.target import read_target


def verify_track(check: Examination, sample: int | None) -> None:
    """Hold a folder against its journal, and run some of its rows again.

    Args:
        check: the folder.
        sample: rows to run again, chosen at random; None runs all of them, and makes the outlook again.
    """
    scenarios, whole = examined(check, sample)
    if sample is not None:
        run_rows_again(check, scenarios, whole, sample)
        return
    inputs = check.manifest.inputs
    inquiry = Inquiry(
        "track", scenarios, inputs["baseline"], inputs["seed"], inputs["replicates"], engine=inputs["engine"]
    )
    ensembles, _ = inquiry.simulate(check.progress)
    same_replicates(check, ensembles, whole)
    progress = progress_of(inputs["observed"], inputs["month"])
    target = read_target(inputs["target"], scenarios[0], progress.now) if inputs["target"] else None
    founded = None
    if scenarios[0].network.today:
        founded = simulation.run(
            scenarios[0].at_founding(), seed=inputs["seed"], replicates=inputs["replicates"], engine=inputs["engine"]
        )
    found = outlook(ensembles, progress, target, inputs["seed"], founded)
    same_table(check, "outlook.parquet", outlook_columns(found))
