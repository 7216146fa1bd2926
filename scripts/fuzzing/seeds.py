"""Makes what each fuzz target begins with: real listings that are short enough, and words of them.

    seeds.py DIRECTORY LONGEST CORPUS
"""

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Iterable, List

# The listings of one host, in the order that the target `whole` splits them.
WHOLE = [
    "nft.json", "iptables-legacy-save.txt", "ip6tables-legacy-save.txt", "iptables-nft-save.txt",
    "ip6tables-nft-save.txt", "ipset-save.txt", "ip-addr.txt", "ip-route.txt", "ip6-route.txt",
]
SEPARATOR = b"\x1e"

TARGETS = {
    "iptables-save": ["*tables-*save.txt"],
    "ipset-save": ["ipset-save.txt"],
    "nft-json": ["nft.json"],
    "ip-addr": ["ip-addr.txt"],
    "ip-route": ["ip-route.txt", "ip6-route.txt"],
}

# More seeds do not find more in a minute, and each is run at the start.
MOST_SEEDS = 150
MOST_WORDS = 400
WORD = re.compile(rb"[A-Za-z!@][A-Za-z0-9_-]{1,19}|--?[a-z][a-z-]{0,19}|[0-9a-f.:]{3,18}/[0-9]{1,3}")

# What the collectors' parsers read and no corpus of rulesets has.
CAPTURE = b'{"kind":"capture","version":1,"agent":"1.0","takenAt":"2026-01-01T00:00:00Z"}\n'
TRACKED = (
    b"ipv4     2 tcp      6 431999 ESTABLISHED src=100.64.0.1 dst=10.0.0.5 sport=40000 dport=80 "
    b"src=10.0.0.5 dst=100.64.0.1 sport=80 dport=40000 [ASSURED] mark=0 use=1\n"
)

ANSWERS = [
    b"HTTP/1.1 429 Slow\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 3\r\n\r\nno\n",
    b"HTTP/1.1 503 Away\r\nRetry-After: 120\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nno\n\r\n0\r\n\r\n",
    b'HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\n\r\n{"code":3,"message":"bad"}',
    b"HTTP/1.1 500 Bad\r\nContent-Type: application/x-protobuf\r\n\r\n\x08\x03\x12\x03bad",
    b'{"partialSuccess":{"rejectedLogRecords":"3","rejectedDataPoints":1,"errorMessage":"old"}}',
    b"\x0a\x07\x08\x03\x12\x03old",
    b"Sun, 06 Nov 1994 08:49:37 GMT",
]
HISTORY = (
    b'{"findings":[{"id":"listening-socket.missing","target":"tcp:\\/\\/10.0.0.5:80"},'
    b'{"changedAt":[3,4],"lastRun":4,"since":1772351000,"state":"fail"}],"lastFullReport":1772350000,'
    b'"runs":4,"targets":{"tcp:\\/\\/10.0.0.5:80":{"changedAt":[],"lastRun":4,"since":1772350000,'
    b'"state":"pass"}},"version":1}'
)
SPOOLED = b"clb-agent-spool 1 2 0b7c4dbe central.logs\n{}"


def main() -> None:
    directory, longest, corpus = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    roots = [root for root in (corpus / "rulesets", Path("Tests/Captures")) if root.is_dir()]
    for target, patterns in TARGETS.items():
        files = [it for name in patterns for it in files_named(roots, name)]
        write(directory / target, [it.read_bytes() for it in files], longest)
    hosts = sorted({it.parent for it in files_named(roots, "ip*save.txt")})
    write(directory / "whole", [whole(host, longest) for host in hosts], longest)
    write(directory / "collectors", collectors(roots), longest)
    write(directory / "documents", texts("Tests/LoadBalancerTests", "*.json"), longest)
    write(directory / "settings", texts("Docs", "config.example.yaml"), longest)
    write(directory / "windows", windows(Path("Tests/Captures/windows")), longest)
    write(directory / "receivers-answer", ANSWERS, longest)
    write(directory / "spool-file", spooled(), longest)
    write(directory / "history", [HISTORY], longest)
    write(directory / "grpc", [b"\0\0\0\4\0\0\0\0\0\0\0\4\1\4\0\0\0\1\x88\x5f\1\x2f"], longest)


def texts(directory: str, pattern: str) -> Iterable[bytes]:
    for path in files_named([Path(directory)], pattern):
        yield path.read_bytes()


def windows(directory: Path) -> Iterable[bytes]:
    """Each file behind each byte that names one."""
    for path in files_named([directory], "*.txt"):
        for number in range(11):
            yield bytes([number]) + path.read_bytes()


def spooled() -> Iterable[bytes]:
    """Spooled files, and reports; the smallest has every member that is read back."""
    yield SPOOLED
    yield b"1772352930123-0123456789abcdef.report"
    yield b'{"failures":2,"notBefore":"2026-03-01T08:15:30.123Z","waitSeconds":30,"lastError":"x"}'
    for path in files_named([Path("Tests/EndToEndTests/Golden")], "*.json"):
        report = json.loads(path.read_text())
        for name in ("findings", "targets"):
            report[name] = report.get(name, [])[:1]
        yield json.dumps(report).encode()


def files_named(roots: List[Path], pattern: str) -> List[Path]:
    return sorted(it for root in roots for it in root.rglob(pattern) if it.is_file())


def whole(host: Path, longest: int) -> bytes:
    """All listings of a host; the longest are left out where they would be too long together."""
    parts = {name: (host / name).read_bytes() for name in WHOLE if (host / name).is_file()}
    while sum(map(len, parts.values())) + len(WHOLE) > longest:
        del parts[max(parts, key=lambda name: len(parts[name]))]
    return SEPARATOR.join(parts.get(name, b"") for name in WHOLE)


def collectors(roots: List[Path]) -> Iterable[bytes]:
    yield CAPTURE
    yield TRACKED
    for name in ("tcp", "tcp6", "udp", "udp6"):
        table = Path("/proc/net") / name
        if table.is_file():
            yield b"\n".join(table.read_bytes().split(b"\n")[:8]) + b"\n"
    for pattern in ("nft.json", "*tables-*save.txt"):
        for path in files_named(roots, pattern)[::20]:
            yield path.read_bytes()


def write(directory: Path, texts: Iterable[bytes], longest: int) -> None:
    seeds = directory / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    texts = list(texts)
    short = sorted({it for it in texts if 0 < len(it) <= longest}, key=lambda it: (len(it), it))
    step = max(1, -(-len(short) // MOST_SEEDS))
    for text in short[::step]:
        (seeds / hashlib.sha256(text).hexdigest()[:16]).write_bytes(text)
    (directory / "words.txt").write_text(dictionary(texts), encoding="ascii")


def dictionary(texts: Iterable[bytes]) -> str:
    """libFuzzer's dictionary of the words that most of the texts have."""
    counts: Counter = Counter()
    for text in texts:
        counts.update(set(WORD.findall(text)))
    words = [word.decode("ascii") for word, _ in counts.most_common(MOST_WORDS)]
    # libFuzzer takes no dictionary without a word.
    return "".join(f'"{word}"\n' for word in words or ["\\x00"])


if __name__ == "__main__":
    main()
