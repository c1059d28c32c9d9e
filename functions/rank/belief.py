"""What is certain about whose a mention is: their own page, their site in it, their contact beside their name."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from precall.identity import MAX_TEXT, Identity
from precall.model import Kind, Mention
from precall.names import registrable_domain


def is_own(identity: Identity, mention: Mention) -> bool:
    """Whether the prospect published the mention itself."""
    return mention.kind is Kind.FIRST_PARTY or _is_own_page(identity, mention.url)


def is_certain(identity: Identity, mention: Mention) -> bool:
    """Whether it is their own, names their site, or names their contact and the account."""
    whole = f"{mention.title}\n{mention.text[:MAX_TEXT]}"
    if is_own(identity, mention) or (identity.domain and identity.domain.find(whole)):
        return True
    return identity.names_contact(whole) and identity.names_account(whole)


def _is_own_page(identity: Identity, url: str) -> bool:
    if not identity.domain or _site(identity.domain.text) not in url.lower():
        return False
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return f".{host}".endswith(f".{_site(identity.domain.text)}")


@lru_cache(maxsize=64)
def _site(domain: str) -> str:
    return registrable_domain(domain)
