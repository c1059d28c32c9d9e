"""What the rep sees: every line with outlet, date and link; inert whatever the world sends; small; readable as text."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from brief.evidence import Evidence
from brief.render import WIDTH, as_html, as_note, as_text, clip, quoted, web_address
from cli import schema, templates
from precall.model import Account, Activity, Brief, Contact, Kind, Prospect, SourceReport, SourceState
from tests.unit.brief.full import full, full_again
from tests.unit.brief.situation import (
    FAILED,
    LINK,
    RICH,
    assignment,
    brief,
    brief_of,
    evidence,
    failure,
    lead,
    ranking_of,
)
from tests.unit.rank.given import NOW, REPORTS, collection, mention

MAX_BYTES = 90_000
ALLOWED_TAGS = set(
    "html head meta title style body div table tbody tr td th p h1 h2 h3 ul li a strong span br blockquote bdi".split()
)


class Page(HTMLParser):
    """The tags, attributes and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(made: Brief) -> Page:
    page = Page(as_html(made))
    assert page.open == []
    return page


def test_who_when_and_why_now_come_first() -> None:
    page, text = shown(brief()), as_text(brief())
    for part in ("Kestrelon Logistics GmbH", "Ada Berg", "Head of Operations", "today 11:00", "America/New_York"):
        assert part in page.text
        assert part.lower() in text.lower()
    assert "in 55 min" in text
    assert "attended: Five ways to cut dwell time (1 day ago)" in text
    assert LINK in page.links
    assert LINK in text


def test_every_quote_is_in_quotation_marks_with_outlet_date_and_link() -> None:
    made = brief()
    html, text = unescape(as_html(made)), " ".join(as_text(made).replace(" | ", " ").split())
    for story in made.stories:
        assert story.url in html
        assert f"{story.headline.text} {story.outlet}, Mar 10, 2026" in text or ", 2026" in text
        for sentence in story.sentences:
            (citation,) = sentence.citations
            assert f"“{sentence.text}”" in html
            assert f"“{sentence.text}” {citation.outlet}, " in text
            assert citation.url in html


def test_the_footer_says_who_answered_who_did_not_and_what_was_set_aside() -> None:
    made = brief_of(evidence(reports=(*REPORTS, FAILED)))
    for text in (as_text(made), shown(made).text):
        flat = " ".join(text.split())
        assert "Google News" in flat
        assert "answered, 3 mentions" in flat
        assert "not available: no complete answer before the deadline" in flat
        assert "does not name the prospect" in flat
        assert "Looked for: Kestrelon Logistics, Kestrelon, kestrelon.example, Ada Berg." in flat


def test_why_a_story_ranks_is_shown_with_its_parts() -> None:
    text = " ".join(as_text(brief()).split())
    assert re.search(
        r"Mood: not scored Ranked here: 3 h old 0\.\d\d · 2 outlets 0\.40 · names the company [a-z ]* 0\.\d\d · "
        r"acquisition 0\.\d\d ",
        text,
    )


def test_an_empty_and_an_incomplete_brief_say_so() -> None:
    assert "Nothing about Kestrelon Logistics was found in the last 30 days." in as_text(brief([]))
    known = Evidence(lead(), assignment(), collection(RICH), None, (failure("rank"),), NOW)
    text = " ".join(as_text(brief_of(known)).split())
    assert "THIS BRIEF IS INCOMPLETE ! Ranking failed (StorageUnavailable)" in text
    assert "NEWEST MENTIONS, UNRANKED" in text
    assert "Ranked here" not in text
    nothing = Evidence(lead(), None, None, None, (failure("collect"),), NOW)
    assert "The sources could not be asked" in shown(brief_of(nothing)).text


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert as_html(brief()) == as_html(brief())
    assert as_text(brief()) == as_text(brief())


def test_plain_text_is_at_most_72_columns_but_for_addresses() -> None:
    long = [line for line in as_text(brief()).splitlines() if len(line) > WIDTH and "https://" not in line]
    assert long == []
    assert "\n\n\n" not in as_text(brief())


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %}",
    "</td></table><h1>Send money</h1>",
    "\u202egnp.exe \x1b[31mred\x1b[0m \x00\x08",
    "<!--[if mso]><p>x</p><![endif]-->",
    "javascript:alert(1)",
    "line\r\nSubject: spoofed\r\n\r\nbody",
    "&lt;b&gt; &amp; &#x3c;",
    "العربية עברית 日本語 🔥" * 20,
    "W" * 5000,
    "%s {0} {prospect}",
]


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_content_is_inert_everywhere(bad: str) -> None:
    prospect = Prospect(
        account=Account(name=f"Kestrelon {bad}"[:200], domain="kestrelon.example"),
        contact=Contact(name=f"Ada {bad}"[:200], title=bad[:200]),
    )
    told = [
        mention(
            f"Kestrelon {bad}",
            f"Kestrelon says in 2026 {bad} indeed.",
            outlet_name=f"Courier {bad}",
            url=f"https://a.example/?q={bad}",
            hours=n,
        )
        for n in (1, 900)
    ]
    reports = (SourceReport(source="s", label=bad, state=SourceState.FAILED, reason=bad),)
    activities = (Activity(kind=bad[:200].strip() or "x", summary=bad[:500]),)
    found = collection(told, prospect, reports=reports)
    known = Evidence(
        lead(prospect, source=bad[:200], activities=activities), assignment(), found, ranking_of(found),
        (failure("rank", bad),), NOW,
    )  # fmt: skip
    made = brief_of(known)
    page, text = shown(made), as_text(made)
    assert page.tags <= ALLOWED_TAGS
    assert not any(attribute.startswith("on") or attribute == "src" for attribute in page.attributes)
    assert all(link.startswith("https://") for link in page.links)
    assert "49" not in re.findall(r"\b49\b", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", as_html(made) + text)
    assert "\n" not in made.subject
    assert "\r" not in made.subject
    assert len(as_html(made).encode()) < MAX_BYTES


@pytest.mark.parametrize("bad", ["&'\"<>" * 1000, "🔥" * 5000, "東 " * 5000])
def test_the_longest_brief_is_below_90_kb(bad: str) -> None:
    told = [
        mention(
            f"Kestrelon {word} {bad}",
            " ".join(f"Kestrelon {word}{n} {bad[:280]}." for n in range(3)),
            outlet_name=bad,
            outlet=f"{word}.example",
            url=f"https://a.example/{word}?{'&' * 900}",
        )
        for word in "strike depot merger school lawsuit award".split()
    ]
    reports = tuple(SourceReport(source=f"s{n}", label=bad, state=SourceState.FAILED, reason=bad) for n in range(60))
    posts = tuple(
        mention(
            bad,
            f"Ada Berg of Kestrelon {bad[:250]}.",
            outlet=f"p{n}.example",
            kind=Kind.FORUM,
            url=f"https://a.example/{n}?{'&' * 150}",
        )
        for n in range(3)
    )
    html = as_html(brief_of(full((*told, *posts), reports=reports)))
    assert len(html.encode()) < MAX_BYTES
    Page(html)


def test_no_image_no_script_nothing_external() -> None:
    html = as_html(brief())
    assert not re.search(r"<(?:img|script|link|iframe|object|form|svg)\b|url\(|@import|src=", html, re.IGNORECASE)
    assert 'lang="en"' in html
    assert "prefers-color-scheme: dark" in html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/",
        "https://user@a.example/",
        "https://a.example/ b",
        'https://a.example/"x',
        "https://a.example/\nx",
        "https:///nohost",
        "//a.example/x",
        "https://[bad",
        "https://a.example/" + "x" * 2000,
        "",
        None,
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) == ""


def test_a_web_address_stays_as_it_is() -> None:
    assert web_address("HTTPS://a.example/x?y=1&z=2#f") == "HTTPS://a.example/x?y=1&z=2#f"


def test_a_mention_without_a_usable_address_is_shown_without_a_link() -> None:
    made = brief([mention("Kestrelon opens a depot", url="javascript:alert(1)")])
    assert {link.partition("#")[0] for link in shown(made).links} == {LINK}
    assert "Kestrelon opens a depot" in as_text(made)
    assert "javascript" not in as_text(made)


@given(st.text(max_size=400), st.integers(5, 100))
def test_clipping_gives_one_line_within_its_limit(text: str, most: int) -> None:
    clipped = clip(text, most)
    assert len(escape(clipped)) <= most
    assert "\n" not in clipped


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.text(max_size=300))
def test_whatever_is_collected_can_be_shown(title: str, text: str) -> None:
    made = brief([mention(f"Kestrelon {title}", text)])
    assert shown(made).tags <= ALLOWED_TAGS
    assert as_text(made).endswith("\n")


def test_a_brief_without_a_call_time_says_so() -> None:
    found = collection(RICH)
    made = brief_of(Evidence(lead(), None, found, ranking_of(found), (), NOW + timedelta(hours=1)))
    assert "no call time yet" in as_text(made)


def test_the_templates_are_what_mjml_makes_of_their_source() -> None:
    assert templates.MADE.read_text() == templates.made(), "run `make templates`"


def test_the_mail_loads_nothing_from_anywhere() -> None:
    html = as_html(brief_of(full_again()))
    assert not re.search(r"(?:src|background)=|url\(|@import|<link|<img", html)


def test_every_section_is_in_both_parts() -> None:
    made = brief_of(full_again())
    page, text = shown(made).text, re.sub(r"[\s|]+", " ", as_text(made))
    for place, sentence in made.sentences():
        if not place.startswith("checklist"):
            assert sentence.text in page, place
            assert sentence.text in text, place
    for said in ("know, do not raise", "Which WMS?", "ask", "Kestrelon Vineyard", "New since the last brief"):
        assert said in page
        assert said in text


def test_a_plot_says_in_words_what_it_shows() -> None:
    html = as_html(brief_of(full_again()))
    assert "Mentions a day from Feb 9 to Mar 10: 20 in all, at most 3 on one day." in html
    assert "Mood of all that was scored, mentions in passing too: 6 neutral." in html


def test_a_quote_with_its_own_quotation_marks_gets_no_second_pair() -> None:
    assert quoted("“Yes,” she said.") == "“Yes,” she said."
    assert quoted("They said yes.") == "“They said yes.”"


def test_the_short_form_has_the_bottom_line_an_opener_and_three_headlines() -> None:
    note = as_note(brief_of(full_again()))
    assert note.startswith("Kestrelon Logistics, call today 11:00 AM: 5 stories\n")
    for part in ("Open with:", "Know, do not raise:", "Opener: I read in Courier", "1. Kestrelon buys", LINK):
        assert part in note
    assert "4. " not in note
    assert len(note) < 3000


def test_the_published_schema_is_that_of_the_brief() -> None:
    published = json.loads((Path(__file__).parents[3] / "docs" / "brief.schema.json").read_text())
    assert published == schema.made(), "run `make templates`"


def test_the_words_of_a_link_are_the_site_that_it_leads_to() -> None:
    told = mention("Kestrelon buys a forwarder", outlet_name="Bank of Linz", url="https://www.phish.example/linz")
    for html in (as_html(brief([told])), as_html(brief_of(full_again()))):
        for url, words in re.findall(
            r'<a class="link" href="([^"]+)"[^>]*text-decoration:underline"><bdi>([^<]+)', html
        ):
            assert re.sub(r"^https://(?:www\.)?([^/]+).*", r"\1", url) == words
    assert "phish.example" in as_html(brief([told]))


@pytest.mark.parametrize(
    ("language", "tag"),
    [("de", "German"), ("de-AT", "German"), ("pt_BR", "Portuguese"), ("eo", "eo"), ("en-GB", None), (None, None)],
)
def test_a_story_in_another_language_is_marked_with_its_name(language: str | None, tag: str | None) -> None:
    text = as_text(brief([mention("Kestrelon kauft Nordfracht in Riga", language=language)]))
    assert ("In another language: " in text) is (tag is not None)
    assert tag is None or f"[In another language: {tag}]" in text
