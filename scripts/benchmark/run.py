"""Runs every figure in a network namespace of its own and writes the page."""

import argparse
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import figures
import machine
import page

# Sockets in the namespace, and runs of each command, by figure.
FULL = {"sockets": 100_000, "connections": 11, "idle": 31, "start": 101}
QUICK = {"sockets": 4_000, "connections": 3, "idle": 5, "start": 11}

# A figure that takes longer than this is stuck; the kernel then ends it, and its helpers follow.
FIGURE_LIMIT_SECONDS = 600


def main() -> int:
    arguments = parse_arguments()
    if arguments.figure:
        return run_figure(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    size = QUICK if arguments.quick else FULL
    shape = machine.describe()
    results = {name: in_namespace(name, arguments) for name in figures.ALL}
    text = page.render(shape, size, results)
    output = arguments.output or (None if arguments.quick else arguments.default_output)
    if output is None:
        print(text, end="")
    else:
        write_whole(Path(output), text)
        print(f"wrote {output}", file=sys.stderr)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--quick", action="store_true", help="fewer runs and connections")
    parser.add_argument("--output", metavar="FILE", help="write the page here")
    parser.add_argument("--binary", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--default-output", help=argparse.SUPPRESS)
    parser.add_argument("--figure", choices=figures.ALL, help=argparse.SUPPRESS)
    return parser.parse_args()


def in_namespace(figure: str, arguments: argparse.Namespace) -> dict:
    """Runs one figure under `unshare --net`; everything it makes there ends with it."""
    print(f"measuring: {figure}", file=sys.stderr, flush=True)
    command = ["unshare", "--net", sys.executable, __file__]
    command += ["--binary", arguments.binary, "--figure", figure]
    command += ["--quick"] if arguments.quick else []
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        answer, _ = child.communicate()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
    if child.returncode != 0:
        raise SystemExit(f"scripts/bench: figure {figure!r} ended with status {child.returncode}")
    return json.loads(answer)


def run_figure(arguments: argparse.Namespace) -> int:
    # The alarm runs the `finally` blocks that end servers and connections, as SIGTERM does.
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    signal.alarm(FIGURE_LIMIT_SECONDS)
    size = QUICK if arguments.quick else FULL
    json.dump(figures.ALL[arguments.figure](arguments.binary, size), sys.stdout)
    return 0


def write_whole(path: Path, text: str) -> None:
    """Writes a file so that a reader sees the old one or the new one, never a part."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


if __name__ == "__main__":
    sys.exit(main())
