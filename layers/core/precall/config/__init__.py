"""`precall.yaml`: what may stand there (`whole`), and what steps read of it (`in_force`). Imported when asked for."""

from importlib import import_module
from typing import TYPE_CHECKING

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
    "precall.config.checklist": "ChecklistItem",
    "precall.config.crm": "WriteBack",
    "precall.config.keeping": "Retention",
    "precall.config.mailing": "Mailing",
    "precall.config.sources": "Collecting LemmySwitch MastodonSwitch SourceSwitch Sources",
    "precall.config.seller": "Seller",
    "precall.config.team": "WEEKDAYS Manager Rep WorkingHours",
    "precall.config.whole": "Config parse_config",
    "precall.ranking_settings": "HalfLives Ranking Weights",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
