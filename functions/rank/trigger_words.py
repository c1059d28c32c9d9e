"""Groups of words that several triggers share, as pattern sources (matched without regard to case)."""

from __future__ import annotations

_CURRENCY = r"(?:[$€£₹¥]|(?<![a-z])(?:us\$|hk\$|rs|usd|inr|eur|gbp)\.?)"
_SCALE = r"(?:mn|mln|million|bn|billion|crores?|cr|lakhs?|trillion)"
MONEY = rf"(?:{_CURRENCY}\s?\d[\d.,]*(?:\s?-?(?:k|m|b|{_SCALE})\b)?|\b\d[\d.,]*[\s-]?{_SCALE}\b)"
"""An amount: "$2.4 million", "Rs 290 crore", "₹4.8 cr", "80 million euros"."""
MUCH = rf"(?:{_CURRENCY}\s?\d[\d.,]*\s?-?(?:m|b|{_SCALE})\b|\b\d[\d.,]*[\s-]?{_SCALE}\b)"
"""An amount that no private person pays."""
MANY = r"(?:\b\d[\d,.]*\s?(?:k|lakh|thousand)?\+?\b|\bthousands\b|\bhundreds\b|\bdozens\b)"
PEOPLE = (
    r"(?:people|employees|staff(?:ers)?|workers|freshers|graduates|engineers|developers|professionals|women|talent|"
    r"candidates|executives|managers|specialists|technologists|technicians|drivers|positions|roles|jobs)"
)
POSTS = (
    r"(?:C[EFTOMIRP]O|CHRO|CISO|CMD|chief(?: [a-z]+){0,3} officer|chief (?:executive|operating|financial|technology|"
    r"marketing|revenue|product|people|commercial|scientist|economist|of staff)|co-?CEO|chair(?:man|woman|person)?|"
    r"(?:vice[- ])?president|MD|(?:deputy |joint )?managing director|(?:executive |independent |"
    r"non-executive )?directors?|"
    r"board|head(?: of)?|[SE]?VP|general manager|country (?:manager|head)|general counsel|co-?founder|founder|"
    r"executive)"
)
PLACES = (
    r"(?:stores?|offices?|plants?|factor(?:y|ies)|facilit(?:y|ies)|cent(?:re|er)s?|campus(?:es)?|hubs?|outlets?|"
    r"showrooms?|warehouses?|data ?cent(?:er|re)s?|headquarters|HQ|lab(?:s|oratory)?|branch(?:es)?|locations?|depots?|"
    r"charging (?:points|stations)|clinics?|hotels?|restaurants?)"
)
REGULATORS = r"(?:regulators?|watchdog|FTC|SEC|DOJ|CFPB|FCC|FDA|CMA|European Commission|EU|Ofcom|SEBI|CCI|RBI)"
SHOWS = (
    r"(?:\b(?:conferences?|summit|webinar|keynote|expo|trade (?:show|fair)|forum|hackathon|roadshow|meetup|workshop|"
    r"AGM|"
    r"(?:annual|general|shareholders?['’]?|stockholders?['’]?|creditors?['’]?)(?:,? (?:and )?(?:general|"
    r"creditors))? meetings?|"
    r"investor day|analyst day|launch event|unpacked|unboxing|WWDC|I/O|MWC|CES|SXSW|re:Invent|Dreamforce)\b)"
)
"""Gatherings; some of the best-known fairs and house shows by name."""
