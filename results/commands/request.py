"""What every request does by itself: it refuses a value that no answer could be given for, before anything is begun."""

from dataclasses import dataclass, fields
from os.path import exists
from typing import ClassVar

from results.commands.limits import Limits, OneOf
from scenarios.files.faults import RequestError, near_miss, shown
from scenarios.reading.posterior_file import SHIPPED_NAME


@dataclass(frozen=True)
class Request:
    """A question of any command."""

    LIMITS: ClassVar[Limits] = {}
    """What its fields may be."""

    def __post_init__(self) -> None:
        """See that the fields are within their limits.

        Raises:
            RequestError: with the first that is not, and what is allowed.
        """
        for field in fields(self):
            value, limit = getattr(self, field.name), self.LIMITS.get(field.name)
            left_out = value is None and field.default is None
            if limit is not None and not left_out and not limit.allows(value):
                hint = near_miss(value, limit.words) if isinstance(value, str) and isinstance(limit, OneOf) else ""
                raise RequestError(field.name, f"{shown(value)}; allowed is {limit}{hint}")
        check_posterior(getattr(self, "posterior", None))


def check_posterior(wanted: object) -> None:
    """See that a posterior that is named is there.

    Raises:
        RequestError: if it is neither "shipped" nor a file.
    """
    if isinstance(wanted, str) and wanted != SHIPPED_NAME and not exists(wanted):
        hint = near_miss(wanted, [SHIPPED_NAME], "'") or f"; allowed is a CSV file, or '{SHIPPED_NAME}'"
        raise RequestError("posterior", f"there is no file {shown(wanted)}{hint}")
