"""The brief as one page of HTML that needs nothing else; whatever somebody else may have written is escaped."""

from base64 import b64encode
from dataclasses import dataclass

from results.pages.chart import drawn
from results.pages.structure import Block, Brief, Paragraph, Picture, Points, Rows, Terms
from results.pages.templates import PAGES, template
from results.words.sentence import sentence

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What the page may load and run: its own style and its logo, no script, nothing from anywhere. A page that computes
adds what its program needs (script-src with its hash and 'wasm-unsafe-eval', worker-src), and no more."""


@dataclass(frozen=True)
class Live:
    """What a page has besides that computes: markup and scripts of our own, and what they are allowed to do."""

    body: str
    style: str
    scripts: str
    policy: str


_KINDS = {Paragraph: "paragraph", Points: "points", Terms: "terms", Rows: "rows", Picture: "picture"}


def page(brief: Brief, *, unfolded: bool = False, live: Live | None = None) -> str:
    """The brief as HTML; `unfolded` for paper, `live` with levers that can be moved."""
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
        policy=live.policy if live else POLICY,
        unfolded=unfolded,
        style=Markup((PAGES / "brief.css").read_text(encoding="utf-8") + (live.style if live else "")),  # ours
        live=Markup(live.body) if live else "",
        scripts=Markup(live.scripts) if live else "",
    )
