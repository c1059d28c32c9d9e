"""A headline made shorter without a word of anybody's: whole clauses go, the rest stays as it was written.

Somebody else (`Rewrite`) proposes what to keep; what is not exactly some of the headline's clauses, in their order, is
refused. A gap is marked. No clause goes that carries a "not", a doubt, a condition, or who said it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from brief.evidence import Evidence, Slots
from brief.wording import SENTENCES
from precall.headlines import headline
from precall.identity import Identity
from precall.model import Sentence

Rewrite = Callable[[str], str]
"""A shorter wording of a headline, which nobody believes unseen; Unavailable where there is none."""
LONG = 90
"""Characters from which a headline is worth shortening."""
LEAST_WORDS = 3
_BOUND = re.compile(r"(?<=[,;:.!?])\s+|\s+[-–—|]\s+|\s*[()]\s*")
_WORD = re.compile(r"[^\W_]+(?:[.,'’&-][^\W_]+)*|[%$€£¥]")
_TAIL = " ,;:-–—|("
_KEPT = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|unable|lacks?|stops?|stopped|ends?|ended|"
    r"if|unless|until|except|only|but|however|although|though|despite|instead|rather|because|after|before|when|while|"
    r"may|might|could|would|should|can|likely|unlikely|possibl[ey]|potential(?:ly)?|perhaps|maybe|almost|nearly|"
    r"den(?:y|ies|ied|ial)|refus\w+|reject\w+|fail\w*|doubt\w*|cancel\w*|delay\w*|withdr\w+|block\w*|halt\w*|"
    r"plans?|planned|planning|expect\w*|consider\w*|weigh\w*|mull\w*|seeks?|aims?|hopes?|tries|trying|wants?|"
    r"reports?|reported(?:ly)?|alleg\w+|claim\w*|rumou?r\w*|sources?|according|says?|said|tells?|told|thinks?|"
    r"believ\w+|suggest\w*|warns?|predict\w*|opinion|analysis|comment|sponsored|advert\w*|satire|parody|fake|hoax|"
    r"false|fiction|review|correction|quiz|\w+n['’]t)\b",
    re.IGNORECASE,
)


class Unavailable(Exception):
    """Nobody shortens anything now."""


@dataclass(frozen=True)
class _Clause:
    start: int
    end: int
    words: tuple[str, ...]


def shorter(
    lines: Sequence[Sentence], evidence: Evidence, rewrite: Rewrite, on_refusal: Callable[[str], object]
) -> tuple[Sentence, ...]:
    """`lines`, the long headlines in them shortened where that is sound; why one was not goes to `on_refusal`."""
    return tuple(_shorter(line, evidence, rewrite, on_refusal) for line in lines)


def is_shortening(given: Slots, derived: Slots, evidence: Evidence) -> bool:
    """Whether `given` differs from what the evidence gives by nothing but a soundly shortened headline."""
    titles = given.get("title", ""), derived.get("title", "")
    same = {**given, "title": ""} == {**derived, "title": ""}
    return same and bool(titles[0]) and shortened(titles[1], titles[0], evidence.identity) == titles[0]


def shortened(title: str, said: str, identity: Identity) -> str | None:
    """The clauses of `title` that `said` consists of, verbatim, with "…" where others stood; None where `said` is
    anything else, is no shorter, or leaves out the prospect or a word that turns the meaning."""
    clauses, words = _clauses(title), _words(said)
    kept: list[int] = []
    for at, clause in enumerate(clauses):
        if clause.words and tuple(words[: len(clause.words)]) == clause.words:
            kept.append(at)
            del words[: len(clause.words)]
    gone = [clause for at, clause in enumerate(clauses) if at not in kept]
    if words or not gone or sum(len(clauses[at].words) for at in kept) < LEAST_WORDS:
        return None
    if any(_KEPT.search(title[clause.start : clause.end]) for clause in gone):
        return None
    found = _joined(title, clauses, kept)
    lost = identity.names_account(title) and not identity.names_account(found)
    return found if len(found) < len(title) and not lost else None


def _shorter(
    line: Sentence, evidence: Evidence, rewrite: Rewrite, on_refusal: Callable[[str], object]
) -> Sentence:  # fmt: skip
    title = line.slots.get("title", "")
    if len(title) < LONG or title != headline(evidence.mentions[line.citations[0].mention_id]):
        return line
    try:
        found = shortened(title, rewrite(title), evidence.identity)
    except Unavailable as error:
        on_refusal(f"a headline was not shortened: {error}")
        return line
    if found is None:
        on_refusal("a headline was not shortened: what came back is not made of its clauses")
        return line
    slots = {**line.slots, "title": found}
    return line.model_copy(update={"text": SENTENCES[line.template or ""].format_map(slots), "slots": slots})


def _clauses(title: str) -> list[_Clause]:
    bounds = [(match.start(), match.end()) for match in _BOUND.finditer(title)]
    starts, ends = [0, *(end for _, end in bounds)], [*(start for start, _ in bounds), len(title)]
    spans = ((start, end) for start, end in zip(starts, ends, strict=True) if end > start)
    return [_Clause(start, end, tuple(_words(title[start:end]))) for start, end in spans]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _joined(title: str, clauses: Sequence[_Clause], kept: Sequence[int]) -> str:
    """Neighbours with what stands between them; an ellipsis for every gap, at the beginning and at the end too."""
    text = "… " if kept[0] > 0 else ""
    for before, at in zip([None, *kept], kept, strict=False):
        if before is not None:
            follows = before == at - 1
            text = text + title[clauses[before].end : clauses[at].start] if follows else f"{text.rstrip(_TAIL)} … "
        text += title[clauses[at].start : clauses[at].end]
    return text if kept[-1] == len(clauses) - 1 else f"{text.rstrip(_TAIL)} …"
