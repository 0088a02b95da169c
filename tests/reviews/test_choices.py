"""The choices of a filter, drawn: each with its count, and nothing that anybody wrote as HTML."""

from reviews.filling import Choice, Facet
from reviews.templatetags.choices import picks, pills, radios, ticks

ODD = '"R&B" <i>'
SAFE = "&quot;R&amp;B&quot; &lt;i&gt;"
FACET = Facet(
    "genre", [Choice(ODD, ODD, is_on=True, number=1200), *(Choice(f"g{n}", f"G{n}", number=n) for n in range(9))]
)


def test_names_and_values_are_escaped_in_every_form():
    for said in (
        pills(FACET),
        ticks(FACET, all=ODD),
        radios("genre", FACET.choices, ODD, False),
        picks(FACET, ODD, ODD, ODD),
    ):
        assert "<i>" not in said
        assert said.count(f'value="{SAFE}"') == 1
        assert f">{SAFE}" in said


def test_what_is_on_is_checked_and_counts_are_told():
    row = f'name="genre" value="{SAFE}" checked><span>{SAFE} <span class="n" data-count="genre={SAFE}">1,200</span>'
    assert all(
        row in said for said in (pills(FACET), ticks(FACET, all="All"), radios("genre", FACET.choices, "", False))
    )
    assert 'value="" checked' in radios("genre", [], "Any", True)


def test_a_long_kind_is_folded_and_a_short_one_is_not():
    assert "<summary>All</summary>" in ticks(FACET, all="All")
    assert "<details" not in ticks(Facet("genre", FACET.choices[:4]), all="All")
    assert "<details" not in ticks(Facet("genre", []), all="All")


def test_of_many_there_is_a_list_for_each_that_is_on_and_one_more():
    said = picks(FACET, "Country", "Any", "And also")
    assert said.count("<select") == 2 and f'<option value="{SAFE}" selected>' in said
    assert "<span>And also</span>" in said and '<option value="g3">G3 (3)</option>' in said
    assert picks(Facet("genre", []), "", "", "") == ""
