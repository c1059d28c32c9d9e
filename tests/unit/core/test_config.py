"""`precall.yaml`: each mistake is named with its fix, and what is pushed is in force within the refresh time."""

from __future__ import annotations

import json
import time
from datetime import time as TimeOfDay  # noqa: N812
from pathlib import Path

import pytest

from precall.config import Config, Retention, parse_config
from precall.config.in_force import PARTS
from precall.config_store import REFRESH, ConfigStore
from precall.documents import CONFIG_KEY
from precall.errors import InvalidConfiguration
from tests.fakes import FakeDocuments

EXAMPLE = (Path(__file__).parents[3] / "precall.example.yaml").read_text()
LEAST = """
reps: [{name: Dana, email: dana@seller.example}]
seller: {name: Loftgrid}
sender: briefs@seller.example
"""


def test_the_example_is_valid_and_survives_being_stored() -> None:
    config = parse_config(EXAMPLE)
    assert Config.model_validate_json(config.model_dump_json()) == config
    assert config.reps[0].zone.key == "America/New_York"
    assert config.reps[0].hours.end == TimeOfDay(17, 30)


def test_a_switch_needs_no_quotation_marks() -> None:
    config = parse_config(LEAST + "sources: { gdelt: { on: false } }\nwrite_back: { on: yes }")
    assert (config.sources.gdelt.on, config.sources.reddit.on, config.write_back.on) == (False, True, True)


def test_little_is_required() -> None:
    config = parse_config(LEAST)
    assert config.reps[0].time_zone == "UTC"
    assert config.retention.trail == 730


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (LEAST.replace("sender: briefs@seller.example", ""), "sender: is missing; add it"),
        (LEAST + "retension: {}", "retension: is not a setting; remove it or correct its spelling"),
        (LEAST.replace("dana@seller.example", "dana"), "reps.0.email: "),
        (LEAST.replace("email: dana@seller.example", "email: d@x.example, time_zone: Mars"), "Europe/Vienna"),
        (LEAST.replace("email: dana@seller.example", "email: d@x.example, hours: {start: '18:00'}"), "end before"),
        (
            LEAST.replace("reps: [{name: Dana, email: dana@seller.example}]", "reps: []"),
            "reps: Tuple should have at least 1",
        ),
        (
            LEAST
            + "ranking: {weights: {recency: 0, volume: 0, burst: 0, proximity: 0, signal: 0, context: 0, feedback: 0}}",
            "all weights are 0",
        ),
        (LEAST + "sources: {hacker_news: {deadline: 0}}", "sources.hacker_news.deadline: "),
        (LEAST.replace("reps: [{", "reps: [{name: Eve, email: DANA@seller.example}, {"), "share the address"),
        ("reps: [", "is not YAML"),
        ("", "start from precall.example.yaml"),
        ("[]", "start from precall.example.yaml"),
    ],
)
def test_a_mistake_is_named_with_its_fix(wrong: str, says: str) -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        parse_config(wrong)
    assert says in str(caught.value)


def test_all_mistakes_are_listed_at_once() -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        parse_config("reps: [{name: Dana}]")
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize("written", ["9:00", '"9:00"', "09:00", '"09:00"'])
def test_hours_mean_the_same_quoted_or_not(written: str) -> None:
    hours = f"hours: {{start: {written}, end: 17:30}}"
    config = parse_config(LEAST.replace("email: dana@seller.example", f"email: dana@seller.example, {hours}"))
    assert (config.reps[0].hours.start, config.reps[0].hours.end) == (TimeOfDay(9, 0), TimeOfDay(17, 30))


def test_two_hundred_reps_are_read_at_once() -> None:
    reps = ", ".join(f"{{name: R{n}, email: r{n}@x.example, time_zone: Europe/Vienna}}" for n in range(200))
    text = LEAST.replace("{name: Dana, email: dana@seller.example}", reps)
    parse_config(LEAST.replace("email: dana@seller.example", "email: d@x.example, time_zone: UTC"))
    stored = parse_config(text).model_dump_json()
    begun = time.process_time()
    Config.model_validate_json(stored)
    assert time.process_time() - begun < 1.0  # 200 walks through the tz database took twelve seconds


def test_pushed_settings_are_in_force_after_the_refresh_time() -> None:
    documents, clock = FakeDocuments(), [0.0]
    reading = ConfigStore(documents, lambda: clock[0])
    ConfigStore(documents).push(parse_config(LEAST))
    assert reading.current().team == "Sales"
    ConfigStore(documents).push(parse_config(LEAST + "team: Inside"))
    clock[0] = REFRESH - 0.1
    assert reading.current().team == "Sales"
    clock[0] = REFRESH
    assert reading.current().team == "Inside"
    assert REFRESH <= 60


def test_what_is_in_force_is_what_was_pushed() -> None:
    whole, store = parse_config(EXAMPLE), ConfigStore(FakeDocuments())
    store.push(whole)
    current = store.current()
    assert set(PARTS) == set(Config.model_fields)
    assert {name: getattr(current, name) for name in PARTS} == {name: getattr(whole, name) for name in PARTS}
    assert current.line_name("no such line") == "any"


def test_a_setting_that_is_newer_than_what_is_in_force_has_its_default() -> None:
    documents = FakeDocuments()
    stored = json.loads(parse_config(LEAST).model_dump_json())
    documents.put(CONFIG_KEY, json.dumps({name: stored[name] for name in ("reps", "seller", "sender")}))
    current = ConfigStore(documents).current()
    assert current.retention.trail == Retention().trail
    assert current.managers == ()


def test_who_pushes_sees_it_at_once() -> None:
    store = ConfigStore(FakeDocuments())
    store.push(parse_config(LEAST))
    store.push(parse_config(LEAST + "team: Inside"))
    assert store.current().team == "Inside"


def test_without_settings_the_fix_is_named() -> None:
    with pytest.raises(InvalidConfiguration, match="precall config push"):
        ConfigStore(FakeDocuments()).current()
