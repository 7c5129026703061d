"""What is answered leaves at once: no connection waits for an acknowledgement before it sends more."""

import socket

from views.server.prompt import at_once


def test_connections_do_not_wait_for_acknowledgements():
    with socket.socket() as listens, socket.socket() as caller:
        listens.bind(("127.0.0.1", 0))
        listens.listen()
        assert not listens.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), "as Streamlit leaves it"
        assert at_once() >= 1
        caller.connect(listens.getsockname())
        with listens.accept()[0] as answers:
            assert answers.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not caller.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), "others stay as they are"
