"""Nothing private can be reached, however its address is written."""

from __future__ import annotations

import contextlib
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.fetch import AddressRefused
from precall.fetch.addresses import public_address
from precall.fetch.urls import checked_url

PRIVATE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254
    169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255
    198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
    64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:db8::1
    2001:470:1f0b:1:0:5efe:7f00:1 2606:4700:0:1:200:5efe:a00:1
    2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_and_special_addresses_are_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public_addresses_pass(address: str) -> None:
    assert public_address(address) == address


def test_a_mapped_public_address_is_connected_to_as_ipv4() -> None:
    assert public_address("::ffff:8.8.8.8") == "8.8.8.8"


@given(st.ip_addresses(v=6, network="::ffff:0:0/96"))
def test_mapping_changes_no_verdict(mapped: IPv6Address) -> None:
    assert mapped.ipv4_mapped is not None
    assert _verdict(str(mapped)) == _verdict(str(mapped.ipv4_mapped))


@given(st.sampled_from(PRIVATE[:24]).map(IPv4Address), st.data())
def test_no_spelling_of_a_private_address_gets_through(address: IPv4Address, data: st.DataObject) -> None:
    spelling = data.draw(_spellings(address))
    with pytest.raises(AddressRefused):
        checked_url(f"http://{spelling}/")


def _spellings(address: IPv4Address) -> st.SearchStrategy[str]:
    number, parts = int(address), list(address.packed)
    last_two, last_three = parts[2] << 8 | parts[3], number & 0xFFFFFF
    wide = str(address).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    whole = [str(number), hex(number), oct(number).replace("0o", "0"), hex(number).upper().replace("0X", "0x")]
    short = [f"{parts[0]}.{last_three}", f"{parts[0]}.{parts[1]}.{last_two}"]
    mixed = ".".join([hex(parts[0]), f"0{parts[1]:o}", str(parts[2]), hex(parts[3])])
    mapped = [f"[::ffff:{address}]", f"[0:0:0:0:0:ffff:{address}]", f"[::{address}]"]
    dressed = [f"{address}.", wide, str(address).replace(".", "。"), str(address).replace(".", "%2e")]
    return st.sampled_from([str(address), *whole, *short, mixed, *mapped, *dressed])


def _verdict(address: str) -> bool:
    try:
        return bool(public_address(address))
    except AddressRefused:
        return False


@pytest.mark.parametrize(
    "url",
    [
        "ftp://acme.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//acme.com/",
        "acme.com",
        "",
        "http://",
        "https://user@acme.com/",
        "https://user:pass@acme.com/",
        "https://acme.com:8080/",
        "http://acme.com:22/",
        "http://acme.com:0/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://app.localhost/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://intranet/",
        "http://router.lan/",
        "http://acme..com/",
        "http://ac me.com/",
        "http://acme.com\\@10.0.0.1/",
        "http://[::1",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
    ],
)
def test_urls_that_may_not_be_asked(url: str) -> None:
    with pytest.raises(AddressRefused):
        checked_url(url)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://Acme.COM./news?q=1#top", "https://acme.com/news?q=1"),
        ("https://acme.com:443/", "https://acme.com/"),
        ("http://acme.com:80/", "http://acme.com/"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://my_shop.example/", "https://my_shop.example/"),
    ],
)
def test_urls_are_asked_in_their_plain_form(url: str, asked: str) -> None:
    assert str(checked_url(url)) == asked


@given(st.text(max_size=60))
def test_any_text_is_either_a_url_or_refused(text: str) -> None:
    for url in (text, f"http://{text}/", f"https://acme.com/{text}"):
        with contextlib.suppress(AddressRefused):
            assert checked_url(url).scheme in ("http", "https")
