"""Which code decides the numbers, and a hash of it: what tells one version of the model from another.

Comments, docstrings, formatting, sources of values and what a refusal says do not count, so that a folder of runs is
refused only where its numbers could be others. Every module of `scenarios` and `simulation` stands in one of the lists
here.
"""

import ast
import hashlib
import platform
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from simulation.kept_hashes import kept_hash
from simulation.outcomes import COST_PARTS, MONTHLY_NAMES, NAMES

HOME = Path(__file__).resolve().parent.parent

RUNS: tuple[str, ...] = (
    "scenarios.schema.months",
    "simulation.compiling",
    "simulation.draws",
    "simulation.engine.after_closing",
    "simulation.engine.arrays",
    "simulation.engine.meeting",
    "simulation.engine.numbers",
    "simulation.engine.observing",
    "simulation.engine.run",
    "simulation.engine.working",
    "simulation.exact_sum",
    "simulation.founding",
    "simulation.funding",
    "simulation.identities",
    "simulation.ledger",
    "simulation.network_state",
    "simulation.own_files",
    "simulation.own_outcomes.catalogue",
    "simulation.own_outcomes.loading",
    "simulation.own_rules.loading",
    "simulation.own_rules.replaceable",
    "simulation.model.facilitator",
    "simulation.model.funder",
    "simulation.model.member",
    "simulation.model.network",
    "simulation.model.observing",
    "simulation.model.reference",
    "simulation.model.standing",
    "simulation.model.stewardship",
    "simulation.model.stocktaking",
    "simulation.model.ties",
    "simulation.rules",
    "simulation.running.campaign",
    "simulation.running.chronicle",
    "simulation.running.ensemble",
    "simulation.running.periods",
    "simulation.sorting",
    "simulation.standing",
    "simulation.structure",
)
"""Runs the model. Of these the compiled code is made, from nothing else."""
ASSIGNS: tuple[str, ...] = (
    "scenarios.designs.design",
    "scenarios.designs.distributions",
    "scenarios.designs.factors",
    "scenarios.designs.mixtures",
    "scenarios.observed.beginning",
    "scenarios.observed.calendar",
    "scenarios.observed.latent_ties",
    "scenarios.observed.presence",
    "scenarios.observed.reporting",
    "scenarios.observed.reports",
    "scenarios.observed.uncertain",
    "scenarios.observed.waves",
    "scenarios.reading.replicates",
    "scenarios.schema.funders",
    "scenarios.schema.posterior",
    "scenarios.schema.scenario",
    "scenarios.schema.settings",
    "scenarios.schema.tables",
    "simulation.own_outcomes.outcome_file",
)
"""Settles which values a network is run with: its particle, its point of a design, its mixture, its survey."""

APART: dict[str, tuple[str, ...]] = {
    "its names and their order are hashed instead; labels and meanings decide nothing": ("simulation.outcomes",),
    "where, when and on how many processors it is run changes no number": (
        "simulation.code_cache",
        "simulation.kept_hashes",
        "simulation.kept_texts",
        "simulation.model_code",
        "simulation.running.cluster",
        "simulation.running.memory",
        "simulation.running.threads",
    ),
    "makes the compiled engine for a page, whose numbers no run folder keeps": (
        "simulation.browser.artifact",
        "simulation.browser.build",
        "simulation.browser.built",
        "simulation.browser.embedding",
        "simulation.browser.entrance",
        "simulation.browser.layout",
        "simulation.browser.memory",
        "simulation.browser.own_engine",
        "simulation.browser.scenario_data",
    ),
    "shows single networks, and is not kept among the outcomes": (
        "simulation.model.portrait",
        "simulation.running.agents",
        "simulation.snapshot",
    ),
    "makes a scenario, a posterior or a design; what it made stands in the run folder, by value or by hash": (
        "scenarios.designs.binding",
        "scenarios.designs.choosing",
        "scenarios.designs.constraints",
        "scenarios.designs.correlations",
        "scenarios.designs.fresh_points",
        "scenarios.designs.futures",
        "scenarios.designs.joint_table",
        "scenarios.designs.points_file",
        "scenarios.designs.reading_factors",
        "scenarios.designs.region",
        "scenarios.designs.space",
        "scenarios.designs.table_rows",
        "scenarios.files.amounts",
        "scenarios.files.bytes",
        "scenarios.files.currencies",
        "scenarios.files.decoding",
        "scenarios.files.delimited",
        "scenarios.files.gexf",
        "scenarios.files.gml",
        "scenarios.files.graphml",
        "scenarios.files.json_network",
        "scenarios.files.lgl",
        "scenarios.files.network_file",
        "scenarios.files.not_read",
        "scenarios.files.on_every_system",
        "scenarios.files.pajek",
        "scenarios.files.parts_wanted",
        "scenarios.files.recognizing",
        "scenarios.files.spreadsheet",
        "scenarios.files.toml_lines",
        "scenarios.files.ucinet_dl",
        "scenarios.files.without_panics",
        "scenarios.files.workbook",
        "scenarios.files.workbook_binary",
        "scenarios.files.workbook_guard",
        "scenarios.files.workbook_old",
        "scenarios.files.xml_text",
        "scenarios.reading.adjacency",
        "scenarios.reading.affiliations",
        "scenarios.reading.bare_pairs",
        "scenarios.reading.bare_partners",
        "scenarios.reading.blank_separated",
        "scenarios.reading.cells",
        "scenarios.reading.ends",
        "scenarios.reading.foreign_tables",
        "scenarios.reading.founding",
        "scenarios.reading.headers",
        "scenarios.reading.layers",
        "scenarios.reading.member_rows",
        "scenarios.reading.own_or_foreign",
        "scenarios.reading.one_currency",
        "scenarios.reading.partner_lists",
        "scenarios.reading.periods",
        "scenarios.reading.planned",
        "scenarios.reading.posterior_file",
        "scenarios.reading.pricing",
        "scenarios.reading.reading",
        "scenarios.reading.roster",
        "scenarios.reading.sheet_header",
        "scenarios.reading.sheet_roles",
        "scenarios.reading.shipped",
        "scenarios.reading.standing",
        "scenarios.reading.state_members",
        "scenarios.reading.state_people",
        "scenarios.reading.state_ties",
        "scenarios.reading.tie_rows",
        "scenarios.reading.topic_cells",
        "scenarios.reading.wide_survey",
        "scenarios.reading.writing",
        "scenarios.reading.written_cells",
        "scenarios.schema.behaviour",
        "scenarios.schema.fields",
        "scenarios.schema.keys",
        "scenarios.schema.own_files",
        "scenarios.schema.own_outcomes",
        "scenarios.schema.own_rules",
        "scenarios.schema.roster",
        "scenarios.schema.standing",
    ),
    "runs a class of members of somebody's own in Python, which no run folder keeps": (
        "simulation.subclassing.by_rule",
        "simulation.subclassing.method_as_rule",
        "simulation.subclassing.subclassed",
    ),
    "reads what was observed, which nothing simulated depends on": (
        "scenarios.observed.arms",
        "scenarios.observed.groups",
        "scenarios.observed.network_today",
        "scenarios.observed.patterns",
        "scenarios.observed.reading",
        "scenarios.observed.study",
        "scenarios.reading.counterfactual",
        "scenarios.schema.measured",
        "scenarios.schema.observation",
        "scenarios.schema.table_parts",
    ),
    "refuses, or says something of a scenario, and changes no value of it": (
        "scenarios.designs.delta_odd",
        "scenarios.files.faults",
        "scenarios.files.listing",
        "scenarios.reading.called_apart",
        "scenarios.reading.idle_values",
        "scenarios.reading.idle_words",
        "scenarios.schema.assumptions",
        "scenarios.schema.between_funders",
        "scenarios.schema.contradiction",
        "scenarios.schema.contradictions",
        "scenarios.schema.whole_numbers",
        "simulation.own_outcomes.declaring",
        "simulation.own_outcomes.naming",
        "simulation.own_outcomes.trying",
        "simulation.own_rules.described",
        "simulation.own_rules.naming",
        "simulation.own_rules.rule_file",
        "simulation.own_rules.trying",
        "simulation.who_pays",
    ),
    "names what a package offers": (
        "scenarios",
        "scenarios.design",
        "scenarios.designs",
        "scenarios.files",
        "scenarios.observed",
        "scenarios.reading",
        "scenarios.schema",
        "scenarios.waves",
        "simulation",
        "simulation.browser",
        "simulation.campaign",
        "simulation.engine",
        "simulation.model",
        "simulation.own_outcomes",
        "simulation.own_rules",
        "simulation.running",
        "simulation.subclassing",
    ),
}
"""Why a module does not count -> the modules. A new module is listed here, or above; a test asks for it."""


def file_of(module: str, home: Path = HOME) -> Path:
    """Where the source of a module stands."""
    path = home.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def hash_of(modules: Sequence[str], home: Path = HOME) -> str:
    """Hash of what modules do, and of the outcomes' names in order; the same with every version of Python.

    Args:
        modules: names with dots.
        home: folder that the packages lie in.
    """
    digest = hashlib.sha256(repr((MONTHLY_NAMES, NAMES, COST_PARTS)).encode())
    for module in modules:
        tree = ast.parse(file_of(module, home).read_bytes())
        sources = _sources(tree)
        tree.body = [one for one in tree.body if not _is_source(one, sources)]
        digest.update("\0".join((module, *_said_by(tree))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _said_by(node: object) -> list[str]:
    """A syntax tree in words, without what changes no number. Not `ast.dump`, which differs by version of Python."""
    said: list[str] = []
    _say(node, said.append)
    return said


def _say(node: object, say: Callable[[str], None]) -> None:
    """Every process does this of every module when it starts: hence no generators within generators."""
    if isinstance(node, list):
        say("[")
        for one in node:
            if not (_is_text(one) or _is_field(one)):
                _say(one, say)
        say("]")
    elif isinstance(node, ast.Raise):
        say("raise")
    elif isinstance(node, ast.AST):
        say(type(node).__name__)
        for name, value in ast.iter_fields(node):
            if value is not None and value != []:
                say(name)
                _say(value, say)
    else:
        say(repr(node))


def _is_text(node: object) -> bool:
    """Whether it is a docstring, of whatever it stands under."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _sources(tree: ast.Module) -> set[str]:
    """Names that nothing but the `source` of a field uses."""
    sources = [one.value for one in ast.walk(tree) if isinstance(one, ast.keyword) and one.arg == "source"]
    if not sources:
        return set()
    others = [
        one
        for one in ast.walk(tree)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load) and one not in sources
    ]
    return {one.id for one in sources if isinstance(one, ast.Name)} - {one.id for one in others}


def _is_source(node: ast.stmt, sources: set[str]) -> bool:
    """Whether it is a text that several fields give as their source: it stands outside of them, and counts no more."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
        return False
    return all(isinstance(target, ast.Name) and target.id in sources for target in node.targets)


def _is_field(node: object) -> bool:
    """Whether it declares a field of a scenario: its value stands in the scenario, the rest is range, text and source.

    A declaration that says neither (`weight: float`) is the layout of what the engine works on, and counts.
    """
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Call):
        return False
    called = node.value.func
    return isinstance(called, ast.Name) and called.id in ("lever", "uncertainty", "Field")


def kept_hash_of(modules: Sequence[str]) -> str:
    """`hash_of` modules of this installation; it depends on how and over which outcomes it is made, besides."""
    files = [file_of(module) for module in (*modules, "simulation.model_code", "simulation.outcomes")]
    return kept_hash(files, lambda: hash_of(modules))


_RUNS_HASH = kept_hash_of(RUNS)
_STAMPS = tuple((stat.st_mtime_ns, stat.st_size) for stat in (file_of(module).stat() for module in RUNS))


def runs_hash() -> str:
    """Hash of the code that runs the model, as it stood when it was imported."""
    return _RUNS_HASH


def is_edited() -> bool:
    """Whether the code that runs the model has changed since it was imported: what runs then is in no file."""
    try:
        stamps = tuple((stat.st_mtime_ns, stat.st_size) for stat in (file_of(module).stat() for module in RUNS))
        return stamps != _STAMPS and hash_of(RUNS) != _RUNS_HASH
    except (OSError, SyntaxError):
        return True


@cache
def model_version() -> str:
    """What tells one version of the model from another, whatever machine it runs on: a hash of its code."""
    return hashlib.sha256(f"{_RUNS_HASH} {kept_hash_of(ASSIGNS)}".encode()).hexdigest()[:16]


@cache
def machine_kind() -> str:
    """What the bytes of results depend on besides: what the compiler makes of the model on this kind of processor."""
    return hashlib.sha256(f"{version('numba')} {platform.machine()} {_processor()}".encode()).hexdigest()[:16]


def _processor() -> str:
    """What the processor is and can do: code compiled for one may not run on another."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return "\n".join(
        sorted({line for line in lines if line.startswith(("model name", "flags", "Features", "CPU part"))})
    )
