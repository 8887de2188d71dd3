"""Which uncertain parameters vary between networks, and which are fixed: one count, one sentence for every output."""

from collections.abc import Collection, Iterable, Sequence

from results.words.few import few, few_sets
from results.words.sentence import in_turn, told
from scenarios import KEYS, Posterior, Scenario
from scenarios.designs.design import Design
from scenarios.reading.posterior_file import is_shipped

UNCERTAIN = frozenset(
    key
    for key, known in KEYS.items()
    if known.role == "uncertainty" and known.kind in ("float", "int") and not known.word
)
"""Keys of every quantity that somebody must estimate; a file, a list of weights and "never" are none."""


def varying_keys(scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    """Keys that a posterior varies over the networks of at least one of the scenarios."""
    return tuple(dict.fromkeys(key for one in scenarios if one.posterior is not None for key in one.posterior.keys))


def count_of(keys: Collection[str]) -> str:
    """How many of the uncertain quantities are among the keys that vary: "6 of 85 uncertain parameters vary"."""
    count = len(UNCERTAIN.intersection(keys))
    return told("vary.count", count=count, all=len(UNCERTAIN))


def as_far_as(keys: Collection[str]) -> str:
    """On what a conclusion rests: the parameters that vary, and no other."""
    if not UNCERTAIN.intersection(keys):
        return "with all uncertain parameters fixed"
    count = len(UNCERTAIN.intersection(keys))
    vary = "varies" if count == 1 else "vary"
    return f"considering only the {count} of {len(UNCERTAIN)} uncertain parameters that {vary}"


def parameters(scenarios: Sequence[Scenario], replicates: int) -> str:
    """What varies in so many replicates, whether intervals include the uncertainty about it, what is of one's own."""
    return in_turn([varies(scenarios, replicates), *own_words(scenarios)])


def own_words(scenarios: Sequence[Scenario]) -> list[str]:
    """A sentence each on rules and on outcomes of one's own, where there are any."""
    return [one for one in (own_rules_words(scenarios), own_outcomes_words(scenarios)) if one]


def own_rules_words(scenarios: Sequence[Scenario]) -> str:
    """Which scenarios are run with rules of one's own, and which rules these are; "" where none is."""
    files = list(dict.fromkeys(one.rules for one in scenarios if one.rules is not None))
    if not files:
        return ""
    from simulation.own_rules.rule_file import replaced  # here, not above: numba takes half a second

    each = [
        told(
            "rules.own",
            plans=in_turn([one.name for one in scenarios if one.rules == rules], "comma"),
            file=rules.name,
            rules=", ".join(replaced(rules)),
        )
        for rules in files
    ]
    return in_turn(each)


def own_outcomes_words(scenarios: Sequence[Scenario]) -> str:
    """Which outcomes are of one's own, as tables call them, and which file counts them; "" where none is."""
    own = next((one.outcomes for one in scenarios if one.outcomes is not None), None)
    if own is None:
        return ""
    from simulation.own_outcomes.catalogue import outcomes_of  # here, not above: numba takes half a second

    known = outcomes_of(own)
    labels = [one.label for one in known.all[-len(known.own_names) :]]
    return told("outcomes.own", file=own.name, outcomes=in_turn(labels, "comma"))


def varies(scenarios: Sequence[Scenario], replicates: int) -> str:
    """What varies in so many replicates, and whether intervals include the uncertainty about it."""
    posteriors = _posteriors(scenarios)
    keys = {key for one in posteriors for key in one.keys}
    if not posteriors:
        return told("vary.none", varying=count_of(()))
    return told("vary.some", varying=count_of(keys), posterior=_named(posteriors[0], replicates))


def few_behind(scenarios: Sequence[Scenario], replicates: int) -> str:
    """A warning where so many replicates live with too few sets of parameters; else ""."""
    return few_sets(_posteriors(scenarios), replicates)


def _posteriors(scenarios: Iterable[Scenario]) -> list[Posterior]:
    return [one.posterior for one in scenarios if one.posterior is not None]


def of_posterior(posterior: Posterior | None, replicates: int) -> str:
    """What varies in what is predicted for studies, of which so many replicates are run."""
    return _sentence([] if posterior is None else [posterior], replicates, "predictions", " unless a study sets them")


def between_points(design: Design) -> tuple[str, ...]:
    """Uncertain quantities that differ between the points of a design, or between futures."""
    return tuple(factor.key for factor in design.factors if factor.key in UNCERTAIN)


def of_design(design: Design, holder: str, replicates: int) -> str:
    """What varies in a design: between its points, and over the networks of each of them.

    Args:
        design: whose scenarios carry no posterior of what its points settle.
        holder: what includes the uncertainty about the parameters, such as "±".
        replicates: of each point.
    """
    between, over = between_points(design), varying_keys(design.bases)
    point = "future" if design.kind == "futures" else "point"
    if not over:
        return (
            f"{count_of(between)}, from {point} to {point}; all others are fixed at their point values, and {holder} "
            "leaves out the uncertainty about them."
        )
    whose = next(_named(one.posterior, replicates) for one in design.bases if one.posterior is not None)
    return (
        f"{count_of([*between, *over])}: {len(between)} from {point} to {point}, and {len(over)} over the networks of "
        f"each {point} ({whose}), and {holder} includes the uncertainty about these {len(over)}; all others are fixed. "
        f"--fixed fixes these {len(over)} too."
    )


def few_behind_points(design: Design, replicates: int) -> str:
    """A warning where each point of a design, of so many replicates, lives with too few sets of parameters; else "".

    Futures are drawn from what is uncertain themselves, so of them their own number counts.
    """
    if design.kind == "futures":
        return few(len(design) // len(design.bases), "futures")
    return few_sets(_posteriors(design.bases), replicates)


def _sentence(posteriors: Sequence[Posterior], replicates: int, holder: str, unless: str = "") -> str:
    keys = {key for one in posteriors for key in one.keys}
    if not posteriors:
        return (
            f"{count_of(())}: all are fixed at their point values, and {holder} leave out the uncertainty about them."
        )
    return (
        f"{count_of(keys)} ({_named(posteriors[0], replicates)}){unless}: {holder} include the uncertainty about "
        "these, but not about the others. --fixed fixes these too."
    )


def _named(posterior: Posterior, replicates: int | None = None) -> str:
    """A posterior by name, with its particles, and how many of them are used where that is not all."""
    name = told("vary.shipped") if is_shipped(posterior) else posterior.name
    used = len(posterior) if replicates is None else posterior.in_use(replicates)
    if used < len(posterior):
        return told("vary.posterior.part", name=name, used=used, count=len(posterior))
    return told("vary.posterior", name=name, count=len(posterior))


def lived_with(scenario: Scenario, replicate: int) -> str:
    """What parameters one network has."""
    if scenario.posterior is None:
        return f"{count_of(())}: this network uses the point values."
    return (
        f"{count_of(scenario.posterior.keys)} between networks: this one uses the values of particle "
        f"{scenario.posterior.particle_of(replicate)} ({_named(scenario.posterior)}); --fixed uses the point values."
    )
