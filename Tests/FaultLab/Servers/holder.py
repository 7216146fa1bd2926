"""Waits for a process of this machine that holds a connection to a port, and prints what it may do.

usage: holder.py PORT EXECUTABLE-NAME

One JSON line: for every thread of every process of that name that holds a connection to the port,
its capabilities and whether new ones are barred.
"""

import glob
import json
import os
import sys
import time

port, name = int(sys.argv[1]), sys.argv[2]


def connected_inodes():
    """Inodes of sockets that are connecting or connected to the port."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as lines:
            for words in map(str.split, list(lines)[1:]):
                if int(words[2].rpartition(":")[2], 16) == port and words[3] in ("01", "02"):
                    inodes.add(words[9])
    return inodes


def holds(process, inodes):
    try:
        links = [os.readlink(f"{process}/fd/{number}") for number in os.listdir(f"{process}/fd")]
    except OSError:
        return False
    return any(link == f"socket:[{inode}]" for link in links for inode in inodes)


def status(task):
    with open(f"{task}/status") as lines:
        fields = dict(line.rstrip("\n").split(":\t", 1) for line in lines if ":\t" in line)
    return {
        "process": int(fields["Tgid"]),
        "thread": int(fields["Pid"]),
        "effectiveCapabilities": fields["CapEff"],
        "permittedCapabilities": fields["CapPrm"],
        "noNewPrivileges": fields["NoNewPrivs"],
    }


def named(process):
    try:
        return os.path.basename(os.readlink(f"{process}/exe")) == name
    except OSError:
        return False


end = time.monotonic() + 15
while time.monotonic() < end:
    inodes = connected_inodes()
    holders = [
        process
        for process in glob.glob("/proc/[0-9]*")
        if inodes and named(process) and holds(process, inodes)
    ]
    tasks = [status(task) for process in holders for task in glob.glob(f"{process}/task/*")]
    if tasks:
        print(json.dumps(tasks))
        sys.exit(0)
    time.sleep(0.01)
sys.exit(f"no process named {name} connected to port {port} in 15 seconds")
