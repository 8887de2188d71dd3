"""The former place of `results.checking.survey_fit`: what is imported from here stays importable."""

from results.checking.survey_fit import EACH, Fit, fit, fit_of

__all__ = ["EACH", "Fit", "fit", "fit_of"]
