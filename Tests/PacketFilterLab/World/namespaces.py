"""The network of one measurement: a server's namespace and, at the other end of its wires, a prober's.

Both are nameless and end with this process. The prober's holds no address: it is only the far end of the
wires, so that nothing in it answers what the server says.
"""

import ctypes
import os
import subprocess

CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)

# The server's interfaces with their addresses; wire N ends in the prober's namespace as "wireN".
INTERFACES = {
    "eth0": ["10.0.0.5/24", "10.0.0.6/24", "fd00:5::5/64"],
    "eth1": ["10.1.0.1/24", "fd00:1::1/64"],
    "docker0": ["172.17.0.1/16"],
}
SYSCTLS = {
    "ipv4/ip_forward": 1,
    "ipv6/conf/all/forwarding": 1,
    "ipv4/icmp_ratelimit": 0,
    "ipv4/icmp_msgs_per_sec": 1000000,
    "ipv4/icmp_msgs_burst": 1000000,
    "ipv6/icmp/ratelimit": 0,
    "ipv4/tcp_syncookies": 0,
    "ipv4/tcp_max_syn_backlog": 65536,
    "ipv4/tcp_synack_retries": 0,
    "core/somaxconn": 65536,
    "netfilter/nf_log_all_netns": 0,
}
PER_INTERFACE = {"rp_filter": 0, "send_redirects": 0, "accept_redirects": 0}


def hardware_address(index):
    """The Ethernet address of the server's interface number `index`."""
    return bytes([2, 0, 0, 0, 5, index])


def checked(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def new_namespace():
    checked(libc.unshare(CLONE_NEWNET))
    return os.open("/proc/self/ns/net", os.O_RDONLY)


def enter(namespace):
    checked(libc.setns(namespace, CLONE_NEWNET))


def ip(lines):
    subprocess.run(["/usr/sbin/ip", "-batch", "-"], input="\n".join(lines) + "\n", text=True, check=True)


def set_sysctl(path, value):
    try:
        with open(f"/proc/sys/net/{path}", "w") as file:
            file.write(str(value))
    except (FileNotFoundError, PermissionError):
        pass  # Older kernels have this limit for all namespaces at once, or not at all.


def create():
    """Makes both namespaces and joins them; ends in the server's. Gives (server, prober)."""
    server = new_namespace()
    prober = new_namespace()
    path = f"/proc/{os.getpid()}/fd/{server}"
    wires = range(len(INTERFACES))
    ip(
        [
            f"link add wire{i} type veth peer name {name} address {hardware_address(i).hex(':')} netns {path}"
            for i, name in zip(wires, INTERFACES)
        ]
        + [f"link set wire{i} up" for i in wires]
    )
    enter(server)
    for name, value in SYSCTLS.items():
        set_sysctl(name, value)
    for name in ["all", "default", *INTERFACES]:
        for key, value in PER_INTERFACE.items():
            set_sysctl(f"ipv4/conf/{name}/{key}", value)
    lines = ["link set lo up"]
    for name, addresses in INTERFACES.items():
        # Without ARP every neighbour is there: the wire takes what is sent to any.
        lines += [f"link set {name} arp off", f"link set {name} up"]
        lines += [f"address add {a} dev {name}" + (" nodad" if ":" in a else "") for a in addresses]
    ip(lines + ["route add default via 10.0.0.1", "route add default via fd00:5::1 dev eth0"])
    return server, prober
