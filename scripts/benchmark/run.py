"""Runs every figure in namespaces of its own and writes the page."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Optional

import figures
import machine
import page

# Sockets in the namespace, how often the busy scene is set anew, and runs of each command by figure
# and scene.
FULL = {
    "sockets": 100_000, "scenes": 3, "busy": 5, "idle": 31, "start": 101, "is_quick": False,
    "rulesets": 15, "legacy_rules": [1_000, 10_000, 100_000], "nft_rules": [1_000, 10_000],
    "set_elements": 1_000_000,
}
QUICK = {
    "sockets": 4_000, "scenes": 1, "busy": 3, "idle": 5, "start": 11, "is_quick": True,
    "rulesets": 3, "legacy_rules": [1_000, 10_000], "nft_rules": [1_000],
    "set_elements": 100_000,
}

# A figure that takes longer than this is stuck.
FIGURE_LIMIT_SECONDS = 600


def main() -> int:
    arguments = parse_arguments()
    if arguments.figure:
        return run_figure(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    size = QUICK if arguments.quick else FULL
    output = arguments.output or (None if arguments.quick else arguments.default_output)
    alone = {"packet-filter": page.packet_filter, "shipping": page.shipping}
    if arguments.only:
        section = alone[arguments.only](in_namespaces(arguments.only, arguments), size)
        return finish(page.with_section(existing(output), section), output)
    shape = machine.describe()
    # How long netstat takes depends on how the scene came about, by a factor of two.
    scenes = [in_namespaces("busy", arguments) for _ in range(size["scenes"])]
    results = {
        "busy": together(scenes),
        "idle": in_namespaces("idle", arguments),
        "packet-filter": in_namespaces("packet-filter", arguments),
        "shipping": in_namespaces("shipping", arguments),
        "start": in_namespaces("start", arguments),
    }
    return finish(page.render(shape, size, results), output)


def existing(output: Optional[str]) -> str:
    """The page as it is; a scene that is measured alone replaces its own section of it."""
    if output is None or not Path(output).is_file():
        return ""
    return Path(output).read_text(encoding="utf-8")


def finish(text: str, output: Optional[str]) -> int:
    if output is None:
        print(text, end="")
    else:
        write_whole(Path(output), text)
        print(f"wrote {output}", file=sys.stderr)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument(
        "only", nargs="?", choices=["packet-filter", "shipping"], help="measure that scene alone"
    )
    parser.add_argument("--quick", action="store_true", help="fewer runs and connections")
    parser.add_argument("--output", metavar="FILE", help="write the page here")
    parser.add_argument("--binary", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--default-output", help=argparse.SUPPRESS)
    parser.add_argument("--figure", choices=figures.ALL, help=argparse.SUPPRESS)
    parser.add_argument("--directory", help=argparse.SUPPRESS)
    return parser.parse_args()


def in_namespaces(figure: str, arguments: argparse.Namespace) -> dict:
    """Runs one figure in its own network, process and mount namespaces.

    The kernel ends all that runs in there when its first process ends: that is when the figure is
    done, when it takes too long, and when this process goes away, however it does.
    """
    print(f"measuring: {figure}", file=sys.stderr, flush=True)
    command = ["setpriv", "--pdeathsig", "KILL"]
    command += ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    command += [sys.executable, __file__, "--binary", arguments.binary, "--figure", figure]
    command += ["--quick"] if arguments.quick else []
    with tempfile.TemporaryDirectory() as directory:
        command += ["--directory", directory]
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            answer, _ = child.communicate(timeout=FIGURE_LIMIT_SECONDS)
        finally:
            child.kill()
            child.wait()
    if child.returncode != 0:
        raise SystemExit(f"scripts/bench: figure {figure!r} ended with status {child.returncode}")
    return json.loads(answer)


def together(scenes: list) -> dict:
    """One result of several scenes: all of their samples, and the highest of their peaks."""
    names = scenes[0]["samples"]
    samples = {name: [it for scene in scenes for it in scene["samples"][name]] for name in names}
    return {
        **scenes[0],
        "samples": samples,
        "peaks": {name: max(scene["peaks"][name] for scene in scenes) for name in names},
    }


def run_figure(arguments: argparse.Namespace) -> int:
    size = QUICK if arguments.quick else FULL
    figure = figures.ALL[arguments.figure]
    json.dump(figure(arguments.binary, size, Path(arguments.directory)), sys.stdout)
    return 0


def write_whole(path: Path, text: str) -> None:
    """Writes a file so that a reader sees the old one or the new one, never a part."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


if __name__ == "__main__":
    sys.exit(main())
