"""What the control interface is told, made into our own words: a distribution to build, a plan of faults."""

from collections.abc import Callable, Mapping

from artifactory_conformance.distributions import (
    Distribution,
    DistributionKind,
    DistributionSpec,
    InvalidDistributionSpec,
    build_sdist,
    build_wheel,
)
from artifactory_conformance.upstream.bodies import Body, BodyRefused
from artifactory_conformance.upstream.effects import (
    Compressed,
    ConnectionReset,
    Effect,
    MoreHeaders,
    OtherAnswer,
    Redirected,
    Stalled,
    Truncated,
    Unharmed,
    WrongBytes,
)
from artifactory_conformance.upstream.faults import LONGEST_DELAY, Fault

_BUILDERS: Mapping[DistributionKind, Callable[[DistributionSpec], Distribution]] = {
    DistributionKind.WHEEL: build_wheel,
    DistributionKind.SDIST: build_sdist,
}


def built(body: Body) -> Distribution:
    """Build what the body describes; all its keys are taken after that. Raises BodyRefused."""
    kind = body.text("kind")
    try:
        builder = _BUILDERS[DistributionKind(kind)]
    except ValueError as error:
        raise BodyRefused(f"{body.name('kind')}: {kind!r} is neither wheel nor sdist") from error
    fields = {
        "project": body.text("project"),
        "version": body.text("version"),
        "requires": body.texts("requires"),
        "requires_python": body.optional_text("requires_python"),
        "extras": body.texts_mapping("extras"),
        "entry_points": body.text_mapping("entry_points"),
        "tag": body.text("tag", DistributionSpec.tag),
        "filler": body.integer("filler", least=0) or 0,
        "variant": body.text("variant", ""),
        "build_requires": body.texts("build_requires"),
    }
    body.done()
    try:
        return builder(DistributionSpec(**fields))  # type: ignore[arg-type]
    except InvalidDistributionSpec as error:
        raise BodyRefused(str(error)) from error


def planned(body: Body) -> tuple[Fault, ...]:
    """The faults that the body lists. Raises BodyRefused."""
    faults = tuple(_fault(each) for each in body.objects("faults"))
    body.done()
    return faults


def _fault(body: Body) -> Fault:
    fault = Fault(
        path=body.text("path"),
        methods=frozenset(method.upper() for method in body.texts("methods")) or None,
        after=body.integer("after", least=0) or 0,
        times=body.integer("times", least=1),
        delay=body.seconds("delay", most=LONGEST_DELAY),
        authorized=body.truth("authorized"),
        unsigned=body.text("unsigned", ""),
        is_http_1_0=body.flag("http_1_0"),
        unguarded=body.flag("unguarded"),
        effect=_effect(body),
    )
    body.done()
    return fault


def _effect(body: Body) -> Effect:
    named = body.present(_EFFECTS)
    if len({_EFFECTS[key] for key in named}) > 1:
        raise BodyRefused(f"{body.name(named[1])}: cannot stand beside {named[0]}")
    if named:
        return _EFFECTS[named[0]](body)
    headers = body.text_mapping("headers")
    return MoreHeaders(headers) if headers else Unharmed()


def _truncated(body: Body) -> Effect:
    return Truncated(body.integer("truncate", least=0) or 0)


def _stalled(body: Body) -> Effect:
    return Stalled(body.integer("stall", least=0) or 0, body.seconds("stall_seconds", most=LONGEST_DELAY))


def _reset(body: Body) -> Effect:
    body.flag("reset")
    return ConnectionReset()


def _redirected(body: Body) -> Effect:
    status = body.integer("redirect_status", least=300, most=399) or Redirected.status
    return Redirected(body.text("redirect"), status, body.text("redirect_body", ""))


def _wrong_bytes(body: Body) -> Effect:
    body.flag("wrong_bytes")
    return WrongBytes()


def _compressed(body: Body) -> Effect:
    body.flag("gzip")
    return Compressed()


def _other_answer(body: Body) -> Effect:
    text, encoding = body.optional_text("body"), body.text("encoding", OtherAnswer.encoding)
    try:
        (text or "").encode(encoding)
    except (LookupError, UnicodeError) as error:
        raise BodyRefused(f"{body.name('encoding')}: {error}") from error
    return OtherAnswer(
        status=body.integer("status", least=200, most=599) or 200,
        body=text,
        content_type=body.text("content_type", OtherAnswer.content_type),
        headers=body.text_mapping("headers"),
        encoding=encoding,
    )


_EFFECTS: Mapping[str, Callable[[Body], Effect]] = {
    "truncate": _truncated,
    "stall": _stalled,
    "reset": _reset,
    "redirect": _redirected,
    "wrong_bytes": _wrong_bytes,
    "gzip": _compressed,
    "status": _other_answer,
    "body": _other_answer,
}
