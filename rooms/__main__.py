"""Rooms in a process of their own, which several laboratories may share behind one proxy: ``python -m rooms``."""

import argparse

import uvicorn
from starlette.applications import Starlette

from rooms.house import House
from rooms.web import routes


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m rooms", description=__doc__)
    parser.add_argument("--address", default="127.0.0.1", help="where to listen; 0.0.0.0 for the whole network")
    parser.add_argument("--port", type=int, default=8600)
    asked = parser.parse_args()
    uvicorn.run(Starlette(routes=routes(House())), host=asked.address, port=asked.port, access_log=False)


if __name__ == "__main__":
    main()
