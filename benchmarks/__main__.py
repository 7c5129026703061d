"""Measure and print tables for the README: ``python -m benchmarks``, or by names: ``python -m benchmarks descent``."""

import importlib
import subprocess
import sys
import time

NAMES = (
    "descent", "scaling", "compiles", "curvature", "networks", "minimum_ratio", "xla", "browser", "opening", "load",
    "rooms", "fair", "maps",
)  # fmt: skip


def main(names: list[str]) -> int:
    """Each named comparison in turn, all of them without a name; each in a process of its own."""
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"unknown benchmark {', '.join(sorted(unknown))}: choose from {', '.join(NAMES)}", file=sys.stderr)
        return 2
    if len(names) == 1:
        begin = time.perf_counter()
        failed = importlib.import_module(f"benchmarks.{names[0]}").main()
        print(f"({names[0]}: {time.perf_counter() - begin:.0f} s)\n")
        return int(failed or 0)
    return max(subprocess.call([sys.executable, "-m", "benchmarks", name]) for name in names or NAMES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
