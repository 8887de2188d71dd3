"""What is asked. First stop of the flow: scenarios -> simulation -> results -> cli.

Reads a scenario file into a frozen Scenario, or says everything that is wrong with it. Imports nothing of ours.
"""

from scenarios.designs.delta_odd import delta
from scenarios.designs.mixtures import Change, Mixtures, mixtures_of
from scenarios.files.faults import FailedError, RefusedError, RequestError, ScenarioError
from scenarios.reading.counterfactual import no_longer_observed
from scenarios.reading.founding import found
from scenarios.reading.layers import parse_value
from scenarios.reading.posterior_file import read_posterior, shipped_posterior, write_posterior
from scenarios.reading.reading import load, replace
from scenarios.reading.replicates import at_particle, at_replicate, check_particles
from scenarios.reading.roster import RosterError, read_roster
from scenarios.reading.shipped import Summary, names, summaries
from scenarios.reading.writing import Row, fingerprint, observed_of, rows, source_of, to_dict, to_toml
from scenarios.schema.assumptions import ASSUMPTIONS, Assumption
from scenarios.schema.keys import KEYS, Key, value_of
from scenarios.schema.own_outcomes import OwnOutcomes
from scenarios.schema.own_rules import OwnRules
from scenarios.schema.posterior import Posterior
from scenarios.schema.roster import Roster
from scenarios.schema.scenario import Scenario

__all__ = [
    "ASSUMPTIONS",
    "KEYS",
    "Assumption",
    "Change",
    "FailedError",
    "Key",
    "Mixtures",
    "OwnOutcomes",
    "OwnRules",
    "Posterior",
    "RefusedError",
    "RequestError",
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
