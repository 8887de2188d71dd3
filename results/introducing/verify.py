"""Whether the folder of an `introduce` holds what the model gives: introductions looked at again."""

from results.folders.examination import Examination, kept_scenario, same_scenarios, same_table, stored_columns
from results.introducing.documents import introduction_columns
from results.introducing.introductions import introductions

TABLE = "introductions.parquet"


def verify_introductions(check: Examination, sample: int | None) -> None:  # noqa: ARG001
    """Hold a folder against its manifest, and look at all its introductions again: each is ranked beside the others.

    Args:
        check: the folder.
        sample: not used; a rank that is made again in part is not made again.
    """
    inputs = check.manifest.inputs
    (name,) = inputs["scenarios"]
    scenario = kept_scenario(check.path, name)
    same_scenarios(check, [scenario])
    check.tables_as_noted()
    asked = {key: inputs[key] for key in ("outcome", "introduced", "month", "seed")}
    networks = inputs["replicates"]
    stored = stored_columns(check.path / TABLE)
    check.found.of = len(stored["members"])
    found = introductions(
        scenario, **asked, top=inputs["top"], size=inputs["size"], networks=networks, progress=check.progress
    )
    same_table(check, TABLE, introduction_columns(found))
    check.found.rows = check.found.of
