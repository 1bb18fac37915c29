"""What Discord would refuse: checks of a request's body against its description and its limits."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from bot.presentation.layout import measure
from tests.discord_offline import Sent, texts_of

COMPONENTS_V2 = 1 << 15


class Description:
    """Discord's own description of its HTTP interface."""

    def __init__(self, file: Path) -> None:
        self._openapi = json.loads(file.read_text(encoding="utf-8"))
        self._validator = cache(self._build_validator)
        self._quick: Any = extend(Draft202012Validator, {"oneOf": self._one_of})
        self._checked: set[tuple[str, str, str]] = set()

    def check(self, sent: Sent) -> None:
        """Raise `ValidationError` unless the body is valid for its path and method."""
        if sent.method in ("GET", "DELETE"):
            return
        known = (sent.method, sent.path, json.dumps(sent.body, sort_keys=True))
        if known not in self._checked:  # validation is slow, and much is said twice
            self._validator(sent.path, sent.method.lower()).validate(_with_words(sent.body))
            self._checked.add(known)

    def _one_of(self, validator: Any, schemas: list[Any], instance: Any, schema: Any) -> Any:
        """The library's own check, over the alternatives that describe an object of this `type`: many times quicker."""
        fitting = [one for one in schemas if self._may_fit(one, instance)]
        return Draft202012Validator.VALIDATORS["oneOf"](validator, fitting or schemas, instance, schema)

    def _may_fit(self, schema: Mapping[str, Any], instance: Any) -> bool:
        if not isinstance(instance, Mapping) or "type" not in instance or "$ref" not in schema:
            return True
        described = self._openapi["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        kinds = described.get("properties", {}).get("type", {}).get("enum")
        return kinds is None or instance["type"] in kinds

    def _build_validator(self, path: str, method: str) -> Draft202012Validator:
        content = self._openapi["paths"][path][method]["requestBody"]["content"]
        return self._quick(
            {"allOf": [content["application/json"]["schema"]], "components": self._openapi["components"]}
        )


def _with_words(body: Any) -> Any:
    """The library numbers the files of a request with integers, which Discord takes though it describes strings."""
    if not isinstance(body, Mapping) or "attachments" not in body:
        return body
    return {**body, "attachments": [{**file, "id": str(file["id"])} for file in body["attachments"]]}


def check_limits(sent: Sent) -> None:
    """Limits that stand in Discord's documentation in words only."""
    if not isinstance(sent.body, Mapping):
        return
    for choice in (sent.body.get("data") or {}).get("choices", ()) if "type" in sent.body else ():
        assert 1 <= len(choice["name"]) <= 100
        assert 1 <= len(str(choice["value"])) <= 100
    assert len((sent.body.get("data") or {}).get("choices", ())) <= 25
    message = sent.body.get("data") or {} if "type" in sent.body else sent.body
    if sent.path.endswith("/callback") and sent.body.get("type") == 9:
        check_form(message)
        return
    if "components" in message:
        check_message(message)


def check_message(message: Mapping[str, Any]) -> None:
    """One message with components: size, mentions, buttons."""
    parts = list(components_of(message["components"]))
    assert 1 <= len(parts) <= 40
    assert sum(measure(text) for text in texts_of(message)) <= 4000
    assert message["flags"] & COMPONENTS_V2
    assert not message.get("content")
    assert not message.get("embeds")
    assert message["allowed_mentions"]["parse"] == []
    assert "users" not in message["allowed_mentions"]
    shown = "".join(texts_of(message))
    assert all(
        f"<@&{role}>" in shown for role in message["allowed_mentions"].get("roles", ())
    )  # one that was asked for
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    assert len(set(ids)) == len(ids)
    assert all(len(one) <= 100 for one in ids)
    assert all(len(part["components"]) <= 5 for part in parts if part["type"] == 1)
    assert len(message.get("nonce") or "") <= 25


def check_form(form: Mapping[str, Any]) -> None:
    """A form: title, fields."""
    assert 1 <= len(form["title"]) <= 45
    assert 1 <= len(form["custom_id"]) <= 100
    assert 1 <= len(form["components"]) <= 5
    for label in form["components"]:
        assert 1 <= len(label["label"]) <= 45
        assert len(label.get("description") or "") <= 100


def components_of(components: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """All components, containers and rows included."""
    for component in components:
        yield component
        inside = [component[name] for name in ("accessory", "component") if name in component]
        yield from components_of([*component.get("components", ()), *inside])
