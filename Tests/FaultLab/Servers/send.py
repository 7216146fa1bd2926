"""Sends datagrams at a steady rate, as long as the case lasts.

usage: send.py ADDRESS MEGABITS
"""

import socket
import sys
import time

import background

address, megabits = sys.argv[1], float(sys.argv[2])
PAYLOAD = bytes(1400)
every = (len(PAYLOAD) + 42) * 8 / (megabits * 1_000_000)
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
background.detach()
due = time.monotonic()
while True:
    sender.sendto(PAYLOAD, (address, 9))
    due += every
    time.sleep(max(due - time.monotonic(), 0))
