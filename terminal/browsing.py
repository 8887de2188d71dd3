"""How a page that was written is shown."""

import sys
import webbrowser
from pathlib import Path

import click


def show(file: Path) -> None:
    """Open a file in the browser of this computer, where it has one."""
    try:
        shown = webbrowser.open(file.resolve().as_uri())
    except (OSError, webbrowser.Error):
        shown = False
    if not shown:
        click.echo(f"No browser could be opened here; open {file} in one.", err=True)
    sys.stdout.flush()
