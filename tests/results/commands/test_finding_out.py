"""Runs say what to find out first, where parameters vary and do more than luck."""

import json
from pathlib import Path

import numpy as np

from results.commands.compare import Compare
from results.commands.run import Run
from results.commands.verify import Verify
from scenarios import Posterior


def test_a_run_says_which_group_makes_most_and_a_fixed_one_says_nothing(tmp_path: Path) -> None:
    """Of the keys that the shipped posterior varies, those that say how partners are found move the rate most."""
    found = Run("salex", replicates=160, figures=False, out=tmp_path / "open", workers=2).answer()
    shares = json.loads(json.dumps(found.document))["find_out_first"]
    first = shares["collaboration_rate"][0]
    assert first["group"] == "search"
    assert first["share"] > 0.3
    assert "What to find out first about the share of members that ever collaborate" in " ".join(str(found).split())
    assert Verify(tmp_path / "open").answer().verification.holds
    fixed = Run("salex", posterior=None, replicates=60, figures=False, out=tmp_path / "fixed").answer()
    assert "find_out_first" not in fixed.document
    assert "find out first" not in str(fixed)


def test_a_comparison_says_it_of_differences(tmp_path: Path) -> None:
    """Where initiative is anything from a tenth to a half, and evidence hardly varies, search comes first."""
    luck = np.random.default_rng(1)
    values = np.column_stack([luck.uniform(0.05, 0.9, 80), luck.uniform(0.079, 0.081, 80)])
    known = Posterior(("behaviour.initiative", "behaviour.evidence_rate"), values, np.full(80, 1 / 80))
    found = Compare(
        ["salex", "no-facilitation"], replicates=160, figures=False, out=tmp_path / "out", workers=2, posterior=known
    ).answer()
    shares = json.loads(json.dumps(found.document))["find_out_first"]
    assert shares.keys() == {"no-facilitation"}
    first, *others = shares["no-facilitation"]["collaboration_rate"]
    assert first["group"] == "search"
    assert first["share"] > 0.5 > max((one["share"] for one in others), default=0.0)
