"""The API's routes to the pages. Neither the request nor its token is ever logged."""

from __future__ import annotations

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response

from audit.access import Asked
from audit.bootstrap import brief_page, pages, sign_in
from audit.instruments import logger
from audit.managing_routes import router
from audit.render import message
from audit.requests import address, cookie, form, query, response

app = APIGatewayRestResolver()
app.include_router(router)


@app.get("/leads/<lead_id>")
def trail(lead_id: str) -> Response[str]:
    """A lead's trail."""
    return response(pages().trail(_asked(lead_id), query(app.current_event).get("table", "")))


@app.get("/leads/<lead_id>/brief")
def brief(lead_id: str) -> Response[str]:
    """A lead's brief."""
    return response(brief_page().show(_asked(lead_id)))


@app.post("/leads/<lead_id>/brief")
def say(lead_id: str) -> Response[str]:
    """What the reader of a brief says of it, from the page's forms."""
    return response(brief_page().say(_asked(lead_id), form(app.current_event)))


def failed(error: Exception) -> Response[str]:
    """A page instead of the gateway's bare 502; the log has the cause."""
    logger.exception("a page failed")
    return response(message(500, "Something is broken", "The cause is in the log; please tell who runs Precall."))


app.exception_handler(Exception)(failed)


def _asked(lead_id: str) -> Asked:
    accept = app.current_event.headers.get("Accept") or ""
    as_json, given = "application/json" in accept and "text/html" not in accept, query(app.current_event)
    token, shared = given.get("token", ""), given.get("shared", "")
    person = None if token or shared else sign_in().person(cookie(app.current_event))
    return Asked(lead_id, token, as_json, person, shared, address(app.current_event))
