"""SEC EDGAR: who the prospect is among those registered, what it filed, and who else files about it.

It wants a User-Agent with a contact and at most ten requests a second (sec.gov/os/accessing-edgar-data).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import partial

from collect.batch import Batch
from collect.phrases import Phrase
from collect.queries import quoted
from collect.question import Question
from collect.sources.searching import Inquiry, inquire, inquired
from collect.sources.sec_filings import full_text, submissions
from collect.sources.sec_forms import FORMS
from collect.sources.sec_registrants import profile_of, registrants
from precall.fetch import Door, Page
from precall.naming import names_of

REGISTRANTS = "https://www.sec.gov/files/company_tickers_exchange.json"
SUBMISSIONS = "https://data.sec.gov/submissions/CIK{cik:0>10}.json"
FULL_TEXT = "https://efts.sec.gov/LATEST/search-index"
_BYTES = 5_000_000
"""The list of registrants has some 700 KB, the submissions of those who file most as much again."""


class SecEdgar:
    """See the module."""

    name = "sec_edgar"
    label = "SEC EDGAR"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a name."""
        return None if question.company else "the lead names no company that could be searched for"

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """First who it is, unless that is known; then its own filings and those of others at once."""
        cik = question.profile.cik
        if cik is None:
            who = await inquired(door, Inquiry(REGISTRANTS, partial(identified, question=question), limit=_BYTES))
            yield who
            cik = who.profile.cik if who.profile else None
        answers = inquire(door, _inquiries(question, cik))
        try:
            async for batch in answers:
                yield batch
        finally:
            await answers.aclose()


def identified(page: Page, question: Question) -> Batch:
    """What the list of registrants tells of the account. Pure."""
    known, flaw = registrants(page)
    account = question.prospect.account
    names = [account.name or "", *(name.text for name in names_of(account, question.profile))]
    return Batch(flaw=flaw, profile=profile_of(known, names))


def _inquiries(question: Question, cik: str | None) -> list[Inquiry]:
    phrase = question.company[0]
    search = Inquiry(
        FULL_TEXT,
        partial(full_text, question=question, asked=phrase.text, own_cik=cik),
        {
            "q": query_of(phrase),
            "forms": ",".join(FORMS),
            "dateRange": "custom",
            "startdt": question.since.date().isoformat(),
            "enddt": question.as_of.date().isoformat(),
        },
    )
    if cik is None:
        return [search]
    own = Inquiry(SUBMISSIONS.format(cik=cik), partial(submissions, question=question), limit=_BYTES)
    return [own, search]


def query_of(phrase: Phrase) -> str:
    """The name, a common word beside the best of its context: all of it must stand in the document."""
    return " ".join(map(quoted, (phrase.text, *phrase.context[:1])))
