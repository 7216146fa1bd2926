"""The scene of reports to ship: keeping one, and draining a backlog against curl with the same bytes."""

import contextlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Dict, Iterator, List

from measure import ANSWER_STATUSES, in_turns, output_of, peak_bytes, run, total

PORT = 8099
QUEUE = "hook.report"
# The webhook exporter's own.
REPORTS_IN_REQUEST = 50
BACKLOG = 1000
LONG_BACKLOG = 10_000


def shipping(agent: str, size: dict, directory: Path) -> dict:
    """What `--ship` adds to an inspection, and what draining takes."""
    output_of(["ip", "link", "set", "lo", "up"])
    settings = directory / "config.yaml"
    url = f"http://127.0.0.1:{PORT}/hook"
    settings.write_text(f'receivers:\n  - {{name: hook, type: webhook, url: "{url}"}}\n')
    state = directory / "state"
    common = ["--config", str(settings), "--state-directory", str(state)]
    inspect = [agent, "inspect", "--no-metadata", "--target", "tcp://127.0.0.1:22", *common]
    ship = [agent, "ship", "--all", "--now", *common]
    with receiver():
        output_of([*inspect, "--ship"])
        samples = in_turns({"kept": [[*inspect, "--ship"]], "plain": [inspect]}, size["idle"])
        document = json.loads(stored(agent, inspect, common, state))
        drain = drained(ship, state, document, directory, size)
        fill(state, document, LONG_BACKLOG)
        peak = one_peak(ship, directory)
        left = sum(1 for _ in (state / "spool/queues" / QUEUE).iterdir())
    if left:
        raise SystemExit(f"scripts/bench: {left} of {LONG_BACKLOG} reports were not delivered")
    return {
        "samples": {**samples, **drain},
        "bytes": len(json.dumps(document)),
        "peak": peak,
        "base_peak": peak_bytes([agent, "--version"]),
    }


def stored(agent: str, inspect: List[str], common: List[str], state: Path) -> str:
    """The document of a report as the spool keeps it: a receiver that is away makes one wait."""
    away = [it.replace("config.yaml", "away.yaml") for it in common]
    text = Path(common[1]).read_text().replace(str(PORT), "1")
    Path(away[1]).write_text(text)
    with open(os.devnull, "wb") as null:
        subprocess.run([*inspect[:-len(common)], *away, "--ship"], stdout=null, stderr=null)
    waiting = next((state / "spool/queues" / QUEUE).iterdir())
    return waiting.read_bytes().split(b"\n", 1)[1].decode()


def fill(state: Path, document: dict, count: int) -> None:
    """So many reports wait, each with an id and a time of its own."""
    queue = state / "spool/queues" / QUEUE
    shutil.rmtree(queue)
    queue.mkdir(0o700)
    for path in (state / "spool/state").glob(f"{QUEUE}.json"):
        path.unlink()

    newest = int(time.time() * 1000)
    for number in range(count):
        report = {**document, "reportID": f"bench{number}"}
        body = (json.dumps(report, separators=(",", ":")) + "\n").encode()
        names = f" {QUEUE}".encode()
        checksum = zlib.crc32(body, zlib.crc32(names))
        header = b"clb-agent-spool 1 %d %08x%s\n" % (len(body), checksum, names)
        path = queue / f"{newest - number:013d}-bench{number}.report"
        path.write_bytes(header + body)
        path.chmod(0o600)


def drained(
    ship: List[str], state: Path, document: dict, directory: Path, size: dict
) -> Dict[str, list]:
    """Draining the backlog, and curl posting bodies of the same size, one a request, in turns."""
    reports = ",".join([json.dumps(document, separators=(",", ":"))] * REPORTS_IN_REQUEST)
    body = directory / "body.json"
    body.write_text(f'{{"schemaVersion":1,"reports":[{reports}]}}')
    post = ["curl", "-sf", "-o", "/dev/null", "--data-binary", f"@{body}"]
    post += ["-H", "Content-Type: application/json", f"http://127.0.0.1:{PORT}/hook"]
    curls = [post] * (BACKLOG // REPORTS_IN_REQUEST)
    samples: Dict[str, list] = {"drain": [], "curl": []}
    for number in range(size["rulesets"] + 1):
        fill(state, document, BACKLOG)
        pair = {"drain": total([run(ship)]), "curl": total([run(it) for it in curls])}
        if number > 0:
            for name, sample in pair.items():
                samples[name].append(sample)
    return samples


def one_peak(command: List[str], directory: Path) -> int:
    """As `peak_bytes`, of one run: a backlog is drained but once."""
    written = directory / "peak"
    done = subprocess.run(
        ["/usr/bin/time", "--quiet", "--format", "%M", "--output", str(written), *command],
        stdout=subprocess.DEVNULL,
    )
    if done.returncode not in ANSWER_STATUSES:
        raise SystemExit(f"scripts/bench: {' '.join(command)!r}: status {done.returncode}")
    return int(written.read_text().split()[-1]) * 1024


@contextlib.contextmanager
def receiver() -> Iterator[None]:
    """A web server in a process of its own that takes every POST."""
    serving = subprocess.Popen([sys.executable, __file__])
    try:
        while subprocess.run(["curl", "-s", f"http://127.0.0.1:{PORT}/"]).returncode:
            pass
        yield
    finally:
        serving.kill()
        serving.wait()


class Taker(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer()

    def answer(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Taker).serve_forever()
