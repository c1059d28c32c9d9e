"""Which sentences belong where: a true sentence in the wrong place misleads."""

from __future__ import annotations

from brief import around
from brief.bottom_line import AVOID, MOOD, NOTHING, PERSON, TOP
from brief.evidence import Evidence
from brief.sections import FACTS, QUESTIONS
from precall.errors import Unsupported
from precall.headlines import headline
from precall.model import Kind, Sentence

TEMPLATES = {
    "bottom_line": frozenset({*TOP, *MOOD, *AVOID, *NOTHING, *PERSON, "asked", "no_answer"}),
    "chatter": frozenset({*around.CHATTER, *around.VOLUME}),
    "posts": frozenset[str](),
    "market": frozenset[str](),
    "person": frozenset(around.PERSON),
    "glance": frozenset(f"fact_{name}" for name in FACTS),
    "questions": frozenset(QUESTIONS),
    "since": frozenset(around.SINCE),
}
"""The templates of each section."""


def check_place(section: str, sentence: Sentence, evidence: Evidence) -> None:
    """Nothing when a sentence that is borne out belongs into the section; Unsupported otherwise."""
    if sentence.kind == "quote":
        belongs = section in ("posts", "market", "person") and _is_of(section, sentence, evidence)
    else:
        belongs = sentence.template in TEMPLATES[section]
    if not belongs:
        raise Unsupported(f"a sentence of the section {section} belongs elsewhere")


def _is_of(section: str, sentence: Sentence, evidence: Evidence) -> bool:
    cited = sentence.citations[0].mention_id
    if section == "person":
        return any(m.id == cited for m in evidence.about_contact) and evidence.identity.names_contact(sentence.text)
    if section == "market":
        return sentence.text in {headline(m) for m in evidence.market if m.id == cited}
    held = {i for story in evidence.stories.values() if story.sensitive for i in story.mention_ids}
    is_told = any(cited in ids for ids in evidence.told.values())
    return is_told and cited not in held and evidence.mentions[cited].kind in (Kind.SOCIAL, Kind.FORUM)
