"""What is known of an account grows, and what is known first is not overwritten."""

from precall.ids import account_key
from precall.model import AccountProfile, Handle, JobBoard

SITE = AccountProfile(
    names=("Tarnmoor",),
    domain="tarnmoor.example",
    handles=(Handle(network="mastodon", id="tarnmoor@social.example"),),
    job_boards=(JobBoard(provider="lever", token="tarnmoor"),),
)
REGISTER = AccountProfile(
    names=("Tarnmoor Logistics", "Tarnmoor"), domain="other.example", cik="1234567", handles=SITE.handles
)


def test_what_one_source_tells_completes_what_another_told() -> None:
    known = SITE.merged(REGISTER)
    assert known.names == ("Tarnmoor", "Tarnmoor Logistics")
    assert (known.domain, known.cik) == ("tarnmoor.example", "1234567")
    assert known.handles == SITE.handles


def test_identifiers_are_found_by_network_and_provider() -> None:
    assert SITE.handles_on("mastodon") == ("tarnmoor@social.example",)
    assert SITE.handles_on("x") == ()
    assert SITE.boards_at("lever") == ("tarnmoor",)


def test_an_account_is_the_same_however_its_name_is_spelled_and_told_by_its_domain() -> None:
    assert account_key(None, "Tarnmoor, Logistics") == account_key(None, "tarnmoor logistics")
    assert account_key("tarnmoor.example", "A") == account_key("TARNMOOR.example", "B")
    assert account_key(None, "A") != account_key("a.example", "A")


def test_one_account_on_a_network_counts_once_however_it_is_written() -> None:
    linked = AccountProfile(handles=(Handle(network="github", id="Tarnmoor", url="https://github.com/Tarnmoor"),))
    listed = AccountProfile(handles=(Handle(network="github", id="tarnmoor"), Handle(network="x", id="tarnmoor")))
    assert linked.merged(listed).handles == (linked.handles[0], listed.handles[1])
