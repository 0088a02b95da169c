"""The rules of the house, read from the files themselves: who may import whom, and what a file may hold."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
LAYERS = ("accounts", "films", "reviews")  # each may import what stands before it
OURS = (*LAYERS, "config", "tests", "bench")

# The ladder inside an app. What has no name here reads (step 1).
MODELS, READING, WRITING, FACES, URLS = range(5)
STEPS = {
    MODELS: {"models", "migrations", "names", "picture_files", "stars", "tallies", "facets", "following", "variants"},
    WRITING: {
        "actions", "adapter", "connecting", "copying", "departing", "exporters", "federation", "groups", "importers",
        "integrity", "mail", "outside", "pictures", "pictures_worker", "picturing", "players", "seed", "webhooks",
    },
    FACES: {
        "admin", "api", "apps", "calendar_feed", "context", "essay_feed", "feeds", "forms", "jobs", "lights",
        "list_feed", "management", "screening_feed", "settings_forms", "sitemaps", "templatetags", "tongue", "views",
    },
    URLS: {"urls", "account_urls", "identity_urls", "poster_urls"},
}  # fmt: skip

# `config` is wiring: the apps use its jobs and the manners of the API, and it knows the apps at these places alone.
CONFIG_FOR_APPS = (
    "config.api", "config.at_once", "config.backup", "config.cache", "config.drawing", "config.freshness",
    "config.jobs", "config.keeping", "config.kept_pages", "config.paths", "config.quoting", "config.replica",
    "config.rows", "config.writes",
)  # fmt: skip
CONFIG_KNOWS = {
    "config.urls": ("accounts.lights", "accounts.tongue"),
    "config.asgi": ("films.catalogue",),
    "config.admin": ("reviews.admin.dashboard",),
}

BANNED_NAMES = {"core", "common", "utils", "util", "helpers", "helper", "misc"}

# The rendered words of members and curators (reviews/markup.py made them safe) and the help texts of our own forms.
SAFE = {
    "entry|drawn", "film_list|drawn", "newer|drawn", "essay|drawn", "preview.html",
    "words", "review|drawn", "newer.body_html", "comment|drawn", "article|drawn", "hint|default:field.help_text",
}  # fmt: skip

NEVER = {
    r"\bmark_safe\b": "format_html escapes what it is given",
    r"\bcsrf_exempt\b|\bposted_by_programs\b": "every form and every session carries its token",
    r"\bRawSQL\b|\.extra\(": "the ORM says it, or a cursor with parameters",
    r"fields *= *[\"']__all__[\"']": "name the fields, or a new one is open to the world",
    r"\bimport pickle\b|\byaml\.load\(": "data from outside must not become code",
    r"\bfilter\(\*\*request|\border_by\(request|\bredirect\(request\.(GET|POST)": "choose from a list of our own",
    r"# *(TODO|FIXME|XXX|HACK)\b": "do it, or write an issue",
}


# Who may do so all the same, in how many lines.
STILL = {
    # RFC 8058: mail programs post to the signed address of "unsubscribe" without cookies. It heeds no session.
    "accounts/views/posting.py": 2,
    "reviews/views/notifications.py": 2,  # its import and its one use
    "reviews/views/listening.py": 2,  # the same; players at home know no more than the secret of their address
    "reviews/views/federation.py": 2,  # the same; other servers sign what they send, and a job looks whether it is true
    "accounts/views/identity.py": 4,  # apps have no session; when a member answers, allauth asks for the token
}


def files(suffix: str, *places: str) -> list[Path]:
    return sorted(path for place in places for path in (HOUSE / place).rglob(f"*{suffix}"))


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")


@cache
def is_module(name: str) -> bool:
    path = HOUSE.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """The modules of ours that a file imports, wherever in it, with their lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name_of(path)}:{node.lineno}: write the whole name, not a relative one"
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            found = [name if is_module(name) else str(node.module) for name in within]
        else:
            continue
        yield from ((node.lineno, name) for name in found if name.split(".")[0] in OURS)


def step_of(module: str) -> int:
    parts = module.split(".")
    if len(parts) == 1:
        return MODELS  # the package itself is empty
    return next((step for step, names in STEPS.items() if parts[1] in names), READING)


ALL = [(path, line, name) for path in files(".py", *LAYERS, "config") for line, name in imports_of(path)]


def test_it_reads_the_imports():
    assert len(ALL) > 300
    assert any(path.name == "film.py" and name == "films.models" for path, _line, name in ALL)


def test_apps_import_down_only():
    """config.urls → reviews → films → accounts."""
    wrong = []
    for path, line, name in ALL:
        here, there = module_of(path).split(".")[0], name.split(".")[0]
        if here == "config":
            continue
        if there == "config":
            down = name.startswith(CONFIG_FOR_APPS)
        else:
            down = there in LAYERS[: LAYERS.index(here) + 1]
        if not down:
            wrong.append(f"{name_of(path)}:{line} imports {name}")
    assert wrong == []


def test_config_knows_no_app():
    wrong = [
        f"{name_of(path)}:{line} imports {name}"
        for path, line, name in ALL
        if path.is_relative_to(HOUSE / "config") and not name.startswith("config")
        and not any(name == known or name.startswith(f"{known}.") for known in CONFIG_KNOWS.get(module_of(path), ()))
    ]  # fmt: skip
    assert wrong == []


def test_modules_import_from_their_own_step_or_a_lower_one():
    """models → reading → writing → faces → urls, inside each app."""
    wrong = []
    for path, line, name in ALL:
        here = module_of(path)
        if here.split(".")[0] == name.split(".")[0] != "config" and step_of(name) > step_of(here):
            wrong.append(f"{name_of(path)}:{line} (step {step_of(here)}) imports {name} (step {step_of(name)})")
    assert wrong == []


def test_the_site_imports_no_tests():
    assert [f"{name_of(path)}:{line}" for path, line, name in ALL if name.startswith(("tests", "bench"))] == []


def test_no_module_is_a_drawer_for_everything():
    everything = [path for place in (*LAYERS, "config", "tests") for path in (HOUSE / place).rglob("*.py")]
    drawers = {name_of(p) for p in everything if {p.stem, *p.relative_to(HOUSE).parts[:-1]} & BANNED_NAMES}
    assert drawers == set()


@pytest.mark.parametrize(
    ("paths", "most"),
    [
        (files(".py", *LAYERS, "config", "tests", "bench"), 300),
        (files(".html", "templates"), 120),
        (files(".css", "static/css"), 200),
        (files(".js", "static/js"), 100),
    ],
    ids=["python", "templates", "css", "js"],
)  # fmt: skip
def test_files_stay_small(paths, most):
    assert paths
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in paths if "migrations" not in path.parts}
    long = {name: lines for name, lines in lengths.items() if lines > most}
    assert long == {}


def test_lines_of_templates_can_be_read():
    """They end where a blank changes nothing that is seen."""
    lines = [(name_of(path), line) for path in files(".html", "templates") for line in path.read_text().splitlines()]
    assert lines and [f"{name}: {line[:80]}" for name, line in lines if len(line) > 700] == []


def test_functions_stay_short():
    """The longest that is nothing but a list of things may have 50 lines."""
    long = {}
    for path in files(".py", *LAYERS, "config"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 60:
                    long[f"{name_of(path)}:{node.lineno} {node.name}"] = lines
    assert long == {}


# Mails are no pages: their readers know no stylesheet.
TEMPLATES = [path for path in files(".html", "templates") if "emails" not in path.parts]


def markup_of(path: Path) -> str:
    """A template without its comments and its tags."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text("utf-8"), flags=re.S)
    return re.sub(r"{%.*?%}|{#.*?#}", "", text)


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"\sstyle\s*=", "a class"),
        (r"<style\b", "a stylesheet"),
        (r"<script(?![^>]*(?:\bsrc=|type=\"application/(?:ld\+)?json\"))", "a module in static/js"),
        (r"\son[a-z]+\s*=", "a data- attribute and a module in static/js"),
        (r"javascript:", "a link or a form"),
        (r"(?:src|srcset|href|action)\s*=\s*[\"']?(?:data:|https?:|//)", "our own address"),
        (r"<(?:font|center|marquee|blink)\b", "CSS"),
    ],
)
def test_templates_hold_no(pattern, instead):
    found = [f"{name_of(p)}: {m.group(0).strip()}" for p in TEMPLATES if (m := re.search(pattern, markup_of(p), re.I))]
    assert found == [], f"write {instead}"


def test_templates_trust_rendered_words_only():
    used = {
        (name_of(path), match.strip())
        for path in files(".html", "templates")
        for match in re.findall(r"{{([^{}]*?)\|safe\s*(?:\||}})", path.read_text("utf-8"))
    }
    assert used and {expression for _path, expression in used} <= SAFE
    assert [name_of(p) for p in files(".html", "templates") if "autoescape off" in p.read_text("utf-8")] == []


@pytest.mark.parametrize("pattern", NEVER, ids=["safe", "csrf", "sql", "fields", "pickle", "request", "todo"])
def test_code_holds_no(pattern):
    found = [
        f"{name_of(path)}:{number}"
        for path in files(".py", *LAYERS, "config")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    allowed = STILL if "csrf_exempt" in pattern else {}
    places = Counter(name.partition(":")[0] for name in found)
    assert {place for place, lines in places.items() if lines > allowed.get(place, 0)} == set(), NEVER[pattern]


def test_programs_are_started_at_few_places():
    """`subprocess` and the network belong to modules made for them."""
    outward = re.compile(r"^\s*(?:import|from) (subprocess|urllib\.request|http\.client|requests|socket)\b", re.M)
    users = {name_of(p) for p in files(".py", *LAYERS) if outward.search(p.read_text("utf-8"))}
    allowed = {
        "accounts/outside/line.py",  # speaks to webhooks and other servers, and to nobody inside
        "accounts/pictures.py",  # the worker that decodes uploads
        "films/importers/tmdb_live.py",  # asks TMDB, when somebody types the command
        "films/press/fonts.py",  # asks fontconfig what the machine has
        "reviews/jobs.py",  # lets a program of its own learn tastes, whose memory goes with it
        "films/seed/build.py",  # makes the shipped catalogue from public sources; not part of the running site
    }
    assert users <= allowed


def test_every_selector_of_the_site_is_in_a_layer():
    """One line orders the layers, and every other stylesheet comes in by an import into one of them."""
    site = (HOUSE / "static/css/site.css").read_text()
    assert "@layer tokens, base, layout, components, pages, utilities;" in site
    for path in (p for p in files(".css", "static/css") if p.parent.name in {"components", "pages"}):
        text = path.read_text()
        assert "!important" not in text, f"{name_of(path)}: the layers decide"
        rules = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        assert not re.search(r"(^|[\s,>+~])#[a-z][\w-]*[^;{}]*{", rules), f"{name_of(path)}: a class, not an id"


def settings_read() -> set[str]:
    """The names that the site asks the environment for."""
    calls = re.compile(r"\benv\.(?:text|flag|number|seconds|words|choice|secret|time_zone)\(\s*\"([A-Z][A-Z0-9_]*)\"")
    found = set(chain.from_iterable(calls.findall(path.read_text("utf-8")) for path in files(".py", *LAYERS, "config")))
    services = {f"{name}_CLIENT_{what}" for name in ("GOOGLE", "GITHUB", "OIDC") for what in ("ID", "SECRET")}
    # Set by the site for its own processes, and by those who keep the file of settings elsewhere.
    return (found | services | {"DATA_DIR"}) - {"INTERMISSION_PROCESS", "ENV_FILE"}


def settings_of_the_example() -> set[str]:
    text = (HOUSE / ".env.example").read_text("utf-8")
    return set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", text, re.M))


def test_the_example_lists_every_setting():
    assert settings_read() == settings_of_the_example()


def test_the_documents_explain_every_setting():
    words = "\n".join(path.read_text("utf-8") for path in [*files(".md", "docs"), HOUSE / "README.md"])
    assert {name for name in settings_of_the_example() if not re.search(rf"\b{name}\b", words)} == set()
