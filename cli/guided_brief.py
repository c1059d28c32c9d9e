"""The guided steps from the deployment to the first brief."""

from __future__ import annotations

from datetime import timedelta

from cli import doctor, sam, stack, trail, webhook
from cli.demo import SAYS, said
from cli.guided import Guide
from cli.guided_account import SETTINGS
from cli.home import Problem
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.secrets import GENERIC_WEBHOOK


def deployed(guide: Guide) -> str:
    """The stack, built and deployed unless this very release is there."""
    parameters = {"SenderIdentity": stack.sender_identity(stack.read_config(SETTINGS))}
    email = guide.answer("alarms", "Who hears of alarms by mail (nobody: leave it empty)?")
    parameters |= {"AlarmEmail": email} if email else {}
    release = sam.release_of(parameters)
    if _release(guide) == release:
        return f"version {release} is there"
    guide.tell("    building takes a minute or two, deploying three or four; the log is .precall/logs/sam-deploy.log")
    sam.build(guide.home, {})
    sam.deploy(guide.home, {**parameters, "Release": release}, {}, "--no-confirm-changeset")
    return f"version {release} is deployed" + (f"; SNS asks {email} to confirm" if email else "")


def _release(guide: Guide) -> str | None:
    try:
        return guide.deployment.parameters().get("Release")
    except Problem:
        return None


def in_force(guide: Guide) -> str:
    """The settings, where the functions read them."""
    ConfigStore(guide.deployment.documents()).push(stack.read_config(SETTINGS))
    return "the settings are in force within a minute; `precall config push --aws` after each change"


def examined(guide: Guide) -> str:
    """What the doctor says; Problem while something keeps briefs from being sent."""
    bad = 0
    for finding in doctor.examine(guide.deployment):
        if finding.state != "good":
            guide.tell(f"    {finding.said}: {finding.fix}")
            bad += finding.state == "bad"
    if bad:
        raise Problem("mend this, then run `precall deploy --guided` again: it goes on here")
    return "everything that a brief needs is there"


def first_brief(guide: Guide) -> str:
    """A signed lead about a company of the person's choice, for a call in half an hour; its brief goes at once."""
    lead_id = guide.answers.get("lead")
    if lead_id is None:
        lead_id = webhook.post_lead(guide.deployment.api, guide.deployment.secret(GENERIC_WEBHOOK), _lead(guide))
        guide.keep("lead", lead_id)
    for event in trail.follow(guide.deployment, lead_id, seconds=300):
        if event["type"] in SAYS:
            guide.tell(f"    {said(event)}")
    return f"see it: {guide.deployment.links().to_lead(lead_id, '/brief')}\n    or `precall show {lead_id} --aws`"


def _lead(guide: Guide) -> dict[str, object]:
    company = guide.answer("company", "About which company should the first brief be?", "Cloudflare")
    domain = guide.answer("company_domain", "Its domain?", "cloudflare.com")
    return {
        "company": {"name": company, "domain": domain},
        "source": "the first brief",
        "owner": stack.read_config(SETTINGS).reps[0].email,
        "call_at": (utc_now() + timedelta(minutes=30)).isoformat(),
    }
