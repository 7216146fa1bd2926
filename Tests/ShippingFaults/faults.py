"""Plays every fault that shipping must survive against the agent, and prints what came of it.

    faults.py AGENT RUNS

Conservation is the measure: every report that the agent printed without calling it lost, and every report
that had its name in the spool, arrives at least once and as it was kept, or is set aside, or counted as
dropped.
"""

import contextlib
import datetime
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Callable, List

import receiver as behaviour
from agent import Agent, said
from receiver import Receiver


class Table:
    def __init__(self) -> None:
        self.failed = False
        print("| fault | what happened | lost | duplicated |\n| --- | --- | ---: | ---: |", flush=True)

    def row(self, fault: str, what: str, agents: List[Agent], receivers: List[Receiver],
            excused: int = 0, expected: bool = True) -> None:
        """One line; `excused` reports were not delivered, and the agent said so in its counters."""
        kept = set().union(*(it.kept for it in agents))
        arrived = [pair for it in receivers for pair in it.arrived.items()]
        lost = len(kept - {name for name, _ in arrived}) - excused
        twice = sum(len(documents) - 1 for _, documents in arrived)
        spooled = {name: it for one in agents for name, it in one.spooled.items()}
        changed = [name for name, documents in arrived for it in documents
                   if it and spooled.get(name, it) != it]
        torn = [text for it in receivers for text in it.torn] + changed
        wrong = lost > 0 or bool(torn) or not expected
        self.failed |= wrong
        note = f" **{len(torn)} TORN: {torn[0]}**" if torn else ""
        note += "" if expected else " **NOT AS EXPECTED**"
        print(f"| {fault} | {what}{note} | {lost} | {twice} |", flush=True)

    def left_out(self, fault: str, why: str) -> None:
        print(f"| {fault} | left out: {why} | – | – |", flush=True)


class Play:
    def __init__(self, binary: str, runs: int, work: Path) -> None:
        self.binary, self.runs, self.work = binary, runs, work
        self.table = Table()
        self.count = 0

    def agent(self, url: str, *keys: str, kind: str = "webhook") -> Agent:
        self.count += 1
        return Agent(self.binary, self.work / str(self.count), url, *keys, kind=kind)

    # Answers.

    def answers(self) -> None:
        rows = [
            ("hangs after the request", behaviour.hang, 75),
            ("drips its head, a byte each 0.1 s", behaviour.drip_head, 75),
            ("closes its half without an answer", behaviour.half_close, 75),
            ("resets the connection", behaviour.reset, 75),
            ("speaks no HTTP", behaviour.no_http, 75),
            ("500", behaviour.answer("500 Internal Server Error"), 75),
            ("503", behaviour.answer("503 Service Unavailable"), 75),
            ("429, `Retry-After: 120`", behaviour.answer("429 Slow", "Retry-After: 120\r\n"), 75),
            ("400", behaviour.answer("400 Bad Request"), 75),
            ("401", behaviour.answer("401 Unauthorized"), 75),
            ("307 to another place", behaviour.answer("307 Moved", "Location: http://127.0.0.1:1/\r\n"), 75),
            ("413 for merged bodies", behaviour.refuse_merged, 0),
            ("200, and drips its body", behaviour.drip_body, 0),
            ("200 with garbage", behaviour.garbage, 0),
            ("200 with an endless body", behaviour.endless, 0),
        ]
        for fault, behave, status in rows:
            self.answer(fault, behave, status)
        otlp = ["encoding: json", "compression: none", "signals: [logs]"]
        self.answer("OTLP: 200 with garbage", behaviour.garbage, 0, *otlp, kind="otlp")
        self.answer("OTLP: partial success, 2⁶³−1 records rejected", behaviour.partial, 0, *otlp,
                    kind="otlp", copies=150)

    def answer(self, fault: str, behave: Callable, status: int, *keys: str, kind: str = "webhook",
               copies: int = 1) -> None:
        """Reports wait; the receiver behaves so at one `ship`, and is well at the next."""
        server = Receiver()
        server.behave = behaviour.answer("503 Service Unavailable")
        agent = self.agent(f"http://127.0.0.1:{server.port}", *keys, kind=kind)
        for _ in range(1 if copies > 1 else 3):
            agent.inspect()
        if copies > 1:
            agent.multiply(copies)
        server.behave = behave
        began = time.monotonic()
        done = agent.ship()
        seconds = time.monotonic() - began
        aside = agent.set_aside()
        server.behave = behaviour.take
        last = agent.ship("--all")
        again = sum(len(it) - 1 for it in server.arrived.values())
        what = f"`ship` {done.returncode} after {seconds:.1f} s: {said(done)}"
        if aside:
            what += f"; {aside} set aside, to be seen with `spool list --rejected`"
        expected = done.returncode == status and last.returncode == 0 and again == 0 and seconds < 10
        self.table.row(fault, what, [agent], [server], excused=aside, expected=expected)

    def away(self) -> None:
        """Nothing listens; then something does."""
        server = Receiver()
        agent = self.agent("http://127.0.0.1:9")
        for _ in range(3):
            agent.inspect()
        done = agent.ship()
        agent.configure(f"http://127.0.0.1:{server.port}")
        agent.ship()
        self.table.row("refuses connections", f"`ship` {done.returncode}: {said(done)}", [agent], [server],
                       expected=done.returncode == 75)

    # TLS.

    def tls(self) -> None:
        good = self.certificate("good", "127.0.0.1", 1)
        rows = [
            ("TLS: of an authority that is not trusted", self.certificate("other", "127.0.0.1", 1), good[0]),
            ("TLS: expired", self.certificate("old", "127.0.0.1", -1), None),
            ("TLS: of another name", self.certificate("name", "127.0.0.2", 1), None),
        ]
        for fault, certificate, authority in rows:
            server, well = Receiver(certificate), Receiver(good)
            agent = self.agent(f"https://127.0.0.1:{server.port}",
                               f"certificateAuthority: {authority or certificate[0]}")
            for _ in range(3):
                agent.inspect()
            done = agent.ship()
            agent.configure(f"https://127.0.0.1:{well.port}", f"certificateAuthority: {good[0]}")
            last = agent.ship()
            self.table.row(
                fault, f"`ship` {done.returncode}: {said(done)}", [agent], [server, well],
                expected=done.returncode == 75 and last.returncode == 0 and not server.arrived)

    def certificate(self, name: str, address: str, days: int):
        """A certificate that vouches for itself, and its key."""
        pem, key = self.work / f"{name}.pem", self.work / f"{name}.key"
        now = datetime.datetime.now(datetime.timezone.utc)
        begin = now - datetime.timedelta(days=2)
        end = now + datetime.timedelta(days=days)
        run = lambda *words: subprocess.run(["openssl", *words], check=True, capture_output=True)
        database = self.work / f"{name}.ca"
        database.mkdir()
        (database / "index").touch()
        (database / "serial").write_text("01")
        (database / "conf").write_text(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=%s\nserial=%s\nnew_certs_dir=%s\ndefault_md=sha256\n"
            "policy=p\nx509_extensions=x\nunique_subject=no\n[p]\ncommonName=supplied\n"
            "[x]\nsubjectAltName=IP:%s\nbasicConstraints=critical,CA:TRUE\n"
            % (database / "index", database / "serial", database, address))
        run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(database / "request"),
            "-subj", f"/CN={name}")
        form = "%y%m%d%H%M%SZ"
        run("ca", "-batch", "-selfsign", "-config", str(database / "conf"), "-keyfile", str(key),
            "-in", str(database / "request"), "-out", str(pem), "-startdate", begin.strftime(form),
            "-enddate", end.strftime(form), "-notext")
        return str(pem), str(key)

    # Time.

    def clock(self) -> None:
        server = Receiver()
        server.behave = behaviour.answer("503 Service Unavailable")
        agent = self.agent(f"http://127.0.0.1:{server.port}")
        agent.inspect()
        server.behave = behaviour.take
        year = datetime.timedelta(days=365)
        later = (datetime.datetime.now(datetime.timezone.utc) + year).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        agent.edit_state(lambda state: state.update(notBefore=later, waitSeconds=2))
        first = agent.run("ship")
        time.sleep(2.2)
        done = agent.run("ship")
        self.table.row(
            "clock set back by a year during a wait of 2 s",
            f"`ship` {first.returncode}: {said(first)}; 2 s later {done.returncode}: {said(done)}",
            [agent], [server], expected=(first.returncode, done.returncode) == (75, 0))

        server = Receiver()
        server.behave = behaviour.answer("503 Service Unavailable")
        agent = self.agent(f"http://127.0.0.1:{server.port}")
        agent.inspect()
        for path in agent.files("queues"):
            moment, rest = path.name.split("-", 1)
            path.rename(path.parent / f"{int(moment) + 365 * 86_400_000}-{rest}")
        agent.inspect()
        server.behave = behaviour.take
        done = agent.ship()
        self.table.row("a report of next year, as a clock that was wrong makes it",
                       f"`ship` {done.returncode}: {said(done)}", [agent], [server],
                       expected=done.returncode == 0)

        server = Receiver()
        server.behave = behaviour.answer("503 Service Unavailable")
        agent = self.agent(f"http://127.0.0.1:{server.port}")
        for _ in range(2):
            agent.inspect()
        path = agent.files("queues")[0]
        moment, rest = path.name.split("-", 1)
        path.rename(path.parent / f"{int(moment) - 8 * 86_400_000}-{rest}")
        server.behave = behaviour.take
        done = agent.ship()
        self.table.row("a report older than `spool.maxAge`, or a clock that jumped ahead so far",
                       f"`ship` {done.returncode}: {said(done)}; the dropped one is counted",
                       [agent], [server], excused=agent.counter("droppedTotal"),
                       expected=agent.counter("droppedTotal") == 1)

    # Agents beside each other.

    def at_once(self) -> None:
        server = Receiver()
        agent = self.agent(f"http://127.0.0.1:{server.port}")
        statuses: List[int] = []

        def lane() -> None:
            for _ in range(25):
                # The first receiver's request lasts while the other lane asks for the lock.
                statuses.append(agent.inspect().returncode)

        self.threads([lane, lane])
        agent.ship()
        held = statuses.count(75)
        self.table.row("two agents at once, 25 runs each",
                       f"{held} runs ended with 75, for the other held the state directory",
                       [agent], [server], expected=set(statuses) <= {0, 1, 2, 3, 75} and held < 50)

    # Disks.

    def disks(self) -> None:
        if os.geteuid() != 0 or subprocess.run(
                ["mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode != 0:
            for fault in ["disk full", "state directory turns read-only"]:
                self.table.left_out(fault, "no file system can be mounted here")
            return
        subprocess.run(["umount", "/mnt"], check=True)
        self.full_disk()
        self.read_only()

    @contextlib.contextmanager
    def on_file_system(self, options: str):
        """An agent whose state directory is a file system of its own, and whose receiver is away."""
        server = Receiver()
        server.behave = behaviour.answer("503 Service Unavailable")
        agent = self.agent(f"http://127.0.0.1:{server.port}")
        agent.state.mkdir(mode=0o700)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"mode=700{options}", "none", str(agent.state)],
                       check=True)
        try:
            yield agent, server
        finally:
            subprocess.run(["umount", str(agent.state)], check=True)

    def full_disk(self) -> None:
        with self.on_file_system(",size=160k") as (agent, server):
            for _ in range(5):
                agent.inspect()
            # Not a byte is left; what waits goes out all the same.
            filler = agent.state / "filler"
            try:
                with open(filler, "wb", buffering=0) as file:
                    while True:
                        file.write(b"x" * 4096)
            except OSError:
                pass
            full = [agent.inspect() for _ in range(20)]
            waiting = len(agent.files("queues"))
            server.behave = behaviour.take
            done = agent.ship("--all")
            filler.unlink()
            well = agent.inspect()
            dropped = agent.counter("droppedTotal")
            untold = sum("is not kept" in it.stderr for it in full)
            missing = len(agent.kept - set(server.arrived))
            self.table.row(
                "disk full (tmpfs of 160 KiB)",
                f"20 inspections without a free byte ended with {sorted({it.returncode for it in full})}, "
                f"{untold} said that their report is not kept; older reports gave way, {dropped} by the "
                f"counter, {missing} by what arrived; {waiting} waited; `ship` {done.returncode}: {said(done)}",
                [agent], [server], excused=missing if missing <= 20 - untold else 0,
                expected=well.returncode in (0, 1, 2, 3) and done.returncode == 0)

    def read_only(self) -> None:
        with self.on_file_system("") as (agent, server):
            for _ in range(3):
                agent.inspect()
            server.behave = behaviour.take
            subprocess.run(["mount", "-o", "remount,ro", str(agent.state)], check=True)
            inspected, done = agent.inspect(), agent.ship()
            before = len(server.arrived)
            subprocess.run(["mount", "-o", "remount,rw", str(agent.state)], check=True)
            last = agent.ship()
            self.table.row(
                "state directory turns read-only",
                f"`inspect --ship` {inspected.returncode}, `ship` {done.returncode}: {said(done)}; "
                f"{before} sent meanwhile; all of them when it was writable again",
                [agent], [server], expected=last.returncode == 0 and before == 0)

    # Many.

    def backlog(self) -> None:
        for kind, keys in [("webhook", []), ("otlp", ["signals: [logs]", "encoding: json"])]:
            server = Receiver()
            server.behave = behaviour.answer("503 Service Unavailable")
            agent = self.agent(f"http://127.0.0.1:{server.port}", *keys, kind=kind)
            agent.inspect()
            agent.multiply(10_000)
            server.behave = behaviour.take
            server.requests = 0
            began = time.monotonic()
            process = subprocess.Popen(agent.command("ship", "--now", "--all"), stdout=subprocess.DEVNULL)
            # Not ru_maxrss, which has this process's own memory in it from before exec(2).
            peak = 0
            while process.poll() is None:
                peak = max(peak, peak_kibibytes(process.pid))
                time.sleep(0.02)
            seconds = time.monotonic() - began
            self.table.row(
                f"10,000 reports wait ({kind})",
                f"`ship --all` {process.returncode} in {server.requests} requests, {seconds:.1f} s, "
                f"at most {peak // 1024} MiB of memory", [agent], [server],
                expected=process.returncode == 0 and peak < 64 << 10)

    # Death.

    def kills(self) -> None:
        """Lanes with state directories of their own; their receiver fails at times, too."""
        receivers, agents, killed, seeds = [], [], [], [1, 2]

        def lane(seed: int) -> None:
            chance = random.Random(seed)
            server = Receiver()
            server.behave = behaviour.moody(random.Random(seed + 100).random)
            agent = self.agent(f"http://127.0.0.1:{server.port}")
            receivers.append(server)
            agents.append(agent)
            whole = {}
            for words in [agent.INSPECTION, ("ship", "--now")]:
                began = time.monotonic()
                agent.run(*words)
                whole[words] = time.monotonic() - began
            for _ in range(self.runs // len(seeds)):
                # What comes before the report is taken is nothing to the spool.
                words = agent.INSPECTION if chance.random() < 0.6 else ("ship", "--now")
                killed.append(agent.run_and_kill(words, whole[words] * chance.uniform(0.3, 1.5)))
            server.behave = behaviour.take
            for _ in range(2):
                agent.ship("--all")

        self.threads([lambda seed=seed: lane(seed) for seed in seeds])
        aside = sum(it.set_aside() for it in agents)
        names = sum(len(it.kept) for it in agents)
        left = sum(len(it.files("incoming")) + len(it.files("queues")) for it in agents)
        self.table.row(
            f"`kill -9` at a random moment of {len(killed)} runs of `inspect --ship` and `ship`",
            f"{sum(killed)} still ran when killed; {names} reports had been kept; {aside} set aside, "
            f"{left} left behind", agents, receivers, expected=aside == 0 and left == 0)

    @staticmethod
    def threads(work: List[Callable]) -> None:
        failures: List[BaseException] = []

        def guarded(piece: Callable) -> None:
            try:
                piece()
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=guarded, args=(piece,)) for piece in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]


def peak_kibibytes(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(it.split()[1]) for it in lines if it.startswith("VmHWM:")), 0)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="clb-agent-faults-") as work:
        play = Play(sys.argv[1], int(sys.argv[2]), Path(work))
        names = sys.argv[3:]
        for part in [play.kills, play.at_once, play.away, play.answers, play.tls, play.clock, play.disks,
                     play.backlog]:
            if not names or part.__name__ in names:
                part()
    return 1 if play.table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
