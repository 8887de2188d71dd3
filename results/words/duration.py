"""A time in words."""


def duration(seconds: float) -> str:
    """A time in the unit that suits it: `40 s`, `12 min`, `3.5 h`, `8 days`."""
    for unit, length, most in (("s", 1.0, 100), ("min", 60.0, 100), ("h", 3600.0, 72)):
        if seconds < most * length:
            amount = seconds / length
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
    return f"{seconds / 86400:,.0f} days"
