"""The API's description and its page."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator
from openapi_schema_validator import OAS31Validator

from config.api.docs import description
from config.api.outline import outline
from tests.api import FORMATS

OPERATIONS = [
    (path, method, said)
    for path, item in description()["paths"].items()
    for method, said in item.items()
    if method in {"get", "post", "put", "patch", "delete"}
]
NAMES = [f"{method} {path}" for path, method, _said in OPERATIONS]


def test_it_is_valid_and_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))
    for schema in description()["components"]["schemas"].values():
        OAS31Validator.check_schema(schema)


FILES = {"application/zip"}  # of which there is no example


@pytest.mark.django_db
def test_programs_read_it(client):
    answer = client.get("/api/schema/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert json.loads(answer.content)["openapi"].startswith("3.1")


@pytest.mark.parametrize(("path", "method", "said"), OPERATIONS, ids=NAMES)
def test_every_operation_is_described(path, method, said):
    assert said["summary"] and said["description"] and said["tags"]
    assert {"400", "401", "429"} <= said["responses"].keys()
    assert any(status.startswith("2") for status in said["responses"])
    if "requestBody" in said:
        assert all("examples" in body for body in said["requestBody"]["content"].values())
    for status, answer in said["responses"].items():
        if status.startswith("2") and "content" in answer:
            assert all("examples" in body or kind in FILES for kind, body in answer["content"].items())
    for parameter in said.get("parameters", []):
        assert "$ref" in parameter or parameter["in"] == "path" or parameter.get("description"), parameter["name"]


@pytest.mark.parametrize(("path", "method", "said"), OPERATIONS, ids=NAMES)
def test_every_example_is_as_described(path, method, said):
    contents = [said["requestBody"]] if "requestBody" in said else []
    for answer in said["responses"].values():
        if "$ref" in answer:
            answer = description()["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
        contents.append(answer)
    for content in contents:
        for kind, body in content.get("content", {}).items():
            if kind in FILES:
                continue
            schema = body["schema"] | {"components": description()["components"]}
            for example in body["examples"].values():
                Draft202012Validator(schema, format_checker=FORMATS).validate(example["value"])


@pytest.mark.django_db
def test_the_page_shows_every_operation(client):
    page = client.get("/api/docs/").content.decode()
    for _path, _method, said in OPERATIONS:
        assert f'id="{said["operationId"]}"' in page
    assert sum(len(group.operations) for group in outline(description())) == len(OPERATIONS)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|\bon\w+=", page)


@pytest.mark.django_db
def test_every_path_of_the_contract_is_there():
    paths = description()["paths"].keys()
    for path in (
        "films/",
        "films/{slug}/me/",
        "reviews/{id}/comments/",
        "comments/{id}/report/",
        "diary/{id}/",
        "search/suggest/",
    ):
        assert f"/api/v1/{path}" in paths


@pytest.mark.e2e
def test_it_can_be_tried_in_the_browser(page, running_site):
    page.goto("/api/docs/#films_list")
    operation = page.locator("#films_list")
    operation.get_by_label("search").fill("nothing is called so")
    operation.get_by_role("button", name="Send GET").click()
    status = operation.get_by_role("status")
    status.get_by_text("200 OK").wait_for()
    assert '"results": []' in status.inner_text()
    status.get_by_text("Headers").click()
    assert "etag" in status.inner_text()


@pytest.mark.e2e
def test_it_can_be_read_without_scripts(plain_page):
    plain_page.goto("/api/docs/")
    plain_page.locator("#films_list > summary").click()
    assert plain_page.locator("#films_list").get_by_text("curl http").is_visible()
    assert not plain_page.locator("#films_list form").is_visible()


def test_the_written_examples_name_real_paths():
    """docs/api.md speaks only of addresses that there are."""
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    known = [re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))) for path in description()["paths"]]
    for path in re.findall(r"\$SITE(/api/v1/[^\s\"'?]*)", text):
        assert any(pattern.fullmatch(path) for pattern in known), path
