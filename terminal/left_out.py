"""What other options say as settings: `--without NAME --from MONTH`, `--rules FILE`, and `--outcomes FILE`.

Of the first, also the two networks that `compare` then compares.
"""

from typing import Any

import click

_KEPT = "legato.left_out"


def keep(context: click.Context, option: click.Parameter, value: tuple[Any, ...]) -> None:
    """Keep what is left out, or the months, until the settings are read."""
    context.meta.setdefault(_KEPT, {})[option.name] = value


def settings_with(context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The settings, with the members that are left out among them.

    Raises:
        click.BadParameter: if months stand without members, or there are more of one than of the other.
    """
    text = _setting(context)
    if text and any(one.partition("=")[0].strip() == "members.without" for one in value):
        raise click.UsageError("--without and --set members.without say the same thing; give one of them")
    named = []
    for option in ("rules", "own_outcomes"):
        files = context.meta.get(_KEPT, {}).get(option, ())
        word = option.removeprefix("own_")
        if len(files) > 1:
            raise click.UsageError(f"--{word} is given {len(files)} times ({', '.join(files)}); name one file")
        named += [f"{word}={file}" for file in files]
    return (*value, *named, *([text] if text else []))


def _setting(context: click.Context) -> str:
    names, months = (context.meta.get(_KEPT, {}).get(one, ()) for one in ("without", "leaves_in"))
    if months and not names:
        raise click.UsageError("--from belongs to --without; name the member that leaves, or leave --from out")
    if len(months) > 1 and len(months) != len(names):
        raise click.UsageError(
            f"found {len(months)} --from for {len(names)} --without; give one for all of them, or one for each"
        )
    if not names:
        return ""
    each = months * len(names) if len(months) == 1 else months or ("",) * len(names)
    left = [f"{name} from {month}" if month else name for name, month in zip(names, each, strict=True)]
    return f"members.without={'; '.join(left)}"


def compared(asked: dict[str, Any]) -> dict[str, Any]:
    """What is asked of `compare`: one scenario and somebody to leave out are two scenarios, with and without."""
    text = _setting(click.get_current_context())
    if not text or len(asked["scenarios"]) != 1:
        return asked
    (scenario,) = asked["scenarios"]
    changes = ", " if ": " in scenario else ": "
    return asked | {
        "scenarios": (scenario, f"{scenario}{changes}{text}"),
        "settings": tuple(one for one in asked["settings"] if one != text),
    }
