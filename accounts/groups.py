"""The two groups of the staff, with just the permissions that their work needs; and the critics, who have none."""

from typing import Final

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

CURATORS: Final = "Curators"
MODERATORS: Final = "Moderators"
# Members whose ratings a film's score page also counts by themselves. Given in the admin; it opens no door.
CRITICS: Final = "Critics"

EVERYTHING: Final = ("view", "add", "change", "delete")
FACTS: Final = (
    "accessfeature", "alternativetitle", "artist", "availability", "award", "collection", "collectionentry", "company",
    "contentnote", "country", "credit", "film", "filmid", "franchise", "genre", "language", "outsidescore", "person",
    "personid", "release", "service", "soundtrackentry",
)  # fmt: skip
# What curators decide about, or look back on: never made, changed or deleted by a form.
MEMORY: Final = ("conflict", "duplicate", "filmchange", "importrun", "merge", "suggestion")

PERMISSIONS: Final[dict[str, frozenset[str]]] = {
    CURATORS: frozenset(
        {
            *(f"films.{verb}_{fact}" for fact in FACTS for verb in EVERYTHING),
            *(f"films.view_{name}" for name in MEMORY),
            *(f"reviews.{verb}_article" for verb in EVERYTHING),
            *(f"reviews.{verb}_housenotice" for verb in EVERYTHING),
            *(f"reviews.{verb}_{name}" for name in ("screening", "screenedfilm") for verb in EVERYTHING),
            "reviews.view_contentcount",
            "reviews.view_document",
            "reviews.change_document",
            "reviews.view_finding",
            "reviews.change_finding",
        }
    ),
    MODERATORS: frozenset(
        {
            "reviews.remove_review",
            "reviews.view_review",
            "reviews.view_comment",
            "reviews.view_report",
            "reviews.change_report",
            "reviews.view_evening",
            "reviews.view_incident",
            "reviews.change_incident",
            "reviews.view_case",
            "reviews.view_decision",
            "reviews.view_appeal",
            "reviews.view_departure",
            "reviews.view_wordelsewhere",
            "reviews.delete_wordelsewhere",
            *(f"reviews.{verb}_wordrule" for verb in EVERYTHING),
            "accounts.view_user",
            "accounts.suspend_user",
            *(f"accounts.{verb}_serverblock" for verb in ("view", "add", "delete")),
            "accounts.view_stranger",
            "accounts.view_arrival",
            "accounts.view_invite",
            "accounts.add_invite",
        }
    ),
    CRITICS: frozenset(),
}


@transaction.atomic
def ensure_groups() -> None:
    """Make the groups, each with exactly its permissions. Called after every migration; may be repeated."""
    for label in ("accounts", "films", "reviews"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    known = {
        f"{app}.{codename}": pk
        for app, codename, pk in Permission.objects.values_list("content_type__app_label", "codename", "pk")
    }
    for name, wanted in PERMISSIONS.items():
        group = Group.objects.get_or_create(name=name)[0]
        group.permissions.set(known[permission] for permission in wanted)
