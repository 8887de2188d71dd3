"""The former place of `results.exporting.formats`: what is imported from here stays importable."""

from results.exporting.formats import FORMS, FORMULA, as_csv, as_graphml, as_kumu, formulas, present, ties_among

__all__ = ["FORMS", "FORMULA", "as_csv", "as_graphml", "as_kumu", "formulas", "present", "ties_among"]
