"""The web application: reads requests, routes them, and puts answers and refusals on the wire."""

import logging
import time
from urllib.parse import parse_qsl

import anyio
import anyio.to_thread
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Router as Routes
from starlette.routing import request_response
from starlette.types import ASGIApp, Receive, Scope, Send

from artifactory_conformance.reference import tracing
from artifactory_conformance.reference.errors import RequestRefused, access_envelope, envelope
from artifactory_conformance.reference.exchange import Answer, Call, Principal, Upload, compact
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.logs import Served
from artifactory_conformance.reference.router import Router

CONCURRENT_REQUESTS = 256
"""Requests that are worked on at a time: waiting for another's download must not starve the rest."""

LARGEST_FIELD = 64 * 1024 * 1024
"""Bytes of one text field of an upload form: descriptions can be long."""

_NOBODY = Principal("non_authenticated_user")
_log = logging.getLogger(__name__)


def application(instance: Instance) -> ASGIApp:
    """The ASGI application around one instance."""
    router = Router(instance)
    limiter = anyio.CapacityLimiter(CONCURRENT_REQUESTS)

    async def endpoint(request: Request) -> Response:
        started, trace = time.monotonic(), tracing.begin(_address(request))
        try:
            call = await _call(request, _origin(instance, request))
        except MultiPartException as error:
            answer = _refused(instance, request.url.path, RequestRefused(400, error.message))
            response = _response(instance, answer, request.method)
        else:
            answer = await anyio.to_thread.run_sync(_answer, instance, router, call, limiter=limiter)
            response = instance.seams.sent(call, _response(instance, answer, request.method))
        _log_request(instance, trace, request, response, time.monotonic() - started)
        return response

    served = Routes(default=request_response(endpoint))  # a route by pattern would not take every path
    return _below(instance.seams.below, served) if instance.seams.below else served


def _below(prefix: str, app: ASGIApp) -> ASGIApp:
    """The application as a reverse proxy serves it under a path of its own."""

    async def stripped(scope: Scope, receive: Receive, send: Send) -> None:
        path, raw = str(scope["path"]), bytes(scope["raw_path"])
        if not path.startswith(prefix + "/"):
            await Response(b"", 404)(scope, receive, send)
            return
        inner = {**scope, "path": path.removeprefix(prefix), "raw_path": raw.removeprefix(prefix.encode())}
        await app(inner, receive, send)

    return stripped


def _address(request: Request) -> str:
    """Who asks: what a proxy says, else the peer (F1)."""
    peer = request.client.host if request.client else ""
    return request.headers.get("x-forwarded-for", peer).partition(",")[0].strip() or peer


def _origin(instance: Instance, request: Request) -> str:
    """Scheme and host of the client's URL; whether a proxy's word for them is taken is open (open 28)."""
    scheme, host = request.url.scheme, request.headers.get("host", request.url.netloc)
    if instance.switches.on("forwarded_headers", "honoured"):
        scheme = request.headers.get("x-forwarded-proto", scheme).partition(",")[0].strip()
        host = request.headers.get("x-forwarded-host", host).partition(",")[0].strip()
    return f"{scheme}://{host}{instance.seams.below}"


def _log_request(
    instance: Instance, trace: tracing.Trace, request: Request, response: Response, seconds: float
) -> None:
    context, slash, path = request.url.path.removeprefix("/").partition("/")
    if context == "artifactory":  # the other services of the platform have logs of their own
        lengths = (_length(request.headers), _length(response.headers) if request.method == "GET" else 0)
        done = Served(request.method, slash + path, response.status_code, *lengths, seconds)
        instance.logs.request(trace, done, request.headers.get("user-agent", ""))


def _length(headers: Headers) -> int:
    given = headers.get("content-length", "")
    return int(given) if given.isdigit() else 0


def _answer(instance: Instance, router: Router, call: Call) -> Answer:
    answer = _handled(instance, router, call)
    if call.path.startswith("/access/") and instance.switches.on("access_json", "compact"):  # release 24
        answer = compact(answer)
    return instance.seams.answered(call, answer)


def _handled(instance: Instance, router: Router, call: Call) -> Answer:
    try:
        call = instance.seams.asked(call)
        return instance.seams.answered_instead(call) or router.handle(call, instance.base_url or call.origin)
    except RequestRefused as refusal:
        return _refused(instance, call.path, refusal)
    except Exception:  # A4
        _log.exception("the model failed on %s %s", call.method, call.path)
        return _refused(instance, call.path, RequestRefused(500, "Internal Server Error"))


def _refused(instance: Instance, path: str, refusal: RequestRefused) -> Answer:
    form = access_envelope if path.startswith("/access/") else envelope
    headers = {"Content-Type": instance.switches.value("error_content_type"), **refusal.headers}
    return Answer(refusal.status, form(refusal.status, refusal.message), headers)


async def _call(request: Request, origin: str) -> Call:
    upload, body = None, b""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        upload = await _upload(request)
    else:
        body = await request.body()
    originated = ", ".join(request.headers.getlist("x-artifactory-originated"))
    return Call(
        method=request.method,
        path=str(request.scope["path"]),
        query=dict(parse_qsl(request.url.query, keep_blank_values=True)),
        raw_query=request.url.query,
        headers={name.lower(): value for name, value in request.headers.items()},
        originators=tuple(part.strip() for part in originated.split(",") if part.strip()),
        body=body,
        upload=upload,
        caller=_NOBODY,
        origin=origin,
    )


async def _upload(request: Request) -> Upload:
    fields: dict[str, str] = {}
    name, content = "", b""
    async with request.form(max_fields=10_000, max_part_size=LARGEST_FIELD) as form:
        for key, value in form.multi_items():
            if isinstance(value, UploadFile):
                if key == "content":
                    name, content = value.filename or "", await value.read()
            else:
                fields[key] = value
    return Upload(fields, name, content)


def _response(instance: Instance, answer: Answer, method: str) -> Response:
    headers = {**instance.headers(), **answer.headers}
    response = Response(b"" if method == "HEAD" else answer.body, answer.status, headers=headers)
    if "Content-Type" not in headers and "content-type" in response.headers:
        del response.headers["content-type"]
    if answer.chunked:
        if "content-length" in response.headers:
            del response.headers["content-length"]
    elif method == "HEAD" and "Content-Length" not in answer.headers:
        response.headers["content-length"] = str(len(answer.body))
    return response
