"""The answer of `run` and `compare` in full: levels, differences, trade-offs, and how sure they are."""

from results.words.plural import Catalogue, plural

WORDS: Catalogue = {
    "semicolon": "{first}; {second}",
    "comma": "{first}, {second}",
    "missing": "-",
    # Amounts
    "amount.about": "about {to}{unit}",
    "amount.up_to": "up to {to}{unit}",
    "amount.range": "{from_} to {to}{unit}",
    "amount.way": "{amount} {way}",
    "points": plural(" percentage points", " percentage points"),
    "percent": " %",
    "of.pieces": " pieces",
    "ways.up": "from the same to {high}{unit} {more}",
    "ways.down": "from {low}{unit} {less} to the same",
    "ways.both": "from {low}{unit} {less} to {high} {more}",
    "levels.share": "{ours} % instead of {theirs} %",
    "levels.usd": "{ours} instead of {theirs} thousand {currency}",
    "levels.plain": "{ours} instead of {theirs}",
    "average.levels": "{levels}{things} on average",
    "average.both": "{level}{unit}{things} on average in both",
    "about": "about {level}",
    # How sure a direction is
    "direction": "{sure} {way}",
    "direction.either": "could go either way",
    "direction.is": "is {direction}",
    "direction.settled": "{direction}{settled}",
    "chance": "chance {percent}",
    "chance.unknown": "chance unknown",
    "chance.percent": "{level} %",
    "chance.least": "less than 1 %",
    "chance.most": "more than 99 %",
    "change.missing": "cannot be compared: missing in one of them",
    "change.same": "exactly the same",
    "change.alike": "practically the same",
    "change.few": plural("one network alone cannot tell", "so few networks cannot tell"),
    "settled.never": ": too small to be settled by more replicates",
    "settled.by": ": about {count} more replicates may settle it, if the average holds",
    "settled.never.whole": "The difference is too small to be settled by more replicates.",
    "settled.by.whole": "About {count} more replicates may settle it, if the average holds.",
    # In how many networks
    "counts.luck": plural("{count} network with the same luck", "{count} networks with the same luck"),
    "counts.number": plural("{count} network, paired by number", "{count} networks, paired by number"),
    "counts.all.luck": plural(
        "{way} in the network with the same luck", "{way} in all {count} networks with the same luck"
    ),
    "counts.all.number": plural(
        "{way} in the network, paired by number", "{way} in all {count} networks, paired by number"
    ),
    "counts.some": "{way} in {part} of {every}, {second} in {others}, {third} in {rest}",
    "counts.higher": "higher",
    "counts.lower": "lower",
    "counts.equal": "equal",
    "these.pairs": plural("this one pair of networks", "these {count} pairs of networks"),
    "these.networks": plural("this one network", "these {count} networks"),
    "answer.none": "Nothing differs from {plan} yet: move a lever or choose another scenario.",
    # Who collaborates
    "answer": "{who}: {said}",
    "rate.missing": (
        "the share of members that ever collaborate cannot be compared with {baseline}: it is missing in one of them."
    ),
    "rate.same": "the share of members that ever collaborate is exactly the same as in {baseline} ({level} %).",
    "rate.few": (
        "the share of members that ever collaborate is {levels} in {these}; more replicates show how sure that is."
    ),
    "rate.alike": (
        "the share of members that ever collaborate is practically the same as in {baseline} ({levels}); {counts}."
    ),
    "rate.either": (
        "compared with {baseline}, the share of members that ever collaborate could go either way: {levels}, {ends}; "
        "{counts}."
    ),
    "rate.clear": (
        "the share of members that ever collaborate is {way} than in {baseline}, by {amount} ({levels}); {counts}."
    ),
    "rate.open": (
        "the share of members that ever collaborate is {way} than in {baseline} ({chance}), but by how much is open: "
        "{levels}, {ends}; {counts}."
    ),
    # What survives
    "left.alike": (
        "A year after closing, the share of members that collaborate is practically the same ({levels}){some}."
    ),
    "left.either": "A year after closing, the share of members that collaborate could go either way ({levels}){some}.",
    "left.clear": "A year after closing, the share of members that collaborate is {way}, by {amount} ({levels}){some}.",
    "left.open": "A year after closing, the share of members that collaborate is {way} ({chance}): {levels}{some}.",
    "left.some": plural(
        " in the {count} networks followed for a year after closing",
        " in the {count} networks followed for a year after closing",
    ),
    # Evidence
    "yield.same": "Evidence is exactly the same ({level} pieces on average).",
    "yield.few": "It produces {levels} pieces of evidence in {these}.",
    "yield.alike": "Evidence is practically the same ({levels}).",
    "yield.either": "Evidence could go either way ({levels}).",
    "yield.clear": "It {sure} produces {amount} pieces of evidence ({levels} on average).",
    "yield.open": "It {sure} produces {less} evidence ({chance}): {levels}.",
    # Cost
    "costs.same": "It costs exactly the same in the whole run ({level} thousand {currency}).",
    "costs.few": "It costs {levels} in the whole run, in {these}.",
    "costs.alike": "It costs practically the same in the whole run ({levels}).",
    "costs.either": "Its cost in the whole run could go either way ({levels}, {ends}).",
    "costs.clear": "It {sure} costs {amount} in the whole run ({levels}).",
    "costs.open": "It {sure} costs {less} in the whole run ({chance}): {levels}, {ends}.",
    # What a trade is priced at
    "price.saved": (
        "By the averages, {until}, {plan} saves {prices}. It is the better choice if these are worth less to you than "
        "that, and {baseline} if they are worth more."
    ),
    "price.added": (
        "By the averages, {until}, {plan} costs {prices}. It is the better choice if these are worth more to you than "
        "that, and {baseline} if they are worth less."
    ),
    "price.until.year": "counted to a year after closing",
    "price.until.end": "counted to the last month simulated",
    "price.amount": "{price} thousand {currency}",
    "price.amount.open": "{price} thousand {currency} or far more",
    "price.saved.months_worked": "{amount} for each month of collaboration given up",
    "price.saved.surviving": "{amount} for each collaboration fewer that survives a year",
    "price.saved.evidence": "{amount} for each piece of evidence given up",
    "price.added.months_worked": "{amount} for each month of collaboration added",
    "price.added.surviving": "{amount} for each collaboration more that survives a year",
    "price.added.evidence": "{amount} for each piece of evidence added",
    # With what one is worth
    "worth.more": (
        "If {things} are worth {worth} thousand {currency} each, {plan} is {sure} better than {baseline} ({chance}): "
        "the difference in net benefit is {mean} thousand {currency} on average, {low} to {high}."
    ),
    "worth.less": (
        "If {things} are worth {worth} thousand {currency} each, {plan} is {sure} worse than {baseline} ({chance}): "
        "the difference in net benefit is {mean} thousand {currency} on average, {low} to {high}."
    ),
    "worth.either": (
        "If {things} are worth {worth} thousand {currency} each, it could go either way whether {plan} is better than "
        "{baseline} ({chance}): the difference in net benefit is {mean} thousand {currency} on average, {low} to "
        "{high}."
    ),
    "worth.things.months_worked": "months of collaboration",
    "worth.things.surviving": "collaborations that survive a year",
    "worth.things.evidence": "pieces of evidence",
    "worth.things.translation": "translations at scale",
    # Trade-offs
    "trade.legacy": (
        "Note the trade-off in {plan}: the share of members that have collaborated by closing is {before}, but the "
        "share that collaborate a year later is {after} ({levels})."
    ),
    "trade.survival": (
        "Note the trade-off in {plan}: the share of members that have collaborated by closing is {before}, but the "
        "share of the collaborations active at closing that survive a year is {after} ({levels}); in number, too, "
        "{fewer} survive: {pairs}."
    ),
    "trade.disagree": (
        "Note that in {plan} share and number disagree: the share of members that have collaborated by closing is "
        "{before}, and the share of the collaborations active at closing that survive a year is {after} ({levels}), "
        "but {fewer} survive: {pairs}."
    ),
    "trade.open": (
        "Note the trade-off in {plan}: the share of members that have collaborated by closing is {before}, but the "
        "share of the collaborations active at closing that survive a year is {after} ({levels}); their number {way}: "
        "{pairs}."
    ),
    "pairs.both": "{ours} on average instead of {theirs}",
    "pairs.part": "{part} of {whole}",
    "pairs.whole": "of {whole}",
    # Networks of different sizes
    "sizes": ("Networks differ in size, so shares and numbers differ. Members that ever collaborate: {each}."),
    "sizes.fixed": "{plan} {share} % of {members}, {number} on average",
    "sizes.joining": "{plan} {share} % of all that have joined ({members} at the start)",
    # One scenario
    "run.few": "{who}: {share} % of members ever collaborate in {these}; more replicates show how sure that is.",
    "run.range": (
        "{who}: on average {average} % of members ever collaborate; because of {luck}, the middle 95 % of networks "
        "range from {low} to {high} %."
    ),
    "run.luck": "luck",
    "run.luck.parameters": "luck and uncertainty about the parameters",
    "run.money": (
        "Costs are in US dollars, prices of {year}, as `legato show {plan}` lists them. The money goes to {parts}."
    ),
    "run.money.other_currency": (
        "Costs are shown in {currency}, prices of {year}, as `legato show {plan}` lists them. The money goes to "
        "{parts}."
    ),
    "run.part": "{part} ({share} %)",
}
