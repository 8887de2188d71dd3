"""What is asked. First stop of the flow: scenarios -> simulation -> results -> cli.

Reads a scenario file into a frozen Scenario, or says everything that is wrong with it. Imports nothing of ours.
"""

from scenarios.assumptions import ASSUMPTIONS, Assumption
from scenarios.counterfactual import no_longer_observed
from scenarios.delta_odd import delta
from scenarios.faults import ScenarioError
from scenarios.founding import found
from scenarios.keys import KEYS, Key, value_of
from scenarios.layers import parse_value
from scenarios.mixtures import Change, Mixtures, mixtures_of
from scenarios.particles import Posterior
from scenarios.posterior import read_posterior, shipped_posterior, write_posterior
from scenarios.reading import load, replace
from scenarios.replicates import at_particle, at_replicate, check_particles
from scenarios.roster import Roster, RosterError, read_roster
from scenarios.scenario import Scenario
from scenarios.shipped import Summary, names, summaries
from scenarios.writing import Row, fingerprint, observed_of, rows, source_of, to_dict, to_toml

__all__ = [
    "ASSUMPTIONS",
    "KEYS",
    "Assumption",
    "Change",
    "Key",
    "Mixtures",
    "Posterior",
    "Roster",
    "RosterError",
    "Row",
    "Scenario",
    "ScenarioError",
    "Summary",
    "at_particle",
    "at_replicate",
    "check_particles",
    "delta",
    "fingerprint",
    "found",
    "load",
    "mixtures_of",
    "names",
    "no_longer_observed",
    "observed_of",
    "parse_value",
    "read_posterior",
    "read_roster",
    "replace",
    "rows",
    "shipped_posterior",
    "source_of",
    "summaries",
    "to_dict",
    "to_toml",
    "value_of",
    "write_posterior",
]
