"""Prices in a scenario's currency: what it gives itself is in it already; what it does not is in USD, and converted.

Every file says its amounts in its own currency, `costs.currency`, or in that of the file that it extends. Defaults,
priors, the library and the shipped posterior are in USD. `costs.rate` converts what the scenario has not given itself;
without a rate nothing is converted, and what is missing is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scenarios.files.currencies import USD
from scenarios.files.faults import ScenarioError, refusal
from scenarios.reading.layers import Layer
from scenarios.schema.keys import CURRENCY, KEYS, PRICES, RATE
from scenarios.schema.posterior import Posterior


@dataclass(frozen=True)
class _In:
    """What an amount is in, and units of it for one US dollar; None where nobody has said how many."""

    currency: str
    rate: float | None

    @property
    def per_usd(self) -> float | None:
        return 1.0 if self.currency == USD else self.rate


def price(values: dict[str, Any], sources: dict[str, str], layers: Sequence[Layer]) -> list[str]:
    """Convert in `values` what is not in the scenario's currency yet; what is wrong with it.

    Args:
        values: dotted key -> value, as the layers have said them.
        sources: of them; what is converted says so.
        layers: who has said what, the eldest first.
    """
    now, given = _In(USD, None), {}
    finished = False
    for layer in layers:
        currency, rate = layer.values.get(CURRENCY, now.currency), layer.values.get(RATE)
        if currency != now.currency:
            now = _In(currency, rate)
        elif rate is not None:
            if finished and rate != now.rate:
                return [
                    f"{RATE} is {rate:g}, but prices were converted at "
                    f"{'no rate' if now.rate is None else f'{now.rate:g}'} already; set it where the scenario is read"
                ]
            now = _In(currency, rate)
        finished = finished or layer.finished
        given.update({key: now for key in PRICES if key in layer.values})
    given = {key: _In(one.currency, now.rate) if one.currency == now.currency else one for key, one in given.items()}
    if values.get(RATE) is not None and now.rate is None:
        values[RATE] = None
        sources.pop(RATE, None)
    if now.currency == USD:
        if now.rate not in (None, 1.0):
            return [f"{RATE} is {now.rate:g}, but {CURRENCY} is USD; set {CURRENCY} too, or leave {RATE} out"]
        if all(one.currency == USD for one in given.values()):
            return []
    return _convert(values, sources, given, now)


def _convert(values: dict[str, Any], sources: dict[str, str], given: Mapping[str, _In], now: _In) -> list[str]:
    missing = []
    for key in PRICES:
        was = given.get(key, _In(USD, None))
        if was.currency == now.currency:
            continue
        if was.per_usd is None or now.per_usd is None:
            missing.append(key)
            continue
        if key in given:
            said = sources.get(key, KEYS[key].source)
            sources[key] = f"{said}; converted from {was.currency} at {now.per_usd / was.per_usd:g}"
            values[key] = values[key] / was.per_usd * now.per_usd
        else:
            values[key] = converted_default(key, now.per_usd)
    faults = []
    if missing:
        faults.append(
            f"{CURRENCY} is {now.currency}, but these prices are not given in it: {', '.join(missing)}; give each, or "
            f"{RATE}, how many {now.currency} are one USD, by which what is not given is converted"
        )
    elif now.rate is None and now.currency != USD and _goes_by_its_money(values):
        faults.append(
            f"{CURRENCY} is {now.currency} without {RATE}: what a grant does goes by its worth, which is known in USD "
            f"(behaviour.grant_strength); give {RATE}, how many {now.currency} are one USD, or set "
            "behaviour.grant_strength to 0"
        )
    return faults


def _goes_by_its_money(values: Mapping[str, Any]) -> bool:
    """Whether there are grants, and what they do depends on how large they are."""
    per_call, strength = (values.get(key, KEYS[key].default) for key in ("grants.per_call", "behaviour.grant_strength"))
    return bool(per_call > 0 and strength > 0)


def converted_default(key: str, per_usd: float) -> float:
    """A default in another currency."""
    return float(KEYS[key].default * per_usd)


def given_in(layers: Iterable[Layer]) -> set[str]:
    """Prices that somebody has given in another currency than USD: each is a decision, whatever number it is."""
    currency, given = USD, set()
    for layer in layers:
        currency = layer.values.get(CURRENCY, currency)
        if currency != USD and not layer.finished:
            given |= {key for key in PRICES if key in layer.values}
    return given


def in_its_currency(posterior: Posterior, currency: str, rate: float | None) -> Posterior:
    """A posterior with its prices in a scenario's currency.

    Args:
        posterior: in the currency that it names, and at the rate that it names.
        currency: of the scenario.
        rate: units of it for one US dollar.

    Raises:
        ScenarioError: if it has prices that nothing converts.
    """
    columns = [place for place, key in enumerate(posterior.keys) if key in PRICES]
    if posterior.currency == currency:
        return posterior
    was, now = _In(posterior.currency, posterior.rate).per_usd, _In(currency, rate).per_usd
    if not columns:
        return replace(posterior, currency=currency, rate=rate)
    if was is None or now is None:
        missing = [posterior.keys[place] for place in columns]
        raise ScenarioError(
            refusal(
                f"posterior '{posterior.name}'",
                [
                    f"{', '.join(missing)}: in {posterior.currency}, and the scenario is in {currency}; give {RATE}, "
                    f"how many {currency} are one USD, or set these prices in the scenario"
                ],
            )
        )
    values = posterior.values.copy()
    values[:, columns] = values[:, columns] / was * now
    return replace(posterior, values=np.asarray(values), currency=currency, rate=rate)
