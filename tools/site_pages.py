"""Hooks for MkDocs: generated pages, the navigation, and links that lead out of docs/.

Pages that would go out of date if written by hand are generated: one for each command, from click; one for each key of
a scenario, from the schema; one for each package, with the docstrings of its public names.
"""

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import click  # noqa: E402
from doc_tables import table, value, worth_trying  # noqa: E402
from mkdocs.exceptions import PluginError  # noqa: E402
from mkdocs.utils import get_relative_url  # noqa: E402

import cli  # noqa: E402
import scenarios  # noqa: E402
from scenarios import ASSUMPTIONS, KEYS, Key  # noqa: E402

ABOVE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}
"""Pages beside docs/ -> what they are called on the site."""
PACKAGES = {
    "scenarios": "what is asked",
    "simulation": "what happens",
    "results": "what it means",
}
EXITS = "Exit codes: 0 done; 1 the work failed; 2 wrong use or bad input; 130 interrupted, finished work is kept."
ELSEWHERE = "https://unpkg.com/iframe-worker/shim"
FETCHED = re.compile(
    r"""<(?:script|img|iframe)\b[^>]*\bsrc="https?:[^>]*>|<link\b[^>]*rel="stylesheet"[^>]*https?:[^>]*>"""
)
NAVIGATION: list[tuple[str, list[str]]] = [
    ("Start", [
        "index.md", "tutorials/funder.md", "tutorials/researcher.md", "tutorials/designer.md", "tutorials/notebook.md",
        "tutorials/own-theory.md",
    ]),
    ("How to", [
        "brief.md", "money.md", "what-money-buys.md", "exploring.md", "explaining.md", "futures.md", "funders.md",
        "optimising.md", "robust.md", "portfolio.md", "exit.md", "discovering.md", "sweeps.md", "emulators.md",
        "members.md", "checking.md", "forecasts.md", "tracking.md", "uncertainty.md", "exchange.md", "own-rules.md",
        "own-outcomes.md",
        "subclassing.md",
        "recipes/README.md", "examples/README.md", "examples/survey/README.md", "examples/random-survey/README.md",
    ]),
    ("The model", [
        "odd.md", "trace.md", "evidence.md", "real-networks.md", "second-edition.md", "levers.md", "verification.md",
        "faults.md",
    ]),
]  # fmt: skip


def generated() -> dict[str, str]:
    """Name of a page -> its text, of every page that is not in docs/."""
    pages = {site: _outside((ROOT / name).read_text(encoding="utf-8")) for name, site in ABOVE.items()}
    pages["commands/index.md"] = commands_index()
    pages |= {f"commands/{name}.md": command_page(name, one) for name, one in _commands()}
    pages["parameters/index.md"] = parameters_index()
    pages |= {f"parameters/{key}.md": parameter_page(one) for key, one in KEYS.items()}
    pages |= {f"api/{name}.md": api_page(name, words) for name, words in PACKAGES.items()}
    return pages


def _commands() -> list[tuple[str, click.Command]]:
    return sorted(cli.main.commands.items())


def commands_index() -> str:
    """Every command with what it is for."""
    rows = [(f"[`legato {name}`]({name}.md)", one.get_short_help_str(200)) for name, one in _commands()]
    return f"# Commands\n\n{table(('command', 'what it does'), rows)}\n{EXITS}\n"


def command_page(name: str, command: click.Command) -> str:
    """A command from click: how it is called, what it does, its options, examples from the pages."""
    context = click.Context(command, info_name=name, parent=click.Context(cli.main, info_name="legato"))
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    about = cleandoc(command.help or "")
    rows = []
    for one in command.get_params(context):
        record = one.get_help_record(context) if isinstance(one, click.Option) else None
        if record is not None:
            rows.append((f"`{record[0]}`", _plain(record[1])))
    parts = [f"# legato {name}", f"```text\n{usage}\n```", about, "## Options", table(("option", "what it does"), rows)]
    if examples := list(_examples(name)):
        parts += ["## Examples", "```sh\n" + "\n".join(examples) + "\n```"]
    return "\n\n".join([*parts, EXITS, ""])


def _plain(words: str) -> str:
    """A help text that Markdown takes for nothing else."""
    return " ".join(words.split()).replace("<", "&lt;").replace("[", "&#91;")


def _examples(name: str) -> Iterator[str]:
    """Command lines of the pages that show it, each once."""
    seen = set()
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
            for line in block.replace("\\\n", " ").splitlines():
                line = " ".join(line.replace(".venv/bin/", "").partition("  #")[0].split())
                if line.startswith(f"legato {name} ") and line not in seen:
                    seen.add(line)
                    yield line
                    if len(seen) == 4:
                        return


def parameters_index() -> str:
    """Every key, by its table."""
    parts = ["# Parameters", "Each has its own page. `legato show SCENARIO --sources` shows the same for one scenario."]
    for name in dict.fromkeys(key.partition(".")[0] for key in KEYS):
        some = [one for key, one in KEYS.items() if key.partition(".")[0] == name]
        rows = [(f"[`{one.key}`]({one.key}.md)", one.text, one.role, value(one.default), one.unit) for one in some]
        parts += [f"## {name}", table(("key", "what it is", "role", "default", "unit"), rows)]
    return "\n\n".join(parts)


def parameter_page(key: Key) -> str:
    """A key: what it is, what is allowed, where its value comes from, what it carries, who sets it."""
    who = "somebody decides it" if key.role == "lever" else "somebody must estimate it"
    facts = [
        ("unit", key.unit or "-"),
        ("role", f"{key.role}: {who}"),
        ("default", value(key.default)),
        ("allowed", key.allowed),
        ("range worth trying (flat prior)", worth_trying(key)),
        ("where the default comes from", key.source),
    ]
    parts = [f"# {key.key}", f"{key.text[0].upper()}{key.text[1:]}.", table(("", ""), facts)]
    carried = [one for one in ASSUMPTIONS if key.key in one.parameters]
    if carried:
        rows = [
            (
                one.title,
                one.mechanism,
                f"`{key.key} = {value(one.off[key.key])}`" if key.key in one.off else "-",
                one.evidence,
            )
            for one in carried
        ]
        parts += [
            "## Assumptions that use it",
            table(("assumption", "what the model does", "switched off with", "evidence"), rows),
        ]
    if sections := _sections(key.key):
        parts += [
            "## Where the model uses it",
            "\n".join(f"- [{name}](../odd.md#{slug})" for name, slug in sections),
        ]
    if setters := _setters(key):
        parts += ["## Scenarios that set it", table(("scenario", "value"), setters)]
    if key.kind in ("int", "float") and key.prior:
        parts += ["## Try it", f"```sh\nlegato sweep salex --vary {key.key} --plan\n```"]
    return "\n\n".join([*parts, ""])


def _sections(key: str) -> list[tuple[str, str]]:
    """Sections of the ODD that mention a key: (title, anchor)."""
    found, title = [], ""
    for line in (ROOT / "docs" / "odd.md").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"#{2,3} (.+)", line):
            title = heading[1]
        elif f"`{key}`" in line and title != "Parameters" and title not in [name for name, _ in found]:
            found.append((title, re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")))
    return [(name, re.sub(r"-+", "-", slug)) for name, slug in found if name]


def _setters(key: Key) -> list[tuple[str, str]]:
    values = {name: scenarios.value_of(one, key.key) for name, one in _library().items()}
    return [(f"`{name}`", value(one)) for name, one in values.items() if one != key.default]


@cache
def _library() -> dict[str, scenarios.Scenario]:
    return {name: scenarios.load(name, posterior=None) for name in scenarios.names()}


def api_page(package: str, words: str) -> str:
    """The public names of a package, each from its docstring."""
    module = import_module(package)
    parts = [f"# {package}: {words}", (module.__doc__ or "").strip()]
    for name in module.__all__:
        one: Any = getattr(module, name)
        ours = getattr(one, "__name__", "") == name  # a constant, or another name for a type, has no home of its own
        parts.append(f"::: {one.__module__ if ours else package}.{name}")
    return "\n\n".join([*parts, ""])


def _outside(text: str) -> str:
    """Links of a page that stands beside docs/, as they are on the site."""
    text = re.sub(r"\]\(docs/", "](", text)
    for name, site in ABOVE.items():
        text = text.replace(f"]({name})", f"]({site})")
    return text


def on_config(config: Any) -> Any:
    """Make the navigation: what is written by name, what is generated in its order."""
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} | set(ABOVE.values())
    nav: list[dict[str, Any]] = [{title: [page for page in pages if page in there]} for title, pages in NAVIGATION]
    keys: dict[str, list[str]] = {}
    for key in KEYS:
        keys.setdefault(key.partition(".")[0], []).append(f"parameters/{key}.md")
    nav.append({"Reference": [
        {"Commands": ["commands/index.md", *(f"commands/{name}.md" for name, _ in _commands())]},
        {"Parameters": ["parameters/index.md", *({name: pages} for name, pages in keys.items())]},
        {"Python": [f"api/{name}.md" for name in PACKAGES]},
    ]})  # fmt: skip
    nav.append({"For developers": ["code-map.md", "contributing.md", "changelog.md", "security.md"]})
    config["nav"] = nav
    return config


def on_files(files: Any, config: Any) -> Any:
    """Add what is generated."""
    from mkdocs.structure.files import File

    for name, text in generated().items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:  # noqa: ARG001
    """Links to pages beside docs/."""
    for name, site in ABOVE.items():
        markdown = markdown.replace(f"](../{name})", f"]({site})")
    return markdown


def on_post_page(output: str, page: Any, config: Any) -> str:  # noqa: ARG001
    """What the theme would fetch from elsewhere to search without a server, from here; and nothing else either.

    Raises:
        PluginError: if the page fetches anything from elsewhere.
    """
    output = output.replace(ELSEWHERE, get_relative_url("assets/iframe-worker.js", page.url))
    if fetched := FETCHED.search(output):
        raise PluginError(f"{page.url} fetches from elsewhere: {fetched[0]}")
    return output
