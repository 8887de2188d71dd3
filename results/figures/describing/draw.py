"""The network as it stands, drawn with its names: larger the more partners, joined by its ties."""

from pathlib import Path

from matplotlib.figure import Figure

from results.describing.description import Description
from results.figures.kit.key import Entry, key_of_names, member_key
from results.figures.kit.named_network import MOST_POINTS, DrawnTie, NamedPoint
from results.figures.kit.named_page import named_page
from results.figures.kit.page import save
from results.figures.kit.style import house_style

HIGH = 460.0
SMALLEST, LARGEST = 5.0, 13.0
_STAND_OUT = 3
"""So many of the most central members, and of the brokers, have their names in bold."""
NO_TOPIC = "not given"


def draw_description(found: Description, folder: Path) -> list[Path]:
    """Draw the network as SVG and PNG, `network`; nothing where it has so many members that names would be lost.

    Args:
        found: a description with ties.
        folder: where the files go; made if need be.
    """
    return save(described_network_figures(found), folder, "network")


def described_network_figures(found: Description) -> list[Figure]:
    """The network with its names; none of one too large."""
    if found.positions is None or found.whole is None or len(found.names) > MOST_POINTS:
        return []
    roster = found.network.roster
    topics = [
        NO_TOPIC if one in found.network.without_topics else roster.topics[int(roster.interests[one].argmax())]
        for one in range(len(found.names))
    ]
    regions = [roster.regions[number] for number in roster.region.tolist()]
    with house_style([*found.names, *topics, *regions]):
        return [_drawn(found, topics, regions)]


def _drawn(found: Description, topics: list[str], regions: list[str]) -> Figure:
    places, whole = found.positions, found.whole
    assert places is not None
    assert whole is not None
    key = key_of_names(topics, regions)
    most = max(int(places.partners.max()), 1)
    bold = {*places.central[:_STAND_OUT], *places.brokers[:_STAND_OUT]}
    points = [
        NamedPoint(
            name,
            key.colour(topics[one]),
            key.shape(regions[one]),
            SMALLEST + (LARGEST - SMALLEST) * float(places.partners[one] / most) ** 0.5,
            weight=float(places.partners[one] / most + places.between[one]) + (1.0 if one in bold else 0.0),
            bold=one in bold,
        )
        for one, name in enumerate(found.names)
    ]
    known = whole.trust is not None
    ties = [
        DrawnTie(
            one, other, width=0.4 + 1.3 * trust if known else 0.9, dark=0.2 + 0.5 * trust if known else 0.5,
            pull=0.3 + trust if known else 1.0,
        )
        for one, other, trust in sorted(found.network.roster.ties or (), key=lambda tie: tie[2])
    ]  # fmt: skip
    lines = (
        [Entry("little trust", line=0.5, fill="#BBBBBB"), Entry("much trust", line=1.7, fill="#777777")]
        if known
        else [Entry("tie", line=0.9, fill="#777777")]
    )
    several = len(set(topics)) > 1
    signs = [
        (heading, entries)
        for heading, entries in (*member_key(key), ("Ties", lines))
        if entries and (several or heading != "Main topic")
    ]
    title = "The network as it stands"
    said = ["The larger a member, the more partners it has. In bold: the most central, and those between most others."]
    return named_page(title, said, signs, points, ties, label="network", high=HIGH, kept=90)
