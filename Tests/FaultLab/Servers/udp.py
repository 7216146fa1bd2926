"""UDP servers that a health check is content with, or not.

usage: udp.py MODE [--address A] [--port N]
"""

import argparse
import socket
import time

import background


def silent(received):
    """Takes everything and says nothing, as a log receiver does."""
    return None


def pong(received):
    """Answers its own protocol alone."""
    return b"PONG" if received == b"PING" else None


def named(received):
    """Begins its answer with the first two bytes of the question, as a DNS server does."""
    return received[:2] + b"\x81\x80 and an answer"


def other(received):
    """Answers with something else."""
    return b"ERR unknown command"


def slow(received):
    """Answers well, three seconds late."""
    time.sleep(3)
    return b"PONG"


modes = {mode.__name__: mode for mode in (silent, pong, named, other, slow)}
parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=modes)
parser.add_argument("--address", default="0.0.0.0")
parser.add_argument("--port", type=int, default=80)
options = parser.parse_args()
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((options.address, options.port))
background.detach()
while True:
    request, client = server.recvfrom(65535)
    answer = modes[options.mode](request)
    if answer is not None:
        server.sendto(answer, client)
