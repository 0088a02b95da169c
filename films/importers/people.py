"""Who the people of an entry are: by their id at the source, else by their name on that film, else somebody new."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from films.actions.addressing import give_new_addresses
from films.importers.entries import PERSON_IDS, Billing, Entry
from films.models import Credit, Merge, Person, PersonId, Source
from films.names import normalise
from films.survivors import retired_ids


class Named(NamedTuple):
    pk: int
    name: str


class People:
    """The people near a batch of entries. A source without ids of people means the only one of that name."""

    def __init__(self, source: Source, entries: Sequence[Entry], films: Iterable[int]) -> None:
        self.id_source = PERSON_IDS.get(source)
        self.by_id: dict[str, Named] = {}
        self.has_id: set[int] = set()
        self.on_film: dict[int, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
        self.by_name: dict[str, list[Named]] = defaultdict(list)
        self.made: dict[str, Named] = {}
        billings = [billing for entry in entries for billing in entry.credits]
        films = list(films)
        for pk, person, name, text in Credit.objects.filter(film__in=films).values_list(
            "film", "person", "person__name", "person__search_text"
        ):
            if Named(person, name) not in (there := self.on_film[pk][text]):
                there.append(Named(person, name))
        if self.id_source:
            self._find_by_ids({billing.id for billing in billings if billing.id})
        self._find_by_names({billing.name for billing in billings if not billing.id})

    def _find_by_ids(self, ids: set[str]) -> None:
        rows = PersonId.objects.filter(source=self.id_source)
        for value, pk, name in rows.filter(value__in=ids).values_list("value", "person", "person__name"):
            self.by_id[value] = Named(pk, name)
        merged = {
            value: pk for value, pk in retired_ids(Merge.Kind.PERSON, str(self.id_source)).items() if value in ids
        }
        names = dict(Person.objects.filter(pk__in=merged.values()).values_list("pk", "name")) if merged else {}
        for value, pk in merged.items():
            if pk in names:
                self.by_id.setdefault(value, Named(pk, names[pk]))
        there = {one.pk for names in self.on_film.values() for people in names.values() for one in people}
        self.has_id = set(rows.filter(person__in=there).values_list("person", flat=True))

    def _find_by_names(self, names: set[str]) -> None:
        for pk, name in Person.objects.filter(name__in=names).values_list("pk", "name"):
            self.by_name[normalise(name)[:400]].append(Named(pk, name))

    def find(self, billing: Billing, film: int | None) -> Named | None:
        """The person, when there is no doubt. Who is found by name is called so by their id from then on."""
        if billing.id and (found := self.by_id.get(billing.id)):
            return found
        plain = normalise(billing.name)[:400]
        there = self.on_film[film].get(plain, []) if film else []
        there = [one for one in there if one.pk not in self.has_id or not billing.id]
        if there:
            self._name(billing, there[0])
            return there[0]
        if billing.id:
            return None
        same = self.by_name[plain]
        return same[0] if len(same) == 1 else None

    def _name(self, billing: Billing, one: Named) -> None:
        """Remember that the source's id means them."""
        if billing.id and self.id_source:
            PersonId.objects.create(person_id=one.pk, source=self.id_source, value=billing.id)
            self.by_id[billing.id] = one
            self.has_id.add(one.pk)

    def add(self, billings: Iterable[Billing]) -> None:
        """Make these people, each once, so that `find` knows them afterwards. Call in a transaction."""
        wanted: dict[str, Billing] = {}
        for billing in billings:
            wanted.setdefault(self._mark(billing), billing)
        rows = [Person(name=billing.name, search_text=normalise(billing.name)[:400]) for billing in wanted.values()]
        give_new_addresses(rows)
        Person.objects.bulk_create(rows)
        for billing, row in zip(wanted.values(), rows, strict=True):
            one = Named(row.pk, row.name)
            if billing.id and self.id_source:
                self.by_id[billing.id] = one
                self.has_id.add(one.pk)
            self.made[self._mark(billing)] = one
        if self.id_source:
            PersonId.objects.bulk_create(
                PersonId(person_id=self.by_id[billing.id].pk, source=self.id_source, value=billing.id)
                for billing in wanted.values()
                if billing.id
            )

    def known(self, billing: Billing, film: int | None) -> Named | None:
        """As `find`, with those whom `add` made."""
        return self.find(billing, film) or self.made.get(self._mark(billing))

    @staticmethod
    def _mark(billing: Billing) -> str:
        return billing.id or normalise(billing.name)[:400]
