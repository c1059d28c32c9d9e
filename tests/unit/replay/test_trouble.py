from __future__ import annotations

import gzip
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import replay.hosts
from replay.hosts.trouble import TROUBLES

if TYPE_CHECKING:
    from tests.unit.replay.conftest import Get


def _body(get: Get, name: str, path: str = "/") -> bytes:
    return get(f"https://{name}.trouble.example{path}").content


def test_the_table_in_the_readme_is_complete() -> None:
    readme = (Path(replay.hosts.__path__[0]).parent / "README.md").read_text()
    assert set(re.findall(r"`(\w+)\.trouble\.example`", readme)) == set(TROUBLES)


@pytest.mark.parametrize("name", ["hang", "blackhole"])
def test_some_never_answer(get: Get, name: str) -> None:
    assert get(f"https://{name}.trouble.example/").fault == "hang"


def test_the_broken_company_has_a_home_that_hangs_and_an_about_page(get: Get) -> None:
    assert get("https://trouble.example/").fault == "hang"
    assert get("https://trouble.example/about").status == 200


def test_robots_are_welcome_but_for_two(get: Get) -> None:
    assert get("https://hang.trouble.example/robots.txt").status == 200
    assert b"Disallow: /\n" in _body(get, "robots", "/robots.txt")
    assert get("https://blackhole.trouble.example/robots.txt").fault == "hang"


def test_the_bomb_is_a_thousand_times_larger_unpacked(get: Get) -> None:
    chunks = get("https://bomb.trouble.example/").body
    assert not isinstance(chunks, bytes)
    packed = b"".join(data for _, data in islice(chunks, 3))
    assert packed.startswith(b"\x1f\x8b")
    assert len(packed) < 200_000


def test_endless_and_huge_are_made_as_they_are_read(get: Get) -> None:
    endless, huge = get("https://endless.trouble.example/"), get("https://huge.trouble.example/")
    assert not isinstance(endless.body, bytes)
    assert not isinstance(huge.body, bytes)
    assert len(list(islice(endless.body, 50))) == 50
    assert sum(len(data) for _, data in huge.body) == int(huge.headers["Content-Length"])


def test_truncated_gzip_cannot_be_unpacked(get: Get) -> None:
    with pytest.raises(EOFError):
        gzip.decompress(_body(get, "truncated"))


def test_the_charset_is_a_lie(get: Get) -> None:
    with pytest.raises(UnicodeDecodeError):
        _body(get, "charset").decode()


def test_the_loop_has_no_end(get: Get) -> None:
    url = "https://loop.trouble.example/"
    for _ in range(50):
        answer = get(url)
        url = answer.headers["Location"]
    assert answer.status == 302


def test_the_chain_has_one(get: Get) -> None:
    url, steps = "https://chain.trouble.example/", 0
    while (answer := get(url)).status == 301:
        url, steps = answer.headers["Location"], steps + 1
    assert steps == 30
    assert answer.status == 200


@pytest.mark.parametrize(
    ("name", "location"),
    [("metadata", "http://169.254.169.254/"), ("loopback", "http://127.0.0.1:1/"), ("file", "file:///etc/passwd")],
)
def test_redirects_that_must_be_refused(get: Get, name: str, location: str) -> None:
    assert get(f"https://{name}.trouble.example/").headers["Location"].startswith(location)


def test_too_many_requests_say_when_to_come_back(get: Get) -> None:
    answer = get("https://busy.trouble.example/")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "30")


@pytest.mark.parametrize("name", ["htmlfeed", "badfeed"])
def test_a_feed_that_is_none_is_announced(get: Get, name: str) -> None:
    assert b'rel="alternate"' in _body(get, name)
    assert b"</rss>" not in _body(get, name, "/feed.xml")


def test_an_unknown_trouble_is_not_found(get: Get) -> None:
    assert get("https://unheard-of.trouble.example/").status == 404
