"""Adding a person, and correcting what is known of them."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import line_of
from accounts.models import User
from films.actions.addressing import give_person_address
from films.actions.permission import require
from films.actions.settling import settle
from films.actions.spelling import learn_words_of
from films.models import Film, Job, Person
from films.names import first_free, normalise, roman


class PersonFacts(TypedDict, total=False):
    """What a curator may say of a person. What is left out stays as it is."""

    name: str
    born_on: date | None
    died_on: date | None
    birthplace: str
    biography: str
    portrait_alt: str


@transaction.atomic
def add_person(*, curator: User, **facts: Unpack[PersonFacts]) -> Person:
    """A new person with an address. Raises ValidationError by field."""
    require(curator, "films.add_person")
    return new_person(**facts)


def new_person(**facts: Unpack[PersonFacts]) -> Person:
    """The same for whoever may, within a transaction. Raises ValidationError by field."""
    person = Person()
    _state(person, facts)
    give_person_address(person, name="")
    person.full_clean()
    person.save(force_insert=True)
    learn_words_of(person.search_text, person=True)
    return person


@transaction.atomic
def correct_person(*, curator: User, person: Person, **facts: Unpack[PersonFacts]) -> Person:
    """Change what is given and nothing else. A new name makes a new address, and is found with the person's films.

    Raises ValidationError by field.
    """
    require(curator, "films.change_person")
    before = Person.objects.select_for_update(no_key=True).only("slug", "name").get(pk=person.pk)
    person.slug = before.slug
    _state(person, facts)
    give_person_address(person, name=before.name)
    person.full_clean()
    person.save(update_fields=[*facts, "slug", "search_text", "updated_at"])
    if person.name != before.name:
        learn_words_of(person.search_text, person=True)
        for film in Film.objects.filter(credits__person=person).distinct().order_by("pk"):
            settle(film, redraw=film.credits.filter(person=person, job=Job.DIRECTOR).exists())
    return person


def _state(person: Person, facts: PersonFacts) -> None:
    for name, value in facts.items():
        setattr(person, name, value)
    person.name = line_of(person.name, "name")
    person.search_text = normalise(person.name)[:400]
    check_days(person.born_on, person.died_on)


def check_days(born_on: date | None, died_on: date | None) -> None:
    """Raise ValidationError for a life that ends before it begins, or is yet to begin or to end."""
    for name, on in (("born_on", born_on), ("died_on", died_on)):
        if on and on > timezone.localdate():
            raise ValidationError({name: [_("This day is yet to come. Check the year.")]})
    if born_on and died_on and died_on < born_on:
        raise ValidationError({"died_on": [_("Nobody dies before they are born. Check both days.")]})


def named_term(model: Any, name: str) -> Any:
    """The genre, company, service, artist and so on of this name, added with an address when it is new.

    Raises ValidationError by field.
    """
    there = model.objects.filter(name__iexact=name).first()
    if there is not None:
        return there
    name = line_of(name, "name")
    longest = model._meta.get_field("slug").max_length - 4
    base = roman(name)[:longest].strip("-") or model._meta.model_name
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    made = model(name=name, slug=first_free(base, taken))
    made.full_clean()
    made.save(force_insert=True)
    return made
