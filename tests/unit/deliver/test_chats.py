"""Slack and Teams: the same brief in few lines, inert, within the vendors' limits, to their hosts only."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from deliver.channels import ChannelRefused, ChannelUnavailable, Message, slack, teams
from deliver.channels.chats import chats
from deliver.channels.webhook import WebhookChannel, is_at
from precall.chat_settings import Chat
from precall.config import Config
from precall.model import Brief, Citation, Sentence
from precall.secrets import FixedSecrets
from tests.unit.brief.full import full_again
from tests.unit.brief.situation import LINK, brief_of
from tests.unit.deliver.world import CONFIG, assignment, lead
from tests.unit.fetch.web import FakeWeb, ok

SLACK = "https://hooks.slack.com/services/T0/B0/a-secret-path"
TEAMS = "https://prod-12.westeurope.logic.azure.com:443/workflows/abc/triggers/manual/paths/invoke?sig=a-secret-path"
BRIEF = brief_of(full_again())
HOSTILE = "<!here> & <https://evil.example|Slack> *x* {{DATE(2026-01-01T00:00:00Z)}} [a](http://b) \u202e\u2066|"


def message(brief: Brief | None = BRIEF, **other: Any) -> Message:
    known: dict[str, Any] = {
        "lead": lead("lead-1"), "assignment": assignment("lead-1", "research-1"), "subject": BRIEF.subject,
        "text": "Jonas, there is no brief.\nWhat happened: …", "link": LINK, "brief": brief, "reason": "always",
    }  # fmt: skip
    return Message(**(known | other))


def said(value: object) -> str:
    """All the texts in a payload."""
    if isinstance(value, dict):
        return "\n".join(said(v) for k, v in value.items() if k in ("text", "blocks", "elements", "inlines", "body"))
    return "\n".join(map(said, value)) if isinstance(value, list) else str(value)


def card(found: dict[str, Any]) -> dict[str, Any]:
    content = found["attachments"][0]["content"]
    assert isinstance(content, dict)
    return content


def test_both_say_the_bottom_line_an_opener_three_headlines_and_where_the_brief_is() -> None:
    on_slack, on_teams = slack.payload(message()), card(teams.payload(message()))
    for text in (said(on_slack), said(on_teams)):
        assert BRIEF.bottom_line[0].text in text
        assert "What changes for your team first?" in text
        assert all(story.headline.text in text for story in BRIEF.stories[:3])
        assert BRIEF.stories[3].headline.text not in text
    assert on_slack["blocks"][-1]["elements"][0]["url"] == on_teams["actions"][0]["url"] == LINK
    assert on_slack["blocks"][0]["text"]["text"] == BRIEF.subject


def test_a_notice_is_told_in_its_own_words() -> None:
    for text in (said(slack.payload(message(None))), said(card(teams.payload(message(None))))):
        assert "Jonas, there is no brief. What happened: …" in text


def test_what_came_from_outside_mentions_nobody_links_nowhere_and_runs_nothing() -> None:
    cited = Citation(mention_id="m", field="title", url="javascript:alert(1)", outlet=HOSTILE, published_at=None)
    line = Sentence(text=HOSTILE, kind="quote", citations=(cited,))
    brief = BRIEF.model_copy(update={"bottom_line": (line,), "failures": (HOSTILE,)})
    on_slack, on_teams = slack.payload(message(brief)), card(teams.payload(message(brief, link="javascript:x")))
    marked = said(on_slack["blocks"][1:3])
    assert "<" not in marked.replace("<https://", "")
    assert "&lt;!here&gt; &amp; &lt;https://evil.example|Slack&gt;" in marked
    assert "\u202e" not in marked
    assert "javascript:" not in json.dumps([on_slack, on_teams])
    assert {block["type"] for block in on_teams["body"]} == {"RichTextBlock"}
    assert on_teams["actions"] == []


@settings(max_examples=25)
@given(st.text(max_size=5_000), st.text(max_size=300), st.sampled_from([0, 1, 5_000]))
def test_both_stay_within_the_vendors_limits(text: str, outlet: str, long: int) -> None:
    said_so, cited = (text or "x") + "&" * long, BRIEF.bottom_line[0].citations[0]
    line = Sentence(text=said_so, kind="quote", citations=(cited.model_copy(update={"outlet": outlet or "o"}),))
    story = BRIEF.stories[0].model_copy(update={"headline": line, "outlet": outlet})
    brief = BRIEF.model_copy(update={"bottom_line": (line,) * 3, "stories": (story,) * 5, "failures": (said_so,) * 5})
    on_slack = slack.payload(message(brief, subject=said_so))
    assert len(on_slack["blocks"]) <= 50
    assert len(on_slack["blocks"][0]["text"]["text"]) <= slack.HEADER
    assert all(len(b["text"]["text"]) <= slack.SECTION for b in on_slack["blocks"] if b["type"] == "section")
    assert len(json.dumps(on_slack)) <= 40_000
    assert len(json.dumps(teams.payload(message(brief)), ensure_ascii=False).encode()) <= teams.MOST_BYTES


def channel(
    serve: Callable[[httpx.Request], httpx.Response], chat: Chat, address: str
) -> tuple[WebhookChannel, FakeWeb]:
    world = FakeWeb(serve)
    return WebhookChannel(chat, FixedSecrets({f"channels/{chat.secret}": address}), world.door), world


CHATS = {"slack": (Chat(kind="slack", secret="us"), SLACK), "teams": (Chat(kind="teams", secret="us"), TEAMS)}


@pytest.mark.parametrize("kind", CHATS)
def test_it_is_posted_once_as_json_to_the_secret_address(kind: str) -> None:
    to, world = channel(lambda request: httpx.Response(202), *CHATS[kind])
    to.send(message())
    (request,) = world.requests
    assert (request.method, request.headers["content-type"]) == ("POST", "application/json")
    assert request.url.path.endswith(("/a-secret-path", "/invoke"))
    assert json.loads(request.content)


@pytest.mark.parametrize(
    ("status", "error"),
    [(429, ChannelUnavailable), (500, ChannelUnavailable), (503, ChannelUnavailable), (400, ChannelRefused),
     (403, ChannelRefused), (404, ChannelRefused), (410, ChannelRefused), (302, ChannelRefused)],
)  # fmt: skip
def test_what_may_pass_is_tried_again_and_what_will_not_is_reported(status: int, error: type[Exception]) -> None:
    to, _ = channel(lambda request: httpx.Response(status, text="invalid_payload"), *CHATS["slack"])
    with pytest.raises(error, match=str(status)) as raised:
        to.send(message())
    assert "a-secret-path" not in str(raised.value)


def test_no_answer_is_tried_again() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    with pytest.raises(ChannelUnavailable):
        channel(serve, *CHATS["teams"])[0].send(message())


@pytest.mark.parametrize(
    "address",
    ["http://hooks.slack.com/services/x", "https://hooks.slack.com.evil.example/x", "https://evil.example/x",
     "https://u@hooks.slack.com/x", "https://hooks.slack.com:8443/x", "https://[", "hooks.slack.com/services/x", TEAMS],
)  # fmt: skip
def test_a_secret_that_is_no_address_of_the_vendor_is_never_called(address: str) -> None:
    to, world = channel(lambda request: httpx.Response(200), Chat(kind="slack", secret="us"), address)
    with pytest.raises(ChannelRefused, match="no https address at Slack; put its address into the secret"):
        to.send(message())
    assert not world.requests


def test_a_secret_that_is_not_set_refuses_with_the_fix_and_leaves_the_mail_alone() -> None:
    with pytest.raises(ChannelRefused, match="channels/us is not set"):
        WebhookChannel(Chat(kind="slack", secret="us"), FixedSecrets({}), FakeWeb(ok()).door).send(message())


def test_the_reps_own_chat_comes_before_the_teams() -> None:
    own, team = Chat(kind="slack", secret="own", always=False), Chat(kind="teams", secret="team")
    rep = CONFIG.reps[0].model_copy(update={"email": "Jonas@seller.example", "chat": own})
    config = CONFIG.model_copy(update={"reps": (rep, *CONFIG.reps[1:]), "chat": team})
    found = chats(FixedSecrets({}), lambda known: FakeWeb(ok()).door())(config, assignment("lead-1", "r"))
    assert [(each.name, each.always) for each in found] == [("Slack (own)", False), ("Teams (team)", True)]
    assert not chats(FixedSecrets({}), lambda known: FakeWeb(ok()).door())(CONFIG, assignment("lead-1", "r"))


def test_the_settings_hold_a_name_and_never_an_address() -> None:
    with pytest.raises(ValidationError):
        Config.model_validate(CONFIG.model_dump() | {"chat": {"kind": "slack", "secret": SLACK}})
    assert is_at("https://x.de.environment.api.powerplatform.com/workflows/1", teams.HOSTS)
