"""Two processes behind a plain proxy that asks them in turns: pictures come whichever answers; one may die."""

import shutil
import signal
import subprocess
import time
import urllib.request
from collections import Counter
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError

from tests.browser.conftest import Visit, free_port, serving

PROXY = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  map $http_upgrade $upgraded {{ default upgrade; '' close; }}
  upstream lab {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://lab; proxy_http_version 1.1; proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $upgraded;
      proxy_next_upstream error timeout; add_header Served-By $upstream_addr;
    }}
  }}
}}"""


@pytest.fixture
def proxied(tmp_path):
    """The proxy's address, and the two servers behind it."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("no nginx on this machine; .ci/run installs it")
    with serving() as (first, one), serving() as (second, other):
        port = free_port()
        servers = "".join(f"server {url.removeprefix('http://')};" for url in (first, second))
        (tmp_path / "nginx.conf").write_text(PROXY.format(folder=tmp_path, servers=servers, port=port))
        proxy = subprocess.Popen([nginx, "-c", tmp_path / "nginx.conf", "-p", tmp_path], stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}", {first: one, second: other}
        finally:
            proxy.terminate()
            proxy.wait(20)


def test_pictures_come_whichever_process_answers_and_one_may_die(tab, proxied):
    address, servers = proxied
    visit, served = Visit(tab, address), Counter()
    tab.on("response", lambda answer: "/race?" in answer.url and served.update([answer.headers.get("served-by")]))
    visit.open("surface=himmelblau")
    for share in (0.3, 0.4, 0.5):
        visit.click_surface(share, 0.4)
    tab.locator(".contour .tools button").last.click()  # another relief
    assert served.total() == 3
    survivor = sorted(servers)[0]
    for url, server in servers.items():
        if url != survivor:
            server.send_signal(signal.SIGKILL)
    for share in (0.35, 0.45):
        visit.click_surface(share, 0.55)
    start = tab.evaluate("new URLSearchParams(location.search).get('start')")
    assert {one for one in served if one} >= {survivor.removeprefix("http://")}
    assert tab.evaluate("new URLSearchParams(location.search).get('start')") == start, "nobody's experiment is lost"
    menu = tab.get_by_role("combobox", name="Surface")
    for _ in range(8):  # if the page spoke with the one that died, it speaks with the other one after a moment
        menu.fill("Booth")
        tab.keyboard.press("Enter")
        with suppress(TimeoutError):
            tab.wait_for_function("location.search.includes('surface=booth')", timeout=4000)
            break
    visit.until("root.querySelector('[type=range][data-path$=learning_rate]')")
    assert "surface=booth" in tab.evaluate("location.search")
    visit.complaints.clear()  # the connection that broke
    visit.leave()
