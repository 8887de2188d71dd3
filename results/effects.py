from results.figures.main_effects import MainEffect, main_effects  # noqa
