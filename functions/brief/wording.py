"""Every sentence and label that a brief says of its own, in one place, ready to be translated.

`SENTENCES` are the templates that the gate knows: their slots are filled with facts by `brief.facts`, nothing else.
"""

from __future__ import annotations

SENTENCES = {
    # the mail's subject
    "subject": "{prospect}, call {when}: {stories}",
    "subject_unscheduled": "{prospect}: {stories}",
    # bottom line: the one dated thing
    "top": "The one to know: “{title}” ({outlet}, {day}, {age} ago).",
    "top_passing": "Nothing is mainly about {prospect}. Closest: “{title}” ({outlet}, {day}, {age} ago).",
    "top_undated": "The one to know: “{title}” ({outlet}, undated).",
    "top_unranked": "The newest: “{title}” ({outlet}, {day}, {age} ago).",
    # bottom line: how much is said, and where
    "chatter": "{mentions} at {outlets} in the last {window}: {stories}, {about} mainly about {prospect} ({where}).",
    "chatter_unranked": "{mentions} at {outlets} in the last {window}, not ranked ({where}).",
    # bottom line: the mood, and what is missing
    "mood": "The mood {towards}: {mood}.",
    "mood_no_answer": "The mood {towards}: {mood}. No answer from {sources}: what is there is not known.",
    "no_mood": "The mood was not scored: read the quotes for it.",
    "no_mood_no_answer": "Missing: {sources}, which did not answer, and the mood, which was not scored.",
    "lost_mood": "The mood is missing, as sentiment was not available: read the quotes for it.",
    "lost_mood_no_answer": "Missing: {sources}, which did not answer, and the mood: sentiment was not available.",
    # nothing found
    "nothing": "Nothing about {prospect} was found in the last {window}.",
    "nothing_clear": "{mentions} came back for the last {window}; none is clearly about {prospect}.",
    "asked": "Asked without result: {sources}.",
    "no_answer": "No answer from {sources}: what is there is not known.",
    "nobody_answered": "No source answered, so whether there is news about {prospect} is not known.",
    "not_asked": "The sources could not be asked, so whether there is news about {prospect} is not known.",
    # a story's coverage
    "seen": "{outlets}, first seen {first} ago, last {last} ago",
    "seen_copied": "{outlets}, {copies}, first seen {first} ago, last {last} ago",
    "seen_once": "{outlets}, {first} ago",
    "seen_copied_once": "{outlets}, {copies}, {first} ago",
    "seen_undated": "{outlets}, undated",
    # a story's mood
    "story_mood": "Mood: {mood}",
    "story_tone": "General tone, {prospect} not named: {mood}",
    "story_mood_not_scored": "Mood: not scored",
    "story_mood_lost": "Mood: not available",
}

MOODS = {"positive": "positive", "negative": "negative", "neutral": "neutral", "mixed": "mixed"}
MOOD_ALL = "{label}"
MOOD_ONE_OF_ONE = "{label}, in one mention"
MOOD_ALL_OF_THEM = "{label}, in all {count} mentions"
MOOD_MOSTLY = "mostly {label}, {others}"
MOOD_MIXED = "{label}, {others}"
TOWARDS = "towards {prospect}"
IN_GENERAL = "of texts that do not name {prospect}"

FAILED_STEPS = {
    "collect": "The sources could not be asked ({error}).",
    "rank": "Ranking failed ({error}): the newest mentions are shown, unranked.",
}
FAILED_STEP = "The step {step} failed ({error})."
REFUSED_SENTENCE = "One sentence was left out: its source does not bear it out."
REFUSED_SENTENCES = "{count} sentences were left out: their sources do not bear them out."
NO_SOURCE_ANSWERED = "No source answered."

KINDS = {
    "news": "in the news",
    "social": "on social media",
    "forum": "in forums",
    "first_party": "by the company itself",
    "filing": "in filings",
    "job": "in job ads",
    "reference": "in reference works",
}

LABELS = {
    "brief": "Call brief",
    "for": "for",
    "call": "Call",
    "no_call": "no call time yet",
    "why_now": "Why now",
    "read": "Read it",
    "open": "Open in the browser",
    "bottom_line": "Bottom line",
    "stories": "What is happening",
    "newest": "Newest mentions, unranked",
    "why": "Ranked here:",
    "passing": "named in passing",
    "coverage": "Where this comes from",
    "looked_for": "Looked for",
    "mentions_read": "Mentions read",
    "set_aside": "Set aside",
    "nothing_aside": "none",
    "incomplete": "This brief is incomplete",
    "as_of": "As of",
    "undated": "undated",
    "promise": "Every line is a quotation or a count from the sources linked beside it.",
    "answered": "answered",
    "partial": "answered in part",
    "failed": "not available",
    "skipped": "not asked",
}
