"""What befalls requests to AWS and to the sources, by seeded chance: storms that throttle a service for seconds, and
single mishaps at any time.

One moment is left out: SES has taken a mail, and the function dies, or the answer is lost, before that is recorded. SES
knows no token by which to ask, so nobody could tell then whether the mail is out.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from random import Random

from bench.proxy import GOOD, Call, Fate, Moment, answer

STORM, EVERY, CHANCE = 5.0, 20.0, 0.2
"""A service has a storm of so many seconds in each so many seconds, by this chance."""
_JSON = "application/x-amz-json-1.0"
_TYPES = {
    "dynamodb": (400, "ProvisionedThroughputExceededException"),
    "events": (400, "ThrottlingException"),
    "ses": (429, "TooManyRequestsException"),
    "ssm": (400, "ThrottlingException"),
    "sqs": (400, "RequestThrottled"),
    "scheduler": (429, "ThrottlingException"),
}
_SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"


class AwsWeather:
    """The fates of functions' calls of AWS. `rough` from 0 (calm) to 1; services in `out` serve nobody."""

    def __init__(self, seed: int, rough: float = 1.0) -> None:
        self.rough = rough
        self.out: frozenset[str] = frozenset()
        self.befell: Counter[str] = Counter()
        self._seed = seed
        self._random = Random(seed)
        self._began = time.monotonic()

    def __call__(self, call: Call) -> Fate:
        """The fate of a call."""
        fate, name = self._fate(call)
        if name:
            self.befell[name] += 1
        return fate

    def _fate(self, call: Call) -> tuple[Fate, str]:
        if call.service in self.out or (self._storms(call.service) and self._random.random() < 0.9):
            return Fate(answer=throttled(call.service)), f"{call.service} throttled"
        at, mails = self._random.random() / (self.rough or 1e-9), call.service == "ses"
        undecidable = mails or (call.caller in MAILERS and call.operation == "UpdateItem")
        later: Moment = "before" if mails else "after"
        if at < 0.004:
            return Fate(answer=throttled(call.service)), f"{call.service} throttled"
        if at < 0.008:
            return Fate(answer=answer(500, b"", content_type=_JSON)), "a server's error"
        if at < 0.012:
            return Fate(lost=self._random.choice(("before", later))), "a connection lost"
        if at < 0.020:
            return Fate(wait=self._random.uniform(0.1, 1.5)), "an answer late"
        if at < 0.0215 and not undecidable:
            return Fate(death=self._random.choice(("before", "after"))), "a handler killed"
        return GOOD, ""

    def _storms(self, service: str) -> bool:
        window, second = divmod(time.monotonic() - self._began, EVERY)
        chance = CHANCE * self.rough
        return second < STORM and Random(f"{self._seed}/{service}/{window}").random() < chance


MAILERS = ("DeliverFunction", "MailFeedbackFunction", "PostFunction", "AgendaFunction")


def throttled(service: str) -> bytes:
    """How a service says that it is asked too much."""
    if service == "s3":
        return answer(503, _SLOW_DOWN, content_type="application/xml")
    status, name = _TYPES.get(service, (400, "ThrottlingException"))
    body = json.dumps({"__type": name, "message": "Rate exceeded"}).encode()
    return answer(status, body, content_type=_JSON, x_amzn_errortype=name)


class SourceWeather:
    """The fates of requests to the web: errors, refusals, silence, garbage."""

    def __init__(self, seed: int, rough: float = 1.0) -> None:
        self.rough = rough
        self.befell: Counter[str] = Counter()
        self._random = Random(seed)

    def __call__(self, call: Call) -> Fate:
        """The fate of a request."""
        at = self._random.random() / (self.rough or 1e-9)
        for limit, name, fate in self._fates():
            if at < limit:
                self.befell[name] += 1
                return fate
        return GOOD

    def _fates(self) -> tuple[tuple[float, str, Fate], ...]:
        garbage = answer(200, self._random.randbytes(3000), content_type=self._random.choice(_KINDS))
        return (
            (0.03, "a source's 500", Fate(answer=answer(500, b"<h1>Internal Server Error</h1>"))),
            (0.06, "a source's 503", Fate(answer=answer(503, b"", retry_after="30"))),
            (0.09, "a source's 429", Fate(answer=answer(429, b"", retry_after="30"))),
            (0.11, "a source silent", Fate(wait=20, lost="before")),
            (0.14, "a source's garbage", Fate(answer=garbage)),
            (0.17, "a source's connection lost", Fate(lost="after")),
        )


_KINDS = ("text/html", "application/json", "application/rss+xml", "text/xml")
