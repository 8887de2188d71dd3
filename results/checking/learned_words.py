"""Whether what is checked is what the parameters were learned from: agreement then means less than it seems to."""

from collections.abc import Mapping, Sequence

from results.studies.learned_sources import sources_of
from scenarios import Posterior
from scenarios.observed.reading import read_observed
from scenarios.observed.reading import studies as shipped_studies
from scenarios.observed.study import Observed
from scenarios.reading.posterior_file import is_shipped
from simulation.outcomes import NAMES


def learned_from(studies: Sequence[Observed], posterior: Posterior | None) -> str:
    """That the parameters were calibrated on the very facts that are checked, where they were; else "".

    A study of findings that ships is known by its content; every other, and a survey, by the name that the posterior
    gives: it keeps no more of what it was learned from.
    """
    named, ours = sources_of(posterior), {}
    if posterior is not None and is_shipped(posterior):
        names = {one.name for one in studies if one.patterns}.intersection(shipped_studies())
        ours = {one.name: one.patterns for name in sorted(names) for one in read_observed(name, NAMES)}
    again = [one for one in studies if _is_again(one, named, ours)]
    if not again:
        return ""
    by_name = [one.name for one in again if not one.patterns or one.name not in ours]
    which = "these studies" if len(again) == len(studies) > 1 else ", ".join(one.name for one in again)
    some = f"{', '.join(by_name)}: " if len(by_name) < len(again) else ""
    how = f" ({some}recognised by name)" if by_name else ""
    return (
        f"The parameters were calibrated on facts that include {which}{how}, so agreement means less than it seems to, "
        "and what is missed even so means more."
    )


def _is_again(study: Observed, named: Sequence[str], shipped: Mapping[str, object]) -> bool:
    """Whether a study is one that the parameters were learned from."""
    if study.patterns and study.name in shipped:
        return study.patterns == shipped[study.name]
    return study.name in named
