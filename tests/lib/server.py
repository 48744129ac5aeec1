"""A web server of our own: `routes` maps a path to what it does with the open connection."""

import contextlib
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lib import fetch
from lib.addresses import IPAddress

Route = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers 404 for what has no route, with its host before the path or without.

    `seen` leaves out who asks for a robots.txt in vain.
    """

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.close_connection = True
                host = self.headers.get("Host", "")
                route = outer.routes.get(host + self.path) or outer.routes.get(self.path)
                if route or self.path != "/robots.txt":
                    given = {name.lower(): value for name, value in self.headers.items()}
                    outer.seen.append((self.path, given))
                with contextlib.suppress(OSError):  # the fetcher hung up, as it should
                    (route or answer(status=404))(self)

            do_POST = do_GET  # noqa: N815 - the library's name

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
