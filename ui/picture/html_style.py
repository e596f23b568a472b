"""The style sheet of an article as HTML: tints, bars in lanes, tags; light and dark."""

from annotation.codebook import Codebook
from ui.canvas.measures import READING_POINTS, Reading
from ui.theme import DARK, LIGHT, Theme, shades

_UNKNOWN = "#808080"

_RULES = """\
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: SIZE/1.5 FAMILY }
main { max-width: WIDTHch; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em; line-height: 1.25; margin: 0 0 .3em }
h2 { font: 600 .8em sans-serif; margin: 2em 0 .6em }
.facts { color: var(--quiet); font: .75em sans-serif; margin: 0 0 .2em }
article { margin-top: 2em }
article p { margin: 0 0 .6em; line-height: calc(SPACINGem + var(--lanes, 0) * .8em) }
mark { position: relative; color: inherit; background: none }
mark.tint { background: var(--tint); border-radius: .2em; padding: .1em 0 }
mark.tint mark.tint { box-shadow: 0 0 0 1px var(--bar) }
mark.tint.waits { background: none; outline: 1px dashed var(--bar) }
.bar { padding-bottom: calc(var(--lane, 0) * .78em - .42em); border-bottom: 2px solid var(--bar) }
.bar.waits { border-bottom-style: dashed }
.gap { border-bottom: 1.5px dotted var(--bar) }
.gap.tint { padding-bottom: 0 }
mark[data-tag]::before { content: attr(data-tag); position: absolute; inset-inline-start: 0;
  font: 600 .55em/1 sans-serif; letter-spacing: .03em; white-space: nowrap; color: var(--bar) }
mark.tint[data-tag]::before { top: -.95em }
mark.bar[data-tag]::before { top: calc(.86em + var(--lane) * 1.418em);
  background: var(--bar); color: var(--page); padding: .15em .3em; border-radius: .35em }
mark.bar.waits[data-tag]::before { background: var(--page); color: var(--bar);
  outline: 1px dashed var(--bar) }
section { font: .8em/1.6 sans-serif }
section ul { list-style: none; padding: 0; margin: 0 0 .6em }
.legend li { display: inline-block; margin-right: 1.2em }
.legend b { font-size: .8em; border-radius: .3em; padding: .1em .4em; border: 0 }
.legend b.tint { background: var(--tint); color: var(--bar) }
.legend b.bar { background: var(--bar); color: var(--page) }
.relations a { color: inherit }
:target { outline: 2px solid var(--ink); outline-offset: 2px }
@media print { body { font-size: 10.5pt } article p { break-inside: avoid-page } }
"""


def style_sheet(codebook: Codebook, reading: Reading) -> str:
    """Return the rules for a codebook's labels, `l0` for the first, set as a person reads."""
    family = f'"{reading.family}", ' if reading.family.replace(" ", "").isalnum() else ""
    rules = (
        _RULES.replace("SIZE", f"{READING_POINTS * reading.zoom:.1f}pt")
        .replace("FAMILY", f'{family}Charter, Georgia, "Source Serif 4", Palatino, serif')
        .replace("WIDTH", str(round(reading.characters * 0.9)))
        .replace("SPACING", f"{2.1 * reading.spacing:.2f}")
    )
    dark = _colours(codebook, DARK)
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"  # paper is white
    return f"{_colours(codebook, LIGHT)}{dark}{rules}"


def _colours(codebook: Codebook, theme: Theme) -> str:
    page, ink, quiet = (color.name() for color in (theme.page, theme.ink, theme.muted))
    lines = [f":root {{ --page: {page}; --ink: {ink}; --quiet: {quiet} }}\n"]
    for number, color in enumerate([*(label.color for label in codebook.labels), _UNKNOWN]):
        found = shades(theme, color)
        lines.append(f".l{number} {{ --tint: {found.tint.name()}; --bar: {found.bar.name()} }}\n")
    return "".join(lines)
