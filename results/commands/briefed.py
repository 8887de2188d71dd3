"""What whoever asks may put on the brief that a command writes."""

from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from typing import ClassVar

from results.commands.request import Request
from results.pages.logo import LogoError, logo_of
from results.words.heading import PLAIN, Heading
from scenarios.files.faults import RequestError, shown


@dataclass(frozen=True, kw_only=True)
class Briefed(Request):
    """A question whose answer comes with a brief.

    Attributes:
        title: of the brief; ours if left out.
        subtitle: a line below the title.
        author: whose brief it is.
        logo: a PNG or JPEG file, for the head of the brief.
        currency: the sign or word shown with amounts instead of the scenario's; nothing is converted.
        language: of the brief, "en", "de" and so on; English if left out.
    """

    MOST: ClassVar[dict[str, int]] = {"title": 200, "subtitle": 300, "author": 100, "currency": 12}
    """Characters of each text."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    logo: str | PathLike[str] | None = None
    currency: str = ""
    language: str | None = None

    def __post_init__(self) -> None:
        """See that they can be printed.

        Raises:
            RequestError: with the first that cannot, and what is allowed.
        """
        super().__post_init__()
        for name, most in self.MOST.items():
            text = getattr(self, name)
            if not isinstance(text, str) or len(text) > most or not text.isprintable():
                raise RequestError(name, f"{shown(text)}; allowed is a line of at most {most} characters")
        self.head  # noqa: B018  # the logo is read before anything is begun

    @cached_property
    def head(self) -> Heading:
        """The head of the brief."""
        return self.heading()

    def heading(self, before: Heading = PLAIN) -> Heading:
        """The head of the brief; what is left out is as it was before.

        Raises:
            RequestError: if the logo is none.
        """
        given: dict[str, str] = {name: getattr(self, name) for name in (*self.MOST, "language") if getattr(self, name)}
        try:
            logo = before.logo if self.logo is None else logo_of(self.logo)
        except LogoError as error:
            raise RequestError("logo", str(error)) from None
        return replace(before, **given, logo=logo)
