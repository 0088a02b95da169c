"""Films, people and terms as other answers name them."""

from rest_framework import serializers

from films.models import Country, Film, Genre, Language, Person, Service


class FilmRefSerializer(serializers.ModelSerializer[Film]):
    class Meta:
        model = Film
        fields = read_only_fields = ["slug", "title", "year"]


class PersonRefSerializer(serializers.ModelSerializer[Person]):
    class Meta:
        model = Person
        fields = read_only_fields = ["slug", "name"]


class GenreSerializer(serializers.ModelSerializer[Genre]):
    class Meta:
        model = Genre
        fields = read_only_fields = ["slug", "name"]


class CountrySerializer(serializers.ModelSerializer[Country]):
    class Meta:
        model = Country
        fields = read_only_fields = ["code", "name"]


class LanguageSerializer(serializers.ModelSerializer[Language]):
    class Meta:
        model = Language
        fields = read_only_fields = ["code", "name"]


class ServiceSerializer(serializers.ModelSerializer[Service]):
    class Meta:
        model = Service
        fields = read_only_fields = ["slug", "name"]
