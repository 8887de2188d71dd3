"""A network month by month, as it is drawn and played."""

from results.words.plural import Catalogue, plural

WORDS: Catalogue = {
    "network.number": "Network number",
    "network.note": "One network of {name}: number {number} of the {networks} behind the curves.",
    "network.computing": "Playing the network ...",
    "network.too_many": (
        "the network has {members} members: more than {most} make a picture in which nothing can be seen; the curves "
        "show it, and `legato run` keeps a few of its networks as GraphML"
    ),
    # Playing it
    "network.play": "Play",
    "network.pause": "Pause",
    "network.back": "A month back",
    "network.forward": "A month forward",
    "network.month": "Month {month} of {last}",
    "network.month_value": "month {month}",
    "network.speed": "Months per second",
    "network.figure": "The network; left and right go through the months, the space bar plays",
    # What is drawn
    "network.state.open": "month {month}, open",
    "network.state.closed": "month {month}, closed",
    "network.member": "member {number}",
    "network.topic": "topic {number}",
    "network.champion": "champion",
    "network.has_left": "has left",
    "network.members_by_interest": "Members, by main interest",
    "network.sign.tie": "tie; the more trust, the thicker",
    "network.sign.collaboration": "collaboration",
    "network.sign.grant": "collaboration under a grant ($)",
    "network.sign.champion": "champion (thick ring)",
    "network.sign.left": "has left",
    # What happened in a month
    "network.this_month": "This month",
    "network.nothing": "nothing between members",
    "network.happened.founded": "the network is founded",
    "network.happened.convening": "a convening",
    "network.happened.grants": "grants are awarded",
    "network.happened.shift": "the funder's priorities shift",
    "network.happened.announcement": "the closing is announced",
    "network.happened.last": "the network's last month",
    "network.happened.last_capstone": "the network's last month, with a capstone event",
    "network.happened.closed": "the network has closed; members continue by themselves",
    "network.event.funded": "{one} and {other} began to collaborate under a grant",
    "network.event.unfunded": "{one} and {other} began to collaborate",
    "network.event.ended": "{one} and {other} ended collaborating",
    "network.event.output": "{one} and {other} brought evidence",
    "network.count.convening": plural("{count} meeting at a convening", "{count} meetings at a convening"),
    "network.count.group": plural("{count} meeting in a challenge group", "{count} meetings in challenge groups"),
    "network.count.introduction": plural("{count} introduction", "{count} introductions"),
    "network.count.contact": plural("{count} contact without facilitation", "{count} contacts without facilitation"),
    "network.count.application": plural("{count} joint application", "{count} joint applications"),
    "network.count.lost": plural("{count} tie forgotten", "{count} ties forgotten"),
    # A month in words, for who does not see the picture
    "network.text.open": plural(
        "Month {month}, the network is open: {present} of {members} members is still in it, {ties} among them{trust}; "
        "{collaborations}, {funded} of them funded.",
        "Month {month}, the network is open: {present} of {members} members are still in it, {ties} among them{trust}; "
        "{collaborations}, {funded} of them funded.",
        by="present",
    ),
    "network.text.closed": plural(
        "Month {month}, the network is closed: {present} of {members} members is still in it, {ties} among "
        "them{trust}; {collaborations}, {funded} of them funded.",
        "Month {month}, the network is closed: {present} of {members} members are still in it, {ties} among "
        "them{trust}; {collaborations}, {funded} of them funded.",
        by="present",
    ),
    "network.text.happened": "In this month: {what}.",
    "network.ties": plural("{count} tie", "{count} ties"),
    "network.trust": ", with a mean trust of {trust}",
    "network.collaborations": plural("{count} collaboration", "{count} collaborations"),
}
