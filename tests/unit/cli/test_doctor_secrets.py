"""What `precall doctor` says of secrets: whose webhooks are taken, and whose leads are read back."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from cli import doctor
from cli.findings import Finding
from precall.secrets import SsmSecrets


class Ssm:
    """SSM's client with these parameters."""

    def __init__(self, *names: str) -> None:
        self.names = {f"/precall/{name}" for name in names}

    def get_parameter(self, **asked: Any) -> dict[str, Any]:
        if asked["Name"] not in self.names:
            raise ClientError({"Error": {"Code": "ParameterNotFound", "Message": "m"}}, "GetParameter")
        return {"Parameter": {"Value": "one"}}


def said(*names: str) -> list[Finding]:
    client: Any = Ssm("links", *names)
    return list(doctor._secrets(SsmSecrets("/precall", client)))


def test_leads_of_hubspot_wait_for_the_secret_to_read_them_back_and_others_do_not() -> None:
    findings = {finding.said: finding for finding in said("hubspot/client-secret", "webhooks/zoho", "webhooks/close")}
    waiting = findings["secret hubspot/access-token is not set: leads of hubspot wait for it"]
    assert waiting.state == "bad"
    assert "put-parameter" in waiting.fix
    told = findings["leads of zoho are what its webhooks tell, for no secret zoho/read-client is set"]
    assert told.state == "good"
    assert not any("pipedrive/read-token" in says for says in findings), "its webhooks are not taken"


def test_a_secret_that_is_there_is_good() -> None:
    states = {finding.said: finding.state for finding in said("webhooks/close", "close/read-key")}
    assert states["secret close/read-key"] == "good"
