"""From a name or a file, with overrides, to a Scenario: or everything that is wrong with it, at once.

Who wins: overrides over the file, the file over what it extends, and that over the defaults, key by key. A roster
(`members.file`) settles how many members, topics, regions and champions there are: what was said before the roster was
named gives way to it, what is said beside it or later must agree with it.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.files.faults import ScenarioError, near_miss, refusal, shown
from scenarios.files.on_every_system import unfit_as_name
from scenarios.reading.counterfactual import still_observed
from scenarios.reading.layers import (
    FILES,
    OF_PLAN,
    OF_ROSTER,
    STATE_FILES,
    TEXTS,
    Layer,
    read_changes,
    read_file,
    read_overrides,
    with_value,
)
from scenarios.reading.planned import WithoutError, left_out
from scenarios.reading.posterior_file import SHIPPED_NAME, is_shipped, posterior_of
from scenarios.reading.pricing import given_in, in_its_currency, price
from scenarios.reading.replicates import check_particles
from scenarios.reading.roster import RosterError, read_roster
from scenarios.reading.shipped import names, path_of
from scenarios.reading.standing import StateFiles
from scenarios.reading.writing import unsaid
from scenarios.schema.contradictions import INTERESTS, contradictions, decided_with
from scenarios.schema.keys import CURRENCY, KEYS, OTHERS, PRICES, RATE, of_another_funder, value_of
from scenarios.schema.observation import Observation
from scenarios.schema.posterior import Posterior
from scenarios.schema.roster import Roster
from scenarios.schema.scenario import Scenario

_SETTLED = ("network.members", "network.topics", "network.regions", "members.champions")
_DRAWN = ("members.interests_fewest", "members.interests_most", "members.need", "members.need_spread")
_DRAWN_ACTIVITY = ("members.activity_spread",)
_DRAWN_TIES = ("network.prior_ties", "network.prior_trust")
OF_A_ROSTER = (*_SETTLED, *_DRAWN, *_DRAWN_ACTIVITY, *_DRAWN_TIES)
"""Keys that members and ties from files may settle."""


def load(
    name_or_path: str | os.PathLike[str],
    overrides: Mapping[str, str] | Sequence[str] = (),
    posterior: Posterior | str | os.PathLike[str] | None = SHIPPED_NAME,
) -> Scenario:
    """The scenario of a library name or a TOML file, with overrides.

    Args:
        name_or_path: a name such as "salex", or the path of a file.
        overrides: "KEY=VALUE" texts as of `--set`, with dotted keys, or a mapping from KEY to VALUE.
        posterior: what is known of values that neither the file nor an override settles: "shipped", the posterior that
            ships with the project; one that was read; or the path of its file. None fixes all parameters at their point
            values.

    Raises:
        ScenarioError: with every fault of the file, of those it extends, of its roster, of the overrides and of the
            posterior.
    """
    label = os.fspath(name_or_path)
    path = _locate(label, Path())
    layers = _chain(path, label)
    if overrides:
        layers.append(read_overrides(overrides))
    return _build(label, path.stem, layers, posterior=posterior_of(posterior))


def parent_of(name_or_path: str | os.PathLike[str]) -> Scenario | None:
    """The scenario that another one's file extends; None where it extends nothing.

    Args:
        name_or_path: of the other one, as in `load`.

    Raises:
        ScenarioError: with every fault of what it extends.
    """
    label = os.fspath(name_or_path)
    layers = _chain(_locate(label, Path()), label)[:-1]
    return _build(layers[-1].name, layers[-1].name, layers) if layers else None


def load_under(name_or_path: str, base: Path, layer: Layer) -> Scenario:
    """The scenario of a library name or a TOML file, under one more layer of values.

    Args:
        name_or_path: as in `load`; a path is relative to `base`.
        base: a folder.
        layer: values that win over the file's, with their sources.

    Raises:
        ScenarioError: with every fault of the file, and what does not go together under the layer.
    """
    path = _locate(name_or_path, base)
    return _build(name_or_path, layer.name, [*_chain(path, name_or_path), layer])


def replace(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The same scenario with other values, as careful as `load` about them; its posterior is left with the others.

    Args:
        scenario: stays as it is.
        changes: dotted key -> value; "name", "title" and "question" too. None leaves out what may be left out.

    Raises:
        ScenarioError: with every fault of the changes.
    """
    changes = dict(changes)
    name = changes.pop("name", scenario.name)
    before = Layer(scenario.name, "", Path.cwd(), finished=True)
    before.values = {key: value_of(scenario, key) for key in KEYS}
    before.values |= {key: getattr(scenario, key) for key in TEXTS}
    before.sources = dict(scenario.sources)
    before.observed = scenario.observed
    after = read_changes(changes)
    if not isinstance(name, str):
        after.faults.append(f"name is {shown(name)}: allowed is text")
    elif name != scenario.name and (why := unfit_as_name(name)):
        after.faults.append(f"name is {shown(name)}: files are named by it on every system, and {why}")
    roster = None if any(key in after.values for key in OF_ROSTER) else scenario.roster
    changed = _build(f"{scenario.name} with these changes", name, [before, after], roster, scenario.posterior)
    if scenario.outcomes is not None:
        changed = changed.with_outcomes(scenario.outcomes)
    return changed if scenario.rules is None else changed.with_rules(scenario.rules)


def _locate(name_or_path: str, base: Path) -> Path:
    """The file that is meant: a path if it looks like one, else a library name, else a file without ending."""
    if "\0" in name_or_path:
        raise ScenarioError(f"no file is called {shown(name_or_path)}: a name cannot hold a NUL")
    looks_like_path = name_or_path.endswith(".toml") or "/" in name_or_path or os.sep in name_or_path
    if not looks_like_path:
        if name_or_path in names():
            return path_of(name_or_path)
        # os.path, not pathlib: it answers False to names that no file can have, where pathlib raises
        if not name_or_path or not os.path.isfile(base / name_or_path):
            beside = base / f"{name_or_path}.toml"
            hint = f"; did you mean {beside}?" if name_or_path and os.path.isfile(beside) else ""
            hint = hint or near_miss(name_or_path, names(), "'")
            hint = hint or f"; there are {', '.join(names())}, or give the path of a TOML file"
            raise ScenarioError(f"no scenario is called '{name_or_path}'{hint}")
    return base / Path(name_or_path)


def _chain(path: Path, label: str) -> list[Layer]:
    """The file and everything that it extends, the eldest first."""
    layer = read_file(path, label)
    layers, seen = [layer], [os.path.realpath(path)]
    while layer.extends:
        try:
            parent = _locate(layer.extends, layer.base)
        except ScenarioError as error:
            layer.faults.append(f'extends is "{layer.extends}": {error}')
            layer.incomplete = True
            break
        seen.append(os.path.realpath(parent))
        if seen[-1] in seen[:-1]:
            circle = [os.path.basename(one) for one in seen[seen.index(seen[-1]) :]]
            layer.incomplete = True
            layer.faults.append(f"extends goes round in a circle: {' -> '.join(circle)}; end it at one of them")
            break
        layer = read_file(parent, layer.extends)
        layers.append(layer)
    return layers[::-1]


def _build(
    label: str, name: str, layers: list[Layer], roster: Roster | None = None, posterior: Posterior | None = None
) -> Scenario:
    faults = [
        f"in {one.label}: {fault}" if one.label not in ("", label) else fault for one in layers for fault in one.faults
    ]
    bad = set().union(*(one.bad for one in layers))
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for layer in layers:
        values |= layer.values
        _merge_sources(sources, layer)
        faults += _of_other_funders(values, sources, layer, bad)
    if not any(one.incomplete for one in layers):
        faults += [
            f"{key} is missing: say it in a line of text" for key in TEXTS if key not in values and key not in bad
        ]
    if roster is None and values.get("members.file") and not bad.intersection((*FILES, "network.today")):
        try:
            today = values.get("network.today", 0)
            state = StateFiles(today, *(values.get(key, "") for key in STATE_FILES)) if today else None
            roster = read_roster(values["members.file"], *(values.get(key) or None for key in OF_PLAN[1:]), state=state)
            roster = left_out(roster, values.get("members.without", ""), values["members.file"])
        except (RosterError, WithoutError) as error:
            faults += error.faults
            bad |= {"members.file", *_SETTLED}
    if roster is not None:
        faults += _settle(values, sources, layers, roster)
    if not bad.intersection((CURRENCY, RATE, *PRICES)):
        faults += price(values, sources, layers)
    scenario = _assemble(name, values, sources)
    scenario = scenario.model_copy(update={"observed": _observed(layers, scenario)})
    faults += [fault.text for fault in contradictions(scenario, scenario.observed) if not bad.intersection(fault.keys)]
    if faults:
        raise ScenarioError(refusal(label, faults))
    scenario = scenario.with_roster(roster)
    if posterior is not None:
        known = _known(layers, roster) | given_in(layers)
        if is_shipped(posterior):
            known |= _decided_with(known, scenario, posterior)
        left = posterior.without(known)
        if left is not None:
            left = in_its_currency(left, scenario.costs.currency, scenario.costs.rate)
        scenario = scenario.with_posterior(left)
        if not is_shipped(posterior):
            check_particles(scenario)
    return scenario


def _of_other_funders(values: dict[str, Any], sources: dict[str, str], layer: Layer, bad: set[str]) -> list[str]:
    """Put into `values` what a layer says of funders after the first, by name; what is wrong with it."""
    faults, others = [], {one.name: one for one in values.get(OTHERS, ())}
    first = values.get("funder.name", "")
    for name, own, value, key in layer.of_others:
        trial = Layer("", "", layer.base)
        if name in others:
            others[name] = with_value(others[name], own, value, trial)
            sources[OTHERS] = layer.sources.get(OTHERS, f"assumption: set by {layer.name} without a source")
        else:
            trial.faults.append(_no_such_funder(key, first, others))
        said = f"--set {key}={shown(value)}: " if layer.name == "--set" else ""
        faults += [said + fault for fault in trial.faults]
        bad |= {OTHERS} if trial.faults else set()
    if layer.of_others:
        values[OTHERS] = tuple(others.values())
    return faults


def _no_such_funder(key: str, first: str, others: Collection[str]) -> str:
    """What to say of `funder.NAME.KEY` where no funder after the first has that name."""
    name, own = of_another_funder(key) or ("", "")
    if name == first:
        return f"{key} is not a key of a scenario; the first funder's is funder.{own}"
    if not others:
        there = near_miss(key, KEYS) or f"; its key is funder.{own}"
        return f"no funder is called {shown(name)}: there is one funder{there}"
    there = near_miss(name, others, "'") or f"; funders after the first are {', '.join(map(shown, others))}"
    return f"no funder is called {shown(name)}{there}"


def check_funders(keys: Iterable[str], scenarios: Sequence[Scenario], place: str) -> None:
    """Refuse keys of funders after the first that a scenario does not have.

    Args:
        keys: dotted keys that are to be varied, of any kind.
        scenarios: each must have all of those funders.
        place: where the keys are written, for what is wrong with them.

    Raises:
        ScenarioError: with everything that is wrong.
    """
    faults = []
    for key in keys:
        meant = of_another_funder(key)
        for one in scenarios if meant else ():
            others = [other.name for other in one.funder.others]
            if meant and meant[0] not in others:
                which = f"of {one.name} " if len(scenarios) > 1 else ""
                said = _no_such_funder(key, one.funder.name, others)
                faults.append(said.replace("no funder ", f"no funder {which}", 1))
    if faults:
        raise ScenarioError(refusal(place, list(dict.fromkeys(faults))))


def _observed(layers: list[Layer], scenario: Scenario) -> tuple[Observation, ...]:
    """What the scenario's own file, not one that it extends, says was observed; and still is, under the overrides."""
    last = max(number for number, layer in enumerate(layers) if not layer.is_override)
    if last == len(layers) - 1:
        return layers[last].observed
    before: dict[str, Any] = {}
    for layer in layers[: last + 1]:
        before |= layer.values
    return still_observed(layers[last].observed, before, scenario)


def _known(layers: list[Layer], roster: Roster | None) -> set[str]:
    """Keys whose values somebody settles: by an override, in a file, or in a roster. A default written out does not."""
    known: set[str] = set(settled_by(roster, ties=roster.ties is not None)) if roster is not None else set()
    for layer in layers:
        if not layer.finished:
            known |= {
                key
                for key, value in layer.values.items()
                if key in KEYS and (layer.is_override or key in layer.sources or value != KEYS[key].default)
            }
    return known


def _decided_with(known: set[str], scenario: Scenario, posterior: Posterior) -> set[str]:
    """Keys that nobody settles but that what is settled bounds: the shipped posterior, nobody's choice, yields.

    A posterior that somebody names is refused instead, with its particles.
    """
    most = [posterior.values[:, posterior.keys.index(key)].max() for key in INTERESTS if key in posterior.keys]
    return decided_with(known, scenario.network.topics, most)


def _merge_sources(sources: dict[str, str], layer: Layer) -> None:
    """Who sets a value says where it comes from; who does not is named instead, whatever was said before."""
    for key, value in layer.values.items() if not layer.finished else ():
        if key in KEYS and key not in layer.sources:
            sources.pop(key, None)
            if said := unsaid(key, value, layer.name):
                sources[key] = said
    sources |= layer.sources


def _settle(values: dict[str, Any], sources: dict[str, str], layers: list[Layer], roster: Roster) -> list[str]:
    """Put into `values` what the roster settles; say where somebody has said otherwise beside or after it."""
    faults = []
    counts = (roster.founders, len(roster.topics), len(roster.regions), int(roster.champion.sum()))
    names_it = max((number for number, layer in enumerate(layers) if layer.values.get("members.file")), default=0)
    left_out_by = max((number for number, layer in enumerate(layers) if "members.without" in layer.values), default=0)
    file = Path(values["members.file"]).name or "its roster"
    for key, count in zip(_SETTLED, counts, strict=True):
        said = [layer.values[key] for layer in layers[max(names_it, left_out_by) :] if key in layer.values]
        if said and said[-1] != count:
            what = key.rpartition(".")[2]
            faults.append(f"{key} is {said[-1]} but {file} has {count} {what}; leave {key} out")
        values[key] = count
        sources[key] = f"estimate: counted in {file}"
    if roster.joins and values.get("network.joining", 0.0) > 0:
        faults.append(
            f"network.joining is {values['network.joining']:g}, but {file} says who joins later; set it to 0, or leave "
            "the column joins out"
        )
    drawn = settled_by(roster, ties=roster.ties is not None)
    for layer in layers[names_it + 1 :]:
        faults += [
            f"{key} is set, but {file} settles it for each member; leave it out" for key in drawn if key in layer.values
        ]
    return faults


def settled_by(roster: Roster, *, ties: bool) -> tuple[str, ...]:
    """Keys of what is drawn where there is no roster, or where it does not say.

    Args:
        roster: the members.
        ties: whether their first ties are known.
    """
    activity = _DRAWN_ACTIVITY if (roster.activity > 0).all() else ()
    return _DRAWN + activity + (_DRAWN_TIES if ties else ())


def fixed_by(roster: Roster) -> tuple[str, ...]:
    """Keys that nobody can set beside a roster: what it counts, and what is drawn where it does not say."""
    return (*_SETTLED, *settled_by(roster, ties=roster.ties is not None))


def _assemble(name: str, values: Mapping[str, Any], sources: dict[str, str]) -> Scenario:
    """A Scenario of values that are each allowed; whether they go together is asked next, with all else."""
    tree: dict[str, Any] = {}
    for key, value in values.items():
        *tables, last = key.split(".")
        here = tree
        for table in tables:
            here = here.setdefault(table, {})
        here[last] = value
    parts: dict[str, Any] = {"title": tree.get("title", ""), "question": tree.get("question", "")}
    for table, field in Scenario.model_fields.items():
        if table in tree and table not in TEXTS:
            parts[table] = field.annotation.model_validate(tree[table])  # type: ignore[union-attr]
    return Scenario.model_construct(name=name, sources=dict(sorted(sources.items())), **parts)
