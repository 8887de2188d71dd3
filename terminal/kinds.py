"""Kinds of values that options take: click reads them, and what it refuses is said as requests say it."""

from typing import Any

import click

from results.commands import limits


class _InOurWords(click.ParamType[Any]):
    """What was found, what is allowed, and the near miss of a word."""

    def __init__(self, limit: limits.Limit, *ends: Any, **more: Any) -> None:
        super().__init__(*ends, **more)
        self.limit = limit

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from scenarios.files.faults import near_miss, shown

            is_word = isinstance(self.limit, limits.OneOf)
            found = shown(value) if is_word else shown(str(value))[1:-1]
            hint = near_miss(str(value), self.limit.words) if isinstance(self.limit, limits.OneOf) else ""
            raise click.BadParameter(f"{found}; allowed is {self.limit}{hint}", ctx, param) from None


class _Whole(_InOurWords, click.IntRange):
    pass


class _OneOf(_InOurWords, click.Choice[str]):
    pass


class _OneOfOrFile(_OneOf):
    """One of some words, or a file."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word, or the name of the file."""
        is_file = str(value) not in self.choices and self.limit.allows(value)
        return value if is_file else super().convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The words, and that a file may stand there too."""
        return f"{(super().get_metavar(param, ctx) or '[]')[:-1]}|FILE]"


class _Number(_InOurWords, click.types.FloatParamType):
    pass


class _Amount(_InOurWords, click.FloatRange):
    """An amount of money, as people write it, with the currency that stands with it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The amount."""
        from scenarios.files.amounts import AmountError, Money, money

        try:
            found = money(value) if isinstance(value, str) else value
        except AmountError as error:
            raise click.BadParameter(str(error), ctx, param) from None
        try:
            number = super().convert(found, param, ctx)
        except click.BadParameter:
            from scenarios.files.faults import shown

            raise click.BadParameter(f"{shown(str(value))[1:-1]}; allowed is {self.limit}", ctx, param) from None
        return found if isinstance(found, Money) else number


class _NumberBetween(_InOurWords, click.FloatRange):
    pass


def within(limit: limits.Limit) -> click.ParamType[Any]:
    """What click makes of what a request allows; numbers that have no end, and nan, are left to the request."""
    match limit:
        case limits.Whole(low, high):
            return _Whole(limit, low, high)
        case limits.OneOfOrFile(words):
            return _OneOfOrFile(limit, words)
        case limits.OneOf(words):
            return _OneOf(limit, words)
        case limits.Number(above=None):
            return _Number(limit)
        case limits.Number(above, high):
            return _NumberBetween(limit, above, high, min_open=True)


def money(limit: limits.Number) -> click.ParamType[Any]:
    """What click makes of an amount of money within a limit."""
    return _Amount(limit, limit.above, limit.high, min_open=True)


def option_of(param: click.Parameter) -> str:
    """How an option is written, or what an argument is called."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
