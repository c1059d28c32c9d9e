"""Which rep of a pool gets a lead, and when: fair, within capacity and working hours, however many leads come at once.

A rep's calls of a day are booked by one conditional write (`precall.diary`). "Least loaded" books only while the rep
has no more calls than were seen: whoever had the fewest then has the fewest now, since counts grow. "Round robin"
counts turns for each pool. What does not fit any more is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from distribute.pools import Pool
from distribute.slots import SLOT, free_days
from precall.at_work import works_at
from precall.config import Rep
from precall.diary import Booked, Booking, Diary, Page
from precall.errors import StorageUnavailable
from precall.model import Lead

if TYPE_CHECKING:
    from precall.config import Config

TRIES = 50
"""Bookings that may fall through, one after the other, before the queue brings the lead again."""
DAYS = 2
"""A rep's working days that are looked at."""
AT_ONCE = 4
"""Reps looked at together in a round: their diaries come in one request."""
_WHATEVER = 10**6


class Choice(NamedTuple):
    """The rep, the time of the call, and how it was come by."""

    rep: Rep
    call_at: datetime
    reason: str


class Offer(NamedTuple):
    """A rep who could have the lead: when, and what is booked on that day."""

    rep: Rep
    call_at: datetime
    page: Page
    booked: Booked


@dataclass(frozen=True)
class Wish:
    """What a rep is sought for. `call_at` None: the rep's first free slot; an `owner`'s calls have no limit."""

    lead: Lead
    pool: Pool
    config: Config
    call_at: datetime | None
    now: datetime

    @property
    def soon(self) -> datetime:
        """Until when a call without a time of its own should be."""
        return self.call_at or self.now + timedelta(minutes=self.config.routing.call_within)

    @property
    def by_load(self) -> bool:
        """Whether who has fewer calls comes first."""
        return self.config.routing.spread == "least loaded"


@dataclass(frozen=True)
class Chooser:
    """Chooses and books. `next_turn` gives 0, 1, 2, … for each pool."""

    diary: Diary
    next_turn: Callable[[str], int]

    def choose(self, wish: Wish) -> Choice | None:
        """The rep, booked; None where nobody of the pool works then and has a call left. StorageUnavailable: to be
        tried again."""
        reps = wish.pool.reps
        turn = self.next_turn(wish.pool.name) % len(reps) if len(reps) > 1 else 0
        in_turn = (*reps[turn:], *reps[:turn])
        for _ in range(TRIES):
            best = self._best(wish, in_turn)
            if best is None:
                return None
            if self._is_booked(wish, best):
                return Choice(best.rep, best.call_at, _how(wish))
        raise StorageUnavailable(f"{TRIES} bookings fell through, so many leads came at once; it is looked at again")

    def _best(self, wish: Wish, in_turn: Sequence[Rep]) -> Offer | None:
        """Who can call soon enough: among those who has fewest calls, where that counts, else whose turn it is. Where
        nobody can, who can call first."""
        size, later = len(in_turn) if wish.by_load else AT_ONCE, list[Offer]()
        for start in range(0, len(in_turn), size or 1):
            offers = list(self._offers(wish, in_turn[start : start + size]))
            if soon := [offer for offer in offers if offer.call_at <= wish.soon]:
                return _first(soon, wish)
            later += offers
        first = min((offer.call_at for offer in later), default=None)
        return _first([offer for offer in later if offer.call_at == first], wish)

    def _offers(self, wish: Wish, reps: Sequence[Rep]) -> Iterator[Offer]:
        days = {rep.email: list(_days(rep, wish)) for rep in reps}
        booked = self.diary.read([page for found in days.values() for page, _ in found])
        for rep in reps:
            found = (_offer(rep, page, slots, booked[page], wish) for page, slots in days[rep.email])
            if offer := next((one for one in found if one), None):
                yield offer

    def again(self, wish: Wish, earlier: Sequence[Booking]) -> Choice | None:
        """What an earlier try has booked, that did not come to its end, where it still suits; else that is released."""
        booked = self.diary.read([one.page for one in earlier])
        there = [one for one in earlier if booked[one.page].has(one)]
        for one in there:
            rep = next((rep for rep in wish.pool.reps if rep.email.casefold() == one.page.rep.casefold()), None)
            if rep and _suits(wish, rep, one.start):
                return Choice(rep, wish.call_at or one.start, _how(wish))
        for one in there:
            self.diary.release(one)
        return None

    def _is_booked(self, wish: Wish, best: Offer) -> bool:
        if best.booked.starts.get(wish.lead.id) == best.call_at:  # it was, and the answer that said so was lost
            return True
        booking = Booking(best.page, wish.lead.id, best.call_at, SLOT, _at_most(best, wish))
        return self.diary.book(booking)


def _first(offers: Sequence[Offer], wish: Wish) -> Offer | None:
    mine = (offer for offer in offers if wish.lead.id in offer.booked.starts)
    load = (lambda offer: offer.booked.calls) if wish.by_load else (lambda offer: 0)
    return next(mine, None) or min(offers, key=load, default=None)


def _days(rep: Rep, wish: Wish) -> Iterator[tuple[Page, Sequence[datetime]]]:
    """The pages that matter, with the slots on them: of the call's own day, else of the rep's next working days."""
    off = wish.config.days_off(rep)
    if wish.call_at is None:
        for day, slots in free_days(rep, wish.now, off, DAYS):
            yield Page(rep.email, day), slots
    elif wish.pool.owner or works_at(rep, wish.call_at, off):
        yield Page(rep.email, wish.call_at.astimezone(rep.zone).date()), (wish.call_at,)


def _offer(rep: Rep, page: Page, slots: Sequence[datetime], booked: Booked, wish: Wish) -> Offer | None:
    mine, fixed = booked.starts.get(wish.lead.id), wish.call_at is not None
    if mine and mine in slots:
        return Offer(rep, mine, page, booked)
    if booked.calls >= rep.capacity and not wish.pool.owner:
        return None
    free = (slot for slot in slots if (wish.pool.owner and fixed) or booked.is_free(slot, SLOT))
    slot = next(free, None)
    return Offer(rep, slot, page, booked) if slot else None


def _suits(wish: Wish, rep: Rep, start: datetime) -> bool:
    """Whether a call that was booked from `start` on is still the one that is wished for."""
    if wish.call_at:
        return int(wish.call_at.timestamp()) == int(start.timestamp())
    return start > wish.now and works_at(rep, start, wish.config.days_off(rep))


def _how(wish: Wish) -> str:
    alone = len(wish.pool.reps) == 1
    return wish.pool.reason if alone else f"{wish.config.routing.spread}: {wish.pool.reason}"


def _at_most(offer: Offer, wish: Wish) -> int | None:
    if wish.pool.owner:
        return None if wish.call_at else _WHATEVER
    most = offer.rep.capacity - 1
    return min(most, offer.booked.calls) if wish.by_load else most
