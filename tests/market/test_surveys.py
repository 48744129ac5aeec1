"""Importing a survey: what stands afterwards, and which role each title names."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from guides.stamps import stamps
from market.models import Survey, SurveyAnswer, SurveyTitle
from market.surveys import SURVEYS, import_survey
from tests.factories import RoleFactory, ViewFactory
from tests.factories.market import line, survey_text


@pytest.fixture
def engineer(db):
    return RoleFactory(name="Data Engineer", slug="data-engineer", aliases=["ETL Developer"])


def roles_of_titles() -> dict[str, str | None]:
    return dict(SurveyTitle.objects.values_list("text", "role__slug"))


def stand() -> list[tuple]:
    """Everything that is kept of surveys, by its words."""
    return [
        *Survey.objects.values_list("pk", "name", "as_of", "digest", "imported_at"),
        *SurveyTitle.objects.order_by("pk").values_list("pk", "text", "role", "answers"),
        *SurveyAnswer.objects.order_by("pk").values_list(),
    ]


def test_an_import_says_what_it_found(engineer, import_lines):
    lines = [line(), line(), line("Dentist"), line(usd=5, level="??")]
    code, out, err = import_lines(lines, "--as-of", "2024-08-11")
    assert code == 1
    assert out.splitlines()[-1] == ("read=4 answers=3 distinct=2 titles=2 without_role=1 refused=1")
    assert "33.3% of the answers have a title that names no role" in out
    assert err == "refused line 5: experience_level '??' is none of EN, MI, SE, EX\n"
    assert Survey.objects.get().as_of == date(2024, 8, 11)
    assert Survey.objects.get().refused[0]["line"] == 5
    assert SurveyAnswer.objects.aggregate(n=Sum("times"))["n"] == 3


def test_the_same_file_again_changes_nothing(engineer, import_lines):
    lines = [line(), line(), line("Dentist")]
    import_lines(lines)
    before, stamp = stand(), stamps()[SURVEYS]
    code, out, _ = import_lines(lines)
    assert (code, stand(), stamps()[SURVEYS]) == (0, before, stamp)
    assert "this very file already" in out


def test_another_day_for_the_same_file_moves_the_day_alone(engineer, import_lines):
    import_lines([line()])
    import_lines([line()], "--as-of", "2024-08-11")
    assert Survey.objects.get().as_of == date(2024, 8, 11)
    import_lines([line()])
    assert Survey.objects.get().as_of == date(2024, 8, 11)


def test_a_later_file_takes_the_place_of_its_own_survey_alone(engineer, import_lines):
    import_lines([line(), line("Dentist")])
    import_lines([line(usd=7)], "--survey", "Another one")
    first, stamp = Survey.objects.get(slug="ai-jobs-net"), stamps()[SURVEYS]
    import_lines([line(usd=1), line(usd=2)])
    assert stamps()[SURVEYS] != stamp
    pay = SurveyAnswer.objects.order_by("usd_cents").values_list("title__survey__slug", "usd_cents")
    assert list(pay) == [("ai-jobs-net", 100), ("ai-jobs-net", 200), ("another-one", 700)]
    assert Survey.objects.get(slug="ai-jobs-net").pk == first.pk


def test_what_was_edited_of_its_origin_outlives_a_later_file(engineer, import_lines):
    import_lines([line()])
    Survey.objects.update(licence="CC-BY-4.0", publisher="Somebody")
    import_lines([line(usd=1)])
    assert Survey.objects.values_list("licence", "publisher").get() == ("CC-BY-4.0", "Somebody")


def test_an_import_that_breaks_leaves_the_survey_as_it_was(engineer, import_lines, monkeypatch):
    import_lines([line()])
    before = stand()
    monkeypatch.setattr("market.surveys.assign_roles", lambda titles: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_lines([line(usd=1)])
    assert stand() == before


@pytest.mark.parametrize(
    ("lines", "options", "reason"),
    [
        ([], [], "no answer that can be used"),
        ([line(level="?")], [], "no answer that can be used"),
        ([line()], ["--as-of", "9999-01-01"], "in the future"),
        ([line()], ["--survey", "!!"], "with a letter or digit"),
    ],
)
def test_a_file_that_is_refused_whole_touches_nothing(
    engineer, import_lines, lines, options, reason
):
    import_lines([line(usd=3)])
    before = stand()
    with pytest.raises(CommandError, match=reason):
        import_lines(lines, *options)
    assert stand() == before


def test_a_file_that_is_not_there_is_named(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_salaries", str(tmp_path / "nowhere.csv"))


def test_without_a_day_it_looks_no_fresher_than_its_newest_year(engineer):
    data = survey_text([line(year=2021), line(year=2023)]).encode()
    survey = import_survey(data, "A", today=date(2023, 5, 4)).survey
    assert (survey.as_of, survey.as_of_words) == (date(2023, 1, 1), "2023")
    import_survey(data, "A", date(2023, 3, 2), today=date(2023, 5, 4))
    assert Survey.objects.get().as_of_words == "2 March 2023"


def test_titles_name_roles_by_the_vocabulary_of_the_board(engineer, import_lines):
    ViewFactory(name="Lead Data Plumber", slug="lead-data-plumber", base=engineer)
    titles = ["Senior Data Engineer", "ETL Developer", "Lead Data Plumber", "Sales Engineer"]
    import_lines([line(title) for title in titles])
    assert roles_of_titles() == {
        "Senior Data Engineer": "data-engineer",
        "ETL Developer": "data-engineer",
        "Lead Data Plumber": "data-engineer",
        "Sales Engineer": None,
    }
    title = SurveyTitle.objects.get(text="Senior Data Engineer")
    assert (title.evidence, title.rule.split(".")[0]) == ("Data Engineer", "role")


def test_titles_follow_the_roles(engineer, import_lines):
    import_lines([line("Sales Engineer"), line("ETL Developer"), line("Dentist")])
    stamp = stamps()[SURVEYS]
    seller = RoleFactory(name="Seller", slug="seller", aliases=["Sales Engineer"])
    assert stamps()[SURVEYS] != stamp
    assert roles_of_titles()["Sales Engineer"] == "seller"
    engineer.aliases = []
    engineer.save()
    assert roles_of_titles()["ETL Developer"] is None
    seller.delete()
    assert roles_of_titles()["Sales Engineer"] is None


def test_a_role_that_is_saved_as_it_was_leaves_the_survey_alone(engineer, import_lines):
    import_lines([line()])
    stamp = stamps()[SURVEYS]
    engineer.summary = "Other words."
    engineer.save()
    assert stamps()[SURVEYS] == stamp


def test_the_admin_shows_the_titles_that_name_no_role(engineer, import_lines, operator):
    import_lines([line(), line("Dentist"), line("Dentist"), line("Baker"), line(level="?")])
    survey = Survey.objects.get()
    listed = operator.get("/admin/market/survey/").content.decode()
    assert "3 (75.0%)" in listed
    page = operator.get(f"/admin/market/survey/{survey.pk}/change/").content.decode()
    assert "Line 6 experience_level &#x27;?&#x27; is none of" in page
    titles = operator.get("/admin/market/surveytitle/?role__isempty=1").content.decode()
    assert titles.index("Dentist") < titles.index("Baker")
    assert "Data Engineer</a></th>" not in titles
