from accounts.models import Licence, User


def licence_of(member: User, *, is_public: bool) -> Licence:
    """Of something that this member wrote: what not everybody may read is under none."""
    return Licence(member.licence) if is_public and not member.is_private else Licence.RESERVED
