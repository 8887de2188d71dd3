"""Sentences below an answer: what its intervals include, what varies, when things are counted, what it is not."""

from results.words.plural import Catalogue, plural

WORDS: Catalogue = {
    "note.scale": (
        "How sure a direction is: almost certainly, a chance of 99 % or more; very probably, 90 %; probably, 66 %; "
        "below that it could go either way. Chances take in luck and the parameters that vary. How sure the size is, ± "
        "says."
    ),
    "note.interval": (
        "± is half the 95 % interval of the average over networks. It says how precisely the average is known, not how "
        "much single networks differ, nor how far the model can be trusted."
    ),
    "note.open": (
        "± is half the 95 % interval of the average over networks, including uncertainty about the parameters. It says "
        "how precisely the average is known, not how much single networks differ, nor how far the model's rules can be "
        "trusted."
    ),
    "note.one": (
        "One network has no interval: nothing here says how another would have fared. Ask for more replicates."
    ),
    "note.prediction": (
        "What this says about facilitation compared with none, or about notice, is a prediction: no study has measured "
        "it."
    ),
    "note.networks": plural(
        "{count} network of each scenario, seed {seed}.", "{count} networks of each scenario, seed {seed}."
    ),
    "note.sizes.open": (
        "In {count} of {all} differences the size is open because parameters are uncertain: knowing more about them "
        "would settle it, more networks would not."
    ),
    "note.pairing.luck": (
        "Every scenario runs with the same luck: pairing saves as much as running {worth} times as many networks "
        "(collaboration rate). Higher, equal and lower count pairs of networks with the same luck; pairs in which one "
        "has no value are left out."
    ),
    "note.pairing.number": (
        "Every scenario runs with one seed: pairing saves as much as running {worth} times as many networks "
        "(collaboration rate). Higher, equal and lower count pairs of networks of one number; pairs in which one "
        "has no value are left out."
    ),
    # Which networks are unlike
    "unlike.members": ("Networks differ in their members ({each}): luck is the same only for members that both have."),
    "unlike.months": "Outcomes for which no month is given are for different months ({each}).",
    "unlike.lengths": (
        "Networks are simulated for different lengths ({each}): totals over the whole run, such as its cost, cover "
        "different lengths of time."
    ),
    "unlike.each": "{plan} {value}",
    "unlike.month.closing": "month {month}, its closing",
    "unlike.month.last": "month {month}, its last, as it goes on",
    "unlike.length": plural("{count} months", "{count} months"),
    "unlike.file": "{members} from a file",
    "unlike.joining": "{members} and {joining} per month",
    "origins.luck": plural(
        "{count} network of each, seed {seed}: network number n of both has the same luck.",
        "{count} networks of each, seed {seed}: network number n of both has the same luck.",
    ),
    "origins.luck.members": plural(
        "{count} network of each, seed {seed}: network number n of both has the same luck for members that all of them "
        "have.",
        "{count} networks of each, seed {seed}: network number n of both has the same luck for members that all of "
        "them have.",
    ),
    # Too few
    "few.networks": (
        "This rests on so few networks ({count}) that intervals, ranges and chances are rough; take {enough} or more "
        "(--replicates {enough}) before you rely on it."
    ),
    "few.sets": (
        "This rests on so few sets of parameters ({count}) that intervals, ranges and chances are rough; take {enough} "
        "or more (--replicates {replicates}) before you rely on it."
    ),
    "few.posterior": (
        "This rests on so few sets of parameters ({count}) that intervals, ranges and chances are rough; take {enough} "
        "or more (a posterior with more particles) before you rely on it."
    ),
    # What varies
    "vary.count": plural("{count} of {all} uncertain parameters varies", "{count} of {all} uncertain parameters vary"),
    "rules.own": (
        "Rules of the model are replaced by those of {file} in {plans} ({rules}): what is said of evidence for the "
        "model is of the shipped rules."
    ),
    "outcomes.own": "Outcomes of one's own, counted as {file} says: {outcomes}.",
    "vary.none": (
        "{varying}: all are fixed at their point values, and intervals leave out the uncertainty about them."
    ),
    "vary.some": (
        "{varying} ({posterior}): intervals include the uncertainty about these, but not about the others. --fixed "
        "fixes these too."
    ),
    "vary.posterior": plural("posterior {name}, {count} particle", "posterior {name}, {count} particles"),
    "vary.posterior.part": plural(
        "posterior {name}, {used} of {count} particle", "posterior {name}, {used} of {count} particles"
    ),
    "vary.shipped": "of the shipped evidence",
    # What was observed
    "seen": "Observed in {plan}: {outcome}, {found}; {range} is plausible. {rest}",
    "seen.month": "Observed in {plan} in month {month}: {outcome}, {found}; {range} is plausible. {rest}",
    "seen.few": (
        "Observed in {plan}: {outcome}, {found}; with so few, {range} is plausible (95 % Wilson interval). {rest}"
    ),
    "seen.few.month": (
        "Observed in {plan} in month {month}: {outcome}, {found}; with so few, {range} is plausible (95 % Wilson "
        "interval). {rest}"
    ),
    "seen.few.members": (
        "Observed in {plan}: {outcome}, {found}; with so few members, {range} is plausible (95 % Wilson interval). "
        "{rest}"
    ),
    "seen.few.members.month": (
        "Observed in {plan} in month {month}: {outcome}, {found}; with so few members, {range} is plausible (95 % "
        "Wilson interval). {rest}"
    ),
    "seen.source": "Source: {source}.",
    "seen.members": "Counted among {count} members; the scenario begins with {members}.",
    "seen.line": "{found}, {range}",
    "seen.line.month": "{found}, {range}, month {month}",
    "seen.found": "{part} of {whole} ({value})",
    "seen.share": "{value} %",
    "seen.usd": "{value} thousand {currency}",
    "seen.plain": "{value}",
    "left_out.levers": (
        "{plan}: what was observed ({outcomes}) is left out: it is of the network as its file has it, and this one has "
        "another {levers}."
    ),
    "left_out.months": plural(
        "{plan}: what was observed ({outcomes}) is left out: only {count} months are simulated.",
        "{plan}: what was observed ({outcomes}) is left out: only {count} months are simulated.",
    ),
    "left_out.another": "{first} and another {second}",
    "converted.plan": "{plan}, which is in {money}, is converted to {currency} at the rate of {rate}.",
    "converted.budget": "The budget of {written} is {amount} {currency}, at {rate} {currency} for one {money}.",
    "converted.amount": (
        "Converted: {what} was given as {written}, which is {amount} {currency} at {rate} {currency} for one {money}, "
        "the scenario's {key}; prices are of {year}."
    ),
    "idle.because": "{key} is {value}",
    # Up to when
    "until": "Unless a row says otherwise, numbers are for {parts}.",
    "until.renewed": (
        "Unless a row says otherwise, numbers are for {parts}. Survival is counted from the actual closing, which a "
        "renewal may delay."
    ),
    "until.closing": "the end of month {month}, the planned closing (the whole run ends with month {last})",
    "until.last": "the end of month {month}, the last one (the whole run ends with month {last})",
    "until.of": "{part} in {plans}",
    "until.cost": ("Cost per collaboration is the cost of the whole run divided by the collaborations formed in it."),
    # Precision
    "precision.stopped": (
        "Stopped at {replicates} replicates, short of the precision asked for: uncertainty about the parameters alone "
        "makes the widest interval of {outcome} {parameters} wide, more than {wanted}, and no number of networks "
        "narrows that. With luck it is {whole} wide. Luck alone makes it {luck} wide; to bring that down to {wanted} "
        "(--fixed) would take {takes}."
    ),
    "precision.missed": (
        "The precision asked for was not reached: the widest interval of {outcome} is {luck} wide, not {wanted}; it "
        "would take {takes}."
    ),
    "precision.reached": (
        "The precision asked for was reached: the widest interval of {outcome} is {luck} wide, at most {wanted}."
    ),
    "precision.luck": (
        "That is luck alone: more networks do not narrow the uncertainty about the parameters. With that included, the "
        "widest interval is {whole} wide, of which {parameters} remain however many networks are run."
    ),
    "precision.takes": "about {count} replicates",
    "precision.takes.unknown": "more replicates than can be estimated",
    "precision.share": "{width} percentage points",
    "precision.usd": "{width} thousand {currency}",
    # What to find out first
    "find": "What to find out first about {what}: {each} of what is not known of parameters.",
    "find.collaborates": "the share of members that ever collaborate",
    "find.difference": "the difference {plan} makes to {what}",
    "find.group": "{group} ({share} % ± {half} %)",
}
