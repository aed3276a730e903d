"""What Image Builder holds survives the process, and is never lost in silence."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from distui.sandbox.state_file import FORMAT, StateFile, StateFileError
from tests.sandbox.calls import created, got, refused


def test_a_restart_keeps_configurations_and_tokens(start, connect, document):
    url, process = start()
    client = connect("imagebuilder", url=url)
    arn = created(client, document)
    before = got(client, arn)
    process.terminate()
    assert process.wait() == 0
    client = connect("imagebuilder", url=start()[0])
    assert got(client, arn) == before
    assert created(client, document) == arn
    other = document | {"description": "other"}
    code, _, _ = refused(client.create_distribution_configuration, **other)
    assert code == "IdempotentParameterMismatchException"


def test_what_was_answered_survives_a_kill(start, connect, document):
    url, process = start()
    arn = created(connect("imagebuilder", url=url), document)
    process.kill()
    process.wait()
    assert got(connect("imagebuilder", url=start()[0]), arn)["name"] == document["name"]


def test_two_sandboxes_on_one_file_are_one_account(start, connect, document):
    first, second = (connect("imagebuilder", url=start()[0]) for _ in range(2))
    arn = created(first, document)
    assert got(second, arn)["arn"] == arn
    second.delete_distribution_configuration(distributionConfigurationArn=arn)
    other = created(first, document | {"clientToken": "second"})
    assert got(second, other)["arn"] == other


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
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "state.json"
    path.write_bytes(content)
    with pytest.raises(StateFileError, match="is not a state file of this sandbox"):
        StateFile(path)
    assert path.read_bytes() == content


def test_a_change_that_fails_changes_nothing(tmp_path):
    state_file = StateFile(tmp_path / "state.json")
    with pytest.raises(RuntimeError), state_file.change() as state:  # noqa: PT012 - the change
        state.configurations["arn"] = {}
        raise RuntimeError
    assert state_file.read().configurations == {}
    assert state_file.is_new


def test_a_change_that_cannot_be_written_is_not_in_force(tmp_path):
    state_file = StateFile(tmp_path / "state.json")
    (tmp_path / "state.json").mkdir()  # even root can't put a file in a directory's place
    with pytest.raises(StateFileError, match="can't be"), state_file.change() as state:
        state.configurations["arn"] = {}


def test_changes_from_many_threads_are_all_kept(tmp_path):
    files = [StateFile(tmp_path / "state.json") for _ in range(2)]

    def change(number: int) -> None:
        with files[number % 2].change() as state:
            state.configurations[str(number)] = {"number": number}

    threads = [threading.Thread(target=change, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept: dict[str, Any] = json.loads((tmp_path / "state.json").read_bytes())["configurations"]
    assert len(kept) == 40
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []
