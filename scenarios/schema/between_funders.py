"""Names, shares and months of several funders that cannot stand together, each with the way out."""

from collections.abc import Iterator, Sequence

from scenarios.files.faults import shown
from scenarios.schema.contradiction import LAST_MONTH_KEYS, Contradiction
from scenarios.schema.funders import CLOSE, CoFunder, key_of
from scenarios.schema.settings import Settings

_WORDS = ("name", "backbone", "grants", "entry", "exit", "notice", "taper", "others", "weight", "priorities", "shift")
_WHO_IS_THERE = ("funder.others", "funder.entry", "funder.exit")


def between_funders(s: Settings) -> Iterator[Contradiction]:
    """Everything about funders that does not go together, but for their priorities and shifts."""
    names = list(_names(s))
    yield from names
    if not names:  # two tables with one name may be meant for one funder, and then their shares say nothing
        yield from _shares("backbone", s.funders, [one.backbone for one in s.funders])
        yield from _shares("grants", s.funders, [one.grants for one in s.funders])
        yield from _weights(s)
    for place, one in enumerate(s.funders):
        yield from _comes(s, one, place)
        yield from _leaves(s, one, place)


def _names(s: Settings) -> Iterator[Contradiction]:
    names = [one.name for one in s.funders]
    for place, name in enumerate(names):
        if place and not name:
            yield Contradiction(f"funder {place + 1} has no name; give it one", ("funder.others",))
        elif name and name in names[:place]:
            yield Contradiction(
                f"two funders are called {shown(name)}; give one another name", ("funder.others", "funder.name")
            )
        elif name in _WORDS or any(sign in name for sign in ".=\n"):
            yield Contradiction(
                f'a funder is called {shown(name)}: allowed is any name without ".", "=" and line breaks but '
                f"{', '.join(_WORDS)}, which are keys of a funder",
                ("funder.others" if place else "funder.name",),
            )


def _fullest(funders: Sequence[CoFunder], given: Sequence[float]) -> tuple[int, list[float]]:
    """The first month in which what is given of the funders that are there sums to most; and of each of those."""
    fullest, most = 1, [one for one, funder in zip(given, funders, strict=True) if funder.is_there(1)]
    for month in sorted({funder.entry for funder in funders}):
        there = [one for one, funder in zip(given, funders, strict=True) if funder.is_there(month)]
        if sum(there) > sum(most) + CLOSE:
            fullest, most = month, there
    return fullest, most


def _weights(s: Settings) -> Iterator[Contradiction]:
    month, there = _fullest(s.funders, [one.weight for one in s.funders])
    if sum(there) > 1 + CLOSE:
        said = " + ".join(f"{one:g}" for one in there)
        when = f" in month {month}" if month > 1 else ""
        yield Contradiction(
            f"the weights of the funders in the agenda sum to {round(sum(there), 6):g}{when} ({said}); allowed is at "
            "most 1: lower funder.weight, or that of another",
            ("funder.weight", *_WHO_IS_THERE),
        )


def _shares(what: str, funders: Sequence[CoFunder], given: Sequence[float | None]) -> Iterator[Contradiction]:
    """Shares that do not sum to 1; one funder may follow another, and then those that pay at the same time count."""
    said = [one for one in given if one is not None]
    total, keys = sum(said), (f"funder.{what}", *_WHO_IS_THERE)
    written = " + ".join(f"{one:g}" for one in said)
    if len(said) == len(given):
        month, there = _fullest(funders, said)
        if len(given) == 1 and abs(total - 1) > CLOSE:
            yield Contradiction(
                f"funder.{what} is {total:g}, but there is no other funder; allowed is 1, or left out, or further "
                "[[funder]] tables in the file for the rest",
                keys,
            )
        elif total < 1 - CLOSE or (total > 1 + CLOSE and all(one.entry == 1 for one in funders)):
            yield Contradiction(
                f"the funders' shares of {what} sum to {round(total, 6):g} ({written}); allowed is 1: leave one out "
                "for the rest",
                keys,
            )
        elif sum(there) > 1 + CLOSE:
            yield Contradiction(
                f"the shares of {what} of the funders that are there in month {month} sum to {round(sum(there), 6):g} "
                f"({' + '.join(f'{one:g}' for one in there)}); allowed is at most 1: let one come after another has "
                "left, or lower a share",
                keys,
            )
    elif total > 1 + CLOSE:
        yield Contradiction(
            f"the funders' shares of {what} sum to {round(total, 6):g} ({written}) without those that are left out; "
            "allowed is at most 1",
            keys,
        )
    elif total > 1 - CLOSE:
        yield from _nothing_left(what, funders, given)


def _nothing_left(what: str, funders: Sequence[CoFunder], given: Sequence[float | None]) -> Iterator[Contradiction]:
    """Shares that are left out and come to nothing, of funders that follow one that pays, or come before it."""
    for place, (one, share) in enumerate(zip(funders, given, strict=True)):
        if share is not None:
            continue
        apart = any(of and not one.meets(other) for other, of in zip(funders, given, strict=True))
        if apart:
            yield Contradiction(
                f"{key_of(one, place, what)} is left out, which leaves nothing for it, since the others' shares sum to "
                "1; but it is not there with all of them: say its share",
                (f"funder.{what}", *_WHO_IS_THERE),
            )


def _life(s: Settings) -> int:
    """The last month in which the network may live, after a renewal if one can be won; 0 if it never closes."""
    return s.closing_month + s.renewal_months


def _closes(s: Settings) -> str:
    renewed = f", or in month {_life(s)} after a renewal" if s.renewal_months else ""
    return f"the network closes in month {s.closing_month}{renewed}"


def _comes(s: Settings, one: CoFunder, place: int) -> Iterator[Contradiction]:
    """A funder that comes when there is nothing left to pay for."""
    key, keys = key_of(one, place, "entry"), ("funder.others" if place else "funder.entry", *LAST_MONTH_KEYS)
    if one.entry > s.last_month:
        yield Contradiction(
            f"{key} is {one.entry}, after the last month {s.last_month}; allowed is 1 to {s.last_month}", keys
        )
    elif s.closes and one.entry > _life(s):
        yield Contradiction(
            f"{key} is {one.entry}, but {_closes(s)}: the funder would come after the closing; allowed is 1 to "
            f"{_life(s)}",
            keys,
        )


def _leaves(s: Settings, one: CoFunder, place: int) -> Iterator[Contradiction]:
    """Months of an exit, and of what leads up to it."""
    key, keys = key_of(one, place, "exit"), ("funder.others",) if place else ("funder.exit",)
    if not one.exit_month:
        return
    if one.exit_month > s.last_month:
        yield Contradiction(
            f"{key} is {one.exit_month}, after the last month {s.last_month}; allowed is 1 to {s.last_month}, or "
            '"never"',
            (*keys, *LAST_MONTH_KEYS),
        )
        return
    if one.exit_month < one.entry:
        yield Contradiction(
            f"{key} is {one.exit_month}, but the funder comes in month {one.entry} ({key_of(one, place, 'entry')}): it "
            f'would leave before it comes; allowed is {one.entry} to {s.last_month}, or "never"',
            (*keys, "funder.entry"),
        )
        return
    comes = f"comes in month {one.entry} and " if one.entry > 1 else ""
    if one.announced < one.entry:
        yield Contradiction(
            f"{key_of(one, place, 'notice')} is {one.notice} months but the funder {comes}leaves in month "
            f"{one.exit_month} ({key}); allowed is at most {one.exit_month - one.entry}",
            (*keys, "funder.entry", "funder.notice"),
        )
    taper, of_taper = key_of(one, place, "taper"), (*keys, "funder.entry", "funder.taper")
    said = f"{taper} is {one.taper_months} months"
    if not isinstance(one.taper, int):
        said = f"{taper} is {shown(one.taper)}, for {one.taper_months} months,"
    if one.taper_months > one.exit_month - one.entry + 1:
        yield Contradiction(
            f"{said} but the funder {comes}leaves in month {one.exit_month} ({key}); allowed is at most "
            f"{one.exit_month - one.entry + 1}",
            of_taper,
        )
    elif one.taper_months and s.closes and one.exit_month > _life(s):
        yield Contradiction(
            f"{said} but {_closes(s)}, and the funder leaves in month {one.exit_month} ({key}): the taper would reach "
            f"past the closing; allowed is an exit by month {_life(s)}, or no taper",
            (*of_taper, *LAST_MONTH_KEYS),
        )
