"""Python and its translation mean the same, construct by construct; what else there is, is refused with its place."""

import json
from collections.abc import Callable
from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from results.estimates.comparison import Comparison
from results.exploring.javascript.faults import UntranslatableError
from results.exploring.javascript.translation import translated
from results.words.language import IN_ENGLISH, Language, language_data
from tests.results.exploring.javascript import outside_the_subset, sample
from tests.results.exploring.javascript.drawn_comparison import drawn_comparison
from tests.results.exploring.javascript.twins import Call, assert_same, in_node, named, needs_node, script

TEXTS = ("", "a", "banana", "  a b\ta ", "Ärger ist 1,5", "😀a😀", "12", 'it\'s "so"')


@needs_node
def test_numbers_mean_the_same() -> None:
    rng = np.random.default_rng(20)
    calls: list[Call] = [(sample.arithmetic, a, b) for a in sample.NUMBERS for b in sample.NUMBERS]
    values = [
        0.5,
        1.5,
        2.5,
        9.9999,
        0.99999,
        999999.6,
        99.95,
        1e22,
        5e-324,
        1e-5,
        123456.5,
        *(10 ** rng.uniform(-12, 12, 200) * rng.choice([1, -1], 200)).tolist(),
    ]
    values += (rng.integers(0, 4000, 200) / 16).tolist()
    calls += [(sample.powers, one, int(rng.integers(-3, 5))) for one in values]
    calls += [(sample.formats, one, int(rng.integers(-9999, 9999)) // 1000, str(rng.choice(TEXTS))) for one in values]
    calls += [(sample.formats, one, 1, "x") for one in sample.NUMBERS if not isinstance(one, bool)]
    calls += [(sample.decimals, a, b) for a, b in zip(values, reversed(values), strict=True)]
    assert_same(calls)


@needs_node
def test_texts_and_containers_mean_the_same() -> None:
    calls: list[Call] = [(sample.texts, one) for one in TEXTS]
    calls += [(sample.containers, one) for one in ((), ("a",), ["b", None, 2], (0.0, "", 3), ((1, 2), "x"))]
    every = [
        1,
        1.0,
        True,
        "1",
        "",
        None,
        (1,),
        [1],
        (),
        [],
        {},
        {"a": 1},
        {"a": 1.0},
        sample.Pair(1),
        (1, "none"),
        sample.Thing(1.0),
    ]
    calls += [(sample.equal, a, b) for a in every for b in every]
    calls += [(sample.records, one) for one in range(3)]
    calls += [(sample.counted, one) for one in range(7)]
    calls += [(sample.tried, one) for one in ("a", ("c", 1), 2, "none", "fail", "zero", "zip", 3.5)]
    some: list[Any] = [None, True, 3, 8, 0.5, "a", "c", sample.Pair(1, "x"), sample.Pair(1), (1, 2), (1, 2, 3), {}]
    calls += [(sample.matched, one) for one in (*some, sample.Thing(1.0, (1, 2)), sample.Thing(1.0))]
    assert_same([*calls, (sample.constants,)])


@needs_node
def test_a_page_makes_records_of_plain_data_and_plain_data_of_records() -> None:
    found = drawn_comparison(np.random.default_rng(21), 2)
    plain = json.dumps(asdict(found))  # NaN among it, as JavaScript writes it
    roots = {"results.estimates.comparison": ["Comparison"], "results.words.language": ["Language"]}
    made = f"$.made({named(Comparison)}, {plain})"
    german = f"$.made({named(Language)}, {json.dumps(language_data(IN_ENGLISH))})"
    again, equal, there = in_node(
        roots, [made, f"JSON.stringify($.plain({made}))", f"$.eq({german}, {script(IN_ENGLISH)})"]
    )
    assert again == repr(found)
    assert json.loads(eval(equal)) == json.loads(json.dumps(_without_nan(asdict(found))))
    assert there == "True"


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(one) for one in value]
    return None if isinstance(value, float) and isnan(value) else value


REFUSED = [one for one in vars(outside_the_subset).values() if callable(one) and not isinstance(one, type)]


@pytest.mark.parametrize(
    "function", [one for one in REFUSED if one.__module__ == outside_the_subset.__name__], ids=lambda one: one.__name__
)
def test_what_is_outside_of_the_subset_is_refused_with_its_place(function: Callable[..., Any]) -> None:
    with pytest.raises(UntranslatableError, match=r"outside_the_subset\.py, line \d+: ") as found:
        translated({function.__module__: [function.__name__]})
    file, _, rest = str(found.value).partition(", line ")
    line = Path(file).read_text(encoding="utf-8").splitlines()[int(rest.partition(":")[0]) - 1]
    assert "# said here" in line or "class Plain" in line, line


def test_a_text_cannot_end_the_script_of_a_page() -> None:
    code = translated({sample.__name__: ["constants"]})
    assert "</script" not in code
    assert "eval(" not in code
    assert "Function(" not in code
