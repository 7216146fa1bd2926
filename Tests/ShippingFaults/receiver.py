"""A receiver on loopback that fails in a chosen way, and remembers the reports that it took."""

import json
import socket
import ssl
import struct
import threading
import time
import zlib
from typing import Callable, Dict, List, Optional, Tuple


class Receiver:
    """Takes POSTs of webhooks and of OTLP JSON, one thread a connection."""

    def __init__(self, certificate: Optional[Tuple[str, str]] = None) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.context = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.lock = threading.Lock()
        self.behave: Callable = take
        self.requests = 0
        # Documents by report id, as often as they came.
        self.arrived: Dict[str, List[dict]] = {}
        self.torn: List[str] = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(30)
            if self.context is not None:
                connection = self.context.wrap_socket(connection, server_side=True)
            head, body = read_request(connection)
            if head:
                with self.lock:
                    self.requests += 1
                self.behave(self, connection, head, body)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def keep(self, head: Dict[str, str], body: bytes) -> None:
        """Notes the reports of a body; one that is no whole document is torn."""
        if head.get("content-encoding") == "gzip":
            body = zlib.decompress(body, 31)
        try:
            reports = list(reports_of(json.loads(body)))
        except (ValueError, KeyError, TypeError) as error:
            with self.lock:
                self.torn.append(f"{error!r}: {body[:80]!r}")
            return
        with self.lock:
            for name, document in reports:
                self.arrived.setdefault(name, []).append(document)


def reports_of(message: dict):
    """Ids and documents of a webhook's reports; ids alone of OTLP logs."""
    for report in message.get("reports", []):
        yield report["reportID"], report
    for resource in message.get("resourceLogs", []):
        for scope in resource["scopeLogs"]:
            for record in scope["logRecords"]:
                values = {it["key"]: it["value"].get("stringValue") for it in record["attributes"]}
                if values.get("clb.record") == "report":
                    yield values["clb.report.id"], {}


def read_request(connection) -> Tuple[Dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return {}, b""
        data += chunk
    text, body = data.split(b"\r\n\r\n", 1)
    lines = text.decode("latin-1").split("\r\n")
    head = {"": lines[0]}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        head[name.lower()] = value.strip()
    length = int(head.get("content-length", "0"))
    while len(body) < length:
        chunk = connection.recv(65536)
        if not chunk:
            raise ValueError("the request is not whole")
        body += chunk
    return head, body


def send(connection, status: str, body: bytes = b"", fields: str = "") -> None:
    connection.sendall(
        f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{fields}\r\n".encode()
        + body)


# The ways to behave. Those that answer 200 have the reports.


def take(receiver, connection, head, body) -> None:
    receiver.keep(head, body)
    send(connection, "200 OK")


def hang(receiver, connection, head, body) -> None:
    time.sleep(5)


def drip_head(receiver, connection, head, body) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 60:
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


def drip_body(receiver, connection, head, body) -> None:
    receiver.keep(head, body)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(60):
        connection.sendall(b"x")
        time.sleep(0.1)


def half_close(receiver, connection, head, body) -> None:
    connection.shutdown(socket.SHUT_WR)
    time.sleep(2)


def reset(receiver, connection, head, body) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def garbage(receiver, connection, head, body) -> None:
    receiver.keep(head, body)
    send(connection, "200 OK", bytes(range(256)) * 40, "Content-Type: application/json\r\n")


def no_http(receiver, connection, head, body) -> None:
    connection.sendall(b"220 mail.example.com ESMTP \x1b]0;owned\x07\r\n")


def partial(receiver, connection, head, body) -> None:
    receiver.keep(head, body)
    answer = b'{"partialSuccess":{"rejectedLogRecords":"9223372036854775807","errorMessage":"\\u001b[2J full"}}'
    send(connection, "200 OK", answer, "Content-Type: application/json\r\n")


def endless(receiver, connection, head, body) -> None:
    receiver.keep(head, body)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(2000):
        connection.sendall(b"x" * 65536)


def refuse_merged(receiver, connection, head, body) -> None:
    if len(json.loads(body)["reports"]) > 1:
        send(connection, "413 Content Too Large")
    else:
        take(receiver, connection, head, body)


def answer(status: str, fields: str = "") -> Callable:
    def behave(receiver, connection, head, body) -> None:
        send(connection, status, b"no\n", fields)

    return behave


def moody(choose: Callable[[], float]) -> Callable:
    """Takes most, and is away or slow at times."""

    def behave(receiver, connection, head, body) -> None:
        chance = choose()
        if chance < 0.15:
            send(connection, "503 Service Unavailable")
        elif chance < 0.2:
            receiver.keep(head, body)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            if chance < 0.4:
                time.sleep(chance / 8)
            take(receiver, connection, head, body)

    return behave
