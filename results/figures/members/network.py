"""The network of a run with its names: who is likely to collaborate, and with whom."""

from matplotlib.figure import Figure

from results.figures.kit.key import Entry, key_of_names, member_key
from results.figures.kit.named_network import MOST_POINTS, DrawnTie, NamedPoint
from results.figures.kit.named_page import named_page
from results.figures.kit.style import DARK, house_style
from results.members.estimates import MemberEstimates
from scenarios.files.listing import counted

HIGH = 470.0
SMALLEST, LARGEST = 4.0, 14.0
LINES_EACH = 2.0
"""Lines that are drawn for each member: the likeliest pairs."""
_WIDEST = 4.0
_STAND_OUT = 5


def members_figures(found: MemberEstimates) -> list[Figure]:
    """The network with its names; none of one too large."""
    if len(found.names) > MOST_POINTS:
        return []
    roster = found.fates.scenario.roster
    assert roster is not None
    topics = [roster.topics[int(row.argmax())] for row in roster.interests]
    regions = [roster.regions[number] for number in roster.region.tolist()]
    with house_style([*found.names, *topics, *regions]):
        return [_drawn(found, topics, regions)]


def _drawn(found: MemberEstimates, topics: list[str], regions: list[str]) -> Figure:
    key, chances = key_of_names(topics, regions), found.level["collaborated"].mean
    bold = set(found.ranked("collaborated")[:_STAND_OUT])
    points = [
        NamedPoint(
            name,
            key.colour(topics[one]),
            key.shape(regions[one]),
            SMALLEST + (LARGEST - SMALLEST) * float(chances[one]) ** 2,
            weight=float(chances[one]),
            bold=one in bold,
        )
        for one, name in enumerate(found.names)
    ]
    one, other = found.fates.pairs
    likeliest = found.likeliest[: round(LINES_EACH * len(found.names))]
    ties = [
        DrawnTie(
            int(one[pair]), int(other[pair]), _WIDEST * float(found.pairs.mean[pair]), DARK,
            dark=0.25 + 0.6 * float(found.pairs.mean[pair]), pull=3 * float(found.pairs.mean[pair]),
        )
        for pair in reversed(likeliest)
    ]  # fmt: skip
    lines = [
        Entry(f"in {share:.0%} of the networks".replace("%", " %"), line=_WIDEST * share, fill=DARK)
        for share in (0.1, 0.3, 0.6)
    ]
    several = len(set(topics)) > 1
    signs = [
        (heading, entries)
        for heading, entries in (*member_key(key), ("Collaborate", lines))
        if entries and (several or heading != "Main topic")
    ]
    month, networks = found.fates.month, found.fates.networks
    title = f"Who is likely to collaborate with whom at the end of month {month}"
    said = [
        "The larger a member, the likelier it is to have collaborated by then; in bold the five likeliest. Lines: the "
        f"{counted(len(ties), 'likeliest pair')} in {counted(networks, 'network')}."
    ]
    return named_page(title, said, signs, points, ties, label="members", high=HIGH, kept=60)
