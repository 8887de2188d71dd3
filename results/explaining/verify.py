"""Whether the folder of an `explain` holds what the model gives: mixtures run again, and the parts taken from them."""

from collections.abc import Collection, Sequence

from results.comparing.verify import examined, run_rows_again, same_replicates
from results.explaining.documents import part_columns
from results.explaining.explanation import explain, inquiry_of, question_again, run_mixtures
from results.folders.examination import Examination, same_table
from scenarios import Scenario


def verify_explanation(check: Examination, sample: int | None) -> None:
    """Hold a folder of mixtures against its journal, and run some of its rows again.

    Args:
        check: the folder.
        sample: rows to run again, chosen at random; None runs all of them, and splits the difference again.
    """
    both, whole = examined(check, sample)
    if sample is None:
        _same_explanation(check, both, whole)
    else:
        mixtures = question_again(check.manifest.inputs, both).scenarios
        run_rows_again(check, tuple(mixtures.values()), whole, sample)


def _same_explanation(check: Examination, both: Sequence[Scenario], whole: Collection[str]) -> None:
    """Every mixture run again, and the parts taken from them."""
    inputs, asked = check.manifest.inputs, question_again(check.manifest.inputs, both)
    inquiry = inquiry_of(asked, seed=inputs["seed"], replicates=inputs["replicates"], engine=inputs["engine"])
    ensembles = run_mixtures(asked, inquiry, check.progress)
    same_replicates(check, tuple(ensembles.values()), whole)
    same_table(check, "parts.parquet", part_columns(explain(asked, ensembles)))
