"""A deployed Precall, on the local stack or on AWS: how it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config as BotoConfig
from botocore.exceptions import BotoCoreError, ClientError

from cli.home import Home, Problem
from precall.documents import S3Documents
from precall.links import Links
from precall.secrets import LINKS, FixedSecrets

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ssm import SSMClient

REGION = "us-east-1"
STACK = "precall"
LOCAL_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}
"""The emulator's root user: for its operator only; functions get their own roles' credentials."""


class Deployment:
    """The stack `precall` on AWS, reached with the credentials of this shell."""

    start = "deploy it with `precall deploy`"

    def client(self, service: str) -> Any:
        """A boto3 client of the operator for `service`."""
        return boto3.client(service, **self.reached)  # type: ignore[call-overload]

    def table(self) -> Table:
        """The stack's table."""
        return boto3.resource("dynamodb", **self.reached).Table(self.outputs()["TableName"])

    @property
    def reached(self) -> dict[str, Any]:
        """How clients reach it: as this shell is set up."""
        return {}

    def outputs(self) -> dict[str, str]:
        """The stack's outputs; Problem when it is not deployed."""
        return {output["OutputKey"]: output["OutputValue"] for output in self._stack().get("Outputs", [])}

    def parameters(self) -> dict[str, str]:
        """What the stack was deployed with; Problem when it is not."""
        return {given["ParameterKey"]: given["ParameterValue"] for given in self._stack().get("Parameters", [])}

    @property
    def api(self) -> str:
        """Where the API answers; Problem when it is not deployed."""
        return self.outputs()["ApiUrl"]

    def secret(self, name: str) -> str:
        """The newest value of a secret, as this shell may read it; Problem when it may not, or it is unset."""
        path = f"{self.parameters()['SecretsPrefix']}/{name}"
        try:
            ssm: SSMClient = self.client("ssm")
            return ssm.get_parameter(Name=path, WithDecryption=True)["Parameter"]["Value"].split()[0]
        except (ClientError, BotoCoreError, IndexError) as error:
            raise Problem(f"the secret {path} cannot be read ({error})") from None

    def links(self) -> Links:
        """Makes links that this stack's pages accept."""
        return Links(self.api, (self.secret(LINKS),))

    def _stack(self) -> StackTypeDef:
        try:
            client: CloudFormationClient = self.client("cloudformation")
            return client.describe_stacks(StackName=STACK)["Stacks"][0]
        except (ClientError, BotoCoreError) as error:
            raise Problem(f"the stack {STACK} does not answer ({error}); {self.start}") from None

    def documents(self) -> S3Documents:
        """The stack's bucket."""
        s3: S3Client = self.client("s3")
        return S3Documents(s3, self.outputs()["BucketName"])


@dataclass(frozen=True)
class Local(Deployment):
    """The local stack of a `.precall/` folder."""

    home: Home
    start = "start it with `precall up`"

    @cached_property
    def port(self) -> int:
        """The port of the AWS emulator; Problem when the stack was never started."""
        port = self.home.read("stack.json").get("port")
        if not port:
            raise Problem(f"the local stack is not running; {self.start}")
        return int(port)

    @property
    def endpoint(self) -> str:
        """Where the emulator answers for every AWS service."""
        return f"http://localhost:{self.port}"

    @property
    def api(self) -> str:
        """The deployed API, as a browser on this machine reaches it."""
        return f"{self.endpoint}/_aws/execute-api/{STACK}/live"

    @property
    def environment(self) -> dict[str, str]:
        """What AWS tools need in their environment to talk to this stack."""
        return {**LOCAL_CREDENTIALS, "AWS_ENDPOINT_URL": self.endpoint}

    @property
    def reached(self) -> dict[str, Any]:
        """See `Deployment.reached`; the emulator's own root credentials, whatever this shell has."""
        return {
            "endpoint_url": self.endpoint,
            "region_name": REGION,
            "aws_access_key_id": LOCAL_CREDENTIALS["AWS_ACCESS_KEY_ID"],
            "aws_secret_access_key": LOCAL_CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            "config": BotoConfig(retries={"max_attempts": 2}, connect_timeout=3, read_timeout=30),
        }

    def links(self) -> Links:
        """Makes links that this stack's pages accept."""
        return Links(self.api, FixedSecrets(self.home.secrets()).all(LINKS))

    def put_secrets(self) -> None:
        """Put this folder's secrets where the functions read them."""
        ssm: SSMClient = self.client("ssm")
        for name, value in self.home.secrets().items():
            ssm.put_parameter(Name=f"/precall/{name}", Value=value, Type="SecureString", Overwrite=True)
