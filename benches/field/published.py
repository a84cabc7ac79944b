#!/usr/bin/env python3
"""Runs the core of patrols on published instances of arc routing, and tells how far from the best each answer is.

    benches/field/published.py carp FOLDER [--seconds S]
    benches/field/published.py windy FOLDER [--seconds S]

`carp` takes a folder of CARPLIB files (*.dat) with a table `best_known.csv` (columns `instance` and `best_known`); an answer is held
against the best known value. `windy` takes a folder of files of the min-max windy rural postman, for 2 to 5 vehicles each; an answer is
held against the bound that is proven with it.
"""
import argparse
import csv
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAMILIES = ("gdb", "kshs", "val", "egl-e")


def solved(example, file, seconds, more=()):
    command = [ROOT / "target/release/examples" / example, file, *more, "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds * 3 + 60)
    return json.loads(done.stdout.strip().splitlines()[-1])


def carp(folder, seconds):
    with open(folder / "best_known.csv", newline="") as table:
        best = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(table)}
    for file in sorted(folder.glob("*.dat")):
        family = next((family for family in FAMILIES if file.stem.startswith(family)), None)
        if family is not None:
            value = solved("solve_carp", file, seconds)["value"]
            yield family, file.stem, value, best[file.stem]


def windy(folder, seconds):
    for file in sorted(folder.iterdir()):
        if file.suffix:
            continue
        for vehicles in range(2, 6):
            answer = solved("solve_kwrpp", file, seconds, ("--vehicles", str(vehicles)))
            yield f"k = {vehicles}", f"{file.name} k={vehicles}", answer["value"], answer["bound"]


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=("carp", "windy"))
    asked.add_argument("folder", type=pathlib.Path)
    asked.add_argument("--seconds", type=int, default=60)
    asked = asked.parse_args()
    build = ["cargo", "build", "--release", "--quiet", "--example", "solve_carp", "--example", "solve_kwrpp"]
    subprocess.run(build, cwd=ROOT, check=True)
    above = {}
    for group, name, value, best in {"carp": carp, "windy": windy}[asked.what](asked.folder, asked.seconds):
        percent = 100 * (value - best) / best
        above.setdefault(group, []).append(percent)
        print(f"{name}: {value:g}, {percent:.2f} % above {best:g}", file=sys.stderr)
    print("| | instances | at it | mean above | worst |")
    print("|---|---|---|---|---|")
    everything = [percent for all in above.values() for percent in all]
    for group, all in [*above.items(), ("all", everything)]:
        at = sum(percent < 1e-6 for percent in all)
        print(f"| {group} | {len(all)} | {at} | {statistics.mean(all):.2f} % | {max(all):.2f} % |")


if __name__ == "__main__":
    main()
