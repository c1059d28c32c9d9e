from __future__ import annotations

import json
from pathlib import Path

import pytest

from replay import Answer, Request, Web, answer
from replay.__main__ import main
from replay.control import control
from replay.journal import Journal
from replay.message import redirect
from replay.web import known_hosts, serves


def test_the_most_specific_handler_answers_and_may_pass(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(known_hosts(), "*.passes.test", None)

    @serves("*.passes.test")
    def below(request: Request, _: Web) -> Answer | None:
        return Answer(201) if request.path == "/" else None

    @serves("api.passes.test")
    def exact(request: Request, _: Web) -> Answer | None:
        return Answer(202) if request.path == "/exact" else None

    assert answer(Request("api.passes.test", "/exact"), web).status == 202
    assert answer(Request("api.passes.test", "/"), web).status == 201
    assert answer(Request("passes.test", "/"), web).status == 404
    del known_hosts()["api.passes.test"]


def test_parameters_and_the_address_of_a_request() -> None:
    request = Request("a.example", "/b", "q=%22x+y%22&empty=&q=second")
    assert request.params == {"q": '"x y"', "empty": ""}
    assert request.url == "https://a.example/b?q=%22x+y%22&empty=&q=second"


def test_a_location_fits_into_a_header() -> None:
    assert redirect("https://a.example/ö\r\nX: y").headers["Location"] == "https://a.example/%C3%B6%0D%0AX:%20y"


def test_health_says_what_is_loaded(web: Web) -> None:
    health = json.loads(control(Request("_replay", "/health"), web, Journal()).content)
    assert health["world"]["companies"]["Tarnmoor Robotics"] == "tarnmoor.example"
    assert health["corpus"] is None
    assert "news.google.com" in health["hosts"]


def test_the_log_is_bounded(web: Web) -> None:
    journal = Journal(capacity=2)
    for path in ("/1", "/2", "/3"):
        journal.note(Request("a.example", path), 200)
    log = json.loads(control(Request("_replay", "/log"), web, journal).content)
    assert [entry["path"] for entry in log] == ["/2", "/3"]
    assert log[0].keys() == {"method", "host", "path", "query", "status", "time"}
    assert control(Request("_replay", "/other"), web, journal).status == 404


def test_the_command_names_the_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "missing"
    assert main(["--data", str(missing)]) == 2
    assert capsys.readouterr().err == f"replay: the data folder {missing} does not exist\n"
