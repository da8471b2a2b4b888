#!/usr/bin/env python3
"""The commands of a page of docs/runbook, for the machine that tries them.

  page.py PAGE cure [NAME]           prints the commands of the block ```sh cure [NAME]
  page.py PAGE sign|proof [NAME]     prints those of the block ```console sign [NAME]: what stands behind each $
  page.py PAGE sign|proof [NAME] -   reads what they printed, and tells which of the lines that the page promises are missing; … is anything

A block without a name serves all names of its page. Exit code 3: there is no such block.
"""
import re
import sys


def blocks(page):
    for kind, body in re.findall(r"^```(?:sh|console) ([a-z -]+)\n(.*?)^```$", open(page, encoding="utf-8").read(), re.M | re.S):
        yield tuple(kind.split()), body


def pattern(line):  # what a terminal shows with spaces has tabs in a pipe
    return re.compile(".*".join(r"\s+".join(map(re.escape, re.split(r"\s+", part))) for part in line.split("…")))


page, kind, *rest = sys.argv[1:]
judge = rest[-1:] == ["-"]
name = tuple(rest[:-1] if judge else rest)
there = dict(blocks(page))
body = there.get((kind, *name), there.get((kind,)))
if body is None:
    sys.exit(3)
if kind == "cure":
    print(body, end="")
elif not judge:
    print("".join(line[2:] + "\n" for line in body.splitlines() if line.startswith("$ ")), end="")
else:
    said = sys.stdin.read().splitlines()
    promised = [line for line in body.splitlines() if not line.startswith("$ ")]
    missing = [line for line in promised if not any(pattern(line).fullmatch(each) for each in said)]
    print("\n".join(missing))
    sys.exit(1 if missing or not promised else 0)
