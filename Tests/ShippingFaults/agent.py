"""Runs the agent against one receiver, with a state directory of its own."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
import zlib
from pathlib import Path
from typing import Dict, List, Optional, Set


class Agent:
    def __init__(self, binary: str, directory: Path, url: str, *more: str, kind: str = "webhook") -> None:
        self.binary, self.directory = binary, directory
        directory.mkdir(mode=0o700)
        self.state = directory / "state"
        self.config = directory / "config.yaml"
        self.configure(url, *more, kind=kind)
        # Ids that a run printed and did not call lost, and documents that were seen in the spool.
        self.printed: Set[str] = set()
        self.spooled: Dict[str, dict] = {}

    def configure(self, url: str, *more: str, kind: str = "webhook") -> None:
        keys = ["name: here", f"type: {kind}", f"url: {url}", "timeLimit: 1", *more]
        self.config.write_text("receivers:\n  - " + "\n    ".join(keys) + "\n")

    def command(self, *words: str) -> List[str]:
        return [self.binary, *words, "--config", str(self.config), "--state-directory", str(self.state)]

    def run(self, *words: str) -> subprocess.CompletedProcess:
        done = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=300)
        self.look()
        return done

    INSPECTION = ("inspect", "--no-probe", "--only", "listening-socket", "--no-metadata", "--target",
                  "tcp://127.0.0.1:1", "--ship", "--format", "json")

    def inspect(self) -> subprocess.CompletedProcess:
        done = self.run(*self.INSPECTION)
        if done.returncode in (0, 1, 2, 3) and "is not kept" not in done.stderr:
            self.printed.add(json.loads(done.stdout)["reportID"])
        return done

    def ship(self, *words: str) -> subprocess.CompletedProcess:
        return self.run("ship", "--now", *words)

    def run_and_kill(self, words, seconds: float) -> bool:
        """Kills the agent and its children after so long; whether it still ran then."""
        process = subprocess.Popen(
            self.command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        time.sleep(seconds)
        alive = process.poll() is None
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        self.look()
        return alive

    def look(self) -> None:
        """Notes every report that has its name in the spool; it must be whole there."""
        for path in [*self.files("incoming"), *self.files("queues")]:
            try:
                header, document = path.read_bytes().split(b"\n", 1)
            except FileNotFoundError:
                continue
            _, _, length, checksum, *queues = header.decode().split(" ")
            covered = "".join(f" {it}" for it in queues).encode() + document
            assert len(document) == int(length) and zlib.crc32(covered) == int(checksum, 16), path
            self.spooled[json.loads(document)["reportID"]] = json.loads(document)

    def files(self, place: str) -> List[Path]:
        return sorted(
            it for it in (self.state / "spool" / place).rglob("[0-9]*-*.report") if it.is_file())

    def set_aside(self) -> int:
        return len(self.files("rejected")) + len(self.files("damaged"))

    def counter(self, name: str) -> int:
        done = self.run("spool", "status", "--format", "json")
        return sum(it[name] for it in json.loads(done.stdout)["queues"])

    @property
    def kept(self) -> Set[str]:
        return self.printed | set(self.spooled)

    def multiply(self, count: int) -> None:
        """Fills the queues with copies of their only report, each with an id and a moment of its own."""
        for path in self.files("queues"):
            header, document = path.read_bytes().split(b"\n", 1)
            words = header.decode().split(" ")
            old = json.loads(document)["reportID"]
            moment = int(path.name.split("-")[0])
            for number in range(1, count):
                new = f"{number:032x}"
                copy = document.replace(old.encode(), new.encode())
                covered = "".join(f" {it}" for it in words[4:]).encode() + copy
                words[2:4] = [str(len(copy)), f"{zlib.crc32(covered):08x}"]
                name = f"{moment - number:013d}-{new}.report"
                (path.parent / name).write_bytes(" ".join(words).encode() + b"\n" + copy)
        self.look()

    def edit_state(self, edit) -> None:
        for path in (self.state / "spool/state").glob("*.json"):
            state = json.loads(path.read_text())
            edit(state)
            path.write_text(json.dumps(state))


def said(done: subprocess.CompletedProcess) -> str:
    """The last line that the agent wrote of its receiver, without what is different each time."""
    lines = (done.stdout + done.stderr).strip().splitlines()
    line = lines[-1] if lines else "nothing"
    line = re.sub(r"^(clb-agent: )?here\.[a-z]+: ", "", line)
    line = re.sub(r"; no request before [0-9TZ:-]+", "; waits", line)
    line = re.sub(r"127\.0\.0\.1:[0-9]+", "127.0.0.1:PORT", line)
    return re.sub(r"/tmp/[^ :]*/state", "STATE", line).replace("|", "\\|")
