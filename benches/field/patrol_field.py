#!/usr/bin/env python3
"""The longest walk of an evening: Zhugan's beside PyVRP's, on the same pieces of bank, from the same starts, in the same seconds."""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time
import warnings

import pyvrp
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import FirstFeasible, MultipleCriteria

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", default="200", help="so many pieces of bank")
    parser.add_argument("--teams", default="5", help="so many teams")
    parser.add_argument("--choice", default="near", choices=["near", "spread", "first"], help="which pieces")
    parser.add_argument("--seconds", default="10,30", help="how long each may search, one after the other")
    parser.add_argument("--seeds", default="1,2,3", help="each search is made once with each")
    parser.add_argument("--keep", help="writes the instance with Zhugan's plans to a file")
    parser.add_argument("--kept", help="takes the instance with Zhugan's plans from such a file")
    options = parser.parse_args()
    text = pathlib.Path(options.kept).read_text() if options.kept else asked(options)
    if options.keep:
        pathlib.Path(options.keep).write_text(text)
    instance = Instance(json.loads(text))
    warnings.simplefilter("ignore", PenaltyBoundWarning)
    print(f"{len(instance.tasks)} pieces of bank, {instance.meters / 1000:.1f} km, {len(instance.teams)} teams, choice {options.choice}")
    print(f"\n{'seconds':<9}{'who':<34}{'longest walk, min':>18}{'of Zhugan':>11}   each seed")
    for seconds in options.seconds.split(","):
        compare(instance, float(seconds), [int(seed) for seed in options.seeds.split(",")])


def asked(options):
    command = ["cargo", "run", "--release", "--quiet", "--example", "patrol_field", "--"]
    command += ["--pieces", options.pieces, "--teams", options.teams, "--choice", options.choice]
    command += ["--seconds", options.seconds, "--seeds", options.seeds]
    run = subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        sys.exit(run.returncode)
    return run.stdout


def compare(instance, seconds, seeds):
    found = [plan for plan in instance.plans if plan["seconds"] == seconds]
    own = [instance.longest([[task for task, _ in walk] for walk in plan["walks"]]) for plan in found]
    usual = statistics.median(own)
    bound = max(plan["bound_ms"] for plan in found)
    row(seconds, "Zhugan", own, usual)
    for model in (Middles, Ends, Ways):
        row(seconds, f"PyVRP, {model.name}", [in_time(model(instance), seconds, seed) for seed in seeds], usual)
    print(f"{'':<9}{'no plan is below':<34}{bound / 60e3:>18.1f}")


def row(seconds, who, longest, usual):
    middle = statistics.median(longest)
    each = " ".join(f"{value / 60e3:.1f}" for value in longest)
    print(f"{seconds:<9g}{who:<34}{middle / 60e3:>18.1f}{middle / usual:>11.3f}   {each}", flush=True)


class Instance:
    """What is to be walked, by whom, how long each way takes, and what Zhugan plans."""

    def __init__(self, read):
        self.between = read["between_ms"]
        self.middles = read["middles_ms"]
        self.tasks = [[(way["from"], way["to"], way["cost"]) for way in ways] for ways in read["tasks"]]
        self.teams = [(team["start"], team["end"]) for team in read["teams"]]
        self.meters = read["pieces_m"]
        self.plans = read["zhugan"]

    def longest(self, walks):
        """The longest of walks that are told as orders, each piece in the direction and along the side that is best."""
        if sorted(task for walk in walks for task in walk) != list(range(len(self.tasks))):
            sys.exit("a plan does not walk along each piece once")
        return max(self.takes(team, walk) for team, walk in zip(self.teams, walks))

    def takes(self, team, walk):
        start, end = team
        if not walk:
            return 0
        ends = {start: 0}
        for task in walk:
            reached = {}
            for begin, finish, cost in self.tasks[task]:
                best = min(so_far + self.between[place][begin] for place, so_far in ends.items()) + cost
                reached[finish] = min(best, reached.get(finish, best))
            ends = reached
        return min(so_far + self.between[place][end] for place, so_far in ends.items())


class Middles:
    """Each piece is a client at its middle; the way from middle to middle without the halves that the service has already."""

    name = "middle to middle"

    def __init__(self, instance):
        self.instance = instance
        self.service = [min(cost for _, _, cost in ways) for ways in instance.tasks]
        self.task_of = list(range(len(instance.tasks)))

    def between(self, one, other):
        """The way from the end of one client to the beginning of another."""
        halves = (self.service[one] + self.service[other]) // 2
        return max(0, self.instance.middles[one][other] - halves)

    def from_start(self, team, client):
        away = self.instance.middles[len(self.service) + team][client]
        return max(0, away - self.service[client] // 2)

    def to_end(self, client, team):
        return self.from_start(team, client)

    def data(self, most):
        """The instance with walks of at most so many milliseconds. The length of an edge has the service at its end in it."""
        clients, teams = range(len(self.task_of)), range(len(self.instance.teams))
        n_teams = len(teams)
        rows = [[0] * n_teams + [self.from_start(team, client) + self.service[client] for client in clients] for team in teams]
        for one in clients:
            own = [self.to_end(one, team) for team in teams]
            rows.append(own + [0 if one == other else self.between(one, other) + self.service[other] for other in clients])
        return pyvrp.ProblemData(
            locations=[pyvrp.Location(0, 0) for _ in rows],
            clients=self.clients(n_teams),
            depots=[pyvrp.Depot(location=team) for team in teams],
            vehicle_types=self.vehicles(most),
            distance_matrices=[rows],
            duration_matrices=[[[0] * len(rows) for _ in rows]],
            groups=self.groups(),
        )

    def vehicles(self, most):
        return [pyvrp.VehicleType(1, start_depot=team, end_depot=team, max_distance=most) for team in range(len(self.instance.teams))]

    def clients(self, first):
        return [pyvrp.Client(location=first + client) for client in range(len(self.task_of))]

    def groups(self):
        return []

    def walks(self, solution):
        """By team the pieces in order."""
        walks = [[] for _ in self.instance.teams]
        for route in solution.routes():
            walks[route.vehicle_type()] = [self.task_of[activity.idx] for activity in route if activity.is_client()]
        return walks


class Ends(Middles):
    """Each piece is a client; from piece to piece it is as far as from the nearest end to the nearest end."""

    name = "nearest ends"

    def between(self, one, other):
        ends = ((a, b) for _, a, _ in self.instance.tasks[one] for b, _, _ in self.instance.tasks[other])
        return min(self.instance.between[a][b] for a, b in ends)

    def from_start(self, team, client):
        start = self.instance.teams[team][0]
        return min(self.instance.between[start][begin] for begin, _, _ in self.instance.tasks[client])

    def to_end(self, client, team):
        end = self.instance.teams[team][1]
        return min(self.instance.between[finish][end] for _, finish, _ in self.instance.tasks[client])


class Ways(Middles):
    """Each piece is a group of clients, one for each side and direction, of which one is visited: nothing is left out of the model."""

    name = "a client for each direction"

    def __init__(self, instance):
        self.instance = instance
        ways = [(task, way) for task, ways in enumerate(instance.tasks) for way in ways]
        self.task_of = [task for task, _ in ways]
        self.ways = [way for _, way in ways]
        self.service = [cost for _, _, cost in self.ways]

    def between(self, one, other):
        return self.instance.between[self.ways[one][1]][self.ways[other][0]]

    def from_start(self, team, client):
        return self.instance.between[self.instance.teams[team][0]][self.ways[client][0]]

    def to_end(self, client, team):
        return self.instance.between[self.ways[client][1]][self.instance.teams[team][1]]

    def clients(self, first):
        return [pyvrp.Client(location=first + client, required=False, group=task) for client, task in enumerate(self.task_of)]

    def groups(self):
        members = [[] for _ in self.instance.tasks]
        for client, task in enumerate(self.task_of):
            members[task].append(client)
        return [pyvrp.ClientGroup(own) for own in members]


# So many limits are tried; each has its share of the time that is left.
LIMITS = 8

# What a walk is too long costs between a tenth and 20 times as much as a walk: with what PyVRP takes if nothing is said, up to
# 100,000 times, its plans are worse here.
SETTINGS = pyvrp.SolveParams(penalty=pyvrp.PenaltyParams(max_penalty=20))


def in_time(model, seconds, seed):
    """The longest walk of the best plan in so many seconds.

    PyVRP makes all walks together short, not the longest. So walks are first as long as they like, and then the most that one may
    take is halved in between what is had and what no plan can be below; each search begins with the best plan and ends as soon as
    it has one within the limit.
    """
    instance = model.instance
    data = model.data(most=ANY)
    clock = Clock()
    low = sum(min(cost for _, _, cost in ways) for ways in instance.tasks) // len(instance.teams)
    best, longest, high = None, None, None
    for number in range(LIMITS):
        until = Until(clock, clock.now() + (seconds - clock.now()) / (LIMITS - number))
        most = ANY if best is None else (low + high) // 2
        limited = data.replace(vehicle_types=model.vehicles(most))
        stop = [until] if best is None else [until, FirstFeasible()]
        begin = None if best is None else again(limited, best)
        found = pyvrp.solve(limited, MultipleCriteria(stop), seed + 1000 * number, False, False, SETTINGS, begin).best
        if not found.is_feasible():
            low = most
            continue
        best, high = found, max(route.distance() for route in found.routes())
        own = instance.longest(model.walks(found))
        longest = own if longest is None else min(own, longest)
    return longest


# More than any walk takes.
ANY = 2**40


def again(data, solution):
    """A solution for other limits."""
    client = pyvrp.ActivityType.CLIENT
    routes = [
        pyvrp.Route(data, [pyvrp.Activity(client, stop.idx) for stop in route if stop.is_client()], route.vehicle_type())
        for route in solution.routes()
    ]
    return pyvrp.Solution(data, routes)


class Clock:
    """Seconds of this process's own work: PyVRP works on one core, and loses nothing to what else the machine does."""

    def __init__(self):
        self.start = time.process_time()

    def now(self):
        return time.process_time() - self.start


class Until:
    """Ends a search at a time."""

    def __init__(self, clock, end):
        self.clock, self.end = clock, end

    def __call__(self, _):
        return self.clock.now() >= self.end


if __name__ == "__main__":
    main()
