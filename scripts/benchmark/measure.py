"""Runs commands, one after another in turns, and takes what the kernel counted for each."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Dict, List, Optional, Sequence, TypedDict

# Rounds that fill caches and are not counted.
WARM_UP_ROUNDS = 1

# What a run of the agent may end with: pass, warn, fail, unknown.
ANSWER_STATUSES = range(4)


# Runs of a command for the peak of its memory, which hardly varies.
PEAK_RUNS = 5


class Sample(TypedDict):
    """One run: seconds by the clock, and seconds of processor of it and all that it started."""

    wall: float
    cpu: float


Commands = Sequence[Sequence[str]]


def in_turns(contestants: Dict[str, Commands], rounds: int) -> Dict[str, List[Sample]]:
    """Runs each contestant once a round (A B, B A, A B, …), so that drift hits all of them.

    A contestant is one command, or several that are run one after another and summed.
    """
    samples: Dict[str, List[Sample]] = {name: [] for name in contestants}
    for number in range(rounds + WARM_UP_ROUNDS):
        names = list(contestants)
        for name in names if number % 2 == 0 else reversed(names):
            sample = total([run(command) for command in contestants[name]])
            if number >= WARM_UP_ROUNDS:
                samples[name].append(sample)
    return samples


def run(command: Sequence[str]) -> Sample:
    """Runs a command with its output thrown away.

    `wait4` counts a process and all of its descendants that were waited for.
    """
    discard = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    try:
        actions = [(os.POSIX_SPAWN_DUP2, discard, descriptor) for descriptor in range(3)]
        start = time.perf_counter()
        process = os.posix_spawnp(command[0], list(command), os.environ, file_actions=actions)
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - start
    finally:
        os.close(discard)
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
    if code not in ANSWER_STATUSES:
        raise SystemExit(f"scripts/bench: {' '.join(command)!r} ended with status {code}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime}


def total(parts: List[Sample]) -> Sample:
    return {
        "wall": sum(part["wall"] for part in parts),
        "cpu": sum(part["cpu"] for part in parts),
    }


def peak_bytes(command: Sequence[str]) -> int:
    """The most memory that the command, or any one process that it started, had resident.

    By way of time(1): the kernel counts what the caller had resident into `ru_maxrss` of a program
    that it starts, and an interpreter's own memory would hide that of a small program.
    """
    with tempfile.NamedTemporaryFile("r") as written:
        measured = ["/usr/bin/time", "--quiet", "--format", "%M", "--output", written.name]
        peaks = []
        for _ in range(PEAK_RUNS):
            run([*measured, *command])
            peaks.append(int(Path(written.name).read_text().split()[-1]) * 1024)
    return max(peaks)


def output_of(command: Sequence[str], standard_input: Optional[str] = None) -> str:
    """Runs a command whose answer matters, and ends the bench if it has none."""
    done = subprocess.run(
        list(command), input=standard_input, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        universal_newlines=True,
    )
    if done.returncode not in ANSWER_STATUSES:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(f"scripts/bench: {' '.join(command)!r}: status {done.returncode}")
    return done.stdout
