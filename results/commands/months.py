"""Months as a request names them: numbers, or as text, `0,12,24`."""

from collections.abc import Sequence

from scenarios import Scenario
from scenarios.files.faults import RequestError


def read_months(field: str, written: str | Sequence[int], scenario: Scenario) -> list[int]:
    """The months, ascending, each once.

    Raises:
        RequestError: if there is one that is none, or that is not simulated, with what is allowed.
    """
    text = written if isinstance(written, str) else ",".join(map(str, written))
    try:
        months = sorted({int(month) for month in text.split(",")})
    except ValueError:
        raise RequestError(field, f"'{text}': allowed are months, such as 0,12,24") from None
    first = scenario.network.today
    if not first <= months[0] <= months[-1] <= scenario.last_month:
        since = f"{first} (network.today)" if first else "0"
        raise RequestError(
            field, f"'{text}': allowed are months from {since} to {scenario.last_month}, the last that is simulated"
        )
    return months
