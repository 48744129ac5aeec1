"""The language of a text by its little words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import language

TEXTS = {
    "We are looking for an engineer who will join our team in Berlin.": "en",
    "Wir suchen für unser Team einen erfahrenen Entwickler mit Python.": "de",
    "Nous recherchons un développeur pour rejoindre notre équipe à Paris.": "fr",
    "Buscamos un desarrollador para nuestro equipo en Madrid con experiencia.": "es",
    "Estamos à procura de um desenvolvedor para a nossa equipa com experiência.": "pt",
    "Wij zoeken een ontwikkelaar voor ons team in Amsterdam met ervaring.": "nl",
    "Cerchiamo uno sviluppatore per il nostro team di Milano con una laurea.": "it",
    "Szukamy programisty do naszego zespołu w Warszawie, oraz do pracy z SQL.": "pl",
    "Vi söker en utvecklare till vårt team i Stockholm och du har erfarenhet.": "sv",
    "Мы ищем разработчика в нашу команду, опыт работы от 3 лет и знание SQL.": "ru",
    "私たちはエンジニアを探しています。": "ja",
    "Senior Data Engineer (m/w/d)": "",
    "Python, SQL, Spark, Kafka, AWS": "",
    "We are looking for you and your ideas. Wir suchen dich und deine Ideen für uns.": "",
    "": "",
}


@pytest.mark.parametrize(("text", "code"), TEXTS.items(), ids=list(TEXTS))
def test_a_text_has_the_language_of_its_little_words(text: str, code: str) -> None:
    found = language.extract(text)
    assert found.language == code
    assert found.evidence in text


@given(st.text(max_size=200))
def test_any_text_is_quoted_verbatim(text: str) -> None:
    found = language.extract(text)
    assert found.evidence in text
    assert bool(found) == bool(found.rule) == bool(found.evidence)
