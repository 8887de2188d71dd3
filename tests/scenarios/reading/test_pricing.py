"""Prices in a scenario's currency: what a file says is in it; what it does not say is converted, or asked for."""

from pathlib import Path

import numpy as np
import pytest

import scenarios
from results.calibrating.posterior_summary import free_parameters
from results.commands.calibrate import check_prices
from results.comparing.choosing_scenarios import choose
from scenarios import Scenario, ScenarioError, fingerprint, load, to_toml
from scenarios.designs.design import plan
from scenarios.files.faults import RequestError
from scenarios.observed.study import Observed
from scenarios.reading.posterior_file import is_shipped, read_posterior, write_posterior
from scenarios.schema.keys import KEYS, PRICES
from tests.shared import ask

EUROS = """title = "A network in euros"
question = "What does it cost in euros?"
extends = "salex"
[costs]
currency = "€"
rate = 0.5
backbone = 280000.0
[sources]
"costs.backbone" = "estimate: our budget"
"""
ALL_GIVEN = dict.fromkeys(PRICES, "100.0")


def written(folder: Path, text: str = EUROS, name: str = "euros.toml") -> Path:
    (folder / name).write_text(text)
    return folder / name


def refused(folder: Path, *changes: str) -> str:
    with pytest.raises(ScenarioError) as why:
        load(written(folder), changes)
    return str(why.value)


def test_what_a_file_says_is_in_its_currency_and_all_else_is_converted(tmp_path: Path) -> None:
    salex, euros = load("salex"), load(written(tmp_path))
    assert euros.costs.currency == "EUR"
    assert euros.costs.backbone == 280_000
    assert euros.grants.size == 0.5 * salex.grants.size  # salex's file is in USD
    assert "converted from USD at 0.5" in euros.sources["grants.size"]
    for key in PRICES:
        if key not in ("costs.backbone", "grants.size"):
            assert scenarios.value_of(euros, key) == 0.5 * KEYS[key].default


def test_the_posteriors_prices_are_converted_and_given_ones_no_longer_vary(tmp_path: Path) -> None:
    before, after = load("salex").posterior, load(written(tmp_path)).posterior
    assert before is not None
    assert after is not None
    assert "costs.backbone" in before.keys
    assert "costs.backbone" not in after.keys
    for key in after.keys:
        one, other = before.values[:, before.keys.index(key)], after.values[:, after.keys.index(key)]
        np.testing.assert_array_equal(other, one * 0.5 if key in PRICES else one)
    assert is_shipped(after)


def test_a_given_price_is_known_even_if_it_is_the_default_in_dollars(tmp_path: Path) -> None:
    text = EUROS.replace("280000.0", str(KEYS["costs.backbone"].default)).partition("[sources]")[0]
    posterior = load(written(tmp_path, text)).posterior
    assert posterior is not None
    assert "costs.backbone" not in posterior.keys


def test_it_loads_back_to_the_same(tmp_path: Path) -> None:
    euros = load(written(tmp_path))
    again = load(written(tmp_path, to_toml(euros)))
    assert again == euros
    assert again.posterior == euros.posterior
    assert euros.posterior is not None
    kept = read_posterior(written(tmp_path, write_posterior(euros.posterior), "kept.csv"))
    assert (kept.currency, kept.rate) == ("EUR", 0.5)
    assert load(written(tmp_path), posterior=kept).posterior == euros.posterior


def test_without_a_rate_the_missing_prices_are_named() -> None:
    with pytest.raises(ScenarioError) as why:
        load("salex", ["costs.currency=EUR"])
    assert all(key in str(why.value) for key in PRICES)
    assert "costs.rate" in str(why.value)
    some = [f"{key}={value}" for key, value in ALL_GIVEN.items() if key != "costs.session"]
    with pytest.raises(ScenarioError, match=r"not given in it: costs\.session; give each, or costs\.rate"):
        load("salex", ["costs.currency=EUR", *some])


def test_with_every_price_given_no_rate_is_needed_but_for_what_grants_do() -> None:
    given = ["costs.currency=KES", *(f"{key}={value}" for key, value in ALL_GIVEN.items())]
    with pytest.raises(ScenarioError, match=r"known in USD \(behaviour\.grant_strength\)"):
        load("salex", given)
    for more in ("behaviour.grant_strength=0.0", "grants.per_call=0"):
        made = load("salex", [*given, more])
        assert made.costs.rate is None
        assert made.costs.capstone == 100.0
        assert made.posterior is not None
        assert not set(made.posterior.keys) & set(PRICES)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("costs.currency=EURO", "did you mean EUR?"), ("costs.currency=$", "may be USD, AUD"),
        ("costs.currency=USD/EUR", "more than one currency"), ("costs.rate=0", "0.000001 to 1000000000"),
        ("costs.currency=5", "is no currency"),
    ],
)  # fmt: skip
def test_a_currency_that_is_none_is_refused(change: str, why: str, tmp_path: Path) -> None:
    assert why.replace("0.000001", "1e-06") in refused(tmp_path, change)


def test_a_rate_is_of_a_currency(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"costs\.rate is 0\.9, but costs\.currency is USD"):
        load("salex", ["costs.rate=0.9"])
    euros = load(written(tmp_path))
    with pytest.raises(ScenarioError, match=r"converted at 0\.5 already"):
        scenarios.replace(euros, {"costs.rate": 0.9})


def test_a_rate_moves_prices_and_nothing_else() -> None:
    salex, yen = load("salex"), load("salex", ["costs.currency=JPY", "costs.rate=128"])  # a power of 2: exact
    seven, other = (scenarios.at_replicate(one, 6) for one in (salex, yen))
    assert other.behaviour == seven.behaviour
    assert other.costs.backbone == 128 * seven.costs.backbone
    assert other.grants.size / other.costs.per_usd == seven.grants.size


def test_a_reference_grant_is_one_in_any_currency() -> None:
    """50,000 USD does what the reference does: nothing of what larger grants do more is then at work."""
    (by_money,) = (one for one in scenarios.ASSUMPTIONS if one.id == "grants-by-their-money")
    for rate, size, at_work in ((0.92, 46_000.0, False), (0.92, 50_000.0, True), (0.3, 15_000.0, False)):
        asked = load("salex", ["costs.currency=EUR", f"costs.rate={rate}", f"grants.size={size}"], posterior=None)
        assert by_money.is_at_work({key: scenarios.value_of(asked, key) for key in KEYS}) is at_work


def test_dollars_keep_their_fingerprint(tmp_path: Path) -> None:
    salex = load("salex")
    assert fingerprint(salex) == fingerprint(load("salex", ["costs.currency=USD", "costs.staff=3.0"]))
    assert fingerprint(salex) != fingerprint(load("salex", ["costs.staff=4.0"]))
    assert len({fingerprint(one) for one in (salex, load(written(tmp_path)))}) == 2


def test_two_currencies_are_compared_in_that_of_the_first(tmp_path: Path) -> None:
    euros = str(written(tmp_path))
    dollars = choose(["salex", euros], (), "shipped")
    assert [one.costs.currency for one in dollars] == ["USD", "USD"]
    assert dollars[1].costs.backbone == 560_000
    both = choose([euros, "salex"], (), "shipped")
    assert both[1].costs.backbone == 0.5 * KEYS["costs.backbone"].default
    assert _prices(both[1]) == _prices(load("salex"), 0.5)


def _prices(one: Scenario, rate: float = 1.0) -> list[list[float]]:
    known = one.posterior
    assert known is not None
    columns = [known.keys.index(key) for key in PRICES if key in known.keys]
    prices: list[list[float]] = (known.values[:, columns] * rate).tolist()
    return prices


def test_two_currencies_without_a_rate_are_refused(tmp_path: Path) -> None:
    given = "".join(f"{key} = 100.0\n" for key in PRICES)
    alone = 'title = "Kenya"\nquestion = "What?"\n' + 'costs.currency = "KES"\nbehaviour.grant_strength = 0.0\n' + given
    kenya = str(written(tmp_path, alone, "kenya.toml"))
    said = ask("compare", "salex", kenya, "--replicates", "2")
    assert said.exit_code == 2
    assert "kenya is in KES and salex in USD" in " ".join(said.stderr.split())


def test_ranges_worth_trying_are_converted_or_asked_for(tmp_path: Path) -> None:
    euros = load(written(tmp_path))
    (factor,) = plan(euros, ["costs.capstone"], kind="lhs", points=2).factors
    assert (factor.low, factor.high) == tuple(0.5 * end for end in KEYS["costs.capstone"].prior or ())
    (own,) = plan(euros, ["costs.capstone=10000:100000"], kind="lhs", points=2).factors
    assert (own.low, own.high) == (10_000, 100_000)
    given = ["costs.currency=KES", "grants.per_call=0", *(f"{key}={value}" for key, value in ALL_GIVEN.items())]
    with pytest.raises(ScenarioError, match="has a range to try in USD alone"):
        plan(load("salex", given), ["costs.capstone"], kind="lhs", points=2)


def test_what_was_observed_stays_observed_in_another_currency(tmp_path: Path) -> None:
    """The same network in other books; a grant that is worth something else makes another network."""
    euros = str(written(tmp_path))
    _, salex = choose([euros, "salex"], (), None)
    assert salex.observed == load("salex", posterior=None).observed != ()
    rate = ["costs.currency=JPY", "costs.rate=150"]
    assert load("salex", rate).observed
    assert not load("salex", [*rate, "grants.size=8e6"]).observed


def test_prices_are_learned_in_dollars(tmp_path: Path) -> None:
    study = Observed("euros", "A study", load(written(tmp_path)), frozenset(), ())
    check_prices([study], free_parameters(["behaviour.initiative"]))
    with pytest.raises(RequestError, match=r"costs\.capstone: 'euros' is in EUR, and prices are learned in USD"):
        check_prices([study], free_parameters(["behaviour.initiative", "costs.capstone"]))
