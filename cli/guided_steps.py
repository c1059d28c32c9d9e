"""The guided steps in their order."""

from __future__ import annotations

from cli import guided_account as account
from cli import guided_brief as brief
from cli.guided import Step

STEPS = (
    Step("Account", "asks for the region, and AWS who you are", account.account),
    Step("Settings", "makes precall.yaml of five answers, unless it is there", account.settings),
    Step("Quotas", "asks Lambda how many calls it runs at once", account.quotas),
    Step("Secrets", "makes ours at random in SSM, unless they are there", account.secrets),
    Step("Sender", "registers the domain at SES, prints its DNS records, explains the sandbox", account.identity),
    Step("Deployment", "builds the functions, deploys the stack `precall` (SAM, CloudFormation)", brief.deployed),
    Step("Settings in force", "puts precall.yaml into the stack's bucket", brief.in_force),
    Step("Check", "runs `precall doctor`, and stops where something is missing", brief.examined),
    Step("First brief", "sends one signed lead, follows it, and shows where the brief is", brief.first_brief),
)  # fmt: skip
