import os

import pytest

from config import env


@pytest.fixture
def dotenv(tmp_path, monkeypatch):
    def write(text: str):
        path = tmp_path / ".env"
        path.write_text(text, "utf-8")
        return path

    for name in ("IM_ONE", "IM_TWO"):
        monkeypatch.setenv(name, "")  # so that what a test reads is taken back after it
        monkeypatch.delenv(name)
    return write


def test_it_reads_names_values_quotes_and_comments(dotenv):
    env.read_dotenv(dotenv("# a comment\n\nIM_ONE = 'one = 1'\nIM_TWO=two\n"))
    assert (os.environ["IM_ONE"], os.environ["IM_TWO"]) == ("one = 1", "two")


def test_the_environment_wins_over_the_file(dotenv, monkeypatch):
    monkeypatch.setenv("IM_ONE", "environment")
    env.read_dotenv(dotenv("IM_ONE=file"))
    assert os.environ["IM_ONE"] == "environment"


def test_a_line_without_a_value_is_named(dotenv):
    with pytest.raises(env.BadSetting, match="line 2: write NAME=value"):
        env.read_dotenv(dotenv("IM_ONE=1\nIM_TWO\n"))


def test_no_file_is_no_trouble(tmp_path):
    env.read_dotenv(tmp_path / "missing")


@pytest.mark.parametrize(
    ("written", "meant"), [("yes", True), ("TRUE", True), ("0", False), ("off", False), ("", True)]
)
def test_flag(monkeypatch, written, meant):
    monkeypatch.setenv("IM_ONE", written)
    assert env.flag("IM_ONE", True) is meant


@pytest.mark.parametrize(
    ("read", "written", "says"),
    [
        (lambda: env.flag("IM_ONE", True), "maybe", "IM_ONE is 'maybe': write yes or no"),
        (lambda: env.number("IM_ONE", 3), "three", "IM_ONE is 'three': write a whole number"),
        (
            lambda: env.choice("IM_ONE", ("open", "closed"), "open"),
            "ajar",
            "IM_ONE is 'ajar': write one of open, closed",
        ),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_what_to_write(monkeypatch, read, written, says):
    monkeypatch.setenv("IM_ONE", written)
    with pytest.raises(env.BadSetting, match=says):
        read()
