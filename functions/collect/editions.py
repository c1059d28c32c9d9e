"""In which country's edition a news search is asked, beside the American one that finds most English news."""

from __future__ import annotations

from dataclasses import dataclass

from collect.question import Question


@dataclass(frozen=True)
class Edition:
    """`country` in ISO 3166 and `language` in ISO 639-1."""

    country: str
    language: str

    @property
    def market(self) -> str:
        """`de-AT`."""
        return f"{self.language}-{self.country}"


AMERICAN = Edition("US", "en")
_EDITIONS = """
    AR es argentina · AT de austria österreich · AU en australia · BE fr belgium belgique belgië · BR pt brazil brasil ·
    CA en canada · CH de switzerland schweiz suisse · CL es chile · CO es colombia · CZ cs czechia czech-republic ·
    DE de germany deutschland · ES es spain españa · FR fr france · GB en united-kingdom uk great-britain england ·
    GR el greece · HU hu hungary magyarország · ID id indonesia · IE en ireland · IL he israel · IN en india ·
    IT it italy italia · JP ja japan · KR ko south-korea korea · MX es mexico méxico · NL nl netherlands nederland ·
    NO no norway norge · NZ en new-zealand · PL pl poland polska · PT pt portugal · RO ro romania românia ·
    SE sv sweden sverige · SG en singapore · TR tr turkey türkiye · TW zh taiwan · UA uk ukraine · ZA en south-africa
"""
_BY_NAME = {
    name.replace("-", " "): Edition(country, language)
    for country, language, *names in (line.split() for line in _EDITIONS.split("·"))
    for name in (country.lower(), *names)
}


def editions(question: Question) -> tuple[Edition, ...]:
    """The American edition, and that of the account's country: in its place where English is spoken there too."""
    country = question.prospect.account.country or question.profile.country or ""
    home = _BY_NAME.get(" ".join(country.casefold().split()))
    if home is None:
        return (AMERICAN,)
    return (home,) if home.language == AMERICAN.language else (AMERICAN, home)
