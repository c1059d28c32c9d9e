"""Languages as sources name them."""

from __future__ import annotations

_CODES = {
    name: code
    for code, name in (
        pair.split(":")
        for pair in """
        af:afrikaans sq:albanian ar:arabic hy:armenian az:azerbaijani eu:basque be:belarusian bn:bengali bs:bosnian
        bg:bulgarian ca:catalan zh:chinese hr:croatian cs:czech da:danish nl:dutch en:english et:estonian fi:finnish
        fr:french gl:galician ka:georgian de:german el:greek gu:gujarati he:hebrew hi:hindi hu:hungarian is:icelandic
        id:indonesian it:italian ja:japanese kn:kannada kk:kazakh ko:korean lv:latvian lt:lithuanian mk:macedonian
        ms:malay ml:malayalam mr:marathi mn:mongolian ne:nepali no:norwegian fa:persian pl:polish pt:portuguese
        pa:punjabi ro:romanian ru:russian sr:serbian si:sinhalese sk:slovak sl:slovenian so:somali es:spanish sw:swahili
        sv:swedish ta:tamil te:telugu th:thai tr:turkish uk:ukrainian ur:urdu uz:uzbek vi:vietnamese
        """.split()
    )
}


def language_code(name: str) -> str | None:
    """`de` of `German` (ISO 639-1), in any case; None for a language that is not known by that name."""
    return _CODES.get(name.strip().casefold())
