"""A scenario written down: as a file that loads back to it, as plain data, as a fingerprint, as rows to show."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scenarios.reading.layers import FILES, OF_ROSTER
from scenarios.reading.pricing import converted_default
from scenarios.schema.fields import Role
from scenarios.schema.funders import plain_value
from scenarios.schema.keys import KEYS, OTHERS, PRICES, TABLES, Key, in_currency, key_named, keys_of, value_of
from scenarios.schema.scenario import Scenario

_LATER = (
    *(f"funder.{of}" for of in ("backbone", "grants", "entry", "exit", "notice", "taper", "others")),
    "members.replacement",
    *(f"costs.{of}" for of in ("currency", "rate", "begins", "financial_year", "staff")),
)
"""Keys that came after there were fingerprints."""


@dataclass(frozen=True)
class Row:
    """One value of a scenario with everything that is known of it. What is not said here means the same as in `Key`.

    Attributes:
        value: the scenario's.
        allowed: what may stand there, in words.
        source: where the value comes from, "estimate: ..." or "assumption: ...".
    """

    key: str
    value: Any
    unit: str
    role: Role
    allowed: str
    prior: tuple[float, float] | None
    text: str
    source: str


def source_of(scenario: Scenario, key: str) -> str:
    """Where a value comes from: the scenario's word, else that of the default if it is one, else that nobody says."""
    if key not in KEYS:  # of a funder after the first, of whom one source says all
        return source_of(scenario, OTHERS)
    if key in scenario.sources:
        return scenario.sources[key]
    if is_converted(scenario, key):
        return f"{KEYS[key].source}; converted from USD at {scenario.costs.per_usd:g}"
    return unsaid(key, value_of(scenario, key), scenario.name or "nobody") or KEYS[key].source


_TEXTS: Mapping[str, str] = {
    "costs.currency": "an ISO 4217 code such as EUR, or a sign that means one currency, such as \N{EURO SIGN}",
    "costs.begins": "a month as YYYY-MM, such as 2026-09, or empty",
    "costs.financial_year": "a month, 01 to 12 or its English name, such as 04 or April",
    "members.without": "names of members, several separated by ;, or empty",
}
"""What may stand where a text has to say something."""


def is_converted(scenario: Scenario, key: str) -> bool:
    """Whether a price is a default that the scenario's rate has converted: nobody gave it."""
    if scenario.costs.rate is None or key not in PRICES or key in scenario.sources:
        return False
    return bool(value_of(scenario, key) == converted_default(key, scenario.costs.rate))


def unsaid(key: str, value: Any, by: str) -> str:
    """What stands for the source of a value that somebody set and gave none; "" for a default, which has its own."""
    return "" if value == KEYS[key].default else f"assumption: set by {by} without a source"


def rows(scenario: Scenario) -> tuple[Row, ...]:
    """Every value of a scenario, as the schema has them, then those of each further funder; prices in its currency."""
    currency = scenario.costs.currency
    return tuple(
        Row(
            key=name,
            value=value_of(scenario, name),
            unit=in_currency(key.unit, currency),
            role=key.role,
            allowed=in_currency(_allowed(key), currency),
            prior=prior_of(scenario, name),
            text=key.text,
            source=source_of(scenario, name),
        )
        for name in keys_of(scenario)
        if (key := key_named(name)) is not None
    )


def _allowed(key: Key) -> str:
    """What is allowed; of a text what it has to say."""
    if key.kind != "str":
        return key.allowed
    file = "the path of a CSV file, or empty" if key.key in FILES else key.allowed
    return _TEXTS.get(key.key, file)


def prior_of(scenario: Scenario, key: str) -> tuple[float, float] | None:
    """The range worth trying, in the scenario's currency; None where there is none, or nothing to convert it by."""
    known, costs = key_named(key), scenario.costs
    prior = known.prior if known else None
    if prior is None or key not in PRICES or costs.currency == "USD":
        return prior
    return None if costs.rate is None else (prior[0] * costs.rate, prior[1] * costs.rate)


def toml_value(value: Any) -> str:
    """One value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)  # JSON's escapes are TOML's, but for DEL
        return text.replace("\x7f", "\\u007f")
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    return repr(value)


def to_toml(scenario: Scenario, files: Mapping[str, str] = MappingProxyType({})) -> str:
    """A file with every value of a scenario and its sources: saved under its name, it loads back to the same scenario.

    What stood in files that it extended, and what overrides said, is written out; a roster stays in its own file.

    Args:
        scenario: what to write.
        files: dotted key -> path to write instead, where the files of a roster are copied too.
    """
    lines = [f"title = {toml_value(scenario.title)}", f"question = {toml_value(scenario.question)}"]
    others = scenario.funder.others
    converted = {key for key in PRICES if is_converted(scenario, key)}  # reading converts them again
    for table in TABLES:
        lines += ["", "[[funder]]" if others and table == "funder" else f"[{table}]"]
        for key in KEYS:
            value = files.get(key, value_of(scenario, key))
            if key.rpartition(".")[0] == table and value is not None and key != OTHERS and key not in converted:
                lines.append(f"{key.rpartition('.')[2]} = {toml_value(value)}")
        if table == "funder.shift":
            for other in others:
                lines += ["", "[[funder]]", *(f"{key} = {toml_value(value)}" for key, value in other.said().items())]
    said = {key: source_of(scenario, key) for key in KEYS if source_of(scenario, key) != KEYS[key].source}
    said = {key: text for key, text in said.items() if key not in converted}
    said |= scenario.sources
    lines += ["", "[sources]", *(f"{toml_value(key)} = {toml_value(said[key])}" for key in KEYS if key in said)]
    for one in scenario.observed:
        lines += [
            "",
            f"[observed.{one.outcome}]",
            *(f"{key} = {toml_value(said)}" for key, said in one.written().items()),
        ]
    return "\n".join(lines) + "\n"


def to_dict(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain data for manifests, the same on every machine: rosters and posteriors as name and hash."""
    plain: dict[str, Any] = {"name": scenario.name, "title": scenario.title, "question": scenario.question}
    for key in KEYS:
        *tables, last = key.split(".")
        here = plain
        for table in tables:
            here = here.setdefault(table, {})
        value = value_of(scenario, key)
        here[last] = Path(value).name if key in FILES else plain_value(value)
    plain["sources"] = dict(sorted(scenario.sources.items()))
    plain["roster"] = _roster_hash(scenario)
    if scenario.observed:
        plain["observed"] = observed_of(scenario)
    plain["posterior"] = None if scenario.posterior is None else dict(scenario.posterior.describe())
    if scenario.rules is not None:
        plain["rules"] = {"name": scenario.rules.name, "sha256": scenario.rules.sha256}
    if scenario.outcomes is not None:
        plain["outcomes"] = {"name": scenario.outcomes.name, "sha256": scenario.outcomes.sha256}
    return plain


def observed_of(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """What was observed of a scenario's network, as plain data by outcome."""
    return {one.outcome: one.describe() for one in scenario.observed}


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 of all that can change a result: values, roster, posterior; no names, texts, sources, observations."""
    plain = to_dict(scenario)
    for text in ("name", "title", "question", "sources"):
        del plain[text]
    plain.pop("observed", None)  # what happened moves nothing that is simulated
    for key in OF_ROSTER:
        table, name = key.split(".")
        del plain[table][name]
    del plain["funder"]["name"]
    for key in _LATER:  # so that a scenario has the fingerprint that it had before there were these keys
        if value_of(scenario, key) == KEYS[key].default:
            table, name = key.split(".")
            del plain[table][name]
    for other in plain["funder"].get("others", ()):
        if other["entry"] == KEYS["funder.entry"].default:
            del other["entry"]
    if plain["posterior"] is not None:
        del plain["posterior"]["name"]
    if "rules" in plain:
        del plain["rules"]["name"]
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _roster_hash(scenario: Scenario) -> str | None:
    """SHA-256 of the members and ties that were read, whatever their files are called; None where members are drawn."""
    roster = scenario.roster
    if roster is None:
        return None
    said: list[object] = [roster.names, roster.topics, roster.regions, roster.ties]
    said += [one for one in (roster.ids, roster.joins, roster.leaves, roster.introductions) if one]
    said += [{"groups": roster.groups}] if roster.groups else []
    said += [roster.contacts] if roster.contacts else []
    said += [roster.standing.said()] if roster.standing else []
    digest = hashlib.sha256(json.dumps(said).encode())
    for column in (roster.interests, roster.need, *([roster.activity] if roster.activity.any() else [])):
        digest.update(column.astype("<f8").tobytes())
    for whole in (roster.region, roster.size, roster.champion):
        digest.update(whole.astype("<i8").tobytes())
    return digest.hexdigest()
