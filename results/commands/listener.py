"""Who hears how the work goes: nobody in particular here; the terminal and a notebook have listeners of their own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scenarios import Scenario

COMPILING_OWN = (
    "Compiling the model with the rules of {name}, once for this file on this machine; this takes a minute or two."
)
COMPILING_OBSERVED = (
    "Compiling the model to count outcomes of one's own, once for all such files; this takes about a minute."
)
COMPILING = "Compiling the model for this machine, once for all; this takes about a minute."


class Kept(NamedTuple):
    """What work leaves behind when it is stopped.

    Attributes:
        folder: the run folder.
        flush: keeps what is finished and not yet on the disk.
        done: how much is kept (count).
        what: it is called.
    """

    folder: Path
    flush: Callable[[], None]
    done: Callable[[], int]
    what: str = "networks"


class Listener:
    """Hears how the work goes, and keeps still. Whoever wants to show it overrides what follows.

    Attributes:
        command_line: what was typed to ask for the work; () where nobody typed anything.
    """

    command_line: tuple[str, ...] = ()

    def say(self, text: str) -> None:
        """Take a sentence that is not part of the answer."""

    @contextmanager
    def progress(
        self,
        total: int | None,  # noqa: ARG002
        what: str = "networks",  # noqa: ARG002
        also: Callable[[], Mapping[str, int]] = dict,  # noqa: ARG002
    ) -> Iterator[Callable[[int], None]]:
        """Give what is to be called with how many more are finished.

        Args:
            total: of how many; None where nobody knows.
            what: they are called.
            also: says what else is known while it goes on: points, of_points, failed.
        """
        yield lambda _finished: None

    @contextmanager
    def working(self, kept: Kept, of: int | None) -> Iterator[None]:  # noqa: ARG002
        """Stand around work that may be stopped, and leaves behind what is `kept`, `of` so many."""
        yield


QUIET = Listener()


def compile_for(engine: str, listener: Listener, scenarios: "Sequence[Scenario]" = ()) -> None:
    """Compile the model if this machine must: before the work, for among its threads no Ctrl-C would reach it.

    Args:
        engine: that is going to run.
        listener: hears of it.
        scenarios: that are going to be run; those with rules or outcomes of their own have it compiled with these too.
    """
    from simulation.own_rules.loading import must_compile_with

    if engine != "compiled":
        return
    wanted = dict.fromkeys((one.rules, one.outcomes) for one in scenarios) or {(None, None): None}
    compiled = set()
    for rules, outcomes in sorted(wanted, key=lambda one: "" if one[0] is None else one[0].name):
        kind = rules, outcomes is not None
        if kind not in compiled and must_compile_with(rules, observed=outcomes is not None):
            import simulation
            from scenarios import load

            plain = COMPILING if outcomes is None else COMPILING_OBSERVED
            listener.say(plain if rules is None else COMPILING_OWN.format(name=rules.name))
            small = load("salex", posterior=None).with_rules(rules).with_outcomes(outcomes)
            simulation.run(small, replicates=1, workers=1)
        compiled.add(kind)
