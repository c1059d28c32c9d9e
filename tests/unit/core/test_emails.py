"""Plain addresses are known without the library, and as it knows them."""

from __future__ import annotations

import email_validator
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import EmailStr as Theirs
from pydantic import TypeAdapter, ValidationError

from precall.emails import EmailStr

OURS: TypeAdapter[str] = TypeAdapter(EmailStr)
THEIRS: TypeAdapter[str] = TypeAdapter(Theirs)


def taken(adapter: TypeAdapter[str], text: str) -> str | None:
    try:
        return adapter.validate_python(text)
    except ValidationError:
        return None


@given(
    st.from_regex(r"[a-z0-9_+.\-]{1,70}@([a-z0-9\-]{1,12}\.){1,3}[a-z0-9\-]{1,8}", fullmatch=True)
    | st.from_regex(r"[a-z.]{1,4}@[a-z.\-]{1,12}\.[A-Za-z]{1,3}", fullmatch=True)
    | st.emails()
)
def test_what_the_library_takes_is_taken_and_nothing_else(text: str) -> None:
    assert taken(OURS, text) == taken(THEIRS, text)


@pytest.mark.parametrize("top", sorted(email_validator.SPECIAL_USE_DOMAIN_NAMES))
def test_a_reserved_name_is_the_librarys_to_judge(top: str) -> None:
    assert taken(OURS, f"ada@{top}") == taken(THEIRS, f"ada@{top}")
    assert taken(OURS, f"ada@mail.{top}") == taken(THEIRS, f"ada@mail.{top}")


@pytest.mark.parametrize("text", ["ada", "", "ada@@x.com", "ada@x", "a" * 65 + "@x.com", "ada@x..com", "ADA@X.COM"])
def test_odd_ones_end_as_with_the_library(text: str) -> None:
    assert taken(OURS, text) == taken(THEIRS, text)


def test_its_schema_is_that_of_an_address() -> None:
    assert OURS.json_schema() == THEIRS.json_schema()
