"""The one script of the pages: tells, once, that a brief was open in a visible document for ten seconds.

It is put into the stored page when the page is served to the rep; the policy allows exactly this script, by its hash,
and its one request, to the page's own address.
"""

from __future__ import annotations

SECONDS = 10
SCRIPT = """(function () {
  var seen = 0, timer = setInterval(function () {
    if (document.visibilityState !== "visible") return;
    seen += 1;
    if (seen < 10) return;
    clearInterval(timer);
    navigator.sendBeacon(location.href, new URLSearchParams({ action: "read" }));
  }, 1000);
})();"""


def with_beacon(html: str) -> str:
    """The page with the script at its end."""
    head, end, rest = html.rpartition("</body>")
    script = f"<script>{SCRIPT}</script>"
    return f"{head}{script}{end}{rest}" if end else f"{html}{script}"
