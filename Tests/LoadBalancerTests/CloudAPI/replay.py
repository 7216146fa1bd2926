"""Lets the real tccli ask a server on loopback that answers as the cloud API does.

  replay.py record DIRECTORY     writes what tccli prints of every document the importer reads
  replay.py request WORD...      runs that tccli command, and prints the request that the API got, as JSON
"""

import concurrent.futures
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading

REQUEST_ID = "00000000-1111-2222-3333-444444444444"

DOCUMENTS = {
    "listeners-edge.json": ["clb", "DescribeListeners", "--LoadBalancerId", "lb-a1b2c3d4"],
    "listeners-inner.json": ["clb", "DescribeListeners", "--LoadBalancerId", "lb-e5f6a7b8"],
    "targets-edge.json": ["clb", "DescribeTargets", "--LoadBalancerId", "lb-a1b2c3d4"],
    "targets-inner.json": ["clb", "DescribeTargets", "--LoadBalancerId", "lb-e5f6a7b8"],
    "health.json": ["clb", "DescribeTargetHealth", "--LoadBalancerIds", '["lb-a1b2c3d4","lb-e5f6a7b8"]'],
    "reverse.json": ["clb", "DescribeLBListeners", "--Backends",
                     '[{"VpcId":"vpc-0a1b2c3d","PrivateIp":"10.0.8.5"}]'],
    "load-balancers.json": ["clb", "DescribeLoadBalancers"],
    "instances.json": ["cvm", "DescribeInstances"],
    "account.json": ["vpc", "DescribeNetworkAccountType"],
}


class CloudAPI(http.server.BaseHTTPRequestHandler):
    """Answers by the header that names the action, and keeps the last request."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = json.loads(body or b"{}")
        action = self.headers.get("X-TC-Action")
        self.server.last = {"action": action, "region": self.headers.get("X-TC-Region"), "body": request}
        answer = {"RequestId": REQUEST_ID}
        if action.startswith("Describe"):
            import samples

            # Raw answers leave out what has no value; tccli puts the nulls in.
            answer.update(samples.ANSWERS[action](request)._serialize())
        text = json.dumps({"Response": answer}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def run(words, port, home):
    tccli = os.path.join(os.path.dirname(sys.executable), "tccli")
    environment = {
        "HOME": home, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8",
        "TENCENTCLOUD_SECRET_ID": "AKIDexample", "TENCENTCLOUD_SECRET_KEY": "example",
        "TENCENTCLOUD_REGION": "ap-guangzhou", "NO_PROXY": "127.0.0.1", "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [tccli, *words, "--endpoint", f"http://127.0.0.1:{port}"], env=environment, capture_output=True,
        timeout=120)
    if done.returncode:
        raise SystemExit(f"tccli {' '.join(words)}: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), CloudAPI)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    with tempfile.TemporaryDirectory() as home:
        if sys.argv[1] == "request":
            run(sys.argv[2:], port, home)
            print(json.dumps(server.last))
            return
        # The first run makes tccli's own directory, which others would race for.
        names = iter(DOCUMENTS.items())
        written = [(name, run(words, port, home)) for name, words in [next(names)]]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            written += pool.map(lambda item: (item[0], run(item[1], port, home)), names)
    for name, text in written:
        with open(os.path.join(sys.argv[2], name), "wb") as file:
            file.write(text)


main()
