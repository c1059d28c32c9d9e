"""The guided steps before the deployment: account, settings, quotas, secrets, and who mails are sent as."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import yaml
from botocore.exceptions import BotoCoreError, ClientError

from cli import doctor, stack
from cli.deployment import REGION
from cli.guided import Guide
from cli.home import ROOT, Problem, new_secrets
from cli.mail_check import is_verified
from precall.config import Config, parse_config
from precall.errors import InvalidConfiguration
from precall.secrets import GENERIC_WEBHOOK, LINKS

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

SETTINGS = ROOT / "precall.yaml"
PREFIX = "/precall"
"""Where secrets lie: the template's default `SecretsPrefix`."""
OURS = (LINKS, GENERIC_WEBHOOK)
"""The secrets that nobody else has to know first."""


def account(guide: Guide) -> str:
    """Who we are, and where; the region holds for everything that follows."""
    region = guide.answer("region", "In which region of AWS?", os.environ.get("AWS_REGION", REGION))
    os.environ["AWS_REGION"] = os.environ["AWS_DEFAULT_REGION"] = region
    try:
        who = guide.deployment.client("sts").get_caller_identity()
    except (ClientError, BotoCoreError) as error:
        raise Problem(f"AWS does not know who you are ({error}); `aws configure sso`, or set AWS_PROFILE") from None
    here = f"account {who['Account']}, as {who['Arn'].rsplit(':', 1)[1]}"
    return f"{here}; later, for the other commands: export AWS_DEFAULT_REGION={region}"


def settings(guide: Guide) -> str:
    """precall.yaml as it is, or made of a few answers."""
    if not SETTINGS.exists():
        text = yaml.safe_dump(_asked(guide), sort_keys=False, allow_unicode=True)
        try:
            parse_config(text)
        except InvalidConfiguration as error:
            guide.home.write("guided.json", {"region": guide.answers["region"]})
            raise Problem(f"with these answers the settings are not valid; once more, please:\n{error}") from None
        SETTINGS.write_text("# More of it: precall.example.yaml, docs/configuration.md\n" + text, encoding="utf-8")
    config = stack.read_config(SETTINGS)
    return f"{SETTINGS.name}: {len(config.reps)} reps, briefs from {config.sender}"


def _asked(guide: Guide) -> dict[str, object]:
    company = guide.answer("seller", "What is your company called?")
    name = guide.answer("rep", "A rep's name, for the first briefs?")
    email = guide.answer("rep_email", "The rep's e-mail address?")
    zone = guide.answer("zone", "The rep's time zone?", "Europe/Vienna")
    domain = guide.answer("domain", "Which domain are briefs sent from?", email.rsplit("@", 1)[-1])
    return {
        "team": "Inside Sales",
        "reps": [{"name": name, "email": email, "time_zone": zone}],
        "managers": [{"name": name, "email": email}],
        "seller": {"name": company},
        "sender": f"briefs@{domain}",
    }


def quotas(guide: Guide) -> str:
    """What AWS lets a new account do at once."""
    (finding,) = doctor.concurrency(guide.deployment.client("lambda"))
    return finding.said + (f" ({finding.fix}: ask for 1,000, which is free)" if finding.fix else "")


def secrets(guide: Guide) -> str:
    """Ours at random, where they are not there; a CRM's own secret only a person can bring."""
    ssm, made = guide.deployment.client("ssm"), new_secrets()
    said = [f"{name} {_put_new(ssm, name, made[name])}" for name in OURS]
    return ", ".join(said) + "; a CRM's own secret: docs/crm.md"


def _put_new(ssm: Any, name: str, value: str) -> str:
    try:
        ssm.put_parameter(Name=f"{PREFIX}/{name}", Value=value, Type="SecureString")
    except ssm.exceptions.ParameterAlreadyExists:
        return "is there"
    return "made at random"


def identity(guide: Guide) -> str:
    """The sender's domain in SES with its DNS records; in the sandbox also the reps' addresses."""
    ses: SESV2Client = guide.deployment.client("sesv2")
    config = stack.read_config(SETTINGS)
    if not ses.get_account().get("ProductionAccessEnabled"):
        _explain_sandbox(guide, ses, config)
    domain = stack.sender_identity(config)
    if is_verified(ses, config.sender):
        return f"SES has verified {domain}"
    _create(ses, domain)
    tokens = ses.get_email_identity(EmailIdentity=domain).get("DkimAttributes", {}).get("Tokens", [])
    guide.tell(f"    Put these records into the DNS of {domain}; SES looks for them by itself, mostly within the hour:")
    for token in tokens:
        guide.tell(f"    {token}._domainkey.{domain}  CNAME  {token}.dkim.amazonses.com")
    return "the deployment goes on meanwhile"


def _explain_sandbox(guide: Guide, ses: SESV2Client, config: Config) -> None:
    guide.tell(
        "    SES keeps new accounts in a sandbox: it writes to verified addresses only, 200 mails a day. For a try-out"
    )
    guide.tell(
        "    that is enough; before you go live, ask for production access (SES console, Account dashboard; a day)."
    )
    for rep in config.reps:
        if not is_verified(ses, rep.email):
            _create(ses, rep.email)
            guide.tell(f"    SES writes to {rep.email}: the rep follows the link in that mail")


def _create(ses: SESV2Client, identity: str) -> None:
    try:
        ses.create_email_identity(EmailIdentity=identity)
    except ses.exceptions.AlreadyExistsException:
        return
