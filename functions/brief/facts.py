"""The facts that fill the templates: each is derived from the evidence, so that the gate can derive it again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from brief.evidence import Evidence, Slots
from brief.mood import in_words, of_story, overall
from brief.raising import is_to_avoid, may_raise
from brief.when import call_time, day
from brief.wording import IN_GENERAL, KINDS, TOWARDS
from precall.clock import age
from precall.errors import Unsupported
from precall.headlines import headline
from precall.model import Mention, Proximity, SourceReport, SourceState
from precall.names import short_name

LONGEST_TITLE = 240
"""Characters of a headline inside a sentence."""
_CLAUSE_END = re.compile(r"[,;:.!?](?=\s)|\s[-–—|](?=\s)")


def prospect_name(evidence: Evidence) -> str:
    """The account as people say it; the person, where no account is known."""
    label = " ".join(evidence.prospect.label.split())
    return short_name(label) if evidence.has_company else label


def _window(evidence: Evidence) -> str:
    return evidence.counted(evidence.collection.window_days, "day") if evidence.collection else ""


def subject(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """The parts of the mail's subject."""
    shown = len(evidence.shown)
    noun = ("story", "stories") if evidence.ranking else ("unranked mention", None)
    found = evidence.counted(shown, *noun)
    slots = {"prospect": prospect_name(evidence), "stories": found if shown else "nothing found"}
    if evidence.call_at:
        slots["when"] = call_time(evidence.call_at, evidence.as_of, evidence.reader)
    return slots


def top(evidence: Evidence, about: Sequence[Mention]) -> Slots:
    """The headline of the one to open with; Unsupported for any other mention."""
    if [mention.id for mention in about] != [top_mention_id(evidence)]:
        raise Unsupported("the sentence about the top story does not cite the top story")
    return _headed(evidence, about[0])


def _headed(evidence: Evidence, mention: Mention) -> Slots:
    slots = {
        "title": _shortened(headline(mention)),
        "outlet": mention.outlet_name or mention.outlet,
        "prospect": prospect_name(evidence),
    }
    if mention.published_at:
        slots |= {"day": day(mention.published_at, evidence.reader), "age": age(mention.published_at, evidence.as_of)}
    return slots


def _shortened(title: str) -> str:
    """A headline of normal length as it is; a longer one marked as cut, so that outlet and date stay visible: where a
    clause ends, else between two words, so that no "not" is parted from what it denies."""
    if len(title) <= LONGEST_TITLE:
        return title
    kept = title[: LONGEST_TITLE - 1]
    ends = [end.start() for end in _CLAUSE_END.finditer(kept)] or [kept.rfind(" ")]
    return (kept[: ends[-1]] if ends[-1] >= LONGEST_TITLE // 4 else kept).rstrip() + "…"


def only_in_passing(evidence: Evidence) -> bool:
    """Whether all stories name the prospect in passing only."""
    return all(story.proximity is Proximity.PASSING for story in evidence.stories.values())


def top_mention_id(evidence: Evidence) -> str | None:
    """The one to open with, of the shown stories that may be raised: about the prospect before in passing, dated before
    undated, then best; None where there is none."""
    open_ones = [story_id for story_id in evidence.shown if _may_raise(evidence, story_id)]
    shown = [(story_id, evidence.told[story_id][0]) for story_id in open_ones]
    ordered = sorted(
        shown, key=lambda pair: (_is_passing(evidence, pair[0]), not evidence.mentions[pair[1]].published_at)
    )
    return ordered[0][1] if ordered else None


def avoided(evidence: Evidence, about: Sequence[Mention]) -> Slots:
    """The headline of the first story that is better not raised; Unsupported for any other mention."""
    if [mention.id for mention in about] != [avoided_mention_id(evidence)]:
        raise Unsupported("the sentence about what to avoid does not cite the story to avoid")
    return _headed(evidence, about[0])


def avoided_mention_id(evidence: Evidence) -> str | None:
    """The best mention of the first shown story that is to be known and not raised."""
    for story_id in evidence.shown:
        if story_id in evidence.stories and is_to_avoid(evidence.stories[story_id]):
            return evidence.told[story_id][0]
    return None


def first_mention_id(evidence: Evidence) -> str | None:
    """The best mention of the first shown story; None where there is none."""
    return next((evidence.told[story_id][0] for story_id in evidence.shown), None)


def found_person(evidence: Evidence, about: Sequence[Mention]) -> Slots:
    """The headline of the first story about somebody of the person's name; Unsupported for any other mention."""
    if [mention.id for mention in about] != [first_mention_id(evidence)]:
        raise Unsupported("the sentence about a person of that name does not cite the first story")
    return _headed(evidence, about[0])


def _may_raise(evidence: Evidence, story_id: str) -> bool:
    return story_id not in evidence.stories or may_raise(evidence.stories[story_id])


def _is_passing(evidence: Evidence, story_id: str) -> bool:
    story = evidence.stories.get(story_id)
    return story is not None and story.proximity is Proximity.PASSING


def chatter(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """How much is said, where, and how much of it is about the prospect."""
    told = evidence.told_mentions
    kinds = Counter(mention.kind.value for mention in told)
    about = sum(story.proximity is not Proximity.PASSING for story in evidence.stories.values())
    return {
        "mentions": evidence.counted(len(told), "mention"),
        "outlets": evidence.counted(len({mention.outlet for mention in told}), "outlet"),
        "window": _window(evidence),
        "stories": evidence.counted(len(evidence.told), "story", "stories"),
        "about": "all" if about == len(evidence.told) > 1 else str(about) if about else "none",
        "prospect": prospect_name(evidence),
        "where": ", ".join(f"{n} {KINDS[kind]}" for kind, n in sorted(kinds.items(), key=lambda kn: (-kn[1], kn[0]))),
    }


def mood(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """The mood over the stories, whom it is about, and the sources that are missing."""
    found = overall(evidence)
    towards = (IN_GENERAL if found.general_tone else TOWARDS).format(prospect=prospect_name(evidence))
    return {"towards": towards, "mood": in_words(found, "mentions"), **no_answer(evidence, _)}


def story_mood(evidence: Evidence, about: Sequence[Mention]) -> Slots:
    """The mood of exactly one ranked story; Unsupported for any other choice of mentions."""
    found = of_story(evidence, about)
    if found is None:
        raise Unsupported("the sentence about a story's mood does not cite exactly that story's mentions")
    return {"mood": in_words(found), "prospect": prospect_name(evidence)}


def no_answer(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """The sources that did not answer."""
    return {"sources": _labels(evidence.reports(SourceState.FAILED))}


def asked(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """The sources that answered."""
    return {"sources": _labels(evidence.reports(SourceState.ANSWERED, SourceState.PARTIAL))}


def _labels(reports: Sequence[SourceReport]) -> str:
    return ", ".join(report.label for report in reports)


def nothing(evidence: Evidence, _: Sequence[Mention]) -> Slots:
    """What there is to say when no story is there."""
    return {
        "prospect": prospect_name(evidence),
        "window": _window(evidence),
        "mentions": evidence.counted(len(evidence.about_them), "mention"),
    }


def seen(evidence: Evidence, about: Sequence[Mention]) -> Slots:
    """Counts and ages over exactly the mentions of one story; Unsupported for any other choice of mentions."""
    if tuple(mention.id for mention in about) not in evidence.told.values():
        raise Unsupported("the sentence about a story's outlets does not cite exactly that story's mentions")
    dates = sorted(mention.published_at for mention in about if mention.published_at)
    slots = {
        "outlets": evidence.counted(len({mention.outlet for mention in about}), "outlet"),
        "copies": evidence.counted(copies_of(evidence, about), "of them a wire copy", "of them wire copies"),
    }
    if dates:
        slots |= {"first": age(dates[0], evidence.as_of), "last": age(dates[-1], evidence.as_of)}
    return slots


def copies_of(evidence: Evidence, about: Sequence[Mention]) -> int:
    """How many outlets of a story have wire copies only."""
    ids = tuple(mention.id for mention in about)
    return next((story.wire_copies for story in evidence.stories.values() if story.mention_ids == ids), 0)
