#!/usr/bin/env python3
"""How fast the service answers, as ratios to /healthz of the same process in the same run."""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from common import ROOT, Questions, Service, share

CONNECTIONS = 16
CHANGES_A_SECOND = 20


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="how long each question is asked")
    parser.add_argument("--region", default=ROOT / "maps/liechtenstein", help="a folder with a region.toml")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: apt-get install wrk")
    service = Service(options.region)
    try:
        measure(service, options.seconds)
    finally:
        service.close()


def measure(service, seconds):
    questions = Questions(service)
    one_by_one(service, questions)
    busiest = max(questions.tiles[:400], key=lambda tile: len(service.get(tile)[1]))
    asked = [
        ("/healthz", [("GET", "/healthz", "")]),
        ("tiles, cached", [("GET", tile, "") for tile in questions.tiles[:300]]),
        ("the largest tile, cached", [("GET", busiest, "")]),
        ("coverage by village", [("GET", f"{questions.base}/coverage?by=village", "")]),
        ("gaps, 100 of them", [("GET", f"{questions.base}/gaps", "")]),
        ("nearest with its way", [("GET", address, "") for address in questions.nearest()]),
        ("nearest, limit 1, no way", [("GET", f"{address}&geometry=false&limit=1", "") for address in questions.nearest()]),
        ("nearest, limit 3, no way", [("GET", f"{address}&geometry=false&limit=3", "") for address in questions.nearest()]),
        ("scenario, one change", [("POST", f"{questions.base}/scenarios/evaluate", body) for body in questions.scenarios()]),
    ]
    print(f"\n{CONNECTIONS} connections, {seconds} s each\n")
    print(f"{'question':<28}{'a second':>10}{'of /healthz':>13}{'median ms':>11}{'99 % ms':>9}{'not 2xx':>9}")
    health = None
    for name, requests in asked:
        rate, median, most, others = wrk(service, requests, seconds)
        health = health or rate
        print(f"{name:<28}{rate:>10.0f}{rate / health:>13.3f}{median:>11.2f}{most:>9.2f}{others:>9}")
    rate, median, most, others = wrk(service, asked[0][1], seconds)
    print(f"{'/healthz again':<28}{rate:>10.0f}{rate / health:>13.3f}{median:>11.2f}{most:>9.2f}{others:>9}")
    for name, requests in asked:
        if "no way" in name:
            peak = wrk(service, requests, seconds)[0]
            rate, median, most, others = wrk(service, requests, seconds, peak / 2)
            print(f"{name + ' at half':<28}{rate:>10.0f}{rate / health:>13.3f}{median:>11.2f}{most:>9.2f}{others:>9}")
    beside_a_writer(service, questions, seconds)
    print(f"\nmemory {service.rss_mb():.0f} MB")


def beside_a_writer(service, questions, seconds):
    """The same question by turns alone and while somebody changes a piece many times a second."""
    requests = [("GET", f"{address}&geometry=false&limit=3", "") for address in questions.nearest()]
    alone, beside, changes = 0, 0, 0
    for _ in range(3):
        alone += wrk(service, requests, seconds)[0] / 3
        writer = Writer(service, questions)
        beside += wrk(service, requests, seconds)[0] / 3
        changes += writer.end() / 3
    print(f"\nnearest, limit 3, no way, while a piece changes {changes:.1f} times a second: {beside / alone:.3f} of alone")


class Writer(threading.Thread):
    """Somebody who marks a piece damaged and usable by turns, until `end` tells how often a second."""

    def __init__(self, service, questions):
        super().__init__(daemon=True)
        self.service, self.ends, self.made, self.refused = service, threading.Event(), 0, None
        piece = service.json(f"{questions.base}/equipment")["features"][0]["id"]
        self.address = f"{questions.base}/equipment/{piece}"
        self.begun = time.perf_counter()
        self.start()

    def run(self):
        connection = self.service.connection()
        key = {"authorization": f"Bearer {self.service.key}"}
        while not self.ends.wait(max(0, self.begun + self.made / CHANGES_A_SECOND - time.perf_counter())):
            body = json.dumps({"condition": ["damaged", "usable"][self.made % 2]})
            status, answer, _ = self.service.ask("PATCH", self.address, body, connection, **key)
            if status != 200:
                self.refused = f"a change was answered with {status}: {answer}"
                return
            self.made += 1

    def end(self):
        took = time.perf_counter() - self.begun
        self.ends.set()
        self.join()
        if self.refused:
            sys.exit(self.refused)
        return self.made / took


def one_by_one(service, questions):
    """Each tile once, one after the other: none of them has been cut before."""
    connection = service.connection()
    health = [service.get("/healthz", connection)[2] * 1e3 for _ in range(500)]
    print(f"{'one connection, one by one':<34}{'median ms':>10}{'99 % ms':>9}{'most ms':>9}{'to /healthz':>13}")

    def line(name, times):
        ratio = share(times, 0.5) / share(health, 0.5)
        print(f"{name:<34}{share(times, 0.5):>10.2f}{share(times, 0.99):>9.2f}{max(times):>9.2f}{ratio:>13.1f}")

    line("/healthz", health)
    times, sizes = [], []
    for tile in questions.tiles[:1500]:
        status, body, took = service.get(tile, connection)
        if status == 200:
            times.append(took * 1e3)
            sizes.append(len(body))
    line(f"{len(times)} tiles, uncached", times)
    post = f"{questions.base}/scenarios/evaluate"
    times = [service.ask("POST", post, body, connection)[2] * 1e3 for body in questions.scenarios()[:300]]
    line("scenario, one change", times)
    line("nearest", [service.get(address, connection)[2] * 1e3 for address in questions.nearest()[:300]])
    limits = range(20, 200, 10)
    fresh = [service.get(f"{questions.base}/coverage?limit_m={limit}.5", connection)[2] * 1e3 for limit in limits]
    line("coverage at a limit not yet asked", fresh)
    print(f"tiles: {share(sizes, 0.5) / 1e3:.1f} kB median, {max(sizes) / 1e3:.1f} kB largest, gzipped")


def wrk(service, requests, seconds, rate=None):
    """Answers a second, median and 99 % latency in ms, how many were no 2xx; not more than about `rate` are asked a second."""
    pause = f"delay = function() return {1e3 * CONNECTIONS / rate:.3f} * 2 * math.random() end" if rate else ""
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "requests.lua"
        listed = ",".join(f"{{{quoted(method)},{quoted(path)},{quoted(body)}}}" for method, path, body in requests)
        script.write_text(
            f"""local list = {{{listed}}}
local at = math.random(#list)
local headers = {{["accept-encoding"] = "gzip", ["content-type"] = "application/json"}}
request = function()
  at = at % #list + 1
  local one = list[at]
  return wrk.format(one[1], one[2], headers, one[1] == "POST" and one[3] or nil)
end
{pause}
"""
        )
        command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(script), f"http://{service.address}"]
        text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    rate = float(re.search(r"Requests/sec:\s*([\d.]+)", text)[1])
    others = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return rate, milliseconds(text, "50%"), milliseconds(text, "99%"), others[1] if others else 0


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def milliseconds(text, line):
    number, unit = re.search(rf"{line}\s+([\d.]+)(us|ms|s)\b", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[unit]


if __name__ == "__main__":
    main()
