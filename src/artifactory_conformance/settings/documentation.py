"""The table of settings as a page for people."""

from __future__ import annotations

from artifactory_conformance.settings.table import TABLE

HEAD = """\
# Settings

One precedence: option, then environment variable, then settings file, then default. A malformed value, or two that
contradict each other, end the run with exit code 4 and one line before anything is contacted. This page is made from
the table that the options are made of (`make docs`).

```sh
python -m artifactory_conformance init      # writes conformance.toml, a commented template, and never over another file
python -m artifactory_conformance config    # prints every value in effect and where it came from, secrets masked
```

## The settings file

`conformance.toml` in the folder where pytest or `verify` is called, or the file that `--config` names (for pytest
itself as `--config=FILE`). It is TOML: `repo = "pypi-remote"`, a flag is `tls = true`, what is repeatable is a list
(`require = ["REMOTE-01"]`). Paths are relative to the file. Unknown names, values of another type and files that cannot
be read are refused. `--config /dev/null` is a run without any file. Flags have no option that switches them off, but
their variables do (`CONFORMANCE_TLS=0`).

## Passwords and tokens

None has an option: everybody on a machine can see a command line, and shells remember it. For the same reason a URL
with credentials in it is refused wherever it stands. A password comes from

* its environment variable;
* the settings file, if that belongs to whoever runs this and nobody else may read it (mode 0600, as `init` makes it);
* with `--credentials netrc`, user and password from the entry for the target's host in the file that `NETRC` names,
  else `~/.netrc`: one that others may read is refused, and a `default` entry is not used, since it is for any host;
* with `--credentials keyring`, from the program `keyring`, for each user that is given without a password, under the
  target's host: `keyring set artifactory.example.com USER` puts it there.

Neither is looked at unless it is asked for, and what is given by itself outweighs it.

## A server of somebody's

At an instance or an index all processes of a run together have two connections at most and send two requests a second
(`--connections`, `--requests-per-second`; 0 for no bound). No connection is kept beyond its request. What answers a
read with 429 or 503 is asked again later, when its Retry-After says so or after 1, 2, 4 and 8 seconds, as long as
that makes no more than half a minute, and nobody of the run asks meanwhile; each try is recorded. Checks that have a
catalog of the suite's own behind them are about such answers, and get them at once. A run that took all of its
requests or megabytes (`--max-requests`, `--max-megabytes`) asks for nothing more: what is left is `inconclusive`
(`budget-used-up`), and the run ends with 6. What was made is removed nevertheless. A client (pip, uv …) has one of
the connections while it runs and one turn to start; its own requests and downloads are not counted, so it is given
small files.

A full run sends about 1200 requests at level `pull`, which takes ten minutes; at `mutate` it is 9500, and more than
an hour: where the server is your own and nobody else's, `--connections 0 --requests-per-second 0` spares the time,
and what needs dozens of requests at once runs, too.

Two wrong passwords are sent at most, each for a user that was made for the run, and twice at most;
`--no-wrong-passwords` sends none. `verify --plan` prints, by these settings, what a run would do, request, make and
touch, by group of checks and level, and contacts nothing.

## A proxy

`--proxy URL` (`proxy` in the file) is a forward proxy by which instance or index are reached, and a catalog that the
suite does not control, by the suite and by the pip that it runs. Its credentials are CONFORMANCE_PROXY_USER and
CONFORMANCE_PROXY_PASS, never part of the URL. What the environment says of proxies is not heeded. What looks at the
connection itself is not run then (`needs-direct`), nor are clients that the suite keeps from reaching anybody but the
target (uv, poetry …), for which it has no means behind a proxy.

## All settings

| option | environment variable | in the file | meaning | default |
|---|---|---|---|---|
"""


def as_markdown() -> str:
    """Give the page docs/settings.md."""
    rows = []
    for setting in TABLE:
        value = f"={setting.metavar}" if setting.metavar else ""
        option = f"`{setting.option}{value}`" if setting.option else "none: a secret"
        name = "none" if setting.name == "config" else f"`{setting.name}`"
        rows.append(f"| {option} | `{setting.environment}` | {name} | {setting.help} | {setting.default or ''} |\n")
    return HEAD + "".join(rows)
