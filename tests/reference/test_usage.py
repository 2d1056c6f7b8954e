"""The storage summary (admin 6)."""

WHEEL = "example-1.0-py3-none-any.whl"


def summary(model):
    return model.get("/api/storageinfo").json()


def used_by(model, key):
    return next(one["usedSpace"] for one in summary(model)["repositoriesSummaryList"] if one["repoKey"] == key)


def test_cache_has_its_own_line_and_grows(model, catalog):
    catalog.project("example", content=b"0123456789")
    model.remote(catalog)
    assert used_by(model, "catalog-cache") == "0 bytes"
    model.wheel("catalog", WHEEL)
    assert used_by(model, "catalog-cache") == used_by(model, "TOTAL") == "10 bytes"
    assert summary(model)["fileStoreSummary"]["usedSpace"].startswith("40.00 GB (")
    assert summary(model)["binariesSummary"]["artifactsSize"] == "10 bytes"


def test_virtual_has_nothing_of_its_own(model, catalog):
    model.virtual(model.remote(catalog))
    assert used_by(model, "all") == "0 bytes"


def test_it_is_for_administrators_and_can_be_made_anew(model):
    assert model.get("/api/storageinfo", model.user("joe")).status_code == 403
    assert model.call("POST", "/api/storageinfo/calculate").status_code == 202
    assert model.get("/api/storageinfo/other").status_code == 404


def test_free_edition_has_it_too(start):
    assert summary(start("oss"))["repositoriesSummaryList"][-1]["repoKey"] == "TOTAL"
