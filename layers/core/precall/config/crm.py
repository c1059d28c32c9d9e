"""What CRMs get back, in `precall.yaml`."""

from __future__ import annotations

from precall.model._base import Model


class WriteBack(Model):
    """What a CRM gets of a brief: with `on` a note on the lead's records; with `fields` also when it was ready, its
    link and its top signal, in fields that were made for them (docs/crm.md)."""

    on: bool = False
    fields: bool = False
