"""Every colour of the interface, as data: the tokens of the design, light beside dark."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_PAIRS = """
bg #F4F6F8 #11161C
surface #FFFFFF #191F27
sunken #EEF1F4 #141A21
raised #FFFFFF #222A34
text #15202B #E9EEF3
text2 #465363 #B7C1CD
text3 #5F6C7B #93A0AF
line #DFE4EA #2B3440
line2 #C8D0D9 #3A4553
ctl #7F8B9A #728093
accent #0B7373 #43C6BB
accentHover #095E5E #64D4CA
onAccent #FFFFFF #04211F
accentSoft #DDF1EF #123734
accentText #08605F #6FD9CF
sel #E2F2F0 #17302F
hover #EDF1F4 #212934
focus #0B7373 #43C6BB
notice #15202B #E9EEF3
onNotice #FFFFFF #11161C
noticeText #7FE3DA #08605F
noticeKey #9FB0BF #5B6877
onDanger #FFFFFF #3A0704
chart #1F7F7B #267F79
chartSel #0B7373 #43C6BB
chart2 #5B87D6 #5579B8
chartOk #3F9A57 #58B273
chartLost #C9625A #D9766E
new #1B5CC4 #86B6FF
newSoft #E4EDFB #182B49
contacted #6A45B8 #C0A6F7
contactedSoft #EEE8F9 #2B2247
follow #8A5300 #F1B75B
followSoft #FBEFD9 #3A2A0E
sched #0B7373 #5AD1C6
schedSoft #DDF1EF #123734
consult #0B6387 #74C6EA
consultSoft #DDEFF7 #102F40
done #1C6E33 #79D191
doneSoft #E0F3E4 #15341D
transfer #9A3468 #F193BE
transferSoft #FAE6F0 #3F1A2D
dead #B3261E #FF9A91
deadSoft #FBE6E4 #45201D
invalid #525E6C #B4BECA
invalidSoft #E9ECF0 #2A323C
"""
_SAME = {"warn": "follow", "danger": "dead", "ok": "done"}

TONES = ("new", "contacted", "follow", "sched", "consult", "done", "transfer", "dead", "invalid")
"""The nine tones a status may have; each has a soft background, named with the word Soft behind it."""


def _tokens(column: int) -> Mapping[str, str]:
    values = {line.split()[0]: line.split()[column] for line in _PAIRS.strip().splitlines()}
    for name, like in _SAME.items():
        values[name], values[name + "Soft"] = values[like], values[like + "Soft"]
    return MappingProxyType(values)


LIGHT = _tokens(1)
DARK = _tokens(2)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours written #RRGGBB, from 1 to 21, as WCAG 2 defines it."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
