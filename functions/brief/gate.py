"""The gate: nothing is in a brief that its evidence does not bear out, word by word.

A quote must be a whole sentence of the cited field (or its headline), verbatim. A template must be a known one, in its
place, and its slots must be what the evidence gives when they are derived anew. Each citation must be that of the
stored mention. What a brief takes over without words must be what the research gave.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from brief.around import checklist
from brief.evidence import Evidence, Slots
from brief.frame import as_ranked, frame
from brief.places import check_place
from brief.prose import sentences
from brief.say import SEEN, STORY_MOOD, cite, facts_for
from brief.signals import quoted
from brief.wording import SENTENCES
from precall.errors import Unsupported
from precall.headlines import headline
from precall.model import Brief, BriefSignal, BriefStory, Mention, Sentence

T = TypeVar("T")
SECTIONS = ("bottom_line", "chatter", "posts", "market", "person", "glance", "questions")


def check(brief: Brief, evidence: Evidence) -> None:
    """Nothing when `evidence` bears out everything in `brief`; Unsupported names the first that it does not."""
    for name, value in frame(evidence).items():
        if getattr(brief, name) != value:
            raise Unsupported(f"the brief's {name} is not what the research gave")
    for section in SECTIONS:
        for sentence in getattr(brief, section):
            check_in(section, sentence, evidence)
    for story in brief.stories:
        check_story(story, evidence)
    for signal in brief.signals:
        check_signal(signal, evidence)
    if brief.since:
        check_in("since", brief.since, evidence)
    _check_checklist(brief, evidence)


def sift(brief: Brief, evidence: Evidence) -> tuple[Brief, tuple[str, ...]]:
    """`brief` without the sentences and stories that do not pass, and why; Unsupported when nothing at all is left."""
    refused: list[str] = []

    def passes(test: Callable[..., None], *arguments: object) -> bool:
        try:
            test(*arguments, evidence)
        except Unsupported as error:
            refused.append(str(error))
            return False
        return True

    left: dict[str, object] = {
        section: tuple(s for s in getattr(brief, section) if passes(check_in, section, s)) for section in SECTIONS
    }
    trimmed = [
        story.model_copy(update={"sentences": tuple(s for s in story.sentences if passes(_check_quote_of, story, s))})
        for story in brief.stories
    ]
    left["stories"] = tuple(story for story in trimmed if passes(check_story, story))
    left["signals"] = tuple(signal for signal in brief.signals if passes(check_signal, signal))
    left["since"] = brief.since if brief.since and passes(check_in, "since", brief.since) else None
    if refused and not left["bottom_line"] and not left["stories"]:
        raise Unsupported(f"no sentence of the brief is borne out: {'; '.join(refused)}")
    return brief.model_copy(update=left), tuple(refused)


def check_in(section: str, sentence: Sentence, evidence: Evidence) -> None:
    """Nothing when the sentence is borne out and belongs into the section; Unsupported otherwise."""
    check_sentence(sentence, evidence)
    check_place(section, sentence, evidence)


def check_sentence(sentence: Sentence, evidence: Evidence) -> None:
    """Nothing when the sentence is borne out; Unsupported otherwise."""
    about = _cited(sentence, evidence)
    if sentence.kind == "quote":
        _check_quote(sentence, about)
    else:
        _check_template(sentence, about, evidence)


def check_story(story: BriefStory, evidence: Evidence) -> None:
    """Nothing when a story is told as it was ranked, by its own mentions; Unsupported otherwise."""
    told = evidence.told.get(story.story_id)
    if told is None:
        raise Unsupported(f"there is no story {story.story_id}")
    for sentence in (story.headline, *story.sentences):
        _check_quote_of(story, sentence, evidence)
    if story.headline.text != headline(evidence.mentions[told[0]]) or story.headline.citations[0].mention_id != told[0]:
        raise Unsupported(f"the headline of story {story.story_id} is not that of its best mention")
    for sentence in filter(None, (story.seen, story.mood)):
        check_sentence(sentence, evidence)
        if tuple(citation.mention_id for citation in sentence.citations) != told:
            raise Unsupported(f"the outlets or the mood of story {story.story_id} are counted over other mentions")
    _check_kinds(story, evidence)
    for name, value in as_ranked(evidence, story.story_id).items():
        if getattr(story, name) != value:
            raise Unsupported(f"the {name} of story {story.story_id} is not what the research gave")


def check_signal(signal: BriefSignal, evidence: Evidence) -> None:
    """Nothing when the ranking found the signal in the words that are quoted; Unsupported otherwise."""
    check_sentence(signal.quote, evidence)
    ranked = (s for story in evidence.stories.values() for s in story.signals if s.kind is signal.kind)
    if not any(signal.quote == quoted(s, evidence.mentions[s.mention_id]) for s in ranked):
        raise Unsupported(f"no mention shows the signal {signal.kind} in these words")
    if signal.opener is None:
        return
    check_sentence(signal.opener, evidence)
    about = [citation.mention_id for citation in signal.opener.citations]
    if signal.opener.template != f"opener_{signal.kind}" or about != [signal.quote.citations[0].mention_id]:
        raise Unsupported(f"the opener of the signal {signal.kind} opens with something else")


def _check_kinds(story: BriefStory, evidence: Evidence) -> None:
    """The line about outlets tells of outlets, the one about the mood of the mood, which a ranked story always has."""
    if story.seen.template not in SEEN or (story.mood.template if story.mood else None) not in (*STORY_MOOD, None):
        raise Unsupported(f"a line of story {story.story_id} says something else than its place promises")
    if (story.mood is None) is (story.story_id in evidence.stories):
        raise Unsupported(f"story {story.story_id} hides its mood, or has one without being ranked")


def _check_checklist(brief: Brief, evidence: Evidence) -> None:
    if brief.checklist != checklist(evidence):
        raise Unsupported("the checklist is not the seller's, filled in with what sources say")


def _check_quote_of(story: BriefStory, sentence: Sentence, evidence: Evidence) -> None:
    check_sentence(sentence, evidence)
    own = evidence.told.get(story.story_id, ())
    if sentence.kind != "quote" or any(citation.mention_id not in own for citation in sentence.citations):
        raise Unsupported(f"a sentence of story {story.story_id} is no quote of its own mentions")


def _cited(sentence: Sentence, evidence: Evidence) -> list[Mention]:
    """The mentions that a sentence cites; Unsupported when one is unknown or cited with another source or date."""
    mentions = []
    for citation in sentence.citations:
        mention = evidence.mentions.get(citation.mention_id)
        if mention is None:
            raise Unsupported(f"mention {citation.mention_id} was never collected")
        if citation != cite(mention, citation.field):
            raise Unsupported(
                f"mention {citation.mention_id} is cited with another address, outlet or date than its own"
            )
        mentions.append(mention)
    return mentions


def _check_quote(sentence: Sentence, about: Sequence[Mention]) -> None:
    if len(about) != 1 or sentence.template or sentence.slots:
        raise Unsupported("a quote cites exactly one mention and fills nothing in")
    mention, field = about[0], sentence.citations[0].field
    spans = (mention.title, headline(mention)) if field == "title" else sentences(mention.text)
    if not sentence.text or sentence.text not in spans:
        raise Unsupported(f"a quote is not verbatim a whole sentence in the {field} of mention {mention.id}")


def _check_template(sentence: Sentence, about: Sequence[Mention], evidence: Evidence) -> None:
    slots = facts_for(sentence.template or "", evidence, about)
    if sentence.slots != slots and not (evidence.may_shorten and _is_cut(sentence, slots, evidence)):
        raise Unsupported(f"the facts in a sentence of the kind {sentence.template!r} are not those of the evidence")
    if sentence.text != SENTENCES[sentence.template or ""].format_map(sentence.slots):
        raise Unsupported(f"a sentence of the kind {sentence.template!r} says something else than its template")


def _is_cut(sentence: Sentence, slots: Slots, evidence: Evidence) -> bool:
    from brief.shortening import is_shortening

    return is_shortening(sentence.slots, slots, evidence)
