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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("one        # why", "one"),
        ("        # why", ""),
        ("'one # two'   # why", "one # two"),
        ("#one", "#one"),
        ("one#two", "one#two"),
        ("it's 'so'", "it's 'so'"),
    ],
)
def test_a_value_ends_where_a_comment_begins(dotenv, written, read):
    env.read_dotenv(dotenv(f"IM_ONE={written}"))
    assert os.environ["IM_ONE"] == read


def test_a_file_in_another_encoding_is_named(dotenv):
    path = dotenv("")
    path.write_bytes("IM_ONE=Caf\u00e9".encode("latin-1"))
    with pytest.raises(env.BadSetting, match="save it as text in UTF-8"):
        env.read_dotenv(path)


def test_each_line_of_the_example_means_what_it_says(dotenv, monkeypatch):
    """Uncommented as it stands, without what is said beside it."""
    example = (env.BASE_DIR / ".env.example").read_text("utf-8")
    lines = [line[2:] for line in example.splitlines() if line[2:].partition("=")[0].isupper()]
    assert len(lines) > 30
    for line in lines:
        name = line.partition("=")[0]
        monkeypatch.setenv(name, "")  # as above
        monkeypatch.delenv(name)
        env.read_dotenv(dotenv(line))
        assert "  " not in os.environ[name] and "#" not in os.environ[name]


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
        (lambda: env.number("IM_ONE", 3), "three", "IM_ONE is 'three': write a whole number of at least 0"),
        (lambda: env.number("IM_ONE", 3), "-1", "write a whole number of at least 0"),
        (lambda: env.number("IM_ONE", 3, most=9), "10", "write a whole number from 0 to 9"),
        (lambda: env.seconds("IM_ONE", 3), "soon", "write a number of seconds, more than 0"),
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


def test_a_time_zone_is_one_that_there_is(monkeypatch):
    assert env.time_zone("IM_ZONE", "UTC").key == "UTC"
    monkeypatch.setenv("IM_ZONE", "Europe/Berlin")
    assert env.time_zone("IM_ZONE", "UTC").key == "Europe/Berlin"
    for wrong in ("Berlin", "../../etc/passwd"):
        monkeypatch.setenv("IM_ZONE", wrong)
        with pytest.raises(env.BadSetting, match="write a time zone such as Europe/Berlin"):
            env.time_zone("IM_ZONE", "UTC")
