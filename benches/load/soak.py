#!/usr/bin/env python3
"""Mixed load at more than twice the capacity, with slow and broken clients, and a SIGTERM in the middle of it."""

import http.client
import multiprocessing
import random
import signal
import socket
import sys
import threading
import time

from common import ROOT, Questions, Service, share

# More than twice as many as the service takes in: two workers and 64 that wait for them.
LOADERS = 150
SLOW = 40
HEALTH_MS = 100


class Soak:
    def __init__(self, service, questions, seconds):
        self.service, self.questions, self.seconds = service, questions, seconds
        self.statuses, self.health, self.memory = {}, [], []
        self.lock, self.ends = threading.Lock(), threading.Event()
        self.lost, self.finished = [], 0
        self.terminated_at = None

    def run(self):
        jobs = [self.loader] * LOADERS + [self.slow_head, self.slow_taker, self.broken, self.listener] * (SLOW // 4)
        threads = [threading.Thread(target=job, args=(n,), daemon=True) for n, job in enumerate(jobs)]
        # A process of its own: in this one an answer would wait for its turn among hundreds of threads.
        ours, theirs = multiprocessing.Pipe()
        watch = multiprocessing.Process(target=watch_service, args=(self.service.host, self.service.port, theirs), daemon=True)
        watch.start()
        for thread in threads:
            thread.start()
        self.watch(self.seconds)
        ours.send("stop")
        self.health = ours.recv()
        watch.join(20)
        watch_ends = time.perf_counter()
        self.terminated_at = time.perf_counter()
        self.service.process.send_signal(signal.SIGTERM)
        code = self.service.process.wait(60)
        took = time.perf_counter() - watch_ends
        self.ends.set()
        for thread in threads:
            thread.join(5)
        return self.told(code, took)

    def count(self, what):
        with self.lock:
            self.statuses[what] = self.statuses.get(what, 0) + 1

    def loader(self, number):
        """One request after another, each on a connection of its own, so that the end loses none by chance."""
        chance = random.Random(number)
        questions = self.questions
        nearest, scenarios = questions.nearest(), questions.scenarios()
        while not self.ends.is_set():
            kind = chance.random()
            if kind < 0.4:
                request = ("GET", chance.choice(questions.tiles), None)
            elif kind < 0.6:
                request = ("GET", chance.choice(nearest), None)
            elif kind < 0.75:
                request = ("POST", f"{questions.base}/scenarios/evaluate", chance.choice(scenarios))
            elif kind < 0.85:
                request = ("GET", f"{questions.base}/coverage?by=village&limit_m={chance.randint(20, 500)}", None)
            elif kind < 0.95:
                request = ("GET", f"{questions.base}/gaps?limit={chance.randint(1, 300)}", None)
            else:
                request = ("GET", f"{questions.base}/equipment", None)
            self.one(*request)

    def one(self, method, path, body):
        connection = self.service.connection(timeout=40)
        sent_at = None
        try:
            connection.connect()
            headers = {"content-type": "application/json"} if body else {}
            connection.request(method, path, body=body, headers={"connection": "close", "accept-encoding": "gzip", **headers})
            sent_at = time.perf_counter()
            response = connection.getresponse()
            response.read()
            self.count(response.status)
            if self.terminated_at is not None:
                with self.lock:
                    self.finished += 1
        except (OSError, http.client.HTTPException) as fault:
            was_under_way = sent_at is not None and (self.terminated_at is None or sent_at < self.terminated_at)
            if was_under_way:
                with self.lock:
                    self.lost.append(f"{method} {path}: {fault!r}")
            elif self.terminated_at is None:
                self.count("no connection")
            else:
                time.sleep(0.2)
        finally:
            connection.close()

    def slow_head(self, number):
        """Sends a request letter by letter, and never the end of it."""
        while not self.ends.is_set():
            with self.raw() as stream:
                for letter in b"GET /healthz HTTP/1.1\r\nx: " + b"y" * 200:
                    if self.ends.wait(0.3) or not send(stream, bytes([letter])):
                        break

    def slow_taker(self, number):
        """Asks for much and takes none of it."""
        while not self.ends.is_set():
            with self.raw() as stream:
                for _ in range(50):
                    send(stream, f"GET {self.questions.base}/gaps?limit=1000 HTTP/1.1\r\nhost: x\r\n\r\n".encode())
                self.ends.wait(15)

    def broken(self, number):
        """Sends what is no HTTP, or hangs up in the middle."""
        chance = random.Random(number)
        while not self.ends.is_set():
            with self.raw() as stream:
                kind = chance.randint(0, 3)
                post = f"POST {self.questions.base}/scenarios/evaluate HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                if kind == 0:
                    send(stream, chance.randbytes(500))
                elif kind == 1:
                    send(stream, f"{post}content-length: 500\r\n\r\n{{".encode())
                elif kind == 2:
                    send(stream, f"{post}transfer-encoding: chunked\r\n\r\nzz\r\n".encode())
                else:
                    send(stream, b"GET /api/v1/nearest?lon=9.5 HTTP/1.1\r\n")
                self.ends.wait(0.1)

    def listener(self, number):
        """Listens to events for a while and goes without a word."""
        while not self.ends.is_set():
            with self.raw() as stream:
                send(stream, f"GET {self.questions.base}/events HTTP/1.1\r\nhost: x\r\n\r\n".encode())
                self.ends.wait(random.Random(number).uniform(1, 20))

    def raw(self):
        stream = socket.socket()
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        try:
            stream.connect((self.service.host, self.service.port))
        except OSError:
            self.ends.wait(0.2)
        return stream

    def watch(self, seconds):
        """Memory, five times a second."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.memory.append(self.service.rss_mb())
            time.sleep(0.2)

    def told(self, code, took):
        half = len(self.memory) // 2
        first, second = max(self.memory[: half or 1]), max(self.memory[half:])
        print(f"answers by status: {dict(sorted(self.statuses.items(), key=str))}")
        print(f"/healthz: median {share(self.health, 0.5):.1f} ms, 99 % {share(self.health, 0.99):.1f} ms, most {max(self.health):.1f} ms of {len(self.health)}")
        print(f"memory: at most {first:.0f} MB in the first half, {second:.0f} MB in the second")
        print(f"SIGTERM: ended after {took:.1f} s with code {code}, {self.finished} requests finished meanwhile, {len(self.lost)} lost")
        wrong = []
        others = [status for status in self.statuses if isinstance(status, int) and status >= 500 and status != 503]
        if others:
            wrong.append(f"5xx other than 503: {others}")
        if max(self.health) > HEALTH_MS:
            wrong.append(f"/healthz takes longer than {HEALTH_MS} ms")
        if second > first * 1.25 + 20:
            wrong.append("memory keeps growing")
        if self.lost:
            wrong.append("requests lost, like " + self.lost[0])
        if code != 0:
            wrong.append(f"exit code {code}")
        if not self.statuses.get(200) or not self.statuses.get(503):
            wrong.append("the load was not more than the service can take")
        print("all is well" if not wrong else "WRONG: " + "; ".join(wrong))
        return 1 if wrong else 0


def watch_service(host, port, pipe):
    """How long /healthz takes, milliseconds, ten times a second on a connection that stays, until somebody says stop."""
    def connect():
        return http.client.HTTPConnection(host, port, timeout=10)

    connection, health_ms = connect(), []
    while not pipe.poll(0.1):
        start = time.perf_counter()
        try:
            connection.request("GET", "/healthz")
            response = connection.getresponse()
            response.read()
            is_well = response.status == 200
        except (OSError, http.client.HTTPException):
            is_well, connection = False, connect()
        health_ms.append((time.perf_counter() - start) * 1e3 if is_well else float("inf"))
    pipe.send(health_ms)


def send(stream, text):
    try:
        stream.sendall(text)
        return True
    except OSError:
        return False


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600
    service = Service(ROOT / "maps/liechtenstein")
    try:
        return Soak(service, Questions(service), seconds).run()
    finally:
        if service.process.poll() is None:
            service.close()


if __name__ == "__main__":
    sys.exit(main())
