"""The page of a run folder: its brief, and where scenarios were run or compared, levers to move them."""

from pathlib import Path

import scenarios
from results.exploring.live_page import MOST_MEMBERS, live_part
from results.exploring.own_engines import engines_for
from results.exploring.page_data import Opening, Plan
from results.folders.files import write
from results.folders.folder import BRIEF
from results.folders.inputs import read_input
from results.folders.manifest import Manifest, read_manifest
from results.pages.brief import brief_of
from results.pages.html import Live, page
from results.pages.structure import Brief
from scenarios import Scenario
from scenarios.reading.posterior_file import SHIPPED_NAME, is_shipped
from simulation.founding import members_ever

LEAST_NETWORKS, MOST_NETWORKS = 2, 1000
"""Networks that a page may open with."""


def write_report(folder: Path) -> Path:
    """Write report.html into a finished run folder; the same bytes as long as the folder is the same.

    Raises:
        FolderError: if it is no run's folder, not finished, or does not hold what it takes.
    """
    file = folder / BRIEF
    write(file, report_page(folder, brief_of(folder)))
    return file


def report_page(folder: Path, brief: Brief) -> bytes:
    """The page of what the brief of a run folder says."""
    return page(brief, live=_live(folder, brief)).encode(errors="xmlcharrefreplace")


def _live(folder: Path, brief: Brief) -> Live | None:
    manifest = read_manifest(folder)
    inputs = manifest.inputs
    if manifest.command not in ("run", "compare") or "design" in inputs:
        return None
    plans = [_plan(read_input(folder, name)) for name in inputs["scenarios"]]
    if any(members_ever(plan.scenario) > MOST_MEMBERS or plan.scenario.outcomes is not None for plan in plans):
        return None  # the engine in a page counts the shipped outcomes only
    own = engines_for([plan.scenario for plan in plans])
    if own is None:  # building one takes minutes, which nobody has asked for
        return None
    names = [plan.scenario.name for plan in plans]
    baseline = inputs.get("baseline", names[0])
    return live_part(plans, _opening(manifest, plans, names, baseline), brief.speaker, own)


def _opening(manifest: Manifest, plans: list[Plan], names: list[str], baseline: str) -> Opening:
    known = [plan.scenario.posterior for plan in plans if plan.scenario.posterior is not None]
    shipped = all(map(is_shipped, known))
    return Opening(
        plan=next((name for name in names if name != baseline), baseline),
        baseline=baseline,
        seed=manifest.inputs["seed"],
        networks=min(max(manifest.inputs["replicates"], LEAST_NETWORKS), MOST_NETWORKS),
        posterior=None if not known else SHIPPED_NAME if shipped else f"inputs/{baseline}-posterior.csv",
        fixed=not known,
    )


def _plan(scenario: Scenario) -> Plan:
    """A scenario of the run; one of the library is given by its name, any other has to be saved first."""
    if scenario.name in scenarios.names():
        shipped = scenarios.load(scenario.name, posterior=scenario.posterior)
        if scenarios.fingerprint(shipped) == scenarios.fingerprint(scenario):
            return Plan(scenario, scenario.name)
    return Plan(scenario)
