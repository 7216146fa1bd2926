"""TCP servers that a health check fails on, and one that it does not see.

usage: tcp.py MODE [--address A] [--port N] [--device NAME] [--backlog N]
"""

import argparse
import socket
import struct
import threading
import time

import background

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


def read_request(connection):
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(4096)
        if not piece:
            return
        received += piece


def banner(connection):
    """Speaks first and in another language, as an SSH server does."""
    connection.sendall(b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")
    connection.recv(4096)
    connection.sendall(b"Invalid SSH identification string.\r\n")


def other(connection):
    """Answers whatever it is asked with something else."""
    connection.recv(4096)
    connection.sendall(b"ERR unknown command")
    connection.recv(4096)


def reset(connection):
    """Takes the request and ends with a RST."""
    read_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def reset_on_accept(connection):
    """Ends with a RST at once, as a server at its connection limit does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def close(connection):
    """Takes the request and says nothing to it."""
    read_request(connection)


def mute(connection):
    """Takes the request and holds the connection."""
    read_request(connection)
    time.sleep(60)


def slow(connection):
    """Answers well, three seconds late."""
    read_request(connection)
    time.sleep(3)
    connection.sendall(ANSWER)


def drip(connection):
    """Answers well, a byte every 300 ms: the status line alone takes five seconds."""
    read_request(connection)
    for byte in ANSWER:
        connection.sendall(bytes([byte]))
        time.sleep(0.3)


def hostile(connection):
    """Answers with what would clear a terminal, set its title, and turn the text around."""
    read_request(connection)
    connection.sendall(
        b"HTTP/1.1 503 \x1b[2J\x1b]0;owned\x07Unavailable\r\n"
        b"Server: \xe2\x80\xaeevil\x9b31m\r\nX-Powered-By: <script>\x08\r\n\r\n"
    )


def answer(connection):
    """Answers well and at once."""
    read_request(connection)
    connection.sendall(ANSWER)


MODES = {
    mode.__name__.replace("_", "-"): mode
    for mode in (banner, other, reset, reset_on_accept, close, mute, slow, drip, hostile, answer)
}


def serve(connection, mode):
    with connection:
        try:
            mode(connection)
        except OSError:
            pass


parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=[*MODES, "never-accept"])
parser.add_argument("--address", default="0.0.0.0")
parser.add_argument("--port", type=int, default=80)
parser.add_argument("--device")
parser.add_argument("--backlog", type=int, default=128)
options = parser.parse_args()

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
if options.device:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, options.device.encode())
listener.bind((options.address, options.port))
listener.listen(options.backlog)
background.detach()

while options.mode == "never-accept":
    time.sleep(60)
while True:
    accepted, _ = listener.accept()
    threading.Thread(target=serve, args=(accepted, MODES[options.mode]), daemon=True).start()
