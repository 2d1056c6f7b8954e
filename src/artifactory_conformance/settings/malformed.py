"""The error of every setting that cannot be used, and how text of somebody else's gets into its one line."""


class MalformedSettings(ValueError):
    """A setting has an unusable value, or two contradict each other. The message names it and where it came from."""


def on_one_line(text: str) -> str:
    """Give a text as it is if it can stand in a line, else with what cannot written as escapes."""
    return text if text.isprintable() else repr(text)[1:-1]
