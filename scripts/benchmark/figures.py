"""What is measured: a figure sets a scene in the caller's namespaces and takes samples."""

import contextlib
import json
import os
import socket
import subprocess
import time
from pathlib import Path
from typing import Iterator, List

import connections
import machine
import packet_filter
import shipping
from measure import in_turns, output_of, peak_bytes

ADDRESS = "10.0.0.5"

# A small server's ruleset, so that neither side lists nothing.
RULES = """*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -p tcp --dport 22 -j ACCEPT
-A INPUT -p tcp --dport 80 -j ACCEPT
-A INPUT -p tcp --dport 443 -j ACCEPT
COMMIT
"""

# The runbook's commands for one "Unhealthy" target, as an operator types them.
RUNBOOK = [
    ["netstat", "-anp"],
    ["iptables-save"],
    ["nft", "list", "ruleset"],
    ["sysctl", "-a", "--pattern", "net.ipv4"],
    ["curl", "-sI", f"http://{ADDRESS}/"],
]

# About as many as a small server has, the kernel's threads included.
SLEEPING_PROCESSES = 150
SERVER_START_SECONDS = 10


def busy(agent: str, size: dict, directory: Path) -> dict:
    """A host with many open connections: who listens, and a whole inspection."""
    set_up_interfaces()
    report = str(directory / "report.json")
    with neighbours(), connections.held(size["sockets"]) as held:
        inspect = [agent, "inspect", "--no-metadata", "--no-probe", "--format", "json", "--output", report]
        seen = check_answers(agent, inspect, report, held.listening_sockets)
        commands = {
            "sockets": [agent, "sockets"],
            "ss": ["ss", "-ltnp"],
            "inspect": inspect,
            "netstat": ["netstat", "-anp"],
        }
        samples = in_turns({name: [it] for name, it in commands.items()}, size["busy"])
        peaks = {name: peak_bytes(command) for name, command in commands.items()}
        surroundings = machine.surroundings()
    return {
        **seen,
        "samples": samples,
        "peaks": peaks,
        "holders": held.processes,
        "surroundings": surroundings,
    }


def check_answers(agent: str, inspect: list, report: str, wanted: int) -> dict:
    """What both sides find before they are timed: a quick answer that is wrong is worth nothing."""
    listed = output_of([agent, "sockets"]).splitlines()
    owned = [line for line in listed if "python" in line]
    if len(owned) != wanted:
        raise SystemExit(
            f"scripts/bench: the agent named {len(owned)} of {wanted} owners:\n" + "\n".join(listed)
        )
    output_of(inspect)
    targets = json.loads(Path(report).read_text(encoding="utf-8"))["targets"]
    netstat = output_of(["netstat", "-anp"]).splitlines()
    return {
        "listening": wanted,
        "targets": len(targets),
        "established": sum("ESTABLISHED" in line for line in netstat),
    }


def idle(agent: str, size: dict, directory: Path) -> dict:
    """An idle host with one web server: a whole inspection against the runbook, step by step."""
    set_up_interfaces()
    has_rules = subprocess.run(
        ["iptables-restore"], input=RULES, universal_newlines=True, stderr=subprocess.DEVNULL
    ).returncode == 0
    inspect = [agent, "inspect", "--no-metadata", "--target", "http://:80/"]
    with neighbours(), web_server(directory):
        answer = output_of(inspect + ["--format", "json"])
        samples = in_turns(
            {"inspect": [inspect], "runbook": RUNBOOK, **{step[0]: [step] for step in RUNBOOK}},
            size["idle"],
        )
        peaks = {"inspect": peak_bytes(inspect)}
        surroundings = machine.surroundings()
    path = json.loads(answer)["targets"][0]["path"]
    return {
        "samples": samples,
        "peaks": peaks,
        "verdicts": {hop["hop"]: hop["verdict"] for hop in path},
        "has_rules": has_rules,
        "surroundings": surroundings,
    }


def start(agent: str, size: dict, _: Path) -> dict:
    """Nothing but the start of a program, and the size of it."""
    samples = in_turns({"version": [[agent, "--version"]], "true": [["true"]]}, size["start"])
    return {"samples": samples, "binary_bytes": os.path.getsize(agent)}


def set_up_interfaces() -> None:
    """Loopback, and an interface with a private address and the default route."""
    for command in (
        "link set lo up",
        "link add bench0 type veth peer name bench1",
        f"address add {ADDRESS}/24 dev bench0",
        "link set bench0 up",
        "link set bench1 up",
        "route add default via 10.0.0.1",
    ):
        output_of(["ip", *command.split()])


@contextlib.contextmanager
def neighbours() -> Iterator[None]:
    """Processes that sleep, as most do on any host; the last in a network namespace of its own."""
    asleep = ["sleep", "infinity"]
    with running([asleep] * SLEEPING_PROCESSES + [["unshare", "--net", *asleep]]):
        yield


@contextlib.contextmanager
def web_server(directory: Path) -> Iterator[None]:
    """nginx on port 80 with a page."""
    directory.chmod(0o755)
    (directory / "index.html").write_text("<p>well</p>\n", encoding="utf-8")
    settings = directory / "nginx.conf"
    settings.write_text(nginx_settings(directory), encoding="utf-8")
    with running([["nginx", "-c", str(settings), "-e", os.devnull]]):
        wait_until_it_answers()
        yield


@contextlib.contextmanager
def running(commands: List[List[str]]) -> Iterator[None]:
    processes: List[subprocess.Popen] = []
    try:
        for command in commands:
            processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        yield
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()


def nginx_settings(directory: Path) -> str:
    # One process: there is then no child that could outlive the one we know.
    return f"""daemon off; master_process off; pid {directory}/pid;
events {{}}
http {{ access_log off; server {{ listen 80; root {directory}; }} }}
"""


def wait_until_it_answers() -> None:
    deadline = time.monotonic() + SERVER_START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection((ADDRESS, 80), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("scripts/bench: nginx does not answer in its namespace")


ALL = {
    "busy": busy,
    "idle": idle,
    "packet-filter": packet_filter.packet_filter,
    "shipping": shipping.shipping,
    "start": start,
}
