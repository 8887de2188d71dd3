"""Which studies are meant, under which settings, and with which sets of the parameters the model is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from os import PathLike

import scenarios
from results.studies.virtual_studies import Believed
from scenarios import Posterior, ScenarioError
from scenarios.observed.reading import read_observed
from scenarios.observed.study import Observed
from scenarios.reading.layers import read_overrides
from simulation.outcomes import NAMES
from simulation.own_outcomes.naming import KNOWS_NONE, OUTCOMES
from simulation.own_rules.naming import rules_apart

PARTICLES = 40
"""Sets of the parameters that a check asks with, at the most."""


What = str | PathLike[str] | Sequence[str | PathLike[str]]
"""What happened: a name or a path as `read_observed` takes it, or several of them."""


def studies_of(what: What, settings: Mapping[str, str] | Sequence[str]) -> tuple[Observed, ...]:
    """What happened, each study under the settings, which are then the study's own.

    Raises:
        ScenarioError: with every fault of the files and of the settings, or if two studies have one name.
    """
    studies = _read_all(what)
    if not settings:
        return studies
    texts = [f"{key}={value}" for key, value in settings.items()] if isinstance(settings, Mapping) else settings
    if any(text.partition("=")[0].strip() == OUTCOMES for text in texts):
        raise ScenarioError(f"this command {KNOWS_NONE}")
    rules, others = rules_apart(texts)
    if rules is not None:
        studies = tuple(replace(study, scenario=study.scenario.with_rules(rules)) for study in studies)
    layer = read_overrides(others)
    if layer.faults:
        raise ScenarioError("\n".join(layer.faults))
    return tuple(
        replace(
            study,
            scenario=scenarios.replace(study.scenario, layer.values),
            settled=study.settled | layer.values.keys(),
            uncertain=tuple(one for one in study.uncertain if one.key not in layer.values),
        )
        for study in studies
    )


def _read_all(what: What) -> tuple[Observed, ...]:
    """The studies of one name or path, or of several; each fault of any."""
    if isinstance(what, (str, PathLike)):
        return read_observed(what, NAMES)
    found: list[Observed] = []
    faults: list[str] = []
    for one in what:
        try:
            more = read_observed(one, NAMES)
        except ScenarioError as error:
            faults.append(str(error))
            continue
        known = {study.name for study in found}
        faults += [f"{one} holds a study '{study.name}', which is given already; leave one out"
                   for study in more if study.name in known]  # fmt: skip
        found += more
    if not what:
        faults.append("no study is given; name one, or 'evidence' for all that ship")
    if faults:
        raise ScenarioError("\n".join(faults))
    return tuple(found)


def believed_sets(
    posterior: Posterior | None, networks: int, studies: Sequence[Observed] = ()
) -> tuple[tuple[Believed, ...], int]:
    """Sets of the parameters, and networks for each, so that there are about `networks` in all.

    Without a posterior it is the one empty set. With one there are as many sets as PARTICLES, or as leave each two
    networks, evenly spread over it. Where a study has uncertain settings there are as many without a posterior too:
    they are empty, and each draws the settings.
    """
    if posterior is None and not any(study.uncertain for study in studies):
        return ({},), networks
    available = PARTICLES if posterior is None else len(posterior.draws)
    count = max(1, min(PARTICLES, available, networks // 2))
    if posterior is None:
        return ({},) * count, max(1, round(networks / count))
    sets = tuple(posterior.settings(int(particle)) for particle in posterior.draws[:count])
    return sets, max(1, round(networks / count))
