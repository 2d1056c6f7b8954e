"""The control interface below /_control/: organizations, what they offer, what they were asked, what goes wrong."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from packaging.utils import canonicalize_name
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from artifactory_conformance.distributions import UnreadableDistribution, read_distribution
from artifactory_conformance.upstream.bodies import Body, BodyRefused
from artifactory_conformance.upstream.forms import ordered
from artifactory_conformance.upstream.orders import built, planned
from artifactory_conformance.upstream.organizations import (
    Credentials,
    Organization,
    OrganizationRefused,
    Organizations,
)
from artifactory_conformance.upstream.shelf import PublishedFile

PREFIX = "/_control/"

_Endpoint = Callable[[Request], Awaitable[Response]]


def build_control(organizations: Organizations) -> Starlette:
    """The ASGI application for the paths below `PREFIX`."""
    control = _Control(organizations)
    application = Starlette(
        routes=[
            Route(f"{PREFIX}{path}", endpoint, methods=[method]) for method, path, endpoint in control.operations()
        ],
        exception_handlers={
            HTTPException: _http_error,
            BodyRefused: _bad_request,
            OrganizationRefused: _bad_request,
            UnreadableDistribution: _bad_request,
        },
    )
    application.router.redirect_slashes = False
    return application


class _Control:
    def __init__(self, organizations: Organizations) -> None:
        self._organizations = organizations

    def operations(self) -> list[tuple[str, str, _Endpoint]]:
        one = "organizations/{id}"
        return [
            ("GET", "health", self.health),
            ("POST", "build", self.build),
            ("POST", "organizations", self.create),
            ("GET", one, self.show),
            ("DELETE", one, self.remove),
            ("PUT", f"{one}/credentials", self.rotate),
            ("POST", f"{one}/distributions", self.publish),
            ("PUT", f"{one}/files/{{project}}/{{filename}}", self.publish_file),
            ("GET", f"{one}/projects", self.projects),
            ("DELETE", f"{one}/projects/{{project}}", self.withdraw_project),
            ("DELETE", f"{one}/projects/{{project}}/{{filename}}", self.withdraw_file),
            ("GET", f"{one}/journal", self.journal),
            ("DELETE", f"{one}/journal", self.clear_journal),
            ("PUT", f"{one}/form", self.form_pages),
            ("PUT", f"{one}/faults", self.plan_faults),
            ("DELETE", f"{one}/faults", self.clear_faults),
        ]

    async def health(self, _request: Request) -> Response:
        layout = self._organizations.layout.value
        return JSONResponse({"status": "ok", "program": "artifactory_conformance.upstream", "layout": layout})

    async def build(self, request: Request) -> Response:
        distribution = built(Body.parse(await request.body()))
        headers = {"X-Filename": distribution.filename, "X-Sha256": distribution.sha256}
        return Response(distribution.content, media_type="application/octet-stream", headers=headers)

    async def create(self, request: Request) -> Response:
        body = Body.parse(await request.body())
        id_, user, password = (body.optional_text(key) for key in ("id", "user", "password"))
        is_open = body.flag("open")
        body.done()
        organization = self._organizations.create(id_, user, password, is_open=is_open)
        password = organization.credentials.password if organization.credentials else None
        return JSONResponse({**_shown(organization), "password": password}, HTTPStatus.CREATED)

    async def show(self, request: Request) -> Response:
        return JSONResponse(_shown(self._organization(request)))

    async def remove(self, request: Request) -> Response:
        return _removed(self._organizations.remove(request.path_params["id"]))

    async def rotate(self, request: Request) -> Response:
        organization = self._organization(request)
        body = Body.parse(await request.body())
        credentials = Credentials(body.text("user"), body.text("password"))
        body.done()
        organization.credentials = credentials
        return JSONResponse(_shown(organization))

    async def publish(self, request: Request) -> Response:
        organization = self._organization(request)
        body = Body.parse(await request.body())
        yanked = body.optional_text("yanked")
        return self._put(organization, PublishedFile(built(body), yanked))

    async def publish_file(self, request: Request) -> Response:
        organization = self._organization(request)
        distribution = read_distribution(request.path_params["filename"], await request.body())
        if distribution.project != canonicalize_name(request.path_params["project"]):
            raise BodyRefused(f"project: {distribution.filename} belongs to {distribution.project}")
        return self._put(organization, PublishedFile(distribution))

    async def projects(self, request: Request) -> Response:
        organization = self._organization(request)
        shelf = organization.shelf
        return JSONResponse(
            {name: [self._described(organization, file) for file in shelf.files(name)] for name in shelf.projects()}
        )

    async def withdraw_project(self, request: Request) -> Response:
        return _removed(self._organization(request).shelf.withdraw_project(request.path_params["project"]))

    async def withdraw_file(self, request: Request) -> Response:
        project, filename = request.path_params["project"], request.path_params["filename"]
        return _removed(self._organization(request).shelf.withdraw_file(project, filename))

    async def journal(self, request: Request) -> Response:
        entries = self._organization(request).journal.entries
        return JSONResponse({"requests": [entry.as_json() for entry in entries]})

    async def clear_journal(self, request: Request) -> Response:
        self._organization(request).journal.clear()
        return _done()

    async def form_pages(self, request: Request) -> Response:
        self._organization(request).form = ordered(Body.parse(await request.body()))
        return _done()

    async def plan_faults(self, request: Request) -> Response:
        organization = self._organization(request)
        faults = planned(Body.parse(await request.body()))
        organization.faults.replace(faults)
        return JSONResponse({"faults": len(faults)})

    async def clear_faults(self, request: Request) -> Response:
        self._organization(request).faults.replace(())
        return _done()

    def _organization(self, request: Request) -> Organization:
        organization = self._organizations.get(request.path_params["id"])
        if organization is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "there is no such organization")
        return organization

    def _put(self, organization: Organization, file: PublishedFile) -> Response:
        organization.shelf.put(file)
        return JSONResponse(self._described(organization, file), HTTPStatus.CREATED)

    def _described(self, organization: Organization, file: PublishedFile) -> dict[str, object]:
        distribution = file.distribution
        path = self._organizations.layout.file_path(distribution.sha256, distribution.filename)
        return {
            "project": distribution.project,
            "version": distribution.version,
            "kind": distribution.kind.value,
            "filename": distribution.filename,
            "sha256": distribution.sha256,
            "size": len(distribution.content),
            "requires_python": distribution.requires_python,
            "path": f"{organization.base_path}{path}",
        }


def _shown(organization: Organization) -> dict[str, object]:
    user = organization.credentials.user if organization.credentials else None
    return {"id": organization.id, "user": user, "base_path": organization.base_path}


def _removed(was_there: bool) -> Response:
    if not was_there:
        raise HTTPException(HTTPStatus.NOT_FOUND, "there is nothing to remove")
    return _done()


def _done() -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    return JSONResponse({"error": getattr(error, "detail", "")}, status)


async def _bad_request(_request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, HTTPStatus.BAD_REQUEST)
