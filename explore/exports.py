"""What can be taken away from the page besides the scenario: the brief."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from results.exploring.explored import Explored
from results.exploring.live_comparison import saved
from results.exploring.provenance import command

BRIEF = "report.html"


class BriefError(RuntimeError):
    """A brief that could not be written; the message says why."""


def brief_file(found: Explored) -> dict[str, str]:
    """The brief of what is shown, as a file to be saved.

    By the commands themselves, in a folder that is gone afterwards: `legato compare`, then `legato report`: the brief
    is the one to which the command of the page's last tab leads.

    Raises:
        BriefError: with what the commands said.
    """
    with TemporaryDirectory(prefix="legato-") as folder:
        names = {}
        for one in (found.base, found.this):
            name, text = saved(one)
            Path(folder, name).write_text(text, encoding="utf-8")
            names[name] = str(Path(folder, name))
        line = [names.get(word, word) for word in command(found)]
        run = Path(folder, "run")
        _legato([*line[1:], "--out", str(run)])
        _legato(["report", str(run)])
        try:
            text = (run / BRIEF).read_text(encoding="utf-8")
        except OSError as error:
            raise BriefError(f"the brief was not written: {error}") from None
    return {"name": f"{found.this.name}-brief.html", "text": text, "kind": "text/html"}


def _legato(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "cli", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BriefError(done.stderr.strip() or f"legato {words[0]} failed with exit code {done.returncode}")
