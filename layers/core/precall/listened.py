"""What listening keeps of a company or a person: places on the watch list, and alerts that wait for reps or managers.

An alert is a person's where it came of their lead, or where its words name them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import Attr

from precall.alerts import Alert
from precall.model import Account, Lead
from precall.rows import Rows
from precall.suppression import account_marks
from precall.watch_store import PK, DynamoWatches, watch_in
from precall.watches import Watch
from precall.whose import Who

_WORDS_OF_A_NAME = 2
"""A name of one word ("Kim") would name too many."""


@dataclass(frozen=True)
class Listened:
    """Reads and erases. Errors: StorageUnavailable."""

    rows: Rows

    def export(self, who: Who, leads: Sequence[Lead]) -> dict[str, Any]:
        """What is kept for them, whose leads are these, as JSON."""
        watches = list(self._watches(who, leads))
        alerts = (alert for _, alert in self._alerts(who, leads, watches))
        return {
            "watched": [_shown(watch, who, leads) for watch in watches],
            "alerts": [alert.model_dump(mode="json", exclude_defaults=True) for alert in alerts],
        }

    def forget(self, who: Who, leads: Sequence[Lead]) -> dict[str, int]:
        """Erase it: a company leaves the list, a person's leads are no reason any more. How many, by class."""
        watches, mine = list(self._watches(who, leads)), frozenset(lead.id for lead in leads)
        alerts = list(self._alerts(who, leads, watches))
        gone = sum(self.rows.delete(str(item["pk"]), str(item["sk"])) for item, _ in alerts)
        for watch in watches:
            if who.is_account:
                self.rows.delete(PK, watch.key)
            else:
                DynamoWatches(self.rows.table).forget(watch, watch.leads & mine)
        return {"accounts listened to": len(watches), "alerts that wait": gone}

    def _watches(self, who: Who, leads: Sequence[Lead]) -> Iterator[Watch]:
        mine = {lead.id for lead in leads}
        for item in self.rows.query(PK):
            watch = watch_in(item)
            if account_marks(watch.account) & who.marks if who.is_account else watch.leads & mine:
                yield watch

    def _alerts(
        self, who: Who, leads: Sequence[Lead], watches: Sequence[Watch]
    ) -> Iterator[tuple[dict[str, Any], Alert]]:
        keys = {watch.key for watch in watches} | ({who.account.key} if who.account else set())
        mine, names = {lead.id for lead in leads}, _names(who, leads)
        for item in self.rows.scan("REP#", Attr("sk").begins_with("ALERT#")):
            alert = Alert.model_validate_json(str(item["doc"]))
            about = alert.account_key in keys or bool(_account_marks(alert) & who.marks)
            if about if who.is_account else (alert.call in mine or _says(alert, names)):
                yield item, alert


def _shown(watch: Watch, who: Who, leads: Sequence[Lead]) -> dict[str, Any]:
    """Of a person's company its name, and which of their leads it is watched for; of a company all."""
    mine = watch.leads if who.is_account else watch.leads & {lead.id for lead in leads}
    return {
        "account": watch.account.model_dump(mode="json", exclude_defaults=True),
        "due_at": watch.due_at.isoformat(),
        "leads": sorted(mine),
        "owner": watch.owner,
    }


def _account_marks(alert: Alert) -> frozenset[str]:
    """Its label is a name or a domain."""
    return account_marks(Account(name=alert.account)) | account_marks(Account(domain=alert.account))


def _names(who: Who, leads: Sequence[Lead]) -> frozenset[str]:
    contacts = [lead.prospect.contact for lead in leads if lead.prospect and lead.prospect.contact]
    said = [who.name, who.email, *(one.name for one in contacts), *(one.email for one in contacts)]
    names = (" ".join(one.casefold().split()) for one in said if one)
    return frozenset(name for name in names if "@" in name or len(name.split()) >= _WORDS_OF_A_NAME)


def _says(alert: Alert, names: frozenset[str]) -> bool:
    words = " ".join(f"{alert.headline} {alert.quote or ''}".casefold().split())
    return any(name in words for name in names)
