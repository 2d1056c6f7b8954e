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

## Not a setting yet

A proxy: the suite and the clients that it runs reach the target directly, whatever the environment says of proxies.
What a proxy answers in its place would be taken for the target's.

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
