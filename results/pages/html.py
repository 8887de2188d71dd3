"""The brief as one page of HTML that needs nothing else; whatever somebody else may have written is escaped."""

from base64 import b64encode

from results.pages.chart import drawn
from results.pages.structure import Block, Brief, Paragraph, Picture, Points, Rows, Terms
from results.pages.templates import PAGES, template
from results.words.sentence import sentence

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What the page may load and run: its own style and its logo, no script, nothing from anywhere. A page that computes
adds what its program needs (script-src with its hash and 'wasm-unsafe-eval', worker-src), and no more."""
_KINDS = {Paragraph: "paragraph", Points: "points", Terms: "terms", Rows: "rows", Picture: "picture"}


def page(brief: Brief, *, unfolded: bool = False) -> str:
    """The brief as HTML; `unfolded` for paper."""
    from markupsafe import Markup

    speaker = brief.speaker

    def kind(block: Block) -> str:
        return _KINDS[type(block)]

    return template("brief.html").render(
        brief=brief,
        decision=brief.decision,
        panels=drawn(brief.decision.chart, speaker) if brief.decision else [],
        kind=kind,
        say=speaker.say,
        whole=speaker.whole,
        told=lambda of, **values: speaker.say(sentence(of, **values)),
        markup=lambda picture: Markup(picture.svg),  # drawn by us, names in it as outlines
        logo=b64encode(brief.heading.logo).decode(),
        policy=POLICY,
        unfolded=unfolded,
        style=Markup((PAGES / "brief.css").read_text(encoding="utf-8")),  # ours
    )
