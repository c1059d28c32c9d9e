"""The routes of who is signed in, and of signing in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from audit.bootstrap import acting, engagement, managing, marks, sign_in
from audit.managing import Filters
from audit.people import Person
from audit.render import Answer, message, redirect
from audit.requests import cookie, form, query, response
from precall.errors import BusUnavailable, LeadNotFound, MailUnavailable, StorageUnavailable

router = Router()  # type: ignore[no-untyped-call]
Show = Callable[[Person, Filters], Answer]


@router.get("/manage/sign-in")
def ask() -> Response[str]:
    """The form for an address."""
    return _answered(lambda: sign_in().form())


@router.post("/manage/sign-in")
def asked() -> Response[str]:
    """An address was given."""
    event = _event()
    place = event.request_context.identity.source_ip or ""
    return _answered(lambda: sign_in().asked(form(event).get("address", ""), place))


@router.get("/manage/link")
def confirm() -> Response[str]:
    """A mailed link was opened."""
    return _answered(lambda: sign_in().confirm(query(_event()).get("token", "")))


@router.post("/manage/link")
def enter() -> Response[str]:
    """The button behind a mailed link was pressed."""
    return _answered(lambda: sign_in().enter(form(_event()).get("token", "")))


@router.post("/manage/sign-out")
def leave() -> Response[str]:
    """Signs out."""
    return _answered(lambda: sign_in().leave(cookie(_event())))


@router.get("/manage/today")
def today() -> Response[str]:
    """The calls of a day."""
    return _shown(lambda person, filters: managing().today(person, filters))


@router.post("/manage/today")
def act() -> Response[str]:
    """A manager does something about a call."""
    return _shown(lambda person, _: acting().act(person, form(_event())))


@router.get("/manage/give")
def give() -> Response[str]:
    """Asks who takes a call."""
    return _shown(lambda person, filters: acting().choice(person, filters.get("lead", "")))


@router.get("/manage/coverage")
def coverage() -> Response[str]:
    """Prep coverage."""
    return _shown(lambda person, filters: managing().coverage(person, filters))


@router.get("/manage/sources")
def sources() -> Response[str]:
    """The sources' health."""
    return _shown(lambda person, filters: managing().sources(person, filters))


@router.get("/manage/engagement")
def engaged() -> Response[str]:
    """Engagement, of all accounts or of one."""
    return _shown(lambda person, filters: engagement().show(person, filters))


@router.get("/manage/marks")
def marks_page() -> Response[str]:
    """What reps marked."""
    return _shown(lambda person, filters: marks().show(person, filters))


@router.post("/manage/marks")
def undo() -> Response[str]:
    """A manager undoes what marks taught."""
    return _shown(lambda person, _: marks().undo(person, form(_event())))


def _shown(show: Show) -> Response[str]:
    """The page for who is signed in; the sign-in page for others."""

    def answer() -> Answer:
        person = sign_in().person(cookie(_event()))
        return show(person, query(_event())) if person else redirect("sign-in")

    return _answered(answer)


def _answered(answer: Callable[[], Answer]) -> Response[str]:
    try:
        return response(answer())
    except LeadNotFound:
        return response(
            message(404, "Nothing is kept about this lead", "It was erased, or its time of keeping is over.")
        )
    except (StorageUnavailable, MailUnavailable, BusUnavailable):
        return response(message(503, "Not available just now", "Please try again in a minute."))


def _event() -> APIGatewayProxyEvent:
    event: Any = router.current_event
    return event  # type: ignore[no-any-return]
