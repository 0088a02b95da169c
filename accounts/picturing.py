"""Pictures with a focal point, held by a row: hung, moved, taken down, cut in the background, swept up.

A row holds one in `<field>_key`, `<field>_focus_x` and `<field>_focus_y`, hundredths of its width and height from the
upper left; `field` is one of accounts/picture_shapes.py. Files never change under a key, so that browsers may keep
them for ever: another picture, and another focal point, is another key.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.picture_files import master_of, new_key, remove_after_commit, remove_picture, sweep, write_whole
from accounts.picture_shapes import FRESH, KEPT, is_fresh
from accounts.pictures import PictureRefused, Readable, cut_picture, not_stored
from config.jobs import enqueue

LARGEST_MASTER: Final = 20 * 2**20  # bytes; what the worker may write at most

NOT_KEPT: Final = _("The whole picture is not kept any more. Choose it again to cut it another way.")
OURS: Final = ("accounts", "films", "reviews")  # the apps whose rows hold pictures

Focus = tuple[int, int]


def arrange(
    row: models.Model, field: str, *, file: Readable | None = None, remove: bool = False, focus: Focus = (50, 50)
) -> None:
    """What a form says of a row's picture: another one, none, or another focal point. Raises PictureRefused."""
    if file:
        hang(row, field, file, focus=focus)
    elif remove:
        take_down(row, field)
    else:
        try:
            move_focus(row, field, focus=focus)
        except OSError as trouble:
            raise not_stored() from trouble


def hang(row: models.Model, field: str, file: Readable, *, focus: Focus = (50, 50)) -> None:
    """Show a picture with the row, in the place of any other; its sizes follow in the background.

    Within a transaction. Raises PictureRefused.
    """
    key = new_key(FRESH)
    cut_picture(file, key, KEPT[field].shape.fresh_cuts(), _parts(focus), keep_master=True)
    _hold_or_remove(row, field, key, focus)


def move_focus(row: models.Model, field: str, *, focus: Focus) -> None:
    """Cut the row's picture anew around another point. Within a transaction. Raises PictureRefused."""
    key = getattr(row, f"{field}_key")
    if not key or focus == (getattr(row, f"{field}_focus_x"), getattr(row, f"{field}_focus_y")):
        return
    if not master_of(key).is_file():
        raise PictureRefused(str(NOT_KEPT))
    new = _copied(key, FRESH)
    with master_of(key).open("rb") as file:
        _cut_or_remove(file, new, fresh=True, field=field, focus=focus)
    _hold_or_remove(row, field, new, focus)


def take_down(row: models.Model, field: str) -> None:
    """Show no picture with the row. Within a transaction."""
    if getattr(row, f"{field}_key"):
        _hold(row, field, "", (50, 50))


def finish(model: str, pk: int, field: str, key: str) -> bool:
    """Make every size of a fresh picture and let the row hold those; False if it holds another by now.

    The fresh files stay for a day, for pages that are being read. May be called again at any time.
    """
    rows = apps.get_model(model)._base_manager.filter(pk=pk, **{f"{field}_key": key})
    focus = rows.values_list(f"{field}_focus_x", f"{field}_focus_y").first()
    if focus is None or not is_fresh(key) or not master_of(key).is_file():
        return False
    new = _copied(key, KEPT[field].folder)
    with master_of(key).open("rb") as file:
        _cut_or_remove(file, new, fresh=False, field=field, focus=focus)
    if rows.update(**{f"{field}_key": new, "updated_at": timezone.now()}):
        return True
    remove_picture(new)  # somebody was quicker
    return False


def take_up_unfinished() -> None:
    """Ask again for the sizes of pictures whose job was lost."""
    for model, name in holders():
        field = name.removesuffix("_key")
        if field in KEPT:
            for pk, key in model._base_manager.filter(**{f"{name}__startswith": f"{FRESH}/"}).values_list("pk", name):
                with transaction.atomic():
                    _ask(model, pk, field, key)


def sweep_unused(also_used: Iterable[str] = ()) -> list[str]:
    """Delete the pictures of more than a day ago that no row holds, nor `also_used`; returns their keys."""
    used = set(also_used)
    for model, name in holders():
        used.update(model._base_manager.exclude(**{name: ""}).values_list(name, flat=True).iterator())
    return [key for folder in folders() for key in sweep(folder, used)]


def holders() -> list[tuple[type[models.Model], str]]:
    """Every column of ours that holds the key of a picture, with its model: those whose name ends in `_key`."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model._meta.app_label in OURS and isinstance(field, models.CharField) and field.name.endswith("_key")
    ]  # fmt: skip


def folders() -> list[str]:
    return ["avatars", "posters", FRESH, *(kept.folder for kept in KEPT.values())]


def _copied(key: str, folder: str) -> str:
    """A new key with the same large copy."""
    new = new_key(folder)
    write_whole(master_of(new), master_of(key).read_bytes())
    return new


def _cut_or_remove(file: Any, key: str, *, fresh: bool, field: str, focus: Focus) -> None:
    shape = KEPT[field].shape
    try:
        cuts = shape.fresh_cuts() if fresh else shape.all_cuts()
        cut_picture(file, key, cuts, _parts(focus), max_bytes=LARGEST_MASTER)
    except BaseException:
        remove_picture(key)
        raise


def _hold_or_remove(row: models.Model, field: str, key: str, focus: Focus) -> None:
    try:
        _hold(row, field, key, focus)
    except BaseException:
        remove_picture(key)
        raise


def _hold(row: models.Model, field: str, key: str, focus: Focus) -> None:
    rows: models.Manager[Any] = type(row)._base_manager
    before = rows.select_for_update(no_key=True).values_list(f"{field}_key", flat=True).get(pk=row.pk)
    changes: dict[str, Any] = {
        f"{field}_key": key, f"{field}_focus_x": focus[0], f"{field}_focus_y": focus[1], "updated_at": timezone.now(),
    }  # fmt: skip
    rows.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    remove_after_commit(before)
    if key:
        _ask(type(row), row.pk, field, key)


def _ask(model: type[models.Model], pk: int, field: str, key: str) -> None:
    enqueue("accounts.finish_picture", once=key, model=model._meta.label_lower, pk=pk, field=field, key=key)


def _parts(focus: Focus) -> tuple[float, float]:
    return focus[0] / 100, focus[1] / 100
