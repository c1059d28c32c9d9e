"""`precall.yaml`: what may stand there (`whole`), and what steps read of it (`in_force`). Imported when asked for."""

from typing import TYPE_CHECKING

from precall.when_asked import when_asked

if TYPE_CHECKING:
    from precall.config.checklist import ChecklistItem
    from precall.config.crm import WriteBack
    from precall.config.keeping import Retention
    from precall.config.mailing import Mailing
    from precall.config.seller import Seller
    from precall.config.sources import Collecting, LemmySwitch, MastodonSwitch, Sources, SourceSwitch
    from precall.config.team import WEEKDAYS, Manager, Rep, WorkingHours
    from precall.config.whole import Config, parse_config
    from precall.ranking_settings import HalfLives, Ranking, Weights

__all__ = [
    "WEEKDAYS",
    "ChecklistItem",
    "Collecting",
    "Config",
    "HalfLives",
    "LemmySwitch",
    "Mailing",
    "Manager",
    "MastodonSwitch",
    "Ranking",
    "Rep",
    "Retention",
    "Seller",
    "SourceSwitch",
    "Sources",
    "Weights",
    "WorkingHours",
    "WriteBack",
    "parse_config",
]

_HOMES = {
    ".checklist": "ChecklistItem",
    ".crm": "WriteBack",
    ".keeping": "Retention",
    ".mailing": "Mailing",
    ".sources": "Collecting LemmySwitch MastodonSwitch SourceSwitch Sources",
    ".seller": "Seller",
    ".team": "WEEKDAYS Manager Rep WorkingHours",
    ".whole": "Config parse_config",
    "precall.ranking_settings": "HalfLives Ranking Weights",
}
__getattr__ = when_asked(__name__, _HOMES)
