"""What reps say of a brief as a whole: one to five, and what was missing. In the table of `precall.facts`:

| pk           | sk              | what                                     |
|--------------|-----------------|------------------------------------------|
| VOTES#<lead> | RATING#<rep id> | what the rep last said of it (`doc`)     |

Beside the votes on its stories (`precall.feedback_store`): what a person writes goes when the lead is erased.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import Field

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.errors import StorageUnavailable
from precall.feedback import rep_id
from precall.model._base import Model
from precall.querying import all_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LONGEST = 1000


class Rating(Model):
    """One rep's word on one brief; `stars` is None where only something was missing."""

    lead_id: str
    research_id: str
    rep: EmailStr
    stars: int | None = Field(default=None, ge=1, le=5)
    missing: str = Field(default="", max_length=LONGEST)
    at: UtcDatetime


class Ratings(Protocol):
    """The port."""

    def rate(self, rating: Rating, keep_days: int) -> None:
        """Keep what a rep says, in place of what they said of the lead's brief before."""

    def of(self, lead_id: str) -> list[Rating]:
        """What was said of a lead's brief."""


class DynamoRatings:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def rate(self, rating: Rating, keep_days: int) -> None:
        """See `Ratings.rate`."""
        key = {"pk": f"VOTES#{rating.lead_id}", "sk": f"RATING#{rep_id(rating.rep)}"}
        expires = int((rating.at + timedelta(days=keep_days)).timestamp())
        try:
            self._table.put_item(Item={**key, "doc": rating.model_dump_json(), "expires_at": expires})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take a rating: {error}") from error

    def of(self, lead_id: str) -> list[Rating]:
        """See `Ratings.of`."""
        values = {":votes": f"VOTES#{lead_id}", ":rating": "RATING#"}
        items = all_of(self._table, "pk = :votes AND begins_with(sk, :rating)", values, "doc", "ratings")
        return [Rating.model_validate_json(str(item["doc"])) for item in items]
