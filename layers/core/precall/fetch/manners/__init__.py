"""How Precall behaves as a guest: rates, health, wishes, robots.txt and a cache, for every request of the door."""

from precall.fetch.manners.cache import Cache, MemoryCache, S3Cache
from precall.fetch.manners.dynamo import DynamoLedger
from precall.fetch.manners.ledger import Ledger, MemoryLedger
from precall.fetch.manners.steady import SteadyLedger
from precall.fetch.manners.visit import Manners, Visit

__all__ = [
    "Cache",
    "DynamoLedger",
    "Ledger",
    "Manners",
    "MemoryCache",
    "MemoryLedger",
    "S3Cache",
    "SteadyLedger",
    "Visit",
]
