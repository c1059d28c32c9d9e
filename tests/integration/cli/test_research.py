"""One process does what the deployed steps do: every source, and the models of the sentiment layer."""

from __future__ import annotations

import pytest

from cli.demo import Ask
from cli.research import Made, run
from rank.proximity import BY_NAMES

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def made() -> Made:
    return run(Ask(company="Tarnmoor Robotics", domain="tarnmoor.example"), replay=True)


def test_the_bundled_world_gives_a_brief_with_stories_mood_and_articles(made: Made) -> None:
    assert len(made.brief.stories) == 5
    assert {story.sentiment.state for story in made.brief.stories} == {"scored"}
    assert "articles" in {report.source for report in made.brief.coverage}


def test_who_is_meant_is_told_with_the_encoder(made: Made) -> None:
    clauses = [part.because for story in made.brief.stories for part in story.parts]
    assert clauses
    assert not any(clause.endswith(BY_NAMES) for clause in clauses)
