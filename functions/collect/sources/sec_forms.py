"""What the SEC calls its forms and the items of Form 8-K (sec.gov/forms, Form 8-K's general instructions)."""

from __future__ import annotations

from collections.abc import Iterable

FORMS = {
    "8-K": "Current report",
    "10-K": "Annual report",
    "10-Q": "Quarterly report",
    "20-F": "Annual report of a foreign private issuer",
    "40-F": "Annual report of a Canadian issuer",
    "6-K": "Report of a foreign private issuer",
    "S-1": "Registration of securities",
    "F-1": "Registration of securities of a foreign private issuer",
    "S-4": "Registration of securities issued in a business combination",
    "424B": "Prospectus",
    "D": "Notice of an exempt offering of securities",
    "NT 10-K": "Notification of late filing of the annual report",
    "NT 10-Q": "Notification of late filing of the quarterly report",
    "SC TO-T": "Tender offer by a third party",
    "DEFM14A": "Proxy statement relating to a merger",
    "25": "Removal from listing",
    "15-12G": "Termination of registration",
}
"""The forms that may tell of an event, with their purpose."""

ITEMS = {
    "1.01": "Entry into a Material Definitive Agreement",
    "1.02": "Termination of a Material Definitive Agreement",
    "1.03": "Bankruptcy or Receivership",
    "1.04": "Mine Safety - Reporting of Shutdowns and Patterns of Violations",
    "1.05": "Material Cybersecurity Incidents",
    "2.01": "Completion of Acquisition or Disposition of Assets",
    "2.02": "Results of Operations and Financial Condition",
    "2.03": "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a "
    "Registrant",
    "2.04": "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an "
    "Off-Balance Sheet Arrangement",
    "2.05": "Costs Associated with Exit or Disposal Activities",
    "2.06": "Material Impairments",
    "3.01": "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing",
    "3.02": "Unregistered Sales of Equity Securities",
    "3.03": "Material Modification to Rights of Security Holders",
    "4.01": "Changes in Registrant's Certifying Accountant",
    "4.02": "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim "
    "Review",
    "5.01": "Changes in Control of Registrant",
    "5.02": "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers; "
    "Compensatory Arrangements of Certain Officers",
    "5.03": "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year",
    "5.04": "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans",
    "5.05": "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
    "5.06": "Change in Shell Company Status",
    "5.07": "Submission of Matters to a Vote of Security Holders",
    "5.08": "Shareholder Director Nominations",
    "6.01": "ABS Informational and Computational Material",
    "6.02": "Change of Servicer or Trustee",
    "6.03": "Change in Credit Enhancement or Other External Support",
    "6.04": "Failure to Make a Required Distribution",
    "6.05": "Securities Act Updating Disclosure",
    "7.01": "Regulation FD Disclosure",
    "8.01": "Other Events",
    "9.01": "Financial Statements and Exhibits",
}
_ATTACHED = "9.01"
"""Says only that something is attached."""


def purpose_of(form: str) -> str | None:
    """What a form is for, with "(amended)" after an amendment; None for one that tells of no event."""
    root, _, amendment = form.partition("/")
    known = FORMS.get("424B" if root.startswith("424B") else root)
    return f"{known} (amended)" if known and amendment else known


def items_in_words(codes: Iterable[str]) -> tuple[str, ...]:
    """The titles of an 8-K's items, without the one about attachments unless it is the only one."""
    given = [code.strip() for code in codes]
    known = [code for code in dict.fromkeys(given) if code in ITEMS]
    return tuple(ITEMS[code] for code in known if code != _ATTACHED or len(known) == 1)
