"""What both scripts share: the program started on a free port, questions about the sample, one request at a time."""

import http.client
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Service:
    """The built program on a region, ended by `close`."""

    def __init__(self, region, program=None):
        program = program or os.environ.get("ZHUGAN") or self._built()
        self.data = tempfile.TemporaryDirectory()
        key = [program, "user", "key", "load", "--role", "planner", "--data", self.data.name]
        # What lets a program write.
        self.key = subprocess.run(key, capture_output=True, check=True, text=True).stdout.strip()
        self.process = subprocess.Popen(
            [program, "serve", str(region), "--listen", "127.0.0.1:0", "--data", self.data.name],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ZHUGAN_LOG": "warn", "XDG_DATA_HOME": os.devnull},
            text=True,
        )
        line = self.process.stdout.readline().strip()
        if "http://" not in line:
            sys.exit(f"the service did not start: {line!r}")
        self.address = line.split("http://")[1].rstrip("/")
        self.host, port = self.address.split(":")
        self.port = int(port)
        self._wait()

    @staticmethod
    def _built():
        target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        program = target / "release" / "zhugan"
        if not program.exists():
            sys.exit(f"{program} is not there: cargo build --release")
        return str(program)

    def _wait(self):
        for _ in range(1200):
            status, _, _ = self.get("/readyz")
            if status == 200:
                return
            time.sleep(0.05)
        sys.exit("the service did not become ready within a minute")

    def connection(self, timeout=30):
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)

    def get(self, path, connection=None):
        """Status, body, seconds."""
        return self.ask("GET", path, None, connection)

    def json(self, path):
        """What is said at an address."""
        with urllib.request.urlopen(f"http://{self.address}{path}", timeout=30) as answer:
            return json.load(answer)

    def ask(self, method, path, body, connection=None, **headers):
        own = connection or self.connection()
        start = time.perf_counter()
        headers |= {"content-type": "application/json"} if body else {}
        own.request(method, path, body=body, headers={"accept-encoding": "gzip", **headers})
        response = own.getresponse()
        answer = response.read()
        took = time.perf_counter() - start
        if connection is None:
            own.close()
        return response.status, answer, took

    def rss_mb(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            lines = {line.split(":")[0]: line for line in status}
        return int(lines["VmRSS"].split()[1]) / 1024

    def close(self):
        self.process.terminate()
        try:
            return self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None


class Questions:
    """Addresses and bodies about one region, the same ones each time."""

    def __init__(self, service):
        chance = random.Random(20261125)
        region = service.json("/api/v1/regions")["regions"][0]
        self.id = region["id"]
        self.base = f"/api/v1/regions/{self.id}"
        west, south, east, north = region["bounds"]
        self.tiles = [
            f"/tiles/{self.id}/{z}/{x}/{y}.mvt"
            for z in range(8, 17)
            for x in range(column(west, z), column(east, z) + 1)
            for y in range(row(north, z), row(south, z) + 1)
        ]
        chance.shuffle(self.tiles)
        gaps = service.json(f"{self.base}/gaps?limit=200")["features"]
        lines = [gap["geometry"]["coordinates"] for gap in gaps]
        self.places = [chance.choice(line) for line in lines * 3]
        chance.shuffle(self.places)

    def nearest(self):
        return [f"/api/v1/nearest?lon={lon}&lat={lat}" for lon, lat in self.places]

    def scenarios(self):
        change = [{"limit_m": 50, "changes": [{"add": {"kind": "pole", "at": at}}]} for at in self.places]
        return [json.dumps(body) for body in change]


def column(lon, z):
    return int((lon + 180) / 360 * 2**z)


def row(lat, z):
    return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**z)


def share(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]
