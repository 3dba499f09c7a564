"""Holds YAML files against JSON Schemas as an editor does: YAML 1.2, JSON Schema 2020-12.

Reads one JSON object from standard input: `schemas` by name, and `files`, each with `schema` and `text`.
Prints one JSON text per file: what is wrong first, or an empty text.
"""

import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML's core schema: dates, `yes` and `no` are texts."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
]:
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)
# YAML 1.1 reads a leading zero as octal.
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def with_text_keys(value):
    """Keys of JSON are texts."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else json.dumps(key): with_text_keys(item) for key, item in value.items()}
    return [with_text_keys(item) for item in value] if isinstance(value, list) else value


asked = json.load(sys.stdin)
validators = {}
for name, schema in asked["schemas"].items():
    jsonschema.Draft202012Validator.check_schema(schema)
    validators[name] = jsonschema.Draft202012Validator(schema)
for file in asked["files"]:
    value = with_text_keys(yaml.load(file["text"], Loader))
    error = jsonschema.exceptions.best_match(validators[file["schema"]].iter_errors(value))
    print(json.dumps("" if error is None else f"{error.json_path}: {error.message}"[:300]))
