"""Open connections over loopback addresses, in the network namespace of the caller.

The module is also the program of the processes that hold them:

    connections.py serve PORT COUNT      listens on PORT and EXTRA_PORTS above it, accepts COUNT
    connections.py connect PORT COUNT    makes COUNT connections to PORT

Each says `listening` and `ready` on its standard output, and then holds what it has until it is
killed.
"""

import contextlib
import math
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Iterator, List, NamedTuple

FIRST_PORT = 8001
# Listening sockets of a server beside the one that its connections came by.
EXTRA_PORTS = 2
CLIENT_ADDRESSES = 8
# Descriptors that a holder needs beside its connections.
SPARE_DESCRIPTORS = 64
# A server and its client; more where root itself may not have as many descriptors as this takes.
LEAST_PAIRS = 2
SET_UP_LIMIT_SECONDS = 120
# linux/in.h; the kernel then picks the port at connect(), so that a port may serve two addresses.
IP_BIND_ADDRESS_NO_PORT = 24


class Held(NamedTuple):
    """What is held; the listening sockets are opened before the connections, as servers do."""

    processes: int
    listening_sockets: int


@contextlib.contextmanager
def held(sockets: int) -> Iterator[Held]:
    """Holds at least so many connected sockets, both ends counted, in a few processes."""
    Path("/proc/sys/net/ipv4/ip_local_port_range").write_text("10000 65000")
    Path("/proc/sys/net/core/somaxconn").write_text("4096")
    pairs = max(LEAST_PAIRS, math.ceil(sockets / 2 / most_connections()))
    each = math.ceil(sockets / (2 * pairs))
    ports = [FIRST_PORT + 10 * pair for pair in range(pairs)]
    holders: List[subprocess.Popen] = []
    try:
        holders += [_start("serve", port, each) for port in ports]
        for holder in holders[:pairs]:
            _expect(holder, "listening")
        holders += [_start("connect", port, each) for port in ports]
        for holder in holders:
            _expect(holder, "ready")
        yield Held(2 * pairs, pairs * (1 + EXTRA_PORTS))
    finally:
        for holder in holders:
            holder.kill()
        for holder in holders:
            holder.wait()


def most_connections() -> int:
    """How many connections one process can hold, once it has raised its limit as far as it may."""
    most = int(Path("/proc/sys/fs/nr_open").read_text())
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except ValueError:  # without CAP_SYS_RESOURCE, root has limits too
        most = hard
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return most - SPARE_DESCRIPTORS


def _start(role: str, port: int, count: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, __file__, role, str(port), str(count)],
        stdout=subprocess.PIPE, universal_newlines=True,
    )


def _expect(holder: subprocess.Popen, word: str) -> None:
    line = holder.stdout.readline().strip()
    if line != word:
        raise SystemExit(f"scripts/bench: a holder of connections said {line!r}, not {word!r}")


def serve(port: int, count: int) -> List[socket.socket]:
    listening = [_listen(port + offset) for offset in range(1 + EXTRA_PORTS)]
    print("listening", flush=True)
    return listening + [listening[0].accept()[0] for _ in range(count)]


def _listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("0.0.0.0", port))
    listening.listen(4096)
    return listening


def connect(port: int, count: int) -> List[socket.socket]:
    connections = []
    for number in range(count):
        connection = socket.socket()
        connection.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        connection.bind((f"127.0.0.{2 + number % CLIENT_ADDRESSES}", 0))
        connection.connect(("127.0.0.1", port))
        connections.append(connection)
    return connections


def hold(role: str, port: int, count: int) -> None:
    signal.alarm(SET_UP_LIMIT_SECONDS)
    most_connections()
    held_open = {"serve": serve, "connect": connect}[role](port, count)
    signal.alarm(0)
    print("ready", flush=True)
    while held_open:
        signal.pause()


if __name__ == "__main__":
    hold(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
