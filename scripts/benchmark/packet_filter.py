"""The scene of big rulesets: listing them against following a packet through the listing."""

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple

from measure import in_turns, output_of, peak_bytes

SOURCES = "100.64.0.0/10"
DESTINATION = "10.0.0.5"
INTERFACE = "bench0"
SET = "blocked"

# Rules that each service brings: one that leads to it, two of its own, two of its endpoint.
RULES_OF_SERVICE = 5


class Service(NamedTuple):
    number: int

    @property
    def address(self) -> str:
        return f"10.96.{self.number >> 8 & 255}.{self.number & 255}"

    @property
    def pod(self) -> str:
        return f"10.244.{self.number >> 8 & 255}.{self.number & 255}"

    @property
    def chain(self) -> str:
        return f"KUBE-SVC-{self.number:016X}"

    @property
    def endpoint(self) -> str:
        return f"KUBE-SEP-{self.number:016X}"

    @property
    def name(self) -> str:
        return f"default/service-{self.number}:http"


def packet_filter(agent: str, size: dict, directory: Path) -> dict:
    """Each ruleset is loaded, listed to files, and then listed and followed in turns."""
    for command in (
        "link set lo up",
        f"link add {INTERFACE} type veth peer name bench1",
        f"address add {DESTINATION}/24 dev {INTERFACE}",
        f"link set {INTERFACE} up",
    ):
        output_of(["ip", *command.split()])
    trials = [legacy(agent, count, directory, size) for count in size["legacy_rules"]]
    trials.append(with_set(agent, size["set_elements"], directory, size))
    output_of(["iptables-legacy-restore"], saved(0, has_set=False))
    trials += [nft(agent, count, directory, size) for count in size["nft_rules"]]
    return {"trials": trials, "base_peak": peak_bytes([agent, "--version"])}


def legacy(agent: str, count: int, directory: Path, size: dict) -> dict:
    output_of(["iptables-legacy-restore"], saved(count, has_set=False))
    listings = {"iptables-legacy-save.txt": ["iptables-legacy-save"]}
    return trial(f"{count:,} `iptables-legacy` rules", agent, listings, directory, size, dropped=0)


def with_set(agent: str, count: int, directory: Path, size: dict) -> dict:
    """Addresses of the whole internet, as a list of blocked ones has them."""
    chosen = random.Random(1).sample(range(1 << 24, 224 << 24), count)
    lines = [f"create {SET} hash:ip family inet hashsize 65536 maxelem {count}"]
    lines += [f"add {SET} {dotted(it)}" for it in chosen]
    output_of(["ipset", "restore"], "\n".join(lines) + "\n")
    output_of(["iptables-legacy-restore"], saved(0, has_set=True))
    listings = {
        "ipset-save.txt": ["ipset", "save"],
        "iptables-legacy-save.txt": ["iptables-legacy-save"],
    }
    within = sum(100 << 24 | 64 << 16 <= it <= 100 << 24 | 127 << 16 | 0xFFFF for it in chosen)
    what = f"an `ipset` set of {count:,} addresses"
    return trial(what, agent, listings, directory, size, dropped=within)


def nft(agent: str, count: int, directory: Path, size: dict) -> dict:
    output_of(["nft", "flush", "ruleset"])
    output_of(["nft", "-f", "-"], "\n".join(nft_ruleset(count)) + "\n")
    listings = {"nft.json": ["nft", "-j", "list", "ruleset"]}
    return trial(f"{count:,} `nft` rules", agent, listings, directory, size, dropped=0)


def trial(
    what: str, agent: str, listings: Dict[str, List[str]], parent: Path, size: dict, dropped: int
) -> dict:
    """What both sides take for one ruleset; the agent's answer is looked at before it is timed."""
    directory = parent / what.replace("`", "").replace(" ", "-")
    directory.mkdir()
    for name, command in listings.items():
        with open(directory / name, "wb") as written:
            subprocess.run(command, stdout=written, check=True)
    trace = [agent, "trace", "--rules", str(directory), "--from", SOURCES]
    trace += ["--to", f"{DESTINATION}:80/tcp", "--in-interface", INTERFACE, "--format", "json"]
    check_answers(what, json.loads(output_of(trace))["answers"], dropped)
    commands = list(listings.values())
    return {
        "what": what,
        "peer": " and ".join(f"`{' '.join(command)}`" for command in commands),
        "bytes": sum(os.path.getsize(directory / name) for name in listings),
        "samples": in_turns({"trace": [trace], "list": commands}, size["rulesets"]),
        "peak": peak_bytes(trace),
    }


def check_answers(what: str, answers: List[dict], dropped: int) -> None:
    """Every source is accepted, but for those of the set."""
    counts = {"accept": 0, "drop": 0}
    for answer in answers:
        for prefix in answer["sources"]:
            length = int(prefix.partition("/")[2] or 32)
            counts[answer["verdict"]] = counts.get(answer["verdict"], 0) + (1 << 32 - length)
    if counts != {"accept": (1 << 22) - dropped, "drop": dropped}:
        raise SystemExit(f"scripts/bench: {what}: {counts}, expected {dropped} sources dropped")


def services(count: int) -> List[Service]:
    return [Service(number) for number in range(count // RULES_OF_SERVICE)]


def saved(count: int, has_set: bool) -> str:
    """What iptables-restore takes: chains as kube-proxy makes them, and a plain INPUT chain."""
    made = services(count)
    lines = ["*nat", ":PREROUTING ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", ":KUBE-SERVICES - [0:0]"]
    lines += [f":{chain} - [0:0]" for it in made for chain in (it.chain, it.endpoint)]
    lines += [":KUBE-MARK-MASQ - [0:0]", "-A PREROUTING -j KUBE-SERVICES"]
    lines += ["-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000"]
    for it in made:
        to = f"-d {it.address}/32 -p tcp"
        said = f'-m comment --comment "{it.name} cluster IP"'
        lines.append(f"-A KUBE-SERVICES {to} {said} -m tcp --dport 80 -j {it.chain}")
    for it in made:
        said = f'-m comment --comment "{it.name}"'
        lines += [
            f"-A {it.chain} ! -s 10.244.0.0/16 -d {it.address}/32 -p tcp -m tcp --dport 80 "
            "-j KUBE-MARK-MASQ",
            f"-A {it.chain} {said} -j {it.endpoint}",
            f"-A {it.endpoint} -s {it.pod}/32 {said} -j KUBE-MARK-MASQ",
            f"-A {it.endpoint} -p tcp {said} -m tcp -j DNAT --to-destination {it.pod}:8080",
        ]
    lines += ["COMMIT", "*filter", ":INPUT DROP [0:0]", "-A INPUT -i lo -j ACCEPT"]
    lines += [f"-A INPUT -m set --match-set {SET} src -j DROP"] if has_set else []
    lines += [
        "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT",
        "-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT",
        "-A INPUT -j DROP",
        "COMMIT",
    ]
    return "\n".join(lines) + "\n"


def nft_ruleset(count: int) -> Iterator[str]:
    """The same rules in nft's own form."""
    made = services(count)
    yield "table ip nat {"
    yield "chain KUBE-MARK-MASQ { meta mark set meta mark or 0x4000; }"
    for it in made:
        yield f"chain {it.endpoint} {{"
        yield f'ip saddr {it.pod} jump KUBE-MARK-MASQ comment "{it.name}"'
        yield f'meta l4proto tcp dnat to {it.pod}:8080 comment "{it.name}"'
        yield f"}}\nchain {it.chain} {{"
        yield f"ip saddr != 10.244.0.0/16 ip daddr {it.address} tcp dport 80 jump KUBE-MARK-MASQ"
        yield f'jump {it.endpoint} comment "{it.name}"'
        yield "}"
    yield "chain KUBE-SERVICES {"
    for it in made:
        yield f'ip daddr {it.address} tcp dport 80 jump {it.chain} comment "{it.name} cluster IP"'
    yield "}\nchain PREROUTING { type nat hook prerouting priority dstnat; jump KUBE-SERVICES; }\n}"
    yield "table ip filter {"
    yield "chain INPUT { type filter hook input priority filter; policy drop; iif lo accept;"
    yield "ct state related,established accept; tcp dport 22 accept; tcp dport 80 accept; drop; }"
    yield "}"


def dotted(number: int) -> str:
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
