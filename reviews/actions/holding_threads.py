"""Holding what a comment stands under, before the comment: so do those who delete a text with its comments.

A comment that is changed is counted anew in the row of its thread, which locks it. Whoever held the comment first would
wait for somebody who deletes the text, and they for them.
"""

from reviews.models import Comment
from reviews.models.subjects import TALKED


def hold_thread(comment: Comment) -> None:
    """Nobody else writes in the thread or deletes what it is under before the transaction ends."""
    for name in TALKED:
        if (number := getattr(comment, f"{name}_id")) is not None:
            model = Comment._meta.get_field(name).related_model
            assert model is not None and not isinstance(model, str)  # they are foreign keys
            list(model._default_manager.select_for_update(no_key=True).filter(pk=number).values_list("pk"))
