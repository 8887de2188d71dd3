"""The forecast of a survey's next wave: how likely each pair is to be tied, by Legato, by the rival, and mixed.

Both are fitted on all waves so far. They are mixed with the weight that scored best on these waves, each predicted from
the one before; what Legato, the rival and the mixture say all stands in the forecast, and all are scored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.checking.stacking import best_weight, mixed, told_in
from results.checking.survey_fit import fit
from results.estimates.scores import auc, brier_score, log_score, smoothed
from results.forecasting.facts import Fact
from results.forecasting.scoring import Scored
from results.studies.baselines import seen_in
from results.studies.choosing_studies import studies_of
from results.studies.rival import RIVAL, SHIPPED_RIVAL, gap_in, rival_chances
from results.studies.rival_fitting import fitted_further
from results.studies.survey_networks import PredictedWave, simulate
from results.studies.surveys import Surveyed, read_surveys
from scenarios import Posterior, ScenarioError
from scenarios.files.faults import RequestError
from scenarios.observed.waves import Waves, WavesError

TIED = "tied"
"""What is predicted of a survey: which pairs will be tied."""
SAID_OF_PAIRS = {
    "legato": "Legato",
    RIVAL: "a simple statistical model of ties, fitted on other networks and on the waves so far",
    "mixed": "Legato and the rival mixed, with the weight that scored best on the waves so far",
    "nothing changes": "as in the last wave",
}
"""Who predicts -> what that means."""
_DIGITS = 4


def surveyed(folder: str | PathLike[str], settings: Mapping[str, str] | Sequence[str] = ()) -> Surveyed:
    """The survey of a folder.

    Raises:
        ScenarioError: if it is none, with every fault of its tables.
    """
    surveys = read_surveys(studies_of(folder, settings))
    if len(surveys) != 1:
        raise ScenarioError(f"{folder} holds {len(surveys)} surveys; a forecast is of one")
    return surveys[0]


def read_month(field: str, written: str, last: int) -> int:
    """The month of `tied@24`, after the last wave.

    Raises:
        RequestError: if it is something else.
    """
    name, _, month = written.partition("@")
    if name != TIED or not month.isdecimal() or int(month) <= last:
        raise RequestError(
            field, f"'{written}': allowed for a survey is {TIED}@MONTH, after its last wave in month {last}"
        )
    return int(month)


def next_wave(waves: Waves, months: int) -> Waves:
    """The waves with one more, so many months after the last, of which nothing is known but that all are asked."""
    members = len(waves.roster.names)
    told, there = np.zeros((1, members, members)), waves.there[-1:]
    told[:, ~(there[0][:, None] & there[0])] = np.nan
    told[:, np.arange(members), np.arange(members)] = 0.0
    return replace(
        waves,
        months=(*waves.months, waves.months[-1] + months),
        told=np.concatenate([waves.told, told]),
        answered=np.concatenate([waves.answered, there]),
        present=None if waves.present is None else np.concatenate([waves.present, there]),
    )


def pairs_forecast(
    survey: Surveyed,
    posterior: Posterior | None,
    months: int,
    *,
    networks: int,
    seed: int,
    workers: int | None,
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """What stands in a forecast of a survey: a chance for each pair observed in the last wave.

    Args:
        survey: with its waves so far.
        posterior: what is known of the parameters.
        months: from the last wave to the one that is predicted.
        networks: simulated of each wave.
        seed: of the luck.
        workers: threads.
        progress: hears of networks as they are finished.
    """
    scenario, waves = survey.scenario(posterior), survey.waves
    more: dict[str, Any] = {"seed": seed, "networks": networks, "workers": workers, "progress": progress}
    earlier = [one.pairs for one in fit(scenario, waves, **more).skill if one.pairs is not None]
    weight = best_weight([[told_in(one) for one in earlier]])
    later = next_wave(waves, months)
    last = len(waves.months)
    simulated = simulate(scenario, later, hold_out=True, **more)
    legato = simulated.pairs[PredictedWave(last - 1, last)].chance
    gaps = [gap_in(waves, wave, wave - 1, scenario) for wave in range(1, last)]
    gap = gap_in(later, last, last - 1, scenario)
    rival = rival_chances(fitted_further(SHIPPED_RIVAL, gaps), gap)
    asked = gap.seen.asked
    given = smoothed(legato, networks)
    names = waves.roster.names
    return {
        "name": f"{TIED}@{later.months[-1]}",
        "outcome": TIED,
        "month": later.months[-1],
        "means": "whether the survey counts two members as tied, of those observed in its last wave",
        "scale": "share",
        "score": "pairs",
        "networks": networks,
        "pairs": [[names[one], names[other]] for one, other in zip(*np.nonzero(asked), strict=True)],
        "weight_of_legato": round(weight, 2),
        "forecasts": {
            "legato": _chances(given, asked),
            RIVAL: _chances(rival, asked),
            "mixed": _chances(mixed(weight, given, rival), asked),
            "nothing changes": _chances(gap.seen.before.astype(np.float64), asked),
        },
    }


def _chances(chance: NDArray[np.float64], asked: NDArray[np.bool_]) -> dict[str, Any]:
    return {"chances": [round(float(one), _DIGITS) for one in chance[asked]]}


def score_pairs(said: Mapping[str, Any], waves: Waves) -> Scored:
    """How good the chances of pairs were, by the waves that are known now.

    Raises:
        WavesError: if the survey has no wave in the month that was predicted, or lacks a member.
    """
    if said["month"] not in waves.months:
        there = ", ".join(map(str, waves.months))
        raise WavesError(f"the forecast is of month {said['month']}; the survey has waves in months {there}")
    number = {name: place for place, name in enumerate(waves.roster.names)}
    if strange := sorted({name for pair in said["pairs"] for name in pair if name not in number}):
        raise WavesError(f"the survey has no {', '.join(strange[:5])}, of whom the forecast is")
    wave = waves.months.index(said["month"])
    first, second = np.array([[number[name] for name in pair] for pair in said["pairs"]]).T
    known = waves.observed[wave][first, second]
    happened = seen_in(waves, wave).now[first, second][known]
    given = {who: np.array(one["chances"])[known] for who, one in said["forecasts"].items()}
    return Scored(
        said["name"],
        Fact(float(happened.mean()), int(known.sum())),
        "pairs",
        {who: float(brier_score(chance, happened).mean()) for who, chance in given.items()},
        {who: float(log_score(chance, happened, said["networks"]).mean()) for who, chance in given.items()},
        None,
        None,
        {who: auc(chance, happened) for who, chance in given.items()},
    )
