"""Sentences below every answer: what its intervals include, and what it is not."""

INTERVAL = (
    "± is half the 95 % interval of the average over networks. It says how precisely the average is known, not how "
    "much single networks differ, nor how far the model can be trusted."
)


OPEN = (
    "± is half the 95 % interval of the average over networks, including uncertainty about the parameters. It says how "
    "precisely the average is known, not how much single networks differ, nor how far the model's rules can be trusted."
)


ONE = "One network has no interval: nothing here says how another would have fared. Ask for more replicates."


PREDICTION = (
    "What this says about facilitation compared with none, or about notice, is a prediction: no study has measured it."
)
