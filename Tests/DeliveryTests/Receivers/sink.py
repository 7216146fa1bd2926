"""An OTLP/HTTP receiver that decodes with the official classes and prints what arrived.

One JSON object a line on standard output; the first says the port. Whatever the official classes do not know
is an error: {"error": …}.
"""

import gzip
import http.server
import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2 as logs
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2 as metrics

REQUESTS = {
    "/v1/logs": logs.ExportLogsServiceRequest,
    "/v1/metrics": metrics.ExportMetricsServiceRequest,
}


def decode(path, headers, body):
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    message = REQUESTS[path]()
    if headers["Content-Type"] == "application/json":
        json_format.Parse(body, message, ignore_unknown_fields=False)
    else:
        message.ParseFromString(body)
        again = message.SerializeToString(deterministic=True)
        # A field that the classes do not know would survive, and one in another type would not parse.
        message.DiscardUnknownFields()
        if message.SerializeToString(deterministic=True) != again:
            raise ValueError("unknown fields")
    return message


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        line = {"path": self.path, "headers": dict(self.headers), "bytes": len(body)}
        try:
            message = decode(self.path, self.headers, body)
            line["message"] = json_format.MessageToDict(message, use_integers_for_enums=True)
            line["wire"] = message.SerializeToString(deterministic=True).hex()
        except Exception as error:
            line["error"] = repr(error)
        # One write, for requests are answered by threads.
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        self.send_response(200)
        self.send_header("Content-Type", self.headers["Content-Type"])
        answer = b"{}" if self.headers["Content-Type"] == "application/json" else b""
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        # A client that resets a connection is no news, and would stand between the lines.
        pass


server = Server(("127.0.0.1", 0), Handler)
print(json.dumps({"port": server.server_port}), flush=True)
server.serve_forever()
