"""The state survives the process and is never lost silently."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from distui.sandbox.imagebuilder.state_file import FORMAT, StateFile, StateFileError
from tests.sandbox.calls import create, get, rejected_call

pytestmark = pytest.mark.process


def test_a_restart_keeps_configurations_and_tokens(start, connect, document):
    url, process = start()
    client = connect("imagebuilder", url=url)
    arn = create(client, document)
    before = get(client, arn)
    process.terminate()
    assert process.wait() == 0
    client = connect("imagebuilder", url=start()[0])
    assert get(client, arn) == before
    assert create(client, document) == arn
    other = document | {"description": "other"}
    code, _, _ = rejected_call(client.create_distribution_configuration, **other)
    assert code == "IdempotentParameterMismatchException"


def test_a_created_configuration_survives_a_kill(start, connect, document):
    url, process = start()
    arn = create(connect("imagebuilder", url=url), document)
    process.kill()
    process.wait()
    assert get(connect("imagebuilder", url=start()[0]), arn)["name"] == document["name"]


def test_two_sandboxes_share_a_state_file(start, connect, document):
    first, second = (connect("imagebuilder", url=start()[0]) for _ in range(2))
    arn = create(first, document)
    assert get(second, arn)["arn"] == arn
    second.delete_distribution_configuration(distributionConfigurationArn=arn)
    other = create(first, document | {"clientToken": "second"})
    assert get(second, other)["arn"] == other


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"format": "distui-sandbox/0", "configurations": {}, "tokens": {}}',
        f'{{"format": "{FORMAT}", "configurations": {{}}}}'.encode(),
        f'{{"format": "{FORMAT}", "configurations": [1], "tokens": {{}}}}'.encode(),
        f'{{"format": "{FORMAT}", "configurations": {{}}, "tokens": {{"a": {{}}}}}}'.encode(),
        b"[" * 100_000,
    ],
)
def test_an_invalid_file_is_rejected_unchanged(tmp_path, content):
    path = tmp_path / "state.json"
    path.write_bytes(content)
    with pytest.raises(StateFileError, match="is not a valid sandbox state file"):
        StateFile(path)
    assert path.read_bytes() == content


def test_an_exception_discards_the_change(tmp_path):
    state_file = StateFile(tmp_path / "state.json")
    with pytest.raises(RuntimeError), state_file.change() as state:  # noqa: PT012 - the change has to fail
        state.configurations["arn"] = {}
        raise RuntimeError
    assert state_file.read().configurations == {}
    assert state_file.is_new


def test_a_change_that_cannot_be_written_raises(tmp_path):
    state_file = StateFile(tmp_path / "state.json")
    (tmp_path / "state.json").mkdir()  # a file can't replace a directory
    with pytest.raises(StateFileError, match="can't be"), state_file.change() as state:
        state.configurations["arn"] = {}


def test_concurrent_changes_are_all_stored(tmp_path):
    files = [StateFile(tmp_path / "state.json") for _ in range(2)]

    def change(number: int) -> None:
        with files[number % 2].change() as state:
            state.configurations[str(number)] = {"number": number}

    threads = [threading.Thread(target=change, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored: dict[str, Any] = json.loads((tmp_path / "state.json").read_bytes())["configurations"]
    assert len(stored) == 40
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []
