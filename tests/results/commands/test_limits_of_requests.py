"""What a request allows: refused by the request itself, with the limits of the option, before anything is made."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import click
import pytest

import cli
import results
from results.commands.limits import Limit, Number, OneOf, OneOfOrFile, Whole
from scenarios.files.faults import RequestError

GIVEN: dict[type[Any], dict[str, Any]] = {
    results.Run: {"scenario": "salex"},
    results.Compare: {"scenarios": ["salex", "sparc"]},
    results.CompareOver: {"scenarios": ["salex", "sparc"], "over": "exit"},
    results.Explain: {"scenarios": ["salex", "sparc"]},
    results.Sweep: {"scenarios": "salex"},
    results.Sensitivity: {"scenarios": "salex"},
    results.Optimise: {"scenario": "salex", "budget": 1e6, "levers": "grants.per_call"},
    results.Portfolio: {"scenarios": ["salex", "sparc"], "budget": 3e6},
    results.Check: {"observed": "search-costs"},
    results.Calibrate: {"observed": "search-costs", "free": ["behaviour.decay"]},
    results.Recover: {"observed": "search-costs", "free": ["behaviour.decay"]},
    results.PlanCalibration: {"observed": "search-costs", "free": ["behaviour.decay"]},
    results.Discover: {"run": "runs/none"},
    results.Verify: {"folder": "runs/none"},
    results.Reproduce: {"run": "runs/none"},
    results.Export: {"source": "salex"},
    results.Explore: {},
}
"""Request -> fields without which it cannot be asked."""
COMMANDS = {
    results.CompareOver: "compare", results.Recover: "calibrate", results.PlanCalibration: "calibrate",
    results.Explore: "explore",
}  # fmt: skip


def beyond(limit: Limit) -> Iterator[Any]:
    """Values just outside."""
    match limit:
        case Whole(low, high):
            yield from (low - 1, float(low), True, "1", *([] if high is None else [high + 1]))
        case Number(above, high):
            yield from (float("nan"), float("inf"), *([] if above is None else [above]))
            yield from [] if high is None else [high + max(0.01, 1e-9 * high)]
        case OneOf():
            yield from ("", "another")


FIELDS = [(kind, field) for kind in GIVEN for field in kind.LIMITS]


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda one: getattr(one, "__name__", one))
def test_a_value_out_of_range_is_refused_with_its_field(
    kind: type[Any], field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for value in beyond(kind.LIMITS[field]):
        with pytest.raises(RequestError, match="allowed is") as refused:
            kind(**{**GIVEN[kind], field: value})
        assert refused.value.field == field
    assert not list(tmp_path.iterdir()), "nothing is begun"


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=lambda one: getattr(one, "__name__", one))
def test_the_ends_of_a_range_are_allowed(kind: type[Any], field: str) -> None:
    limit = kind.LIMITS[field]
    ends = limit.words if isinstance(limit, OneOf) else (limit.high, limit.low if isinstance(limit, Whole) else 0.5)
    for value in ends:
        if value is not None:
            assert getattr(kind(**{**GIVEN[kind], field: value}), field) == value


@pytest.mark.parametrize("kind", GIVEN, ids=lambda kind: kind.__name__)
def test_options_have_the_limits_of_the_request(kind: type[Any]) -> None:
    command = cli.main.commands[COMMANDS.get(kind, kind.__name__.lower())]
    options = {str(one.name): one.type for one in command.params}
    for field in fields(kind):
        option, limit = options[field.name], kind.LIMITS.get(field.name)
        match option:
            case click.FloatRange():
                assert limit == Number(option.min, option.max), field.name
            case click.IntRange():
                assert limit == Whole(int(option.min or 0), option.max), field.name
            case click.Choice() if isinstance(limit, OneOfOrFile):
                assert limit.words == tuple(option.choices), field.name
            case click.Choice():
                assert limit == OneOf(tuple(option.choices)), field.name
            case click.types.FloatParamType():
                assert limit == Number(), field.name
            case _:
                assert limit is None, field.name


@pytest.mark.parametrize(
    "kind", [kind for kind in GIVEN if any(one.name == "posterior" for one in fields(kind))],
    ids=lambda kind: kind.__name__,
)  # fmt: skip
def test_a_posterior_that_nobody_knows_is_refused(kind: type[Any]) -> None:
    with pytest.raises(RequestError, match="did you mean 'shipped'") as refused:
        kind(**{**GIVEN[kind], "posterior": "shiped"})
    assert refused.value.field == "posterior"


def test_what_is_usual_is_within_the_limits() -> None:
    for kind in GIVEN:
        for field in fields(kind):
            if field.name in kind.LIMITS and field.default is not MISSING and field.default is not None:
                assert kind.LIMITS[field.name].allows(field.default), (kind, field.name)


@pytest.mark.parametrize(("month", "waves"), [(6_000, "0,6000"), (60_000, "0,-1")])
def test_a_month_after_the_last_is_refused(month: int, waves: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="the last month") as refused:
        results.Export("salex", month=month, out=tmp_path / "none").answer()
    assert refused.value.field == "month"
    with pytest.raises(RequestError, match="months from 0 to") as planned:
        results.PlanCalibration("search-costs", free=["behaviour.decay"], waves=waves).answer()
    assert planned.value.field == "waves"
    assert not (tmp_path / "none").exists()
