"""One health-check probe as the CLB sends it, from a source of its range. Prints one JSON line.

The outcome is one of: connected, refused, timeout, reset, closed, "status N", not HTTP, TLS failed;
of bytes "reply TEXT"; of a ping "echo reply"; of gRPC "grpc-status N" or not HTTP/2. A ping or a datagram
that nobody answers is a timeout, and one that port-unreachable answers is refused.
"""

import argparse
import errno
import json
import os
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


def checksum(packet):
    total = sum(struct.unpack(f"!{len(packet) // 2}H", packet))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def ping(arguments, address, deadline):
    """An echo request as the kernel's own ping sends it, from that source."""
    echo = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    with echo:
        echo.bind((arguments.source, 0))
        text = struct.pack("!HH", os.getpid() & 0xFFFF, 1) + b"HEALTH CHECK"
        sum_of_all = checksum(b"\x08\x00\x00\x00" + text)
        echo.sendto(b"\x08\x00" + struct.pack("!H", sum_of_all) + text, (address, 0))
        while True:
            deadline.arm(echo)
            packet = echo.recv(4096)
            reply = packet[(packet[0] & 15) * 4 :]
            if reply[:1] == b"\x00" and reply[4:] == text:
                return "echo reply"


def datagram(arguments, address, port, deadline):
    connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with connection:
        connection.bind((arguments.source, 0))
        connection.connect((address, port))
        connection.send(arguments.send.encode() or b"HEALTH CHECK")
        deadline.arm(connection)
        return f"reply {connection.recv(65535).decode('latin-1')}"


def call(connection, arguments, url, deadline):
    """A gRPC call over HTTP/2 of another library than the agent's."""
    import h2.config
    import h2.connection
    import h2.events
    import h2.exceptions

    http2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True))
    http2.initiate_connection()
    fields = [
        (":method", "POST"), (":scheme", "http"), (":path", url.path or "/"),
        (":authority", url.hostname), ("te", "trailers"), ("content-type", "application/grpc"),
    ]
    http2.send_headers(1, fields)
    http2.send_data(1, b"\0\0\0\0\0", end_stream=True)
    status = None
    first = True
    while True:
        deadline.arm(connection)
        connection.sendall(http2.data_to_send())
        received = connection.recv(65535)
        if not received:
            return "closed"
        # The library waits for the end of a frame whose length is text.
        if first and received[3:4] != b"\x04":
            return "not HTTP/2"
        first = False
        try:
            events = http2.receive_data(received)
        except h2.exceptions.ProtocolError:
            return "not HTTP/2"
        for event in events:
            if isinstance(event, (h2.events.ResponseReceived, h2.events.TrailersReceived)):
                status = dict(event.headers).get(b"grpc-status", status)
            if isinstance(event, h2.events.StreamEnded):
                return f"grpc-status {int(status)}" if status else "no grpc-status"


def exchange(arguments, url, deadline):
    if url.scheme == "udp":
        if arguments.send is None:
            return ping(arguments, url.hostname, deadline)
        return datagram(arguments, url.hostname, url.port, deadline)
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
        if url.scheme == "tcp" and arguments.send is None:
            return "connected"
        if url.scheme == "tcp":
            deadline.arm(connection)
            connection.sendall(arguments.send.encode())
            reply = connection.recv(65535)
            return f"reply {reply.decode('latin-1')}" if reply else "closed"
        if url.scheme in ("https", "grpcs"):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            if url.scheme == "grpcs":
                context.set_alpn_protocols(["h2"])
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            deadline.arm(connection)
            try:
                connection = context.wrap_socket(connection, server_hostname=arguments.domain)
            except ssl.SSLError:
                return "TLS failed"
        if url.scheme in ("grpc", "grpcs"):
            return call(connection, arguments, url, deadline)
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
parser.add_argument("--send")
options = parser.parse_args()
started = time.monotonic()
outcome = probe(options)
print(json.dumps({"outcome": outcome, "milliseconds": int((time.monotonic() - started) * 1000)}))
