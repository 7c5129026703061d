"""What is answered leaves at once.

A server that writes the head of an answer and then its body waits, by Nagle's algorithm, until the head has been
acknowledged before it sends the body, and a client that talks all the time acknowledges after 40 ms: a dragged slider
had 16 pictures a second for it. asyncio turns that off for sockets that name TCP; Streamlit's listening socket names no
protocol. Connections have this from the socket that they came by.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

OPEN = Path("/dev/fd")  # of this process, where a system has it


def at_once() -> int:
    """Tell every socket that listens here; how many there are."""
    count = 0
    for each in _listening():
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        count += 1
    return count


def _listening() -> Iterator[socket.socket]:
    """Sockets of this process that listen, each for as long as it is looked at."""
    for number in sorted(int(each.name) for each in OPEN.iterdir()) if OPEN.exists() else ():
        with suppress(OSError), socket.socket(fileno=os.dup(number)) as found:
            inet = found.family in (socket.AF_INET, socket.AF_INET6) and found.type == socket.SOCK_STREAM
            if inet and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                yield found
