"""A real gRPC server, of the library that most gRPC servers are built on.

usage: grpc_server.py MODE [--address A] [--port N] [--tls KEY CERTIFICATE] [--foreground]

It goes into the background once it listens; in the foreground it prints its port.
"""

import argparse
import os
import time
from concurrent import futures


class Handler:
    """Answers every method; the library takes it for a `grpc.GenericRpcHandler`."""

    def __init__(self, grpc, answer):
        self.unary = grpc.unary_unary_rpc_method_handler(answer)

    def service(self, details):
        return self.unary


def handlers(grpc, mode):
    def authenticate(_, context):
        context.abort(grpc.StatusCode.UNAUTHENTICATED, "who are you?")

    def well(_, context):
        return b""

    def slow(_, context):
        time.sleep(3)
        context.abort(grpc.StatusCode.UNIMPLEMENTED, "late")

    answers = {"authenticate": authenticate, "well": well, "slow": slow}
    return [] if mode == "empty" else [Handler(grpc, answers[mode])]


def serve(arguments, tell):
    # The library starts threads, which no fork outlives: so it is imported by who serves.
    import grpc

    server = grpc.server(futures.ThreadPoolExecutor(4), handlers=handlers(grpc, arguments.mode))
    place = f"{arguments.address}:{arguments.port}"
    if arguments.tls:
        pair = tuple(open(name, "rb").read() for name in arguments.tls)
        port = server.add_secure_port(place, grpc.ssl_server_credentials([pair]))
    else:
        port = server.add_insecure_port(place)
    server.start()
    tell(port)
    server.wait_for_termination()


def in_background(arguments):
    read, write = os.pipe()
    if os.fork():
        os.close(write)
        # Nothing comes from a server that could not start.
        os._exit(0 if os.read(read, 1) else 1)
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)

    def tell(port):
        os.write(write, b"." if port else b"")
        os.close(write)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)

    serve(arguments, tell)


parser = argparse.ArgumentParser()
parser.add_argument("mode", choices=["empty", "authenticate", "well", "slow"])
parser.add_argument("--address", default="0.0.0.0")
parser.add_argument("--port", type=int, default=80)
parser.add_argument("--tls", nargs=2)
parser.add_argument("--foreground", action="store_true")
options = parser.parse_args()
if options.foreground:
    serve(options, lambda port: print(f"PORT {port}", flush=True))
else:
    in_background(options)
