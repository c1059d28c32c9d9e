"""`precall doctor`: is everything there that a brief needs? Each check says what it saw, and the fix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from cli.channel_check import zoho_channel
from cli.deployment import Deployment
from cli.findings import Finding
from cli.home import Problem
from cli.mail_check import examine_mail
from cli.redrive import DeadLetters
from precall import crm
from precall.config_store import ConfigStore
from precall.crm.clients import READERS
from precall.errors import InvalidConfiguration, PrecallError
from precall.secrets import LINKS, SsmSecrets

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sts import STSClient

_FEW = 100
"""Concurrent executions below which a rush of leads is throttled: new AWS accounts start with 10."""


def examine(deployment: Deployment) -> Iterator[Finding]:
    """The findings as they come; without credentials or a stack nothing else is looked at."""
    yield (account := _account(deployment))
    if account.state == "bad":
        return
    try:
        prefix = deployment.parameters()["SecretsPrefix"]
    except Problem as problem:
        yield Finding("bad", "the stack is not deployed", str(problem))
        return
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _settings(deployment),
        lambda: _secrets(SsmSecrets(prefix, deployment.client("ssm"))),
        lambda: _mail(deployment),
        lambda: concurrency(deployment.client("lambda")),
        lambda: _dead_letters(DeadLetters(deployment)),
        lambda: zoho_channel(deployment),
    )
    for check in checks:
        yield from _answers(check)


def _answers(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except (ClientError, BotoCoreError, PrecallError) as error:
        yield Finding("doubtful", f"this could not be looked at: {error}", "give these credentials read access to it")


def _account(deployment: Deployment) -> Finding:
    try:
        sts: STSClient = deployment.client("sts")
        who = sts.get_caller_identity()
    except (ClientError, BotoCoreError) as error:
        return Finding("bad", f"AWS does not know who you are ({error})", "`aws configure sso`, or set AWS_PROFILE")
    return Finding("good", f"account {who['Account']}, as {who['Arn'].rsplit(':', 1)[1]}")


def _settings(deployment: Deployment) -> Iterator[Finding]:
    try:
        config = ConfigStore(deployment.documents()).current()
    except InvalidConfiguration as error:
        yield Finding("bad", f"settings: {error}", "`precall config check`, then `precall config push`")
        return
    yield Finding("good", f"settings: {len(config.reps)} reps, {len(config.managers)} managers, from {config.sender}")


def _mail(deployment: Deployment) -> Iterator[Finding]:
    ses = deployment.client("sesv2")
    try:
        config = ConfigStore(deployment.documents()).current()
    except InvalidConfiguration:
        yield from examine_mail(ses, None, ())
    else:
        receivers = [*(rep.email for rep in config.reps), *(manager.email for manager in config.managers)]
        yield from examine_mail(ses, config.sender, receivers)


def _secrets(secrets: SsmSecrets) -> Iterator[Finding]:
    yield _secret(secrets, LINKS, "no link to a brief can be made")
    webhooks = {name: _secret(secrets, crm.adapter(name).secret, "its webhooks are refused") for name in crm.NAMES}
    unset = [name for name, finding in webhooks.items() if finding.state == "bad"]
    if len(unset) == len(webhooks):
        yield Finding("bad", "no CRM's webhook has a secret", webhooks["generic"].fix)
        return
    yield from (finding for finding in webhooks.values() if finding.state == "good")
    if unset:
        yield Finding("good", f"refused, for no secret is set: webhooks of {', '.join(unset)}")
    yield from (_reading(secrets, name) for name in READERS if name not in unset)


def _reading(secrets: SsmSecrets, name: str) -> Finding:
    """Whether leads of a CRM whose webhooks are taken are read back from it."""
    kind = READERS[name]
    found = _secret(secrets, kind.secret, f"leads of {name} wait for it")
    if found.state == "bad" and kind.without:
        return Finding("good", f"leads of {name} are what its webhooks tell, for no secret {kind.secret} is set")
    return found


def _secret(secrets: SsmSecrets, name: str, means: str) -> Finding:
    try:
        values = secrets.all(name)
    except InvalidConfiguration as error:
        return Finding("bad", f"secret {name} is not set: {means}", str(error).rsplit("set it: ", 1)[-1])
    rotating = ", two values while it is rotated" if len(values) > 1 else ""
    return Finding("good", f"secret {name}{rotating}")


def concurrency(client: LambdaClient) -> Iterator[Finding]:
    """How many functions run at once."""
    limit = client.get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
    if limit >= _FEW:
        yield Finding("good", f"Lambda runs {limit} at once")
    else:
        fix = "Service Quotas console: Lambda, Concurrent executions"
        yield Finding("doubtful", f"Lambda runs only {limit} at once: a rush of leads waits", fix)


def _dead_letters(queues: DeadLetters) -> Iterator[Finding]:
    waiting = {queue: count for queue, count in queues.counts().items() if count}
    for queue, count in waiting.items():
        yield Finding("bad", f"{queue}: {count} dead letters", f"`precall logs {queue}` says why; `precall redrive`")
    if not waiting:
        yield Finding("good", "no dead letters")
