"""Ethernet frames of single probes, and what comes back.

Every probe carries a number of its own where each answer to it shows it: as the TCP sequence number, else
in the payload. So an answer finds its probe whatever addresses and ports the server's rules have rewritten.
"""

import ipaddress
import struct

IPV4, IPV6 = 0x0800, 0x86DD
ICMP, TCP, UDP, ICMP6 = 1, 6, 17, 58
ECHO = {ICMP: (8, 0), ICMP6: (128, 129)}
# First byte of a payload: a probe's, or an echo of it.
PROBE, ECHOED = b"P", b"E"


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def with_checksum(segment, offset, pseudo):
    value = checksum(pseudo + segment)
    return segment[:offset] + struct.pack("!H", value or 0xFFFF) + segment[offset + 2 :]


def protocol_number(name, version):
    return {"tcp": TCP, "udp": UDP, "icmp": ICMP if version == 4 else ICMP6}[name]


def segment(protocol, number, source_port, port):
    """The transport's part, its checksum still zero, and where the checksum stands in it."""
    payload = PROBE + struct.pack("!I", number) + bytes(27)
    if protocol == TCP:
        # A SYN with a maximum segment size; data offset 6 words.
        fixed = struct.pack("!HHIIBBHHH", source_port, port, number, 0, 6 << 4, 2, 64240, 0, 0)
        return fixed + struct.pack("!BBH", 2, 4, 1460), 16
    if protocol == UDP:
        return struct.pack("!HHHH", source_port, port, 8 + len(payload), 0) + payload, 6
    return struct.pack("!BBHHH", ECHO[protocol][0], 0, 0, source_port, number & 0xFFFF) + payload, 2


def packet(source, destination, protocol_name, number, source_port, port):
    """One IP packet, and its Ethernet type."""
    source, destination = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    protocol = protocol_number(protocol_name, source.version)
    body, offset = segment(protocol, number, source_port, port)
    pseudo = source.packed + destination.packed + struct.pack("!IHBB", len(body), 0, 0, protocol)
    body = with_checksum(body, offset, b"" if protocol == ICMP else pseudo)
    if source.version == 6:
        header = struct.pack("!IHBB", 6 << 28, len(body), protocol, 64)
        return header + source.packed + destination.packed + body, IPV6
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), number & 0xFFFF, 0x4000, 64, protocol, 0)
    header += source.packed + destination.packed
    return with_checksum(header, 10, b"") + body, IPV4


class Parsed:
    """An IP packet's protocol, addresses and transport part."""

    def __init__(self, data):
        if data[0] >> 4 == 4:
            start, self.protocol = (data[0] & 15) * 4, data[9]
            self.source, self.destination = data[12:16], data[16:20]
        else:
            start, self.protocol = 40, data[6]
            self.source, self.destination = data[8:24], data[24:40]
        self.body = data[start:]

    def addresses(self):
        return str(ipaddress.ip_address(self.source)), str(ipaddress.ip_address(self.destination))

    def number(self):
        """The number of the probe that this packet is, or `None`."""
        if self.protocol == TCP and self.body[13] & 0x3F == 2:
            return struct.unpack("!I", self.body[4:8])[0]
        if self.is_echo_request() or self.protocol == UDP and self.body[8:9] == PROBE:
            return struct.unpack("!I", self.body[9:13])[0]
        return None

    def quoted_number(self):
        """As `number`, for a packet that an ICMP error quotes: of TCP, only eight bytes are sure."""
        if self.protocol == TCP and len(self.body) >= 8:
            return struct.unpack("!I", self.body[4:8])[0]
        return self.number() if len(self.body) >= 13 else None

    def is_echo_request(self):
        return self.protocol in ECHO and self.body[0] == ECHO[self.protocol][0]


def forwarded(parsed, interface):
    source, destination = parsed.addresses()
    outcome = {"verdict": "forward", "to": destination, "from": source, "interface": interface}
    if parsed.protocol in (TCP, UDP):
        outcome["port"] = struct.unpack("!H", parsed.body[2:4])[0]
    return outcome


def answered(parsed):
    """The number of the probe that this packet answers, and the outcome it means; or `None`."""
    body = parsed.body
    if parsed.protocol == TCP:
        answers = (struct.unpack("!I", body[8:12])[0] - 1) & 0xFFFFFFFF
        if body[13] & 0x04:
            return answers, {"verdict": "reject", "code": "rst"}
        return (answers, {"verdict": "accept"}) if body[13] & 0x12 == 0x12 else None
    if parsed.protocol == UDP and body[8:9] == ECHOED:
        number, port = struct.unpack("!IH", body[9:15])
        return number, {"verdict": "accept", "port": port}
    if parsed.protocol not in ECHO:
        return None
    if body[0] == ECHO[parsed.protocol][1]:
        return struct.unpack("!I", body[9:13])[0], {"verdict": "accept"}
    if (parsed.protocol == ICMP and body[0] in (3, 11, 12)) or (parsed.protocol == ICMP6 and body[0] < 128):
        number = Parsed(body[8:]).quoted_number()
        return number, {"verdict": "reject", "code": f"{body[0]}/{body[1]}"}
    return None


def read(data, interface):
    """What a frame that left the server says about which probe, or `None`."""
    if struct.unpack("!H", data[12:14])[0] not in (IPV4, IPV6):
        return None
    parsed = Parsed(data[14:])
    number = parsed.number()
    return (number, forwarded(parsed, interface)) if number is not None else answered(parsed)
