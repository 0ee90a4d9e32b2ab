"""Runs one command and prints its seconds by the clock and its peak bytes: `cold.py COMMAND…`.

A process of its own, and a small one: on Linux a child's peak starts at that of the process it came
from.
"""

import os
import sys
from time import perf_counter

start = perf_counter()
nothing = os.open(os.devnull, os.O_WRONLY)
quiet = [(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)]
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
print(perf_counter() - start, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
sys.exit(1 if status else 0)
