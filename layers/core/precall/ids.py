"""Deterministic ids: the same cause gives the same id, so that a second try changes nothing."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID, uuid5

_NAMESPACE = UUID("5a1c4d4e-6a55-5f0e-9c2b-7f3f0a3b9d11")


def derived_id(*parts: str) -> str:
    """A UUID (version 5, RFC 9562) of `parts`; their boundaries count, so ("a", "bc") differs from ("ab", "c")."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def mention_id(url: str) -> str:
    """The id of the mention published at a canonical `url`: 16 hexadecimal characters."""
    return sha256(url.encode()).hexdigest()[:16]


def account_key(domain: str | None, name: str | None) -> str:
    """The id of an account, under which what is known of it is kept: by its domain, else by its name's letters."""
    letters = "".join(letter for letter in (name or "").casefold() if letter.isalnum())
    return derived_id("account", (domain or letters).casefold())


def person_key(email: str | None, crm_id: str | None, name: str | None, title: str | None) -> str:
    """The id of a person of whom no company is known: by the address, else the CRM's id, else name and title."""
    known = email or crm_id or f"{name or ''}\x1f{title or ''}"
    return derived_id("person", " ".join(known.casefold().split()))
