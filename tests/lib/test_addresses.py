"""lib.addresses and lib.fetch: which places are never connected to, however they are spelled."""

import ipaddress
import random
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import fetch
from lib.addresses import FetchRefused, IPAddress, refusal
from tests.lib.server import Server, answer

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.0.9",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111"]
SPELLINGS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25lo]/",
    "http://[::]/",
    "http://0/",
    "http://0.0.0.0:443/",
    "http://169.254.169.254/latest/meta-data/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%00.example.com/",
]
NO_ADDRESS = [
    "",
    "example.com",
    "//example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "http:///path",
    "http://user@example.com/",
    "http://user:secret@example.com/",
    "http://@example.com/",
    "http://example.com:22/",
    "http://example.com:8080/",
    "http://example.com:0/",
    "http://example.com:99999/",
    "http://example.com\\@127.0.0.1/",
    "http://exa mple.com/",
    "http://example.com/\r\nHost: internal",
    "http://[::1/",
    "http://" + "a" * 3_000 + ".com/",
]


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test as soon as a socket would be connected."""

    def connect(*args: Any, **kwargs: Any) -> None:
        pytest.fail(f"connected to {args}")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket.socket, "connect", connect)


def resolve_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let the name server give these answers, one after the other; returns the names asked."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **kwargs: Any) -> list[Any]:
        asked.append(host)
        addresses = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    monkeypatch.setattr(fetch.socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("address", PRIVATE)
def test_every_special_address_has_a_reason_to_be_refused(address: str) -> None:
    assert refusal(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not_refused(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None


@given(st.ip_addresses())
def test_what_python_knows_as_special_is_refused_too(address: IPAddress) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert refusal(address)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:", "64:ff9b::", "::"]))
def test_an_address_inside_another_is_refused(inner: ipaddress.IPv4Address, prefix: str) -> None:
    assert refusal(ipaddress.ip_address(f"{prefix}{inner}"))


@pytest.mark.usefixtures("no_connection")
@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_of_an_inner_address_is_connected_to(url: str) -> None:
    with pytest.raises(FetchRefused):
        fetch.get(url, seconds=5)


@pytest.mark.usefixtures("no_connection")
@pytest.mark.parametrize("url", NO_ADDRESS)
def test_other_schemes_ports_and_passwords_are_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        fetch.get(url, seconds=5)


@pytest.mark.usefixtures("no_connection")
@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_points_inside_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_to(monkeypatch, [address])
    with pytest.raises(FetchRefused, match="not fetched"):
        fetch.get("https://jobs.example.com/", seconds=5)


@pytest.mark.usefixtures("no_connection")
def test_one_inner_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve_to(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(FetchRefused, match="private address"):
        fetch.get("https://jobs.example.com/", seconds=5)


def test_the_address_that_was_judged_is_the_one_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = resolve_to(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    connected: list[Any] = []

    def connect(address: Any, *args: Any, **kwargs: Any) -> None:
        connected.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchRefused, match="failed"):
        fetch.get("http://jobs.example.com/", seconds=5)
    assert asked == ["jobs.example.com"]
    assert connected == [("93.184.216.34", 80)]


@pytest.mark.usefixtures("no_connection")
def test_a_name_server_that_does_not_answer_is_left_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = threading.Event()
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *a, **k: done.wait(5) and [])
    started = time.monotonic()
    with pytest.raises(FetchRefused, match="in time"):
        fetch.get("http://jobs.example.com/", seconds=0.2)
    assert time.monotonic() - started < 2
    done.set()


# --- two thousand spellings -----------------------------------------------------------------------

WIDE = str.maketrans("0123456789abcdefx.", "０１２３４５６７８９ａｂｃｄｅｆｘ．")
CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")


def spellings(count: int) -> Iterator[str]:
    """Addresses of places that are not public, spelled in every way that some reader takes."""
    chance = random.Random(2_026)
    while count:
        inner = ipaddress.ip_address(chance.choice(PRIVATE).partition("%")[0])
        if inner.version == 4:
            network = ipaddress.ip_network(f"{inner}/{chance.choice([24, 28, 32])}", strict=False)
            inner = network[chance.randrange(network.num_addresses)]
            host = chance.choice([in_numbers, in_numbers, as_text, inside_another])(inner, chance)
        else:
            host = f"[{chance.choice([inner.compressed, inner.exploded])}]"
        around = ["{}", "{}", "{}.", "{}:80", "{}:443", "user@{}", "a:b@{}", "example.org@{}"]
        scheme = chance.choice(["http", "https", "HTTP", "httpS"])
        path = chance.choice(["/", "", "/latest/meta-data/", "/?q=http://example.org/", "/#@a.org"])
        yield f"{scheme}://{chance.choice(around).format(host)}{path}"
        count -= 1


def in_numbers(inner: Any, chance: random.Random) -> str:
    """One to four numbers, the last of them the rest, each decimal, octal or hexadecimal."""
    parts = chance.randint(1, 4)
    left = int(inner)
    numbers = []
    for place in range(parts - 1):
        shift = 8 * (3 - place)
        numbers.append(left >> shift)
        left &= (1 << shift) - 1
    forms = ["{:d}", "0{:o}", "0x{:x}", "0X{:X}", "000{:o}", "0x0{:x}"]
    return ".".join(chance.choice(forms).format(number) for number in (*numbers, left))


def as_text(inner: Any, chance: random.Random) -> str:
    """Digits that are not ASCII, dots that are not dots, escapes, and names that point there."""
    plain = str(inner)
    return chance.choice(
        [
            plain.translate(WIDE),
            plain.translate(CIRCLED),
            plain.replace(".", chance.choice("。｡．")),
            "".join(f"%{ord(letter):02x}" for letter in plain),
            f"{plain}.nip.example",
            f"{plain}%00.example.org",
            f"{plain}%2f.example.org",
            "LOCALHOST", "localhost.localdomain", "ip6-localhost", "metadata.google.internal",
        ]
    )  # fmt: skip


def inside_another(inner: Any, chance: random.Random) -> str:
    number = f"{int(inner) >> 16:x}:{int(inner) & 0xFFFF:x}"
    return chance.choice(
        [f"[::ffff:{inner}]", f"[::ffff:{number}]", f"[::{inner}]", f"[64:ff9b::{inner}]",
         f"[64:ff9b::{number}]", f"[2002:{number}::]", f"[2002:{number}::1]",
         f"[0:0:0:0:0:FFFF:{inner}]", f"[::ffff:0:{number}]", f"[fe80::{number}%25eth0]"]
    )  # fmt: skip


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every attempt to connect; names that are no numbers all point to this machine."""
    seen: list[Any] = []
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, **kwargs: Any) -> Any:
        try:
            return real(host, port, flags=socket.AI_NUMERICHOST, **kwargs)
        except OSError:
            return real("127.0.0.1", port, flags=socket.AI_NUMERICHOST, **kwargs)

    def connect(address: Any, *args: Any, **kwargs: Any) -> None:
        seen.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(fetch.socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return seen


def test_two_thousand_spellings_are_never_connected_to(connected: list[Any]) -> None:
    told = set()
    for url in spellings(2_000):
        with pytest.raises(FetchRefused) as refused:
            fetch.get(url, seconds=5)
        told.add(refused.value.reason.rpartition("; ")[2])
    assert connected == []
    assert "not fetched." in told  # not one rule alone has refused them all
    assert "An address with a user name or password is not fetched." in told


def test_a_redirect_to_any_spelling_is_not_followed(
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    targets = list(spellings(100))
    for number, target in enumerate(targets):
        location = target.encode("ascii", "ignore").decode()
        server.routes[f"/{number}"] = answer(status=302, Location=location)
        with pytest.raises(FetchRefused):
            server.get(f"/{number}")
    assert [path for path, _ in server.seen] == [f"/{number}" for number in range(len(targets))]
