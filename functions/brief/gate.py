"""The gate: nothing is in a brief that its evidence does not bear out, word by word.

A quote must be a whole sentence of the cited field (or its headline), verbatim. A template must be a known one, and
its slots must be what the evidence gives when they are derived anew. Each citation must be that of the stored mention.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brief.evidence import Evidence
from brief.prose import sentences
from brief.say import SEEN, STORY_MOOD, SUBJECT, cite, facts_for, say_one_of
from brief.wording import SENTENCES
from precall.errors import Unsupported
from precall.headlines import headline
from precall.model import Brief, BriefStory, Mention, Sentence


def check(brief: Brief, evidence: Evidence) -> None:
    """Nothing when `evidence` bears out everything in `brief`; Unsupported names the first that it does not."""
    _check_frame(brief, evidence)
    for sentence in brief.bottom_line:
        check_sentence(sentence, evidence)
    for story in brief.stories:
        check_story(story, evidence)


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

    lines = tuple(line for line in brief.bottom_line if passes(check_sentence, line))
    trimmed = [
        story.model_copy(update={"sentences": tuple(s for s in story.sentences if passes(_check_quote_of, story, s))})
        for story in brief.stories
    ]
    stories = tuple(story for story in trimmed if passes(check_story, story))
    if refused and not lines and not stories:
        raise Unsupported(f"no sentence of the brief is borne out: {'; '.join(refused)}")
    return brief.model_copy(update={"bottom_line": lines, "stories": stories}), tuple(refused)


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
    for sentence in filter(None, (story.seen, story.mood)):
        check_sentence(sentence, evidence)
        if tuple(citation.mention_id for citation in sentence.citations) != told:
            raise Unsupported(f"the outlets or the mood of story {story.story_id} are counted over other mentions")
    _check_kinds(story, evidence)
    best = evidence.mentions[told[0]]
    if (story.url, story.outlet, story.published_at) != (best.url, best.outlet_name or best.outlet, best.published_at):
        raise Unsupported(f"story {story.story_id} is attributed to another page than its best mention's")
    ranked = evidence.stories.get(story.story_id)
    as_ranked = (ranked.parts, ranked.score, ranked.proximity.value, ranked.sentiment) if ranked else None
    if as_ranked and (story.parts, story.score, story.proximity, story.sentiment) != as_ranked:
        raise Unsupported(f"story {story.story_id} is not scored as it was ranked")


def _check_kinds(story: BriefStory, evidence: Evidence) -> None:
    """The line about outlets tells of outlets, the one about the mood of the mood, which a ranked story always has."""
    if story.seen.template not in SEEN or (story.mood.template if story.mood else None) not in (*STORY_MOOD, None):
        raise Unsupported(f"a line of story {story.story_id} says something else than its place promises")
    if (story.mood is None) is (story.story_id in evidence.stories):
        raise Unsupported(f"story {story.story_id} hides its mood, or has one without being ranked")


def _check_frame(brief: Brief, evidence: Evidence) -> None:
    (subject,) = say_one_of(SUBJECT, evidence)
    expected = {
        "prospect": evidence.prospect,
        "call_at": evidence.call_at,
        "as_of": evidence.as_of,
        "subject": subject.text,
        "coverage": evidence.collection.reports if evidence.collection else (),
        "mentions_read": len(evidence.collection.mentions) if evidence.collection else 0,
        "set_aside": evidence.ranking.set_aside if evidence.ranking else {},
        "ranked": evidence.ranking is not None,
        "looked_for": evidence.identity.labels,
    }
    for name, value in expected.items():
        if getattr(brief, name) != value:
            raise Unsupported(f"the brief's {name} is not what the research gave")


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
    if sentence.slots != slots:
        raise Unsupported(f"the facts in a sentence of the kind {sentence.template!r} are not those of the evidence")
    if sentence.text != SENTENCES[sentence.template or ""].format_map(slots):
        raise Unsupported(f"a sentence of the kind {sentence.template!r} says something else than its template")
