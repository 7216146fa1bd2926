"""The metadata service of a CVM, at its own address.

usage: metadata.py INSTANCE-ID REGION ADDRESS
"""

import http.server
import socketserver
import subprocess
import sys

import background

SERVICE = "169.254.0.23"
BASE = "/latest/meta-data/"
MAC = "52:54:00:AA:BB:CC"
INSTANCE, REGION, ADDRESS = sys.argv[1:]
ANSWERS = {
    "": "instance-id\nlocal-ipv4\nnetwork/\nplacement/",
    "instance-id": INSTANCE,
    "local-ipv4": ADDRESS,
    "placement/region": REGION,
    "placement/zone": REGION + "-3",
    "network/interfaces/macs/": MAC + "/",
    f"network/interfaces/macs/{MAC}/local-ipv4s/": ADDRESS + "/",
    f"network/interfaces/macs/{MAC}/vpc-id": "vpc-0a1b2c3d",
}


class Metadata(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        known = ANSWERS.get(self.path.removeprefix(BASE)) if self.path.startswith(BASE) else None
        body = (known or "<html><body>404 Not Found</body></html>").encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    allow_reuse_address = True
    daemon_threads = True


subprocess.run(["ip", "addr", "add", SERVICE + "/32", "dev", "lo"], check=True)
server = Server((SERVICE, 80), Metadata)
background.detach()
server.serve_forever()
