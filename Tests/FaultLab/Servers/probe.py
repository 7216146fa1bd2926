"""One health-check probe as the CLB sends it, from a source of its range. Prints one JSON line.

The outcome is one of: connected, refused, timeout, reset, closed, "status N", not HTTP, TLS failed.
"""

import argparse
import errno
import json
import re
import socket
import ssl
import struct
import time
from urllib.parse import urlsplit


class Deadline:
    """One time limit for a whole exchange, however many system calls it takes."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    def arm(self, connection):
        remaining = self.end - time.monotonic()
        if remaining <= 0:
            raise socket.timeout
        connection.settimeout(remaining)


def request(arguments, url):
    host = arguments.domain or url.hostname or "10.0.0.5"
    path = url.path or "/"
    return (
        f"{arguments.method} {path} HTTP/{arguments.version}\r\n"
        f"Host: {host}\r\nUser-Agent: clb-healthcheck\r\nConnection: close\r\n\r\n"
    ).encode()


def first_line(connection, deadline):
    received = b""
    while b"\n" not in received and len(received) < 4096:
        deadline.arm(connection)
        piece = connection.recv(4096)
        if not piece:
            break
        received += piece
    return received


def classify(received):
    if not received:
        return "closed"
    line = re.match(rb"HTTP/\d\.\d (\d{3})[ \r\n]", received)
    return f"status {int(line.group(1))}" if line else "not HTTP"


def exchange(arguments, url, deadline):
    # A target without an address is the host's own private one.
    address = url.hostname or "10.0.0.5"
    family, source = socket.AF_INET, arguments.source
    if ":" in address:
        family, source = socket.AF_INET6, "fd00:5::1"
    connection = socket.socket(family, socket.SOCK_STREAM)
    # The CLB ends every probe with a RST.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with connection:
        connection.bind((source, 0))
        deadline.arm(connection)
        connection.connect((address, url.port))
        if url.scheme == "tcp":
            return "connected"
        if url.scheme == "https":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            deadline.arm(connection)
            try:
                connection = context.wrap_socket(connection, server_hostname=arguments.domain)
            except ssl.SSLError:
                return "TLS failed"
        deadline.arm(connection)
        connection.sendall(request(arguments, url))
        return classify(first_line(connection, deadline))


def probe(arguments):
    url = urlsplit(arguments.url)
    try:
        return exchange(arguments, url, Deadline(arguments.limit))
    except (socket.timeout, TimeoutError):
        return "timeout"
    except ConnectionRefusedError:
        return "refused"
    except (ConnectionResetError, BrokenPipeError):
        return "reset"
    except OSError as error:
        if error.errno == errno.EHOSTUNREACH:
            return "unreachable"
        raise


parser = argparse.ArgumentParser()
parser.add_argument("--url", required=True)
parser.add_argument("--source", default="100.64.1.7")
parser.add_argument("--limit", type=float, default=2)
parser.add_argument("--method", default="HEAD")
parser.add_argument("--version", default="1.1")
parser.add_argument("--domain")
options = parser.parse_args()
started = time.monotonic()
outcome = probe(options)
print(json.dumps({"outcome": outcome, "milliseconds": int((time.monotonic() - started) * 1000)}))
