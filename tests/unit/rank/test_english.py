"""Which texts the English model must not guess about."""

from __future__ import annotations

import pytest

from rank.english import is_readable, may_be_english


@pytest.mark.parametrize(
    "text",
    [
        "Acme wins a contract",
        "lol great stuff @acme",
        "Siemens rallies 6%",
        "Zoë's café in the old town is a hit",
        "El Niño hits the harvest of Acme",
    ],
)
def test_english_passes(text: str) -> None:
    assert may_be_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "アクメが新製品を発表",
        "Компания Акме объявила о новой сделке",
        "La empresa anunció que el beneficio de este año será más alto para los accionistas",
        "Das Unternehmen hat die Prognose für das Jahr nicht erreicht und wird sich von der Sparte trennen",
        "L'entreprise a annoncé que les résultats de cette année ne sont pas bons pour les actionnaires",
    ],
)
def test_other_languages_do_not(text: str) -> None:
    assert not may_be_english(text)


@pytest.mark.parametrize("text", ["", "  \n", "🎉🎉🎉", "42 % !!", "a"])
def test_text_without_a_word_is_not_readable(text: str) -> None:
    assert not is_readable(text)
