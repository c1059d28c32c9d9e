"""``www.youtube.com/feeds/videos.xml``: a channel's videos as Atom with Media RSS."""

from __future__ import annotations

from replay.items import iso
from replay.message import Answer, Request, not_found, xml
from replay.rss import element, text
from replay.web import Web, serves
from replay.world.remarks import Said


@serves("www.youtube.com")
def youtube(request: Request, web: Web) -> Answer | None:
    """The feed of a channel, or of the playlist of all its videos."""
    if request.path != "/feeds/videos.xml":
        return None
    wanted = request.params.get("channel_id") or f"UC{request.params.get('playlist_id', '').removeprefix('UU')}"
    found = [said for said in web.find_chatter("youtube") if said.remark.place == wanted]
    return xml(_feed(wanted, found), "text/xml") if found else not_found()


def _feed(channel: str, found: list[Said]) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">'
        f"<id>yt:channel:{text(channel[2:])}</id>{element('title', found[0].remark.by)}"
        f"{''.join(map(_entry, found))}</feed>"
    )


def _entry(said: Said) -> str:
    remark = said.remark
    moment = iso(said.at).replace("Z", "+00:00")
    dates = f"<published>{moment}</published><updated>{moment}</updated>" if said.published else ""
    return (
        f"<entry><id>yt:video:{remark.id}</id><yt:videoId>{remark.id}</yt:videoId>{element('title', remark.title)}"
        f'<link rel="alternate" href="https://www.youtube.com/watch?v={remark.id}"/>'
        f"<author>{element('name', remark.by)}</author>{dates}<media:group>{element('media:title', remark.title)}"
        f"{element('media:description', remark.text)}<media:community>"
        f'<media:starRating count="{remark.points}" average="5.00" min="1" max="5"/>'
        f'<media:statistics views="{remark.points * 29}"/></media:community></media:group></entry>'
    )
