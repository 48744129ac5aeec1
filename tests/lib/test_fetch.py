"""lib.fetch: what comes back, and where an answer is cut off."""

import gzip
import shutil
import socket
import ssl
import subprocess
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from lib import fetch
from lib.addresses import FetchRefused
from tests.lib.server import Server, answer


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
