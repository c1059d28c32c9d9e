"""Every sentence and label that a brief says of its own, in one place, ready to be translated.

`SENTENCES` are the templates that the gate knows: their slots are filled with facts by `brief.facts`, nothing else.
"""

from __future__ import annotations

SENTENCES = {
    # the mail's subject
    "subject": "{prospect}, call {when}: {stories}",
    "subject_unscheduled": "{prospect}: {stories}",
    # bottom line: the one dated thing
    "top": "Open with: “{title}” ({outlet}, {day}, {age} ago).",
    "top_passing": "Nothing is mainly about {prospect}. Closest: “{title}” ({outlet}, {day}, {age} ago).",
    "top_undated": "Open with: “{title}” ({outlet}, undated).",
    "top_unranked": "The newest: “{title}” ({outlet}, {day}, {age} ago).",
    "top_nothing": "Nothing to open with: what was found is to be known, not raised.",
    # bottom line: the one thing to avoid
    "avoid": "Know, do not raise: “{title}” ({outlet}, {day}).",
    "avoid_undated": "Know, do not raise: “{title}” ({outlet}, undated).",
    "avoid_nothing": "Nothing was found that is better not raised.",
    # chatter: how much is said, where, and against what is usual
    "chatter": "{mentions} at {outlets} in the last {window}: {stories}, {about} mainly about {prospect} ({where}).",
    "chatter_unranked": "{mentions} at {outlets} in the last {window}, not ranked ({where}).",
    "volume": "{recent} in the last 7 days; a usual week of theirs has {normal}, {basis}.",
    "volume_unknown": "{recent} in the last 7 days; what is usual for them is not known yet.",
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
    # a person of whom no company is known
    "no_company": "We know of no company for {prospect}: ask for it first.",
    "nobody_asked": "Nobody was asked about {prospect}, as a name alone finds others of that name.",
    "found_person": "Of somebody of that name: “{title}” ({outlet}). It may not be them: ask before you use it.",
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
    # openers, one for each kind of signal that may be raised
    "opener_funding": "I read in {outlet} of {day} about your funding. What will it go to first?",
    "opener_acquisition": "I read in {outlet} of {day} about the acquisition. What changes for your team first?",
    "opener_leadership": "I read in {outlet} of {day} about the change at the top. What is the new priority?",
    "opener_hiring": "I saw in {outlet} of {day} that you are hiring. Where is the need greatest until they start?",
    "opener_launch": "I read in {outlet} of {day} about your launch. How has it been received?",
    "opener_partnership": "I read in {outlet} of {day} about the partnership. What does it take from your side?",
    "opener_expansion": "I read in {outlet} of {day} about your expansion. What has to be in place first?",
    "opener_earnings": "I read in {outlet} of {day} about your results. Which figure matters most to your team?",
    "opener_award": "I read in {outlet} of {day} about the award: congratulations. What was behind it?",
    "opener_event": "I read in {outlet} of {day} about the event. What do you hope to bring home from it?",
    # the person
    "person_nothing": "Nothing public was found that names {contact} together with {prospect}.",
    "person_unknown": "The lead names no person.",
    "person_alone": "Only news with their name beside {beside} was looked for, and that may be about somebody else.",
    # the account at a glance
    "fact_description": "What they do: {value}",
    "fact_employees": "People: {value}",
    "fact_founded": "Founded: {value}",
    "fact_headquarters": "Place: {value}",
    "fact_industry": "Industry: {value}",
    "fact_listed": "Listed: {value}",
    "fact_openings": "Openings: {value}",
    "fact_owner": "Owner: {value}",
    "fact_products": "Products: {value}",
    "fact_revenue": "Revenue: {value}",
    "fact_technology": "Technology: {value}",
    "fact_filing": "Filings: {value}",
    "fact_code": "Open source: {value}",
    # little is known: what to ask
    "question_activity": "What were you looking for in “{summary}”?",
    "question_offer": "How do you handle {offer} today?",
    "question_reason": "What made you get in touch now?",
    "question_change": "What has changed at {prospect} in the last months that nobody would read about?",
    "question_company": "Which company do you work for, and what is your part in it?",
    # since the last brief
    "since": "New since {day}: {new}.",
    "since_nothing": "Nothing new since {day}.",
}

MOODS = {"positive": "positive", "negative": "negative", "neutral": "neutral", "mixed": "mixed"}
MOOD_ALL = "{label}"
MOOD_ONE_OF_ONE = "{label}, in one mention"
MOOD_ALL_OF_THEM = "{label}, in all {count} mentions"
MOOD_MOSTLY = "mostly {label}, {others}"
MOOD_MIXED = "{label}, {others}"
MOOD_BETTER, MOOD_WORSE = ", better of late", ", worse of late"
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

SIGNALS = {
    "funding": "Funding",
    "acquisition": "Acquisition",
    "leadership": "Leadership change",
    "hiring": "Hiring",
    "layoffs": "Layoffs",
    "launch": "Launch",
    "partnership": "Partnership",
    "expansion": "Expansion or relocation",
    "earnings": "Earnings",
    "legal": "Lawsuit or regulation",
    "outage": "Outage or breach",
    "award": "Award",
    "event": "Event",
}

BAR = "{day}: {n}"
VOLUME_LABEL = "Mentions a day from {first} to {last}: {total} in all, at most {peak} on one day."
VOLUME_CAPTION = "Mentions a day, {first} to {last}, at most {peak}"
MOOD_SHARE = "Mood of all that was scored, mentions in passing too: {shares}."

PURPOSES = {
    "first_call": "a first call",
    "follow_up": "a follow-up",
    "quote": "about a quote",
    "renewal": "about the renewal",
    "win_back": "to win them back",
}
CUSTOMER = ("a customer", "not yet a customer")

TAGS = {
    "breaking": "Breaking",
    "new": "New since the last brief",
    "doubtful": "May be somebody else of that name",
    "sensitive": "Know, do not raise: {topic}",
    "language": "In another language: {language}",
}

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""By the language part of a BCP 47 tag (ISO 639-1); any other is told by its tag."""

LABELS = {
    "skip": "Skip to the stories",
    "mark": "Useful, or not them? Tell us.",
    "score": "Score",
    "score_parts": "What the score is made of",
    "part": "Part",
    "because": "Because",
    "value": "Value",
    "weight": "Weight",
    "all_mentions": "All {n} mentions",
    "no_stories": "No story to tell.",
    "more_stories": "Further stories",
    "show_more": "{n} more, best first",
    "headline": "Headline",
    "outlet": "Outlet",
    "outlets": "Outlets",
    "date": "Date",
    "mentions": "Mentions",
    "as_table": "As a table",
    "where": "Where it is generated",
    "place": "Place",
    "mood": "Mood",
    "mood_of_all": "Mood of all that was scored, mentions in passing too",
    "not_scored": "not scored",
    "source": "Source",
    "answer": "Answer",
    "took": "Took",
    "acknowledge": "I have read it",
    "signals": "Reasons to call",
    "opener": "Opener:",
    "hold": "know, do not raise",
    "chatter": "Chatter",
    "market": "Their market",
    "market_note": "Not about them: news of competitors and of their industry.",
    "person": "The person",
    "glance": "The account at a glance",
    "checklist": "What the quote needs",
    "ask": "ask",
    "known": "What we already know",
    "more_activities": "and {n} earlier ones",
    "questions": "Little is known: what to ask",
    "namesakes": "Not meant",
    "wrong_company": "Wrong company?",
    "wrong_person": "Wrong person?",
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
    "after": "After the call: how did it go?",
    "promise": "What is said is quoted or counted from the sources linked beside it; openers and questions are ours.",
    "answered": "answered",
    "partial": "answered in part",
    "failed": "not available",
    "skipped": "not asked",
}
