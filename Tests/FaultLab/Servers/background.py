"""Puts a server in the background once it listens, so that whoever started it need not poll."""

import os


def detach():
    """The starter sees the end of the parent as "ready", and any error before it as text."""
    if os.fork():
        os._exit(0)
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
