"""Web applications on Python's own HTTP server.

usage: web.py static | no-head | head-405 | dynamic
"""

import http.server
import itertools
import secrets
import socketserver
import sys

import background

PAGE = b"<html><body>ok</body></html>\n"
REQUESTS = itertools.count(1)


class NoHead(http.server.BaseHTTPRequestHandler):
    """A page that does not change; HEAD gets Python's own 501, as from many small frameworks."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.body()
        self.head(body)
        self.wfile.write(body)

    def body(self):
        return PAGE

    def head(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Wed, 01 May 2024 08:00:00 GMT")
        self.end_headers()

    def log_message(self, *_):
        pass


class Static(NoHead):
    """The same page, HEAD too."""

    def do_HEAD(self):
        self.head(self.body())


class Head405(NoHead):
    """A route that is declared for GET only."""

    def do_HEAD(self):
        self.send_response(405)
        self.send_header("Allow", "GET")
        self.send_header("Content-Length", "0")
        self.end_headers()


class Dynamic(Static):
    """A page made anew for every visitor, with a session each."""

    def body(self):
        return (
            f"<html><body>visitor {next(REQUESTS)}, {secrets.token_hex(8)}</body></html>\n"
        ).encode()

    def head(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Powered-By", "PHP/7.4.33")
        self.send_header("Set-Cookie", f"PHPSESSID={secrets.token_hex(13)}; path=/")
        self.send_header("Cache-Control", "no-store, no-cache, must-revalidate")
        self.end_headers()


class Server(socketserver.ThreadingTCPServer):
    """Without the look-up of its own name that http.server's class makes while binding."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


HANDLERS = {"static": Static, "no-head": NoHead, "head-405": Head405, "dynamic": Dynamic}

server = Server(("0.0.0.0", 80), HANDLERS[sys.argv[1]])
background.detach()
server.serve_forever()
