"""Sentences that stand under every answer: what its intervals hold, and what it is not."""

INTERVAL = (
    "± is half the 95 % interval of the average over networks: how sure the simulation is of the average, not how far "
    "luck carries one network, nor how sure we are of the model."
)


OPEN = (
    "± is half the 95 % interval of the average over networks, for parameters as they may be: how sure one can be of "
    "the average, not how far luck carries one network, nor how sure we are of the rules."
)


ONE = "One network has no interval: nothing here says how another one would have fared. Ask for more replicates."


PREDICTION = "What this says about facilitation against none, or about notice, is a prediction: no study measured it."
