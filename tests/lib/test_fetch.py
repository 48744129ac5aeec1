"""lib.fetch: which places are never connected to, and where an answer is cut off."""

import contextlib
import gzip
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import fetch
from lib.fetch import FetchRefused, IPAddress, refusal

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


# A server of our own: `routes` maps a path to what it does with the open connection.

Route = Callable[[BaseHTTPRequestHandler], None]


class Server:
    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                self.close_connection = True
                with contextlib.suppress(OSError):  # the fetcher hung up, as it should
                    outer.routes[self.path](self)

            def log_message(self, *args: Any) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: Any) -> None:
                pass  # a refused handshake is what some tests are about

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.port = self.http.server_address[1]
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    def allow(self, address: IPAddress, port: int) -> bool:
        return str(address) == "127.0.0.1" and port == self.port

    def get(self, path: str, *, host: str = "127.0.0.1", **limits: Any) -> fetch.Fetched:
        limits = {"seconds": 5, "allow": self.allow} | limits
        return fetch.get(f"http://{host}:{self.port}{path}", **limits)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Route:
    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        given = {"Content-Length": str(len(body))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        for name, value in given.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return route


def test_an_answer_comes_whole_with_status_and_headers(server: Server) -> None:
    server.routes["/jobs"] = answer(b'{"jobs": []}', Content_Type="application/json")
    got = server.get("/jobs", accept="application/json")
    assert (got.status, got.body) == (200, b'{"jobs": []}')
    assert got.headers["content-type"] == "application/json"
    assert got.url == f"http://127.0.0.1:{server.port}/jobs"
    (_, sent), *_ = server.seen
    assert sent["accept"] == "application/json"
    assert sent["host"] == f"127.0.0.1:{server.port}"


def test_an_error_status_is_an_answer_too(server: Server) -> None:
    server.routes["/gone"] = answer(b"no", 404)
    assert server.get("/gone").status == 404


def test_packed_answers_are_unpacked(server: Server) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    server.routes["/"] = answer(packed, Content_Encoding="gzip")
    assert server.get("/").body == b"one two"


def test_a_redirect_is_followed_three_times_and_no_more(server: Server) -> None:
    for number in range(4):
        server.routes[f"/{number}"] = answer(status=302, Location=f"/{number + 1}")
    server.routes["/4"] = answer(b"end")
    assert server.get("/1").body == b"end"
    with pytest.raises(FetchRefused, match="more than 3 times"):
        server.get("/0")


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "https://localhost/",
        "file:///etc/passwd",
        "http://user:pw@127.0.0.1/",
        "//169.254.169.254/latest/",
        "http://[::1",
        "ftp://127.0.0.1/",
    ],
)
def test_a_redirect_is_judged_like_the_first_address(server: Server, location: str) -> None:
    server.routes["/"] = answer(status=301, Location=location)
    with pytest.raises(FetchRefused):
        server.get("/")
    assert len(server.seen) == 1


def test_a_redirect_to_another_port_of_an_allowed_host_is_refused(server: Server) -> None:
    server.routes["/"] = answer(status=307, Location=f"http://127.0.0.1:{server.port + 1}/")
    with pytest.raises(FetchRefused, match="loopback"):
        server.get("/")


def test_cookies_are_not_carried_to_the_next_hop(server: Server) -> None:
    server.routes["/"] = answer(status=302, Location="/next", Set_Cookie="a=b; Path=/")
    server.routes["/next"] = answer(b"end")
    server.get("/")
    assert "cookie" not in server.seen[1][1]


def test_proxies_and_passwords_of_the_environment_are_not_used(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server.routes["/"] = answer(b"direct")
    assert server.get("/").body == b"direct"
    assert "authorization" not in server.seen[0][1]


def test_a_body_over_the_cap_is_refused_said_or_not(server: Server) -> None:
    server.routes["/said"] = answer(b"x" * 1_001)

    def unsaid(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 1_000)

    server.routes["/unsaid"] = unsaid
    server.routes["/fits"] = answer(b"x" * 1_000)
    assert len(server.get("/fits", max_bytes=1_000).body) == 1_000
    for path in ("/said", "/unsaid"):
        with pytest.raises(FetchRefused, match="larger than 1,000 bytes"):
            server.get(path, max_bytes=1_000)


def test_the_beginning_of_a_body_is_enough_where_it_is_asked_for_cut(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "br")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1_000)

    server.routes["/"] = endless
    server.routes["/short"] = answer(b"short", 404, Content_Length="5")
    got = server.get("/", max_bytes=1_500, cut=True, agent="a checker")
    assert (got.status, got.body) == (200, b"x" * 1_500)
    assert server.seen[0][1]["user-agent"] == "a checker"
    got = server.get("/short", max_bytes=1_500, cut=True)
    assert (got.status, got.body) == (404, b"short")


def test_what_cannot_be_reached_is_told_apart_from_what_is_not_fetched(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.routes["/cut"] = answer(b"half", Content_Length="1000")
    with pytest.raises(FetchRefused) as refused:
        server.get("/cut")
    assert not isinstance(refused.value, fetch.Unreachable)
    server.close()
    with pytest.raises(fetch.Unreachable, match="failed"):
        server.get("/")

    def nowhere(*args: Any, **kwargs: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(fetch.socket, "getaddrinfo", nowhere)
    with pytest.raises(fetch.Unreachable, match="There is no host"):
        fetch.get("http://nowhere.example/", seconds=5)


def test_a_gzip_bomb_stops_at_the_cap(server: Server) -> None:
    bomb = gzip.compress(bytes(200 * 2**20), 1)
    server.routes["/"] = answer(bomb, Content_Encoding="gzip")
    started = time.monotonic()
    with pytest.raises(FetchRefused, match="larger than"):
        server.get("/", max_bytes=2**20)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "x" * 5_000])
def test_an_encoding_that_was_not_asked_for_is_refused(server: Server, encoding: str) -> None:
    server.routes["/"] = answer(b"abc", Content_Encoding=encoding)
    with pytest.raises(FetchRefused, match="not as asked"):
        server.get("/")


def test_damaged_and_cut_off_packing_is_refused(server: Server) -> None:
    packed = gzip.compress(b"text" * 1_000)
    server.routes["/cut"] = answer(packed[:-5], Content_Encoding="gzip")
    server.routes["/plain"] = answer(b"not packed at all", Content_Encoding="gzip")
    with pytest.raises(FetchRefused, match="breaks off"):
        server.get("/cut")
    with pytest.raises(FetchRefused, match="damaged"):
        server.get("/plain")


def test_a_body_shorter_than_announced_is_refused(server: Server) -> None:
    server.routes["/"] = answer(b"half", Content_Length="1000")
    with pytest.raises(FetchRefused, match="failed"):
        server.get("/")


def test_a_dripping_server_is_cut_off_in_time(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    def drip_headers(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            handler.wfile.write(b"X-%d: y\r\n" % number)
            time.sleep(0.05)

    server.routes["/"] = drip
    server.routes["/headers"] = drip_headers
    for path in ("/", "/headers"):
        started = time.monotonic()
        with pytest.raises(FetchRefused, match="too long"):
            server.get(path, seconds=0.3)
        assert time.monotonic() - started < 10


def test_redirects_share_one_clock(server: Server) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        answer(status=302, Location="/")(handler)

    server.routes["/"] = slow
    with pytest.raises(FetchRefused, match="too long"):
        server.get("/", seconds=0.3)


def test_headers_without_end_are_refused(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(10_000):
            handler.wfile.write(b"X: " + b"y" * 1_000 + b"\r\n")

    def informed(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(100_000):
            handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nX: " + b"y" * 1_000 + b"\r\n\r\n")

    server.routes["/"] = endless
    server.routes["/hints"] = informed
    for path in ("/", "/hints"):
        with pytest.raises(FetchRefused):
            server.get(path, max_bytes=1_000)


def test_what_is_no_http_is_refused(server: Server) -> None:
    server.routes["/"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n") and None
    with pytest.raises(FetchRefused, match="failed"):
        server.get("/")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Key and self-signed certificate of jobs.example.com, made for this run."""
    if not shutil.which("openssl"):
        pytest.skip("needs the openssl command to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=test"),
            *("-addext", "subjectAltName=DNS:jobs.example.com"),
        ],
        check=True,
        capture_output=True,
    )
    return key, cert


def test_tls_checks_the_certificate_against_the_name_not_the_address(
    server: Server, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, cert = certificate
    side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    side.load_cert_chain(cert, key)
    server.http.socket = side.wrap_socket(
        server.http.socket, server_side=True, do_handshake_on_connect=False
    )
    server.routes["/"] = answer(b"secured")
    real = socket.getaddrinfo

    def getaddrinfo(host: str, *args: Any, **kwargs: Any) -> Any:
        return real("127.0.0.1" if host.endswith("example.com") else host, *args, **kwargs)

    monkeypatch.setattr(fetch.socket, "getaddrinfo", getaddrinfo)

    def get(host: str) -> bytes:
        return fetch.get(f"https://{host}:{server.port}/", seconds=5, allow=server.allow).body

    with pytest.raises(fetch.Unreachable, match="certificate"):
        get("jobs.example.com")  # signed by nobody we trust
    trusting = ssl.create_default_context(cafile=str(cert))
    monkeypatch.setattr(fetch, "_tls_context", lambda: trusting)
    assert get("jobs.example.com") == b"secured"
    for wrong in ("other.example.com", "127.0.0.1"):
        with pytest.raises(fetch.Unreachable, match="certificate"):
            get(wrong)
