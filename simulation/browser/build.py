"""Build a module for a page: numba's optimized code -> WebAssembly -> one module with its own exp, log and pow.

numba compiles for a generic processor, in a process of its own and without its cache, so that nothing of this machine
gets in. What it then has optimized is compiled again for WebAssembly by LLVM, and linked with zig's C library (musl),
so that every browser works out the same.

`python -m simulation.browser.build` builds the engine, `python -m results.browser.build` the estimates; `make wasm`
calls both.
"""

import inspect
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import llvmlite.binding as llvm

from scenarios.schema.own_files import as_kept, own_file_read
from scenarios.schema.own_rules import OwnRules
from simulation.browser.artifact import ENGINE, RUNTIME, source_hash
from simulation.own_rules.loading import loaded, name_them

RULES = "rules.py"
"""File of rules of one's own, in the folder that a module is built in."""
ENTRANCES = "simulation.browser.entrance", ("prepare", "run")
TRIPLE = "wasm32-unknown-unknown"
FEATURES = "+bulk-memory,+mutable-globals,+nontrapping-fptoint,+sign-ext,+simd128"
"""What every browser since 2023 can do."""

_POINTER = re.compile(r"\bptr\b")
_ROOM = re.compile(r"^(?P<before> *\S+ = alloca )(?P<kind>.*?)(?P<after>, align \d+.*)$", re.MULTILINE)
_STEP = re.compile(
    r"^(?P<before> *\S+ = getelementptr (?:inbounds |nuw |nusw )*)(?P<kind>[{\[<][^%@]*?)(?P<after>, ptr .*)$",
    re.MULTILINE,
)
_WRAPPER = re.compile(r"^define [^\n]*@_ZN7cpython.*?^}\n", re.MULTILINE | re.DOTALL)
_FAULT = re.compile(r"^(@\.const\.pickledata\.[^\n]*?constant) \[\d+ x i8\] c\".*$", re.MULTILINE)
_FAULT_SIZE = re.compile(
    r"^(@\.const\.picklebuf\.[^\n]*? \{ ptr @[^,\n]*, i32|"
    r" *store ptr @\.const\.pickledata\.[^\n]*\n[^\n]* getelementptr i8, ptr [^\n]*, i64 8\n *store i32) \d+,",
    re.MULTILINE,
)
_SUBTRACT = """
define internal i8 @subtract(ptr %place, i64 %amount, i32 %condition) alwaysinline {
  %before = load i64, ptr %place
  %after = sub i64 %before, %amount
  store i64 %after, ptr %place
  %none = icmp eq i64 %after, 0
  %result = zext i1 %none to i8
  ret i8 %result
}
"""


def compile_for_processor(module: ModuleType, names: Sequence[str]) -> dict[str, str]:
    """What numba makes of each entrance before it becomes machine code: LLVM's language, optimized.

    Args:
        module: where the entrances are.
        names: of the entrances, functions of a list of places and of whole numbers.
    """
    from numba import types
    from numba.core import codegen

    made: list[str] = []
    library: Any = codegen.CPUCodeLibrary
    finalize = library._finalize_final_module

    def keep(self: Any) -> None:
        made.append(str(self._final_module))
        finalize(self)

    library._finalize_final_module = keep
    places, found = types.CPointer(types.int64), {}
    for name in names:
        function: Any = getattr(module, name)
        others = len(inspect.signature(function.py_func).parameters) - 1
        function.compile((places, *(others * (types.int64,))))
        found[name] = made[-1]
    return found


def for_browser(code: str, module: str, name: str, layout: str) -> str:
    """The same code for a machine with addresses of 32 bits; what lies in memory keeps numba's layout for 64.

    An address is then written to, and read from, the lower half of its place. So where room is made for records that
    hold addresses, or is counted in them, each takes 64 bits.
    """
    code = re.sub('^target triple = ".*"', f'target triple = "{TRIPLE}"', code, flags=re.MULTILINE)
    code = re.sub('^target datalayout = ".*"', f'target datalayout = "{layout}"', code, flags=re.MULTILINE)
    code = re.sub('"target-(cpu|features)"="[^"]*"', "", code)
    code = code.replace("= common ", "= internal ").replace("local_unnamed_addr", "")
    for pattern in (_ROOM, _STEP):
        code = pattern.sub(lambda found: found["before"] + _POINTER.sub("i64", found["kind"]) + found["after"], code)
    if wrong := re.findall(r"(?:load|store) [{\[<][^%@]*\bptr\b[^%@]*[}\]>]", code):
        raise RuntimeError(
            f"numba's code moves records with addresses as a whole ({wrong[0]}); build has to split them"
        )
    code = _WRAPPER.sub("", code)
    code = _FAULT.sub(r"\1 [1 x i8] zeroinitializer", code)  # what a fault would say, and in which file
    code = _FAULT_SIZE.sub(r"\1 0,", code)
    code = re.sub(r"^declare i8 @llvm\.x86\.atomic\.sub\.cc\.i64.*$", _SUBTRACT, code, flags=re.MULTILINE)
    code = code.replace("@llvm.x86.atomic.sub.cc.i64(", "@subtract(")
    if left := re.findall(r"@llvm\.x86\.[a-z0-9.]+", code):
        raise RuntimeError(f"numba's code for a generic processor uses {left[0]}, which WebAssembly has not")
    parts = [re.sub(r"\W", lambda found: f"_{ord(found[0]):02x}", part) for part in module.split(".")]
    mangled = "".join(f"{len(part)}{part}" for part in parts)
    inside = re.search(rf"^define [^@\n]* i32 @(_ZN{mangled}[^\s\"(]*)\(", code, re.MULTILINE)
    if inside is None:
        raise RuntimeError(f"numba's code of '{name}' has no function of that name")
    return code.replace(inside[1], name)


def objects(folder: Path, module: ModuleType, names: Sequence[str]) -> list[Path]:
    """The compiled entrances as object files of WebAssembly."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    target = llvm.Target.from_triple(TRIPLE)
    machine = target.create_target_machine(cpu="generic", features=FEATURES, opt=3, reloc="static", codemodel="default")
    made = []
    for name, code in compile_for_processor(module, names).items():
        parsed = llvm.parse_assembly(for_browser(code, module.__name__, name, str(machine.target_data)))
        parsed.verify()
        made.append(folder / f"{name}.o")
        made[-1].write_bytes(machine.emit_object(parsed))
    return made


def link(parts: list[Path], folder: Path) -> bytes:
    """One module that needs nothing from outside."""
    exported = ",".join(f"--export={name}" for name in (*(part.stem for part in parts), "malloc", "free"))
    command = [
        sys.executable, "-m", "ziglang", "cc", "--target=wasm32-wasi", "-mexec-model=reactor", "-O2",
        "-o", "module.wasm", *(part.name for part in parts), str(RUNTIME), f"-Wl,{exported},--strip-all",
    ]  # fmt: skip
    subprocess.run(command, cwd=folder, check=True)  # zig keeps the C library that it has compiled, for the next time
    return (folder / "module.wasm").read_bytes()


def build(module: str, names: Sequence[str], rules: OwnRules | None = None) -> bytes:
    """A module of these entrances, built in a process where numba knows nothing of this processor.

    Args:
        module: where the entrances are.
        names: of the entrances.
        rules: of one's own, that stand in the place of shipped ones; they must have been named.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
        environment |= {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "XDG_CACHE_HOME": place}
        environment |= {"PYTHONHASHSEED": "0"}  # texts in the code are named by their hash
        command = [sys.executable, "-m", "simulation.browser.build", place, module, *names]
        if rules is not None:
            (folder / RULES).write_text(as_kept(rules), encoding="utf-8")
        subprocess.run(command, env=environment, check=True)
        return link([folder / f"{name}.o" for name in names], folder)


def with_rules_in(folder: Path, module: str) -> ModuleType:
    """The module, with the rules that lie in the folder, if any: whoever put them there has named them."""
    if not (folder / RULES).exists():
        return import_module(module)
    rules = own_file_read(OwnRules, RULES, (folder / RULES).read_text(encoding="utf-8"))
    name_them(rules)
    return loaded(rules).module(module)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        place = Path(sys.argv[1])
        objects(place, with_rules_in(place, sys.argv[2]), sys.argv[3:])
    else:
        ENGINE.ship(build(*ENTRANCES), source_hash())
