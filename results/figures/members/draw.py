"""From members by name to files: the network with its names, and what each plan changes for whom."""

from collections.abc import Sequence
from pathlib import Path

from results.figures.kit.page import save
from results.figures.members.changes import change_figure
from results.figures.members.network import members_figures
from results.members.estimates import Changes, MemberEstimates


def draw_members(found: MemberEstimates, changes: Sequence[Changes], folder: Path) -> list[Path]:
    """Draw members as SVG and PNG: `members`, and for each plan a page of `member-changes`.

    Args:
        found: of the baseline.
        changes: of each plan.
        folder: where the files go; made if need be.
    """
    return [
        *save(members_figures(found), folder, "members"),
        *save([change_figure(one) for one in changes], folder, "member-changes"),
    ]
