"""The page: one table a figure, and how to read and repeat it."""

from statistics import median
from typing import Dict, List

Row = List[str]

INTRODUCTION = """
Written by `scripts/bench`. Ratios, not seconds, are what carries over to another machine: the agent
and the commands that it stands in for ran here, in turns, in one go.
"""

QUICK_NOTE = "\n\n**This was a quick run: the aims are those of the full one.**"


def render(shape: Dict[str, str], size: dict, results: Dict[str, dict]) -> str:
    parts = [
        "# Performance",
        INTRODUCTION.strip() + (QUICK_NOTE if size["is_quick"] else ""),
        table(["machine", ""], [[name, value] for name, value in shape.items()]),
        busy(results["busy"], size),
        idle(results["idle"], size["idle"]),
        packet_filter(results["packet-filter"], size),
        shipping(results["shipping"], size),
        footprint(results, size["start"]),
        HOW.strip(),
    ]
    return "\n\n".join(parts) + "\n"


def busy(result: dict, size: dict) -> str:
    sockets, holders = result["established"], result["holders"]
    processes, namespaces = result["surroundings"]
    scene = f"""## With {sockets:,} open connections

{sockets:,} established TCP sockets (both ends are on this host) and {result["listening"]}
listening ones, held by {holders} processes of {sockets // holders:,} descriptors each; there are
{processes} processes and {namespaces} network namespaces in all. `sockets` is `clb-agent sockets`,
which lists who listens, with the owners. `inspect` is
`clb-agent inspect --no-metadata --no-probe --format json --output FILE`: it learns {result["targets"]} targets,
and takes each of them along the whole path. Medians of {size["busy"]} runs in each of
{size["scenes"]} scenes, set anew each time (fastest – slowest)."""
    pairs = [
        ("`sockets` against `netstat -anp`", "sockets", "netstat", 0.02),
        ("`sockets` against `ss -ltnp`", "sockets", "ss", 0.15),
        ("`inspect` against `netstat -anp`", "inspect", "netstat", 0.10),
    ]
    return scene + "\n\n" + compare(result["samples"], pairs)


def idle(result: dict, runs: int) -> str:
    rules = "six `iptables` rules" if result["has_rules"] else "no rules (`iptables` is refused)"
    hops = result["verdicts"]
    unknown = [hop for hop, verdict in hops.items() if verdict == "unknown"]
    processes, namespaces = result["surroundings"]
    told = f"all but {', '.join(unknown)}" if unknown else "each of them"
    scene = f"""## On an idle host

One web server (nginx), one interface, {rules}; {processes} processes and {namespaces}
network namespaces in all. `inspect` is `clb-agent inspect --no-metadata --target http://:80/`, probe included:
it has {len(hops)} hops to judge, and judged {told}. The runbook is `netstat -anp`,
`iptables-save`, `nft list ruleset`, `sysctl -a --pattern net.ipv4` and `curl -sI http://ADDRESS/`,
one after another, with nobody to type or read them. Medians of {runs} runs (fastest – slowest)."""
    samples = result["samples"]
    steps = [name for name in samples if name not in ("inspect", "runbook")]
    each = [[f"`{it}`", spread(samples[it], "wall"), spread(samples[it], "cpu")] for it in steps]
    parts = [
        scene,
        compare(samples, [("`inspect` against the runbook", "inspect", "runbook", 1.0)]),
        "The runbook's commands, each by itself:",
        table(["command", "by the clock", "processor"], each),
    ]
    return "\n\n".join(parts)


PACKET_FILTER = "## With big packet filters"


def packet_filter(result: dict, size: dict) -> str:
    scene = f"""{PACKET_FILTER}

Rules as kube-proxy makes them, a service to five rules, and an `INPUT` chain of a few accepts and a
final drop; the set is of addresses of the whole internet, which `INPUT` drops. `trace` is
`clb-agent trace --rules DIR --from 100.64.0.0/10 --to 10.0.0.5:80/tcp`: it parses the listings that
the peer wrote, and decides for each of 4,194,304 sources what becomes of it. The answers were
looked at before they were timed. Medians of {size["rulesets"]} runs (fastest – slowest)."""
    parts = [scene]
    rows, memory = [], []
    for trial in result["trials"]:
        ours, theirs = trial["samples"]["trace"], trial["samples"]["list"]
        for unit, title in (("wall", "by the clock"), ("cpu", "processor")):
            ratio = middle(ours, unit) / middle(theirs, unit)
            least = fastest(ours, unit) / fastest(theirs, unit)
            verdict = [aim_text(0.5), met(ratio < 0.5)] if unit == "wall" else ["", ""]
            what = f"{trial['what']}, against {trial['peer']}"
            times = [spread(ours, unit), spread(theirs, unit)]
            rows.append([what, title, *times, percent(ratio), percent(least), *verdict])
        own = (trial["peak"] - result["base_peak"]) / trial["bytes"]
        listing = f"{trial['bytes'] / 1e6:.1f} MB"
        memory.append(
            [trial["what"], listing, mebibytes(trial["peak"]), f"{own:.1f}", "< 10", met(own < 10)]
        )
    heading = ["what", "time", "agent", "peer", "ratio", "of the fastest", "aim", ""]
    parts.append(table(heading, rows))
    parts.append(
        f"Peak memory, and what of it is beyond the {mebibytes(result['base_peak'])} of "
        "`clb-agent --version`, per byte of listing:"
    )
    heading = ["what", "listing", "peak", "per byte", "aim", ""]
    parts.append(table(heading, memory))
    return "\n\n".join(parts)


def shipping(result: dict, size: dict) -> str:
    scene = f"""## With reports to ship

`--ship` keeps a report of {result["bytes"]:,} bytes in the spool, durably, and sends it to a webhook on
loopback; "plain" is the same `inspect` without it. Then 1,000 such reports wait, and `clb-agent ship --all` drains
them, 50 in a request, checking each file and deleting it afterwards; `curl --data-binary` posts 20 bodies of the same
size. The receiver is the same. Medians of {size["idle"]} and {size["rulesets"]} runs (fastest – slowest)."""
    pairs = [
        ("`inspect --ship` against plain `inspect`", "kept", "plain", None),
        ("draining 1,000 reports against 20 `curl`", "drain", "curl", None),
    ]
    memory = (
        f"Draining 10,000 reports has a peak of {mebibytes(result['peak'])}, "
        f"{mebibytes(result['peak'] - result['base_peak'])} more than `clb-agent --version`."
    )
    return "\n\n".join([scene, compare(result["samples"], pairs), memory])


def with_section(text: str, section: str) -> str:
    """A page with that section in place of the one of the same heading, or before the footprint."""
    parts = text.rstrip("\n").split("\n\n## ")
    title = section.split("\n", 1)[0][len("## "):]
    kept = [part for part in parts if part.split("\n", 1)[0] != title and part]
    places = [at for at, part in enumerate(kept) if part.startswith("Footprint")]
    kept.insert(places[0] if places else len(kept), section[len("## "):])
    joined = "\n\n## ".join(kept)
    return (joined if text else "## " + joined) + "\n"


def footprint(results: Dict[str, dict], runs: int) -> str:
    start = results["start"]
    rows = []
    for where in ("busy", "idle"):
        peak = results[where]["peaks"]["inspect"]
        what = f"peak memory of `inspect` on the {where} host"
        rows.append([what, mebibytes(peak), "< 25 MiB", met(peak < 25 << 20)])
    size = start["binary_bytes"]
    rows.append(["the static binary", f"{size / 1e6:.1f} MB", "< 30 MB", met(size < 30_000_000)])
    peaks = {name: mebibytes(peak) for name, peak in results["busy"]["peaks"].items()}
    samples = start["samples"]
    text = f"""The agent collects in a child process: the memory is that of the larger one, or of a
command that it ran if that is larger still, and the worst of several runs. On the busy host
`clb-agent sockets` takes {peaks["sockets"]}, `netstat -anp` {peaks["netstat"]}, and `ss -ltnp`
{peaks["ss"]}.

To start and end, `clb-agent --version` takes {spread(samples["version"], "wall")}, and `true`
{spread(samples["true"], "wall")}: medians of {runs} runs."""
    return "\n\n".join(["## Footprint", table(["what", "measured", "aim", ""], rows), text])


def compare(samples: dict, pairs: list) -> str:
    rows = []
    for what, ours, theirs, aim in pairs:
        for unit, title in (("wall", "by the clock"), ("cpu", "processor")):
            ratio = middle(samples[ours], unit) / middle(samples[theirs], unit)
            least = fastest(samples[ours], unit) / fastest(samples[theirs], unit)
            # An aim is about the time that an operator waits; processor time stands beside it.
            has_aim = unit == "wall" and aim is not None
            verdict = [aim_text(aim), met(ratio < aim)] if has_aim else ["", ""]
            times = [spread(samples[ours], unit), spread(samples[theirs], unit)]
            rows.append([what, title, *times, percent(ratio), percent(least), *verdict])
    heading = ["what", "time", "agent", "peer", "ratio", "of the fastest", "aim", ""]
    return table(heading, rows)


def table(heading: Row, rows: List[Row]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def middle(samples: list, unit: str) -> float:
    return median(sample[unit] for sample in samples)


def fastest(samples: list, unit: str) -> float:
    return min(sample[unit] for sample in samples)


def spread(samples: list, unit: str) -> str:
    values = [sample[unit] for sample in samples]
    return f"{duration(median(values))} ({duration(min(values))} – {duration(max(values))})"


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

- Each scene has network, process and mount namespaces of its own: the host's addresses, rules,
  settings, connections and processes are neither touched nor counted. In it are what the figure
  names and processes that sleep, one of them in a second network namespace, as a container would be.
- In each round every command runs once, in one order in even rounds and the other in odd ones, so
  that whatever else the machine does meets all of them. The first round is not counted.
- Time by the clock runs from just before the start of a command to its end; processor time is
  what the kernel charged to it and to all that it started. Output goes to `/dev/null`.
- Before anything is timed, the answers are looked at: the agent must name the owner of each
  listening socket, and end with an answer.
- An aim is held against the ratio of the medians by the clock. The ratio of the fastest runs stands
  beside it, for `netstat` is unsteady: it varies by a factor of two, also on a quiet machine.
"""
