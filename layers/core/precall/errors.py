"""The error tree. Class names are a wire contract: the research workflow matches on them.

`Transient` errors are worth another try as they are; `Permanent` ones are not. The workflow
(`research.asl.json`) lists the names of every `Transient` class; a test keeps the two equal.
"""

from __future__ import annotations


class PrecallError(Exception):
    """Anything that Precall itself reports. Its text is one readable line that names the fix."""


class Transient(PrecallError):
    """May succeed when tried again unchanged."""


class Permanent(PrecallError):
    """Will fail again until somebody changes something."""


class StorageUnavailable(Transient):
    """DynamoDB, S3 or SSM did not answer, or throttled."""


class BusUnavailable(Transient):
    """EventBridge did not take an event."""


class CrmUnavailable(Transient):
    """The CRM's API did not answer, or throttled."""


class MailUnavailable(Transient):
    """SES did not answer, or throttled."""


class InvalidConfiguration(Permanent):
    """A setting, a secret or `precall.yaml` is missing or wrong."""


class BudgetSpent(Permanent):
    """The day's researches are used up."""


class ResearchRepeated(Permanent):
    """The research is under way, has its brief, or was told to have failed: what asked for it came again."""


class InvalidLead(Permanent):
    """A lead that cannot be researched; the text names the field and the fix."""


class LeadNotFound(Permanent):
    """No lead has this id."""


class DocumentNotFound(Permanent):
    """The document was never written, or its retention is over."""


class CrmRefused(Permanent):
    """The CRM's API refused the request (credentials, permission, unknown object)."""


class ModelUnavailable(Permanent):
    """A model of the sentiment layer is missing, incomplete or damaged; the text names the file and the fix."""


class Unsupported(Permanent):
    """A sentence of a brief that its evidence does not support."""


class MailRefused(Permanent):
    """SES refused the message (unverified sender, suppressed or invalid address)."""
