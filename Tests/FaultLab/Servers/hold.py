"""Holds a connection to a server, as the CLB's proxy does for a client.

usage: hold.py ADDRESS PORT
"""

import socket
import sys
import time

import background

connection = socket.socket()
connection.bind(("100.64.3.9", 0))
connection.settimeout(5)
connection.connect((sys.argv[1], int(sys.argv[2])))
background.detach()
while True:
    time.sleep(60)
