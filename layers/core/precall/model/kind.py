"""Where a mention is generated."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Where a mention is generated. A reference (an encyclopaedia's or a register's entry) proves facts and is no
    story; a job is one opening."""

    NEWS = "news"
    SOCIAL = "social"
    FORUM = "forum"
    FIRST_PARTY = "first_party"
    FILING = "filing"
    JOB = "job"
    REFERENCE = "reference"
