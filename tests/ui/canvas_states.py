"""Articles that show every kind of mark, for pictures to be compared and looked at."""

from dataclasses import replace
from itertools import pairwise

from annotation.model import Article, Fragment, Span, Suggestion
from tests.ui.canvas_stage import article_of, place, span_of, suggestion_of

EVERY_MARK = (
    "Mayor Ilse Varga said on Friday that the bridge, which divers had seen, would close.\n"
    "“The port’s workers warned that the ferry would stop in winter,” the Courier wrote.\n"
    "Orlund signed the treaty in Halvik, and 200 ships left within ten days."
)
RIGHT_TO_LEFT = (
    "ראש העיר אילזה ורגה אמרה ביום שישי כי הגשר ייסגר ב-2025.\n"
    "قال الوزير إن الجسر مغلق منذ NATO يوم الجمعة."
)
WITHOUT_BLANKS = (
    "外交部长说桥已关闭。记者问了两次。東京都の知事は橋が閉まると述べた。\n"
    "นายกรัฐมนตรีกล่าวว่าสะพานปิดแล้ว และเรือออกไปแล้ว"
)
EMOJI = "So 😀 Acme sold 👍🏽 shares to the 👨‍👩‍👧‍👦 of Cafe\u0301 Zu\u0308rich. 🇺🇦🇵🇱 signed ❤️ it."

State = tuple[Article, list[Span], list[Suggestion]]


def every_mark() -> State:
    """Tints and lanes, nested, crossing, in fragments, of each origin, and suggestions."""
    article, spans = _tagged(
        EVERY_MARK,
        ("PERSON", "manual", "Ilse Varga"),
        ("SOURCE", "manual", "Mayor Ilse Varga"),
        ("CUE", "manual", "said"),
        ("DATE", "accepted", "Friday"),
        ("CLAIM", "edited", "the bridge", "would close"),
        ("SOURCE", "manual", "divers"),
        ("CLAIM", "manual", "The port’s workers warned that the ferry would stop in winter"),
        ("CLAIM", "accepted", "the ferry would stop in winter"),
        ("SOURCE", "imported", "The port’s workers"),
        ("CUE", "imported", "warned"),
        ("EVENT", "manual", "stop"),
        ("DATE", "edited", "winter"),
        ("ORG", "imported", "the Courier"),
        ("EVENT", "manual", "signed the treaty"),
        ("CLAIM", "manual", "Orlund signed the"),
        ("LAW", "manual", "the treaty in"),
        ("GPE", "manual", "Halvik"),
        ("FAC", "manual", "in Halvik"),
    )
    waiting = [
        suggestion_of(article, "GPE", place(article.text, "Orlund")),
        suggestion_of(article, "CARDINAL", place(article.text, "200")),
        suggestion_of(article, "DATE", place(article.text, "ten days")),
        replace(
            suggestion_of(article, "CLAIM", place(article.text, "200 ships left")),
            layer="discourse",
        ),
    ]
    return article, spans, waiting


def right_to_left() -> State:
    """Paragraphs read from the right, with a name and a number that are not."""
    article, spans = _tagged(
        RIGHT_TO_LEFT,
        ("PERSON", "manual", "אילזה ורגה"),
        ("SOURCE", "accepted", "ראש העיר אילזה ורגה"),
        ("CUE", "manual", "אמרה"),
        ("CLAIM", "manual", "הגשר ייסגר ב-2025"),
        ("DATE", "manual", "2025"),
        ("CLAIM", "manual", "الجسر مغلق منذ NATO يوم الجمعة"),
        ("ORG", "manual", "NATO"),
    )
    return article, spans, []


def without_blanks() -> State:
    """Chinese, Japanese and Thai."""
    article, spans = _tagged(
        WITHOUT_BLANKS,
        ("SOURCE", "manual", "外交部长"),
        ("CUE", "manual", "说"),
        ("CLAIM", "manual", "桥已关闭"),
        ("GPE", "manual", "東京都"),
        ("SOURCE", "manual", "นายกรัฐมนตรี"),
        ("CLAIM", "manual", "สะพานปิดแล้ว"),
    )
    return article, spans, []


def emoji() -> State:
    """Characters of several code points, and of several UTF-16 units."""
    article, spans = _tagged(
        EMOJI,
        ("ORG", "manual", "Acme"),
        ("CLAIM", "manual", "sold 👍🏽 shares"),
        ("PERSON", "manual", "👨‍👩‍👧‍👦"),
        ("FAC", "manual", "Cafe\u0301 Zu\u0308rich"),
        ("EVENT", "manual", "signed ❤️"),
    )
    return article, spans, []


def _tagged(text: str, *wanted: tuple[str, ...]) -> tuple[Article, list[Span]]:
    article = article_of(text)
    found = []
    for number, (label, origin, *words) in enumerate(wanted):
        fragments: list[Fragment] = [place(text, part) for part in words]
        assert all(one[1] < other[0] for one, other in pairwise(fragments))
        span = span_of(article, label, *fragments)
        found.append(replace(span, id=f"0000000{number:02}", origin=origin))
    return article, found
