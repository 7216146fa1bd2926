"""The shape of the machine: what a reader needs to compare figures, and nothing that names it."""

import os
import platform
from pathlib import Path
from typing import Dict, Tuple


def describe() -> Dict[str, str]:
    release = _fields(Path("/etc/os-release"), "=")
    memory = int(_fields(Path("/proc/meminfo"), ":").get("MemTotal", "0 kB").split()[0])
    return {
        "Processor": _fields(Path("/proc/cpuinfo"), ":").get("model name", platform.machine()),
        "Cores": str(len(os.sched_getaffinity(0))),
        "Memory": f"{memory / 1024 / 1024:.0f} GiB",
        "Kernel": f"Linux {platform.release().split('-')[0]}, {platform.machine()}",
        "Distribution": release.get("PRETTY_NAME", "unknown").strip('"'),
        "Load average at the start": f"{os.getloadavg()[0]:.1f}",
    }


def surroundings() -> Tuple[int, int]:
    """How many processes and how many network namespaces `/proc` shows."""
    processes, namespaces = 0, set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            namespaces.add(os.readlink(process / "ns/net"))
        except OSError:  # it has ended
            continue
        processes += 1
    return processes, len(namespaces)


def _fields(path: Path, separator: str) -> Dict[str, str]:
    """The first value of each name in a file of `name separator value` lines."""
    fields: Dict[str, str] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        name, found, value = line.partition(separator)
        if found:
            fields.setdefault(name.strip(), value.strip())
    return fields
