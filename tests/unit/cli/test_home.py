from __future__ import annotations

import stat
from pathlib import Path

from cli.home import Home
from precall.secrets import GENERIC_WEBHOOK, HUBSPOT_CLIENT, HUBSPOT_TOKEN, HUBSPOT_WRITE, LINKS


def test_secrets_are_made_once_and_readable_by_the_user_only(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    first = home.secrets()
    assert set(first) == {GENERIC_WEBHOOK, HUBSPOT_CLIENT, HUBSPOT_TOKEN, HUBSPOT_WRITE, LINKS}
    assert Home.at(tmp_path / "home").secrets() == first
    assert stat.S_IMODE((tmp_path / "home" / "secrets.json").stat().st_mode) == 0o600


def test_two_homes_share_no_secret(tmp_path: Path) -> None:
    one, other = Home.at(tmp_path / "one").secrets(), Home.at(tmp_path / "other").secrets()
    assert not set(one.values()) & set(other.values())
