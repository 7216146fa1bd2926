"""The page: one table a figure, and how to read and repeat it."""

from statistics import median
from typing import Dict, List

Row = List[str]


def render(shape: Dict[str, str], size: dict, results: Dict[str, dict]) -> str:
    parts = [
        "# Performance",
        "Written by `scripts/bench`. Ratios, not seconds, are what carries over to another "
        "machine: the agent and the commands it stands in for ran here, in turns, in one go.",
        table(["this machine", ""], [[name, value] for name, value in shape.items()]),
        busy(results["busy"], size["connections"]),
        idle(results["idle"], size["idle"]),
        footprint(results, size["start"]),
        HOW.strip(),
    ]
    return "\n\n".join(parts) + "\n"


def busy(result: dict, runs: int) -> str:
    samples = result["samples"]
    pairs = [
        ("who listens, and who owns it", "sockets", "netstat", 0.02),
        ("who listens, and who owns it", "sockets", "ss", 0.15),
        ("a whole inspection", "inspect", "netstat", 0.10),
    ]
    names = {
        "sockets": "`clb-agent sockets`",
        "inspect": "`clb-agent inspect --no-probe --format json --output FILE`",
        "netstat": "`netstat -anp`",
        "ss": "`ss -ltnp`",
    }
    scene = (
        f"## With {result['established']:,} open connections\n\n"
        f"{result['established']:,} established TCP sockets (both ends are on this host) and "
        f"{result['listening']} listening ones, held by {result['processes']} processes of "
        f"{result['established'] // result['processes']:,} descriptors each. The inspection "
        f"learns {result['targets']} targets and takes each of them along the whole path. "
        f"Medians of {runs} runs (fastest – slowest)."
    )
    return compare(scene, samples, names, pairs)


def idle(result: dict, runs: int) -> str:
    rules = "six `iptables` rules" if result["has_rules"] else "no rules (`iptables` is refused)"
    unknown = [hop for hop, verdict in result["verdicts"].items() if verdict == "unknown"]
    told = f"could not tell: {', '.join(unknown)}" if unknown else "told every hop"
    scene = (
        f"## On an idle host\n\nOne web server (nginx), one interface, {rules}. The runbook is "
        "`netstat -anp`, `iptables-save`, `nft list ruleset`, `sysctl -a --pattern net.ipv4` and "
        "`curl -sI http://ADDRESS/`, one after another, with nobody to type or read them. The "
        f"inspection passes {len(result['verdicts'])} hops and {told}. "
        f"Medians of {runs} runs (fastest – slowest)."
    )
    names = {"inspect": "`clb-agent inspect --target http://:80/`", "runbook": "the runbook"}
    pairs = [("all of the runbook", "inspect", "runbook", 1.0)]
    steps = [name for name in result["samples"] if name not in names]
    listed = [
        [f"`{name}`", spread(result["samples"][name], "wall"), spread(result["samples"][name], "cpu")]
        for name in steps
    ]
    parts = "The runbook's commands, each by itself:\n\n" + table(
        ["command", "by the clock", "processor time"], listed
    )
    return compare(scene, result["samples"], names, pairs) + "\n\n" + parts


def footprint(results: Dict[str, dict], runs: int) -> str:
    start = results["start"]
    floor = largest(start["samples"]["true"])
    peaks = {
        "the busy host": largest(results["busy"]["samples"]["inspect"]),
        "the idle host": largest(results["idle"]["samples"]["inspect"]),
    }
    rows = [
        [f"peak memory of `inspect` on {where}", mebibytes(peak), "< 25 MiB", met(peak < 25 << 20)]
        for where, peak in peaks.items()
    ]
    size = start["binary_bytes"]
    rows.append(
        ["size of the static binary", f"{size / 1e6:.1f} MB", "< 30 MB", met(size < 30_000_000)]
    )
    others = ", ".join(
        f"`{command}` {mebibytes(largest(results['busy']['samples'][name]))}"
        for name, command in (("netstat", "netstat -anp"), ("ss", "ss -ltnp"))
    )
    begin = (
        f"To start and end, `clb-agent --version` takes {spread(start['samples']['version'], 'wall')}"
        f"; `true` takes {spread(start['samples']['true'], 'wall')} (medians of {runs} runs)."
    )
    memory = (
        "The agent collects in a child process, which runs commands in turn; the memory is that of "
        "the largest one of all these processes, in the worst of all runs. The kernel counts the "
        f"program that starts a process as well, so nothing below {mebibytes(floor)} could show "
        f"(that is what `true` is said to take). On the busy host: {others}."
    )
    heading = ["what", "measured", "aim", ""]
    return "\n\n".join(["## Footprint", table(heading, rows), begin, memory])


def compare(scene: str, samples: dict, names: dict, pairs: list) -> str:
    rows = []
    for what, ours, theirs, aim in pairs:
        for title, unit in (("by the clock", "wall"), ("processor time", "cpu")):
            ratio = middle(samples[ours], unit) / middle(samples[theirs], unit)
            # An aim is about the time that an operator waits; processor time stands beside it.
            verdict = [aim_text(aim), met(ratio < aim)] if unit == "wall" else ["", ""]
            rows.append(
                [
                    f"{what}, {title}",
                    f"{names[ours]} {spread(samples[ours], unit)}",
                    f"{names[theirs]} {spread(samples[theirs], unit)}",
                    percent(ratio),
                    *verdict,
                ]
            )
    heading = ["what", "agent", "peer", "ratio", "aim", ""]
    return scene + "\n\n" + table(heading, rows)


def table(heading: Row, rows: List[Row]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def middle(samples: list, unit: str) -> float:
    return median(sample[unit] for sample in samples)


def spread(samples: list, unit: str) -> str:
    values = [sample[unit] for sample in samples]
    return f"{duration(median(values))} ({duration(min(values))} – {duration(max(values))})"


def largest(samples: list) -> int:
    return max(sample["peak_bytes"] for sample in samples)


def duration(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def mebibytes(count: int) -> str:
    return f"{count / (1 << 20):.1f} MiB"


def percent(ratio: float) -> str:
    return f"{ratio * 100:.1f} %"


def aim_text(aim: float) -> str:
    return "no slower" if aim == 1.0 else f"< {aim * 100:.0f} %"


def met(is_met: bool) -> str:
    return "met" if is_met else "**not met**"


HOW = """
## How it was measured, and how to repeat it

    scripts/bench            # as root; installs what it compares with, builds the release
    scripts/bench --quick    # fewer runs and connections; prints the page only

- Each scene is a network namespace of its own: the host's addresses, rules, settings and
  connections are neither touched nor counted. `/proc` is the host's, so all sides see its processes.
- In each round every command runs once, in one order in even rounds and the other in odd ones, so
  that whatever else the machine does meets all of them. The first round is not counted.
- Time by the clock runs from just before the start of a command to its end; processor time is
  what the kernel charged to it and to all that it started. Output goes to `/dev/null`.
- Before anything is timed, the answers are looked at: the agent must name the owner of each
  listening socket, and end with an answer.
- An aim is held against the ratio of the medians by the clock.
"""
