"""The former place of `scenarios.designs.design`: what is imported from here stays importable."""

from scenarios.designs.design import MORRIS_LEVELS, MOST_POINTS, USUAL, Design, DesignKind, at_point, latin, plan

__all__ = ["MORRIS_LEVELS", "MOST_POINTS", "USUAL", "Design", "DesignKind", "at_point", "latin", "plan"]
