"""The battery of `bench ssrf`: URLs, redirects and DNS answers that lead, one way or another, to a private place.

Collected from the OWASP cheat sheet on server-side request forgery, the IANA special-purpose registries, the URL
confusions of Orange Tsai ("A New Era of SSRF", 2017) and the metadata addresses of clouds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address

PUBLIC = "93.184.215.14"
PUBLIC_V6 = "2606:4700::1111"
OPEN = "open.example"
"""A host with nothing but public addresses: it serves the redirects, and the page that must be reached."""


@dataclass(frozen=True)
class Case:
    """One attack: the URL that is asked, what DNS says of its host when first asked, and what it says later."""

    url: str
    first: tuple[str, ...] = (PUBLIC,)
    later: tuple[str, ...] | None = None


_TARGETS = ("127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.5.4", "100.100.100.200")

_ADDRESSES = """
    0.0.0.0 0.1.2.3 100.64.0.1 127.1.2.3 168.63.129.16 169.254.170.2 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1
    198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 100::1
    2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::
    2001:470:1f0b:1::5efe:7f00:1 2001:470:1f0b:1:200:5efe:a00:1 3fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254
    fd20:ce::254 fe80::1 febf::1 fec0::1 ff02::1 ff05::1:3 ff0e::1
""".split()

_CONFUSING = r"""
    http://localhost/ http://LOCALHOST/ http://localhost./ http://app.localhost/ http://localhost.localdomain/
    http://metadata.google.internal/computeMetadata/v1/ http://instance-data.ec2.internal/ http://printer.local/
    http://router.lan/ http://wiki.corp/ http://intranet/ http://x.home.arpa/ http://1.0.0.127.in-addr.arpa/
    http://open.example@127.0.0.1/ http://open.example:80@127.0.0.1/ http://127.0.0.1@open.example/
    http://open.example%40127.0.0.1/ http://open.example%2f@127.0.0.1/ http://127.0.0.1%2f.open.example/
    http://open.example#@127.0.0.1@x/ http://open.example\@127.0.0.1/ http://127.0.0.1\@open.example/
    http:\\127.0.0.1\ http:/127.0.0.1/ http:127.0.0.1/ http:///127.0.0.1/ //127.0.0.1/ \\127.0.0.1\
    http://open.example:22/ http://open.example:6379/ http://open.example:8080/ http://open.example:0/
    http://open.example:65536/ http://open.example:-80/ http://open.example:80:80/ http://127.0.0.1:80@open.example:22/
    https://127.0.0.1/ https://[::1]/ https://169.254.169.254/ http://[::1%25lo]/ http://[::1%lo]/ http://[fe80::1%25eth0]/
    http://[::ffff:127.0.0.1]:80/ http://[::ffff:7f00:1]/ http://[0:0:0:0:0:ffff:7f00:1]/ http://[v1.127.0.0.1]/ http://[127.0.0.1]/
    http://[::1 http://::1/ http://127.0.0.1:/ http://127。0。0。1/ http://127．0．0．1/ http://127｡0｡0｡1/
    http://①②⑦.⓪.⓪.①/ http://１２７.0.0.1/ http://ⓛocalhost/ http://loc%61lhost/ http://%31%32%37.0.0.1/
    http://127.0.0.1%00.open.example/ http://127.0.0.1%0d%0a.open.example/ http://127.0.0.1%09/ http://0/ http://0x0/ http://127.1/
    http://127.0.1/ http://0177.1/ http://0x7f.1/ http://127.0.0.1.5/ http://256.256.256.256/
    http://1.1.1.1\ @127.0.0.1/
    file:///etc/passwd gopher://127.0.0.1:6379/_INFO ftp://127.0.0.1/ dict://127.0.0.1:11211/ ldap://127.0.0.1/
    jar:http://127.0.0.1!/ data:text/html,x netdoc:///etc/passwd unix:///var/run/docker.sock ws://127.0.0.1/
    http+unix://%2Fvar%2Frun%2Fdocker.sock/ blob:http://127.0.0.1/ HTTP://127.0.0.1/ hTTp://[::1]/
""".split()

_BROKEN_TEXT = (
    "http://open.example\r\nHost: 127.0.0.1/",
    "http://open.example/\r\nHost: 127.0.0.1\r\n\r\nGET /admin HTTP/1.1",
    "http://127.0.0.1\t/",
    "http://\t127.0.0.1/",
    "ht\ntp://127.0.0.1/",
    " http://127.0.0.1/",
    "http://127.0.0.1 /",
    "http://open.example\x00@127.0.0.1/",
    f"http://{'a' * 64}.example/",
    f"http://{'a.' * 200}example/",
    f"http://{'9' * 5000}/",
    "http://xn--a-ecp.ru@127.0.0.1/",
    "http://xn--\u0378.example/",
    "http://\u202e1.0.0.721/",
)


def battery() -> list[Case]:
    """Every case, each once."""
    direct = [*_CONFUSING, *_BROKEN_TEXT, *(f"http://{_bracketed(text)}/" for text in _ADDRESSES)]
    direct += [f"http://{spelling}/" for target in _TARGETS[:3] for spelling in _spellings(target)]
    redirects = [*(f"http://{_bracketed(text)}/" for text in (*_TARGETS, *_ADDRESSES[-30:])), *_CONFUSING[:20]]
    cases = [Case(url) for url in direct]
    cases += [Case(f"http://{OPEN}/?to={place.encode().hex()}") for place in redirects]
    return list(dict.fromkeys([*cases, *_answers()]))


def _answers() -> Iterator[Case]:
    """DNS that tells the truth (a private address), half of it, or something else the second time."""
    for number, address in enumerate((*_TARGETS, *_ADDRESSES)):
        yield Case(f"http://a{number}.evil.example/", (address,))
    for number, target in enumerate((*_TARGETS, "::1", "::ffff:10.0.0.1", "fd00:ec2::254")):
        yield Case(f"http://mixed{number}.evil.example/", (PUBLIC, PUBLIC_V6, target))
        yield Case(f"http://rebinds{number}.evil.example/", (PUBLIC,), (target,))
        yield Case(f"https://rebinds{number}.evil.example/", (PUBLIC,), (target,))
        again = f"http://again{number}.evil.example/there".encode().hex()
        yield Case(f"http://again{number}.evil.example/?to={again}", (PUBLIC,), (target,))
    for number, text in enumerate(("", "localhost", "127.0.0.1:80", "fe80::1%eth0", "0177.0.0.1", "::1/128")):
        yield Case(f"http://odd{number}.evil.example/", (text,))


def _spellings(dotted: str) -> list[str]:
    """An IPv4 address as resolvers of the C library read it: decimal, octal, hexadecimal, shortened, mixed, wrapped."""
    number, parts = int(IPv4Address(dotted)), dotted.split(".")
    numbers = [int(part) for part in parts]
    octal, hexadecimal = ".".join(f"0{n:o}" for n in numbers), ".".join(f"{n:#x}" for n in numbers)
    short = [f"{parts[0]}.{number & 0xFFFFFF}", f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"]
    mixed = f"{numbers[0]:#x}.0{numbers[1]:o}.{number & 0xFFFF}"
    whole = [str(number), f"{number:#x}", f"0{number:o}", f"0x{number:010X}", str(number + 2**32)]
    padded = ".".join(f"{n:03}" for n in numbers)
    wrapped = [
        f"[::ffff:{dotted}]",
        f"[::{dotted}]",
        f"[64:ff9b::{dotted}]",
        f"[2002:{number >> 16:x}:{number & 65535:x}::]",
    ]
    return [dotted, f"{dotted}.", octal, hexadecimal, *short, mixed, *whole, padded, *wrapped]


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
