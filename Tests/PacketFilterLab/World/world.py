"""Loads one ruleset into a host of its own, lists it as the host's tools do, and probes it.

Reads one job as JSON from standard input, and writes what it measured to standard output.
"""

import json
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time

import frames
import namespaces

ALL_PROTOCOLS = 0x0003
OUTGOING = 4  # PACKET_OUTGOING
LISTINGS = {
    "nft.json": "nft -j list ruleset",
    "iptables-legacy-save.txt": "iptables-legacy-save",
    "iptables-nft-save.txt": "iptables-nft-save",
    "ip6tables-legacy-save.txt": "ip6tables-legacy-save",
    "ip6tables-nft-save.txt": "ip6tables-nft-save",
    "ipset-save.txt": "ipset save",
    "ip-addr.txt": "ip -brief address",
    "ip-route.txt": "ip route show table all",
    "ip6-route.txt": "ip -6 route show table all",
}


TRACING = """
table inet lab-trace {
  chain first {
    type filter hook prerouting priority -1000
    meta nftrace set 1
  }
}
"""


class Servers:
    """A TCP listener and a UDP echo on every port of every address of the host."""

    def __init__(self, ports):
        self.datagrams = {}
        self.listeners = []
        addresses = ["127.0.0.1", "::1"]
        addresses += [a.split("/")[0] for all_of_one in namespaces.INTERFACES.values() for a in all_of_one]
        for port in ports:
            for family, any_address in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
                self.listen(family, any_address, port)
            for address in addresses:
                self.echo(address, port)

    def listen(self, family, address, port):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(65535)
        self.listeners.append(listener)

    def echo(self, address, port):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        echo = socket.socket(family, socket.SOCK_DGRAM)
        echo.setblocking(False)
        echo.bind((address, port))
        self.datagrams[echo.fileno()] = (echo, port)

    def answer(self, descriptor):
        echo, port = self.datagrams[descriptor]
        while True:
            try:
                data, peer = echo.recvfrom(2048)
            except BlockingIOError:
                return
            except OSError:
                continue  # An ICMP error that came back to an earlier echo.
            try:
                echo.sendto(frames.ECHOED + data[1:5] + struct.pack("!H", port), peer)
            except OSError:
                pass  # A rule refused it.


class Wires:
    """The prober's ends of the wires."""

    def __init__(self):
        self.by_interface = {}
        for index, name in enumerate(namespaces.INTERFACES):
            wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
            wire.bind((f"wire{index}", ALL_PROTOCOLS))
            wire.setblocking(False)
            self.by_interface[name] = (wire, namespaces.hardware_address(index))
        self.names = {wire.fileno(): name for name, (wire, _) in self.by_interface.items()}

    def send(self, interface, packet, ethernet_type):
        wire, hardware = self.by_interface[interface]
        wire.send(hardware + b"\x02\0\0\0\0\x01" + struct.pack("!H", ethernet_type) + packet)

    def receive(self, descriptor):
        """Every outcome that waits on one wire, with the probe's number."""
        name = self.names[descriptor]
        wire = self.by_interface[name][0]
        while True:
            try:
                data, address = wire.recvfrom(2048)
            except BlockingIOError:
                return
            read = frames.read(data, name) if address[2] != OUTGOING else None
            if read is not None:
                yield read


class World:
    """A host with its servers, and the wires to it."""

    def __init__(self, ports):
        server, prober = namespaces.create()
        self.servers = Servers(ports)
        self.conntrack = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)  # NETLINK_NETFILTER
        namespaces.enter(prober)
        self.wires = Wires()
        namespaces.enter(server)
        self.poll = select.poll()
        for descriptor in [*self.servers.datagrams, *self.wires.names]:
            self.poll.register(descriptor, select.POLLIN)

    def flush_connections(self):
        # nlmsghdr IPCTNL_MSG_CT_DELETE of NFNL_SUBSYS_CTNETLINK, request with acknowledgement, and an
        # nfgenmsg without attributes: every entry of the namespace.
        self.conntrack.send(struct.pack("=IHHIIBBH", 20, 1 << 8 | 2, 5, 1, 0, 0, 0, 0))
        self.conntrack.recv(4096)

    def probe(self, probes, round_number, quiet):
        """Sends every probe once, and gives what each met."""
        self.flush_connections()
        outcomes = [{"verdict": "drop"} for _ in probes]
        base = (round_number + 1) << 24
        for index, probe in enumerate(probes):
            # Another source port in each round: a listener remembers the half-open connection.
            packet, ethernet_type = frames.packet(
                probe["src"], probe["dst"], probe["proto"], base + index,
                probe["sport"] ^ round_number & 1, probe.get("dport", 0),
            )  # fmt: skip
            self.wires.send(probe["iif"], packet, ethernet_type)
            if index % 32 == 31:
                self.collect(outcomes, base, 0)
        self.collect(outcomes, base, quiet)
        return outcomes

    def collect(self, outcomes, base, quiet):
        """Reads what came back until nothing has come for `quiet` seconds."""
        while events := self.poll.poll(quiet * 1000):
            for descriptor, _ in events:
                if descriptor in self.servers.datagrams:
                    self.servers.answer(descriptor)
                    continue
                for number, outcome in self.wires.receive(descriptor):
                    if number is not None and 0 <= number - base < len(outcomes):
                        outcomes[number - base] = outcome


def run(words, text=""):
    return subprocess.run(words, input=text.encode(), capture_output=True)


def load(steps):
    """Loads the ruleset; gives the first step that the kernel or its tool refused."""
    for step in steps:
        finished = run(step["words"], step["input"])
        if finished.returncode != 0:
            return {**step, "errors": finished.stderr.decode(errors="replace")}
    return None


def list_host(directory):
    for name, command in LISTINGS.items():
        finished = run(command.split())
        if finished.returncode != 0:
            raise SystemExit(f"{command}: {finished.stderr.decode(errors='replace')}")
        with open(f"{directory}/{name}", "wb") as file:
            file.write(finished.stdout)


def traced(body):
    """Runs `body` while nf_tables tells which of its rules each packet meets; gives that telling."""
    failure = load([{"words": ["nft", "-f", "-"], "input": TRACING}])
    if failure is not None:
        raise SystemExit(f"cannot trace: {failure['errors']}")
    with tempfile.TemporaryFile() as output:
        monitor = subprocess.Popen(["stdbuf", "-oL", "nft", "--handle", "monitor", "trace"], stdout=output)
        time.sleep(0.15)  # It says nothing when it is ready.
        try:
            body()
            time.sleep(0.15)
        finally:
            monitor.terminate()
            monitor.wait()
        output.seek(0)
        return output.read().decode(errors="replace")


def measure(job):
    world = World(job["ports"])
    failure = load(job["load"])
    if failure is not None:
        return {"failure": failure}
    if job.get("listings"):
        list_host(job["listings"])
    rounds = []

    def probe():
        for number in range(job["rounds"]):
            rounds.append(world.probe(job["probes"], number, job["quiet"]))

    result = {"rounds": rounds}
    if job.get("trace"):
        result["trace"] = traced(probe)
    else:
        probe()
    return result


os.environ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
# Namespaces share the file system, and with it the tools' lock.
os.environ["XTABLES_LOCKFILE"] = f"/tmp/clbt-lab-{os.getpid()}-xtables.lock"
try:
    json.dump(measure(json.load(sys.stdin)), sys.stdout)
finally:
    if os.path.exists(os.environ["XTABLES_LOCKFILE"]):
        os.unlink(os.environ["XTABLES_LOCKFILE"])
