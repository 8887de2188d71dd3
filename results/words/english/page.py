"""What stands around an answer: headings of the page, how to repeat it, what is assumed."""

from results.words.plural import Catalogue

WORDS: Catalogue = {
    "and": "and",
    "or": "or",
    "both": "{first} {second}",
    "span": "{low} to {high}",
    # The page
    "kind": "Legato: decision brief",
    "by": ", by {author}",
    "section.decision": "The answer",
    "section.questions": "What each plan asks",
    "section.answer": "The answer in full",
    "section.numbers": "The numbers",
    "section.pictures": "The pictures",
    "section.changed": "What differs between the scenarios",
    "section.assumed": "Active mechanisms, and what supports them",
    "section.sure": "How sure this is",
    "section.repeat": "How to repeat it",
    "appendix": "Appendix",
    "table.main": "The main outcomes",
    "table.number": "Table {number}",
    "tables.answer": "The tables below are the answer.",
    "pictures.none": "None were drawn.",
    "currency.shown": (
        "Amounts are shown with {currency}, as was asked for. Nothing was converted; sources, and words inside "
        "pictures, are as they were."
    ),
    # Only other languages say these
    "language.pictures": "Sources, and words inside pictures, are in English.",
    "language.answer": (
        "Not all of this page is translated: the answer, sources and words inside pictures are in English."
    ),
    # How to repeat it
    "repeat.command": "command",
    "repeat.check": "check it",
    "repeat.seed": "seed",
    "repeat.replicates": "replicates",
    "repeat.version": "{legato}, model {model}",
    "repeat.made_with": "made with",
    "repeat.content": "content (SHA-256)",
    "repeat.written": "written",
    "changed.table": "Values that differ",
    "assumed.table": "Mechanisms active in these scenarios, and how well each is supported",
    "assumed.title": "what the model assumes",
    "assumed.standing": "how well supported",
    "assumed.words": "in words",
    "assumed.studies": (
        "{unstudied} of the {all} active mechanisms have no study behind them; {designed} of these rest on what "
        "network designers say. They include two that funders ask about most: no study measures the effect of notice "
        "before a closing, or of having a facilitator rather than none. What the model says about these is a "
        "prediction."
    ),
}
