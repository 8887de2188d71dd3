"""What is said of values that do nothing, or less than they say, by kind; results/words says it in other languages."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "idle.shift": (
        "{plan}: funder.shift.month is {month}, after the network's last month {last}; the shift changes nothing."
    ),
    "idle.exit": (
        "{plan}: {key} is {month}, not before the closing in month {last}; the funder stays until the network closes."
    ),
    "idle.before": ("{plan}: before month {month} no funder is there; nothing is facilitated or granted until then."),
    "idle.gap": (
        "{plan}: from month {first} to month {last} no funder is there; all that is facilitated and granted then is "
        "the share that members replace, {share}."
    ),
    "idle.unfunded": (
        "{plan}: after month {month} no funder is left; all that is facilitated and granted is the share that members "
        "replace, {share}."
    ),
    "idle.leave": (
        "{plan}: {count} funders leave in month {month}; of the backbone {backbone} is still paid for, of the grants "
        "{grants}."
    ),
    "idle.cancelled": "{plan}: facilitation.cancelled is {month}, but no convening is due then.",
    "idle.contacts": (
        "{plan}: members.contacts has {late} of {all} contacts after the last month simulated, {last}; they are left "
        "out."
    ),
    "idle.note": "{plan}: {note}",
    "idle.counted": "{plan}: {key} is {count}, of {members} members; all of them count.",
    "idle.grants": "{plan}: grants.first is {month}, after the network's last month {last}; no grant is ever given.",
    "idle.grants.simulated": "{plan}: grants.first is {month}, after the last month {last}; no grant is ever given.",
    "idle.waiting.one": (
        "{plan}: {count} pair waits for a grant, but no call is open in month {month}; all are turned down, and those "
        "that would go on anyway begin without one."
    ),
    "idle.waiting": (
        "{plan}: {count} pairs wait for a grant, but no call is open in month {month}; all are turned down, and those "
        "that would go on anyway begin without one."
    ),
    "idle.introductions": (
        "{plan}: members.introductions has {late} of {all} introductions after the network's last month {last}; they "
        "are not made."
    ),
    "idle.joins": "{plan}: {member} joins in month {month}, after the last one ({last}); it does not.",
    "idle.leaves": "{plan}: {member} leaves in month {month}, after the last one ({last}); it does not.",
    "idle.nothing.one": "{plan}: {keys} does nothing, because {why}.",
    "idle.nothing": "{plan}: {keys} do nothing, because {why}.",
}

NO_SHIFT = (
    "nothing shifts then (what can: funder.shift.priorities where funder.weight is above 0, "
    "funder.shift.facilitation where facilitation.intensity is, funder.shift.grants where grants.per_call is)"
)
NO_RENEWAL = "no champion could win a renewal"
NO_STRANGER = "nobody contacts a stranger"
NEVER_PAID = 'grants.per_call is 0 and closing.month is "never"'
NO_WEIGHT = "the weights of all funders are 0"
NOBODY_LEAVES = "no funder leaves before the network closes"
ONE_FUNDER = "there is one funder, which pays everything"
REASONS = (NO_SHIFT, NO_RENEWAL, NO_STRANGER, NEVER_PAID, NO_WEIGHT, NOBODY_LEAVES, ONE_FUNDER)
"""Reasons that are more than the value of one key."""
