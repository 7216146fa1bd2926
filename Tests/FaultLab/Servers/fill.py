"""Fills the accept queue of a server that never accepts.

usage: fill.py ADDRESS PORT [COUNT]

Makes COUNT connections; without a count, as many as it takes until two SYNs go unanswered. They
stay in the queue when this ends, for only accept(2) takes them out.
"""

import socket
import sys

address, port = sys.argv[1], int(sys.argv[2])
count = int(sys.argv[3]) if len(sys.argv) > 3 else None
held = []
unanswered = 0
while len(held) < (count or 4096) and unanswered < 2:
    connection = socket.socket()
    connection.bind((f"100.64.2.{1 + len(held) % 250}", 0))
    connection.settimeout(0.3)
    try:
        connection.connect((address, port))
        held.append(connection)
    except socket.timeout:
        unanswered += 1
        connection.close()
full = unanswered == 2
if full != (count is None):
    sys.exit(f"{len(held)} connections, then {unanswered} SYNs without an answer")
