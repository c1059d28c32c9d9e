"""``*.trouble.example``: one host per way in which the web breaks; the table is in replay/README.md."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from replay import streams
from replay.message import Answer, Request, as_json, html, plain, redirect, xml
from replay.web import Web, serves

_SENTENCE = "Murkstone Freight moves oversized cargo through the northern passes every week of the year. "
_PAGE = f"<!doctype html><html><head><title>Murkstone Freight</title></head><body><p>{_SENTENCE * 40}</p></body></html>"
_HTML = "text/html; charset=utf-8"
_FEED = '<link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml">'
_CAPTCHA = """<!doctype html><html><head><title>Just a moment...</title><meta name="robots" content="noindex">
</head><body><h1>Checking that you are human</h1><p>Enable JavaScript and cookies to continue.</p>
<form id="challenge-form" action="/?__chl=1" method="POST"><div class="captcha" data-sitekey="made-up"></div></form>
</body></html>"""


def _hang(_: Request) -> Answer:
    return Answer(fault="hang")


def _drip(_: Request) -> Answer:
    return Answer(200, {"Content-Type": _HTML}, streams.repeated(b"x", every=1.0))


def _endless(_: Request) -> Answer:
    return Answer(200, {"Content-Type": _HTML}, streams.repeated((_SENTENCE * 170).encode(), every=0.001))


def _huge(_: Request) -> Answer:
    headers = {"Content-Type": _HTML, "Content-Length": str(20 * streams.MEBIBYTE)}
    return Answer(200, headers, streams.text(_SENTENCE, mebibytes=20))


def _bomb(_: Request) -> Answer:
    return Answer(200, {"Content-Type": _HTML, "Content-Encoding": "gzip"}, streams.gzip_bomb(gibibytes=4))


def _truncated(_: Request) -> Answer:
    packed = gzip.compress(_PAGE.encode(), mtime=0)
    return Answer(200, {"Content-Type": _HTML, "Content-Encoding": "gzip"}, packed[: len(packed) // 2])


def _short(_: Request) -> Answer:
    return Answer(200, {"Content-Type": _HTML, "Content-Length": "90000"}, _PAGE.encode())


def _charset(_: Request) -> Answer:
    """Says UTF-8 twice, is Windows-1252."""
    body = '<!doctype html><meta charset="utf-8"><title>Café Münchhausen</title><p>“Naïve façade” – 5 € déjà vu</p>'
    return Answer(200, {"Content-Type": _HTML}, body.encode("cp1252"))


def _loop(request: Request) -> Answer:
    return redirect(f"https://{request.host}/{'b' if request.path == '/a' else 'a'}")


def _chain(request: Request) -> Answer:
    """Thirty redirects, then a page: longer than a client should follow."""
    step = int(request.path[1:]) if request.path[1:].isdecimal() and len(request.path) < 5 else 0
    return html(_PAGE) if step >= 30 else redirect(f"https://{request.host}/{step + 1}", 301)


def _html_feed(request: Request) -> Answer:
    if request.path != "/feed.xml":
        return html(_PAGE.replace("</head>", _FEED + "</head>"))
    return xml(
        "<!doctype html><title>Not a feed</title><h1>We have moved<p>Our feed<br>is gone.", "application/rss+xml"
    )


def _bad_feed(request: Request) -> Answer:
    if request.path != "/feed.xml":
        return html(_PAGE.replace("</head>", _FEED + "</head>"))
    return xml(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>News &nbsp; & more</title>'
        "<item><title>First item, never closed</title><link>https://badfeed.trouble.example/one</link>",
        "application/rss+xml",
    )


def _robots(request: Request) -> Answer:
    return plain("User-agent: *\nDisallow: /\n") if request.path == "/robots.txt" else html(_PAGE)


def _busy(_: Request) -> Answer:
    return Answer(429, {"Content-Type": _HTML, "Retry-After": "30"}, b"<h1>Too Many Requests</h1>")


def _to(location: str) -> Callable[[Request], Answer]:
    return lambda _: redirect(location)


TROUBLES: dict[str, Callable[[Request], Answer]] = {
    "hang": _hang,
    "blackhole": _hang,
    "drip": _drip,
    "endless": _endless,
    "huge": _huge,
    "bomb": _bomb,
    "truncated": _truncated,
    "short": _short,
    "reset": lambda _: Answer(fault="reset"),
    "charset": _charset,
    "loop": _loop,
    "chain": _chain,
    "metadata": _to("http://169.254.169.254/latest/meta-data/iam/security-credentials/"),
    "loopback": _to("http://127.0.0.1:1/"),
    "file": _to("file:///etc/passwd"),
    "error500": lambda _: html("<h1>Internal Server Error</h1>", 500),
    "error503": lambda _: as_json({"error": "unavailable"}, 503),
    "busy": _busy,
    "htmlfeed": _html_feed,
    "badfeed": _bad_feed,
    "captcha": lambda _: html(_CAPTCHA),
    "robots": _robots,
    "empty": lambda _: html(""),
    "slow": lambda _: Answer(200, {"Content-Type": _HTML}, _PAGE.encode(), delay=2.0),
}
_KEEP_ROBOTS = {"robots", "blackhole"}


@serves("*.trouble.example")
def trouble(request: Request, _: Web) -> Answer | None:
    """The trouble that the host is named after; robots.txt works, but for ``robots`` and ``blackhole``."""
    name = request.host.removesuffix(".trouble.example")
    make = TROUBLES.get(name)
    if make and request.path == "/robots.txt" and name not in _KEEP_ROBOTS:
        return plain("User-agent: *\nDisallow:\n")
    return make(request) if make else None


@serves("trouble.example", "www.trouble.example")
def murkstone(request: Request, _: Web) -> Answer | None:
    """The company of the broken sites: its own home page never answers."""
    return Answer(fault="hang") if request.path == "/" else None
