"""The description of the field's API, made of the very types that decode it."""

from typing import Any

import msgspec

from lianfang.book.arriving import RECORD_TYPES
from lianfang.field.api import EnrolmentAnswer, EnrolmentRequest, Failure
from lianfang.field.envelopes import MOST_RECORDS, Answer, Batch, Envelope

_REF = "#/components/schemas/{name}"


def openapi_document() -> dict[str, Any]:
    """OpenAPI 3.1: enrolment, upload, and what each type of record carries."""
    contents = {code: kind.content for code, kind in RECORD_TYPES.items()}
    types = [Batch, Envelope, Answer, EnrolmentRequest, EnrolmentAnswer, Failure, *contents.values()]
    _schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    components["Batch"]["properties"]["records"] = {
        "type": "array",
        "maxItems": MOST_RECORDS,
        "items": _ref("Envelope"),
    }
    components["Envelope"]["properties"]["data"] = {
        "oneOf": [_ref(content.__name__) for content in contents.values()]
    }
    components["Envelope"]["properties"]["type"]["enum"] = list(contents)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "联防现场接口",
            "version": "1",
            "description": "手机登记和上传。摘要、签名、序号的规则见 docs/reference/field-protocol.md。",
        },
        "paths": {
            "/api/field/enrol": {
                "post": _operation(
                    "凭登记码登记手机",
                    "EnrolmentRequest",
                    "EnrolmentAnswer",
                    {
                        "400": "读不懂",
                        "403": "登记人已无权限",
                        "404": "没有这个登记码",
                        "409": "已用过或已过期",
                        "422": "公钥不对",
                    },
                )
            },
            "/api/field/bundle": {"get": _read("带到手机上的资料的清单,有签名;ETag 未变时为 304")},
            "/api/field/bundle/crossings": {"get": _read("本场所其他手机近日的出入,用于核对户内次数")},
            "/api/field/bundle/{digest}": {
                "get": {
                    **_read("清单所列的一块资料"),
                    "parameters": [
                        {"name": "digest", "in": "path", "required": True, "schema": {"type": "string"}}
                    ],
                }
            },
            "/api/field/records": {
                "post": {
                    **_operation(
                        "上传一批记录,逐条回答",
                        "Batch",
                        "Answer",
                        {
                            "400": "读不懂",
                            "401": "没有登录、已注销或签名不对",
                            "403": "写的是另一部手机",
                            "413": "太大",
                            "415": "压缩方式不认识",
                        },
                    ),
                    "security": [{"token": []}],
                    "parameters": [
                        {
                            "name": "X-Device-Signature",
                            "in": "header",
                            "required": False,
                            "description": "登记时交了公钥的手机必填:对请求内容的 Ed25519 签名,base64url",
                            "schema": {"type": "string"},
                        }
                    ],
                }
            },
        },
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(summary: str, takes: str, gives: str, refusals: dict[str, str]) -> dict[str, Any]:
    return {
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(takes)}}},
        "responses": {
            "200": {"description": "已处理", "content": {"application/json": {"schema": _ref(gives)}}},
            **{
                status: {"description": said, "content": {"application/json": {"schema": _ref("Failure")}}}
                for status, said in refusals.items()
            },
        },
    }


def _read(summary: str) -> dict[str, Any]:
    return {
        "summary": summary,
        "security": [{"token": []}],
        "responses": {
            "200": {"description": "资料", "content": {"application/json": {}}},
            "401": {
                "description": "没有登录或已注销",
                "content": {"application/json": {"schema": _ref("Failure")}},
            },
        },
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": _REF.format(name=name)}
