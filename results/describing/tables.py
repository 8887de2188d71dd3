"""The description as tables: members, topics, regions and whom the network misses, as they are shown and as CSV."""

from collections.abc import Sequence
from math import isnan

from results.describing.description import Description
from results.describing.groups import Group
from results.exporting.rows import Row, csv_sheet, for_spreadsheets
from results.words.counts import of_hundred
from results.words.table import Table
from scenarios.files.faults import printable
from scenarios.files.listing import listed

SHOWN = 15
"""Members that a terminal shows; the page has all."""
_MOST_NAMED = 6


def member_table(found: Description, most: int | None = SHOWN) -> Table | None:
    """A row for each member, the most central first; None where nothing is known of ties."""
    places = found.positions
    if places is None or found.whole is None:
        return None
    order = [*places.central, *places.alone]
    shown = order[:most]
    columns: dict[str, list[str]] = {"partners": [str(places.partners[one]) for one in shown]}
    if found.whole.trust is not None:
        columns["trust"] = [_decimal(places.trust[one]) for one in shown]
    columns["within 2 steps"] = [str(places.near[one]) for one in shown]
    columns["between others (%)"] = [of_hundred(places.between[one]) for one in shown]
    columns["pairs only it joins"] = [str(places.only_through[one]) for one in shown]
    columns["would be cut off"] = [str(places.cut_off[one]) for one in shown]
    if found.network.has_regions:
        columns["to other regions (%)"] = [_share(places.elsewhere[one]) for one in shown]
    if found.answers is not None and not found.answers.told_once:
        columns["named by"] = [str(found.answers.named_by[one]) for one in shown]
    more = len(order) > len(shown)
    title = f"Members, the {len(shown)} most central of {len(order):,}" if more else "Members, the most central first"
    rows = zip([printable(found.names[one]) for one in shown], *columns.values(), strict=True)
    return Table(title, ("member", *columns), tuple(rows), frozenset(range(1, len(columns) + 1)))


def group_tables(found: Description) -> list[Table]:
    """A table of the topics, and one of the regions, where there are several."""
    tables = []
    for kind, title in (("topic", "By topic"), ("region", "By region")):
        groups = [one for one in found.groups if one.kind == kind]
        if groups:
            tables.append(_groups(title, groups, found))
    return tables


def _groups(title: str, groups: Sequence[Group], found: Description) -> Table:
    columns: dict[str, list[str]] = {"members": [str(len(one.members)) for one in groups]}
    if found.whole is not None:
        columns["ties among them"] = [str(one.ties) for one in groups]
        columns["pairs tied (%)"] = [_share(one.density) for one in groups]
        if found.whole.trust is not None:
            columns["trust"] = [_decimal(one.trust) for one in groups]
        columns["ties to others (%)"] = [_share(one.outward) for one in groups]
        columns["without a tie"] = [str(one.alone) for one in groups]
    rows = zip([printable(one.name) for one in groups], *columns.values(), strict=True)
    return Table(title, (groups[0].kind, *columns), tuple(rows), frozenset(range(1, len(columns) + 1)))


def missing_table(found: Description, most: int = _MOST_NAMED) -> Table | None:
    """Whom the network misses, a row for each kind; None where nothing is missed."""
    lacks, names = found.missing, found.names
    in_words = {
        "topics without a member": list(lacks.topics),
        "regions without a member": list(lacks.regions),
        "topics with one member only": [f"{topic} ({names[one]})" for topic, one in lacks.lone_topics],
        "regions with one member only": [f"{region} ({names[one]})" for region, one in lacks.lone_regions],
        "nobody there works on it": [f"{gap.topic} in {gap.region}" for gap in lacks.gaps],
        "named, but no member": [
            f"{one.name} ({_by(len(one.named_by))}{f'; {one.meant}?' if one.meant else ''})" for one in lacks.outsiders
        ],
        "did not answer": [f"{names[one.member]} (named by {one.named_by})" for one in lacks.silent],
        "no topic given": [names[one] for one in lacks.without_topics],
        "no region given": [names[one] for one in lacks.without_region],
    }
    rows = tuple(
        (what, str(len(who)), printable(listed([*who[:most], *([f"{len(who) - most} more"] if who[most:] else [])])))
        for what, who in in_words.items()
        if who
    )
    return Table("Whom the network misses", ("what", "how many", "who"), rows, frozenset({1})) if rows else None


def _by(members: int) -> str:
    return f"by {members}" if members else "by nobody who is a member"


def csv_tables(found: Description) -> dict[str, bytes]:
    """Everything as CSV: name of the file -> its content. Numbers in full, cells empty where nothing is known."""
    files = {"by-member.csv": _member_rows(found)}
    for kind in ("topic", "region"):
        if groups := [one for one in found.groups if one.kind == kind]:
            files[f"by-{kind}.csv"] = [_group_row(one) for one in groups]
    if lacking := _missing_rows(found):
        files["missing.csv"] = lacking
    return {name: csv_sheet({key: key for key in rows[0]}, rows, for_spreadsheets) for name, rows in files.items()}


def _member_rows(found: Description) -> list[Row]:
    roster, places, answers = found.network.roster, found.positions, found.answers
    rows: list[Row] = []
    for one, name in enumerate(found.names):
        given = [] if one in found.network.without_topics else roster.interests[one] > 0
        topics = "; ".join(topic for topic, is_its in zip(roster.topics, given, strict=False) if is_its)
        row: dict[str, str | float | bool] = {
            "name": name,
            "topics": topics,
            "region": roster.regions[roster.region[one]],
        }
        if places is not None:
            row |= {
                "partners": int(places.partners[one]),
                "mean_trust": _number(places.trust[one]),
                "within_two_steps": int(places.near[one]),
                "between_others": float(places.between[one]),
                "pairs_only_through_it": int(places.only_through[one]),
                "cut_off_without_it": int(places.cut_off[one]),
                "to_other_regions": _number(places.elsewhere[one]),
                "part": int(places.part[one]) + 1,
            }
        if answers is not None:
            row |= {
                "answered": not isnan(answers.names[one]),
                "names": _number(answers.names[one]),
                "named_by": int(answers.named_by[one]),
            }
        rows.append(row)
    return rows


def _group_row(one: Group) -> Row:
    return {
        one.kind: one.name,
        "members": len(one.members),
        "ties": one.ties,
        "density": _number(one.density),
        "mean_trust": _number(one.trust),
        "to_others": _number(one.outward),
        "without_a_tie": one.alone,
    }


def _missing_rows(found: Description) -> list[Row]:
    lacks, names = found.missing, found.names
    rows: list[tuple[str, str, str]] = [
        *(("topic without a member", name, "") for name in lacks.topics),
        *(("region without a member", name, "") for name in lacks.regions),
        *(("topic with one member", topic, names[one]) for topic, one in lacks.lone_topics),
        *(("region with one member", region, names[one]) for region, one in lacks.lone_regions),
        *(("topic without a member in a region", gap.topic, gap.region) for gap in lacks.gaps),
        *(("named, but no member", one.name, "; ".join(names[by] for by in one.named_by)) for one in lacks.outsiders),
        *(("did not answer", names[one.member], f"named by {one.named_by}") for one in lacks.silent),
        *(("no topic given", names[one], "") for one in lacks.without_topics),
        *(("no region given", names[one], "") for one in lacks.without_region),
    ]
    return [{"what": what, "who": who, "more": more} for what, who, more in rows]


def _number(value: float) -> float | str:
    return "" if isnan(value) else float(value)


def _share(value: float) -> str:
    return "-" if isnan(value) else of_hundred(value)


def _decimal(value: float) -> str:
    return "-" if isnan(value) else f"{value:.2f}"
