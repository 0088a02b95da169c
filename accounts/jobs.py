"""What happens to pictures later."""

from accounts import picturing
from config.jobs import job


@job
def finish_picture(model: str, pk: int, field: str, key: str) -> None:
    """Make every size of a picture that was just hung."""
    picturing.finish(model, pk, field, key)
