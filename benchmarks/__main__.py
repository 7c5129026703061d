"""Measure and print tables for the README: ``python -m benchmarks``, or by names: ``python -m benchmarks descent``."""

import importlib
import sys
import time

NAMES = ("descent", "scaling", "compiles", "browser")


def main(names: list[str]) -> int:
    """Each named comparison in turn; all of them without a name."""
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"unknown benchmark {', '.join(sorted(unknown))}: choose from {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        start = time.perf_counter()
        importlib.import_module(f"benchmarks.{name}").main()
        print(f"({name}: {time.perf_counter() - start:.0f} s)\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
