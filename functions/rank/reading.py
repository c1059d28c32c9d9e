"""What a model is given of a text: its windows, in the form that the model takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rank.english import is_readable, may_be_english
from rank.model_files import Manifest
from rank.onnx_model import Text
from rank.tags import tags_with_names
from rank.target_text import MAX_CHARACTERS, Span, find_names, mark, windows


@dataclass(frozen=True)
class TextAndTarget:
    """A text and the names of whom it is judged about.

    `names` has the target's name first, then aliases; empty for general tone. `language` is an ISO 639-1 code; None
    when nobody said, then it is guessed.
    """

    text: str
    names: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True)
class Reading:
    """What the model is given for one text; no windows when it cannot be judged, because of `reason`."""

    windows: tuple[Text, ...]
    about_target: bool = False
    reason: str = ""


def read(pair: TextAndTarget, manifest: Manifest) -> Reading:
    """The windows of a text in the form that the model takes."""
    text = pair.text[:MAX_CHARACTERS]
    if not is_readable(text):
        return Reading((), reason="no words")
    if reason := _unknown_language(text, pair.language, manifest.languages):
        return Reading((), reason=reason)
    spans = find_names(text, pair.names) or tags_with_names(text, pair.names)
    parts = windows(text, spans)
    if manifest.input == "mark":
        return Reading(tuple(_marked(text, part, spans, manifest.mark) for part in parts), bool(spans))
    plain = tuple(text[start:end] for start, end in parts)
    if manifest.input == "pair":
        return Reading(tuple((part, pair.names[0] if spans else "") for part in plain), bool(spans))
    return Reading(plain)


def _marked(text: str, window: Span, spans: Sequence[Span], marks: tuple[str, str]) -> str:
    start, end = window
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    return mark(text[start:end], inside, marks)


def _unknown_language(text: str, said: str | None, known: Sequence[str]) -> str:
    """Why the text's language rules out a score; "" when it does not."""
    if "*" in known:
        return ""
    if said:
        code = said.lower().replace("_", "-").split("-")[0]
        return "" if code in known else f"language {code}"
    return "" if "en" not in known or may_be_english(text) else "language not known"
