"""nginx with proxy_cache, as a generic cache that knows nothing of Python's indexes; with and without stale serving."""

from __future__ import annotations

import base64
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.peers.peer import Peer
from tests.peers.python_peers import BIN
from tests.peers.running import PeerFailed, Running, unprivileged
from tests.peers.upstream import Upstream

PROGRAM = BIN.parent / "nginx" / "usr" / "sbin" / "nginx"
"""Made by `make peers` from Debian's package, which is unpacked and not installed."""

PAGE_PERIOD = 2
STALE = "proxy_cache_use_stale error timeout invalid_header updating http_500 http_502 http_503 http_504;"

CONFIGURATION = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache levels=1:2 keys_zone=catalog:4m max_size=256m inactive=1d use_temp_path=off;
    server {{
        listen 127.0.0.1:{port};
        proxy_cache catalog;
        proxy_cache_key $request_method$uri$is_args$args$http_accept;
        proxy_cache_lock on;
        proxy_http_version 1.1;
        proxy_set_header Authorization "Basic {account}";
        proxy_hide_header WWW-Authenticate;
        proxy_connect_timeout 2s;
        proxy_read_timeout 3s;
        {stale}
        location /index/simple/ {{
            proxy_pass {url}/simple/;
            proxy_redirect {url}/ /index/;
            proxy_redirect {path}/ /index/;
            proxy_cache_valid 200 {period}s;
        }}
        location /index/packages/ {{
            proxy_pass {url}/packages/;
            proxy_redirect {url}/ /index/;
            proxy_cache_valid 200 1d;
        }}
    }}
}}
"""


def _nginx(upstream: Upstream, folder: Path, port: int, *, stale: str) -> tuple[Running, str]:
    if not PROGRAM.exists():
        raise PeerFailed("nginx is not there: make peers unpacks Debian's")
    account = base64.b64encode(f"{upstream.user}:{upstream.password}".encode()).decode()
    configuration = folder / "nginx.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        CONFIGURATION.format(
            folder=folder,
            port=port,
            account=account,
            url=upstream.url,
            path=urlsplit(upstream.url).path,
            period=PAGE_PERIOD,
            stale=stale,
        ),
        encoding="ascii",
    )
    command = [str(PROGRAM), "-p", str(folder), "-e", "stderr", "-c", str(configuration)]
    running = Running(unprivileged(command, folder), folder, {"HOME": str(folder)})
    try:
        running.wait_until_it_answers(f"http://127.0.0.1:{port}/")
    except BaseException:
        running.stop()
        raise
    return running, f"http://127.0.0.1:{port}/index/simple"


_SET_UP = (
    f"`proxy_cache` with a lock, pages for {PAGE_PERIOD} s and files for a day, `proxy_read_timeout 3s`, the catalog's "
    "account in `proxy_set_header Authorization`; a cache of HTTP, which rewrites no page"
)

NGINX_PEERS = (
    Peer("nginx", str(PROGRAM), f"{_SET_UP}; nothing stale is served", partial(_nginx, stale=""), PAGE_PERIOD),
    Peer("nginx-stale", str(PROGRAM), f"{_SET_UP}; `{STALE.rstrip(';')}`", partial(_nginx, stale=STALE), PAGE_PERIOD),
)
