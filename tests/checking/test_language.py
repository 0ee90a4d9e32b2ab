"""A text in another language is known by its words, whatever its source says of it."""

from __future__ import annotations

import pytest

from digest.checking import judge, read_html
from digest.checking.language import foreign
from tests.checking.mail import PAGE, findings, found
from tests.checking.test_rules import page, posts

KETTLE = "<p>By Ada Penhaligon. There are forty years of minutes in the archive, and I have now"

# The same few lines of a story, as a source would tell them without naming their language.
STORIES = {
    "de": "Dreimal in der Woche fährt nachts ein Bus voller Bücher über das Moor, zu Höfen, bei denen "
    "sonst nur noch im Stall ein Licht brennt. Er ist noch nie leer zurückgekommen, und wer einmal "
    "mit ihm gefahren ist, der kommt auch wieder.",
    "fr": "Trois nuits par semaine, un bus plein de livres monte sur la lande, jusque dans les fermes "
    "où il n'y a plus que la lumière de l'étable. Il part à dix heures, et il n'est encore jamais "
    "revenu vide.",
    "es": "Tres noches por semana un autobús lleno de libros cruza el páramo hasta los lugares donde la "
    "única luz es la del establo. Sale a las diez y no ha vuelto nunca vacío, porque siempre hay "
    "alguien que no puede dormir.",
    "it": "Tre notti alla settimana un autobus pieno di libri attraversa la brughiera e arriva dove la "
    "sola luce che resta è quella della stalla. Parte alle dieci e non è mai tornato vuoto, perché "
    "c'è sempre qualcuno che non dorme.",
    "pl": "Trzy razy w tygodniu autobus pełen książek jedzie nocą przez wrzosowisko do miejsc, w których "
    "nie ma już światła poza tym w oborze. Wyrusza o dziesiątej i jeszcze nigdy nie wrócił pusty, "
    "bo zawsze jest ktoś, kto nie śpi i czeka na niego.",
    "cy": "Tair noson yr wythnos mae bws yn llawn o lyfrau yn mynd dros y rhos i'r mannau lle nad oes ond "
    "golau'r beudy. Mae'n gadael am ddeg ac nid yw wedi bod yn wag erioed, ac mae rhywun yn aros "
    "amdano ar y ffordd bob tro.",
    "fi": "Kolmena yönä viikossa bussi täynnä kirjoja ajaa nummen yli paikkoihin, joissa ei ole muuta "
    "valoa kuin navetan lamppu. Se lähtee kymmeneltä ja on kotona kuudelta, eikä se ole vielä "
    "koskaan ollut tyhjä, sillä aina on joku, joka ei nuku, ja hän odottaa sitä.",
    "ru": "Три ночи в неделю автобус, полный книг, едет через пустошь туда, где светится только хлев, "
    "но он ещё не вернулся пустым, и всё это было так уже сорок лет.",
    "ja": "週に三晩、本でいっぱいのバスが荒れ地を越えて、牛舎の明かりしかない場所まで走っていきます。",
    "zh": "每周三个晚上，一辆装满书的汽车穿过荒原，开往只有牛棚还亮着灯的地方，它从来没有空着回来过。",
    "ar": "ثلاث ليال في الأسبوع تعبر حافلة مليئة بالكتب الأرض البرية إلى أماكن لا ضوء فيها سوى ضوء الحظيرة.",
    "el": "Τρεις νύχτες την εβδομάδα ένα λεωφορείο γεμάτο βιβλία περνά τον ρεικότοπο ως τα μακρινά χωριά.",
}  # fmt: skip
ENGLISH = (
    "Three nights a week a bus full of books goes over the moor to places where the only other "
    "light is the milking shed. It leaves at ten and is home by six, and it has never been empty."
)


def ascii_of(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode()


def told(text: str, lang: str = "") -> dict[str, object]:
    """Put a text in the place of the second post's, marked with a language if one is given."""
    start = PAGE.index("<p>By Ada")
    old = PAGE[start : PAGE.index("<a class", start)]
    mark = f' lang="{lang}"' if lang else ""
    return {**page((old, f"<p{mark}>{ascii_of(text)} ")), **posts(kettle={"excerpt": text})}


@pytest.mark.parametrize("language", STORIES)
def test_a_post_is_known_to_be_foreign_by_its_words(language: str) -> None:
    (finding,) = findings(**told(STORIES[language]))
    assert (finding.rule, finding.severity) == ("LANGUAGE-MARK", "warning")
    assert f"lang: {language}" in finding.message
    assert finding.post == "Who moved the kettle?"


@pytest.mark.parametrize("language", STORIES)
def test_a_foreign_post_that_is_marked_is_left_alone(language: str) -> None:
    marked = told(STORIES[language], language)
    assert found(**marked) == {}
    declared = posts(kettle={"excerpt": STORIES[language], "language": language})
    assert found(**{**marked, **declared}) == {}


def test_a_wrong_mark_is_told_as_well() -> None:
    assert found(**told(ENGLISH, "de")) == {"LANGUAGE-MARK": "warning"}


@pytest.mark.parametrize("language", [tag for tag in STORIES if tag not in ("ru", "ar", "el")])
def test_what_is_quoted_or_called_so_makes_no_post_foreign(language: str) -> None:
    story = STORIES[language]
    own = "She read it to us in the dark, and nobody spoke. "
    assert found(**told(f"{own}“{story}”")) == {}
    body = f"<p>{own}</p><blockquote><p>{story}</p></blockquote>"
    assert found(**{**told(own), **posts(kettle={"excerpt": own, "body": body})}) == {}
    assert found(**posts(kettle={"title": story, "excerpt": own})) == found(
        **posts(kettle={"title": ENGLISH, "excerpt": own})
    )


@pytest.mark.parametrize(
    "text",
    [
        # names, titles and terms without a word of English around them
        "Île de la Cité, Rue de la Paix, Place de la Concorde, Gare du Nord, Montmartre, Les Halles, "
        "La Défense, Bois de Boulogne, Père Lachaise, Sacré Cœur, Saint Germain, Odéon",
        "Vigdís, Aoife, Ngozi, Jürgen, Chloé, Łukasz, Søren, Zoë, Iñigo, Dvořák, Gökhan, İpek, Ørsted, "
        "Ångström, Škoda, Čapek, Żubrówka, Pärt, Väinö, Háskóli, Reykjavík",
        "Docker, Kubernetes, PostgreSQL, nginx, systemd, Ansible, Terraform, Grafana, Prometheus, Loki, "
        "Redis, Kafka, Envoy, Istio, Helm, Argo, Flux, Cilium, Calico, etcd, containerd",
    ],
)  # fmt: skip
def test_names_are_in_no_language(text: str) -> None:
    assert found(**told(text)) == {}


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Tri noći tjedno autobus pun knjiga ide preko pustare, i nije se još vratio prazan. " * 3, "sr-Latn"),
        ("Tre netter i uken kjører en buss full av bøker over heia, og den har aldri vært tom. " * 3, "da"),
        ("Drie keer per week rijdt er een bus vol boeken over de heide, en die is nooit leeg. " * 3, "af"),
        (ENGLISH, "fy"),  # nothing is known of its words
        ("React 18 の新機能: Suspense, Transitions, Server Components, and what to do with them", "ja"),
    ],
)  # fmt: skip
def test_languages_that_are_alike_are_not_told_apart(text: str, own: str) -> None:
    assert foreign(text, own) is None


def test_an_issue_all_in_another_language_is_told_once() -> None:
    marked = page(('<html lang="en"', '<html lang="de"'), ('<div lang="en"', '<div lang="de"'))
    (finding,) = findings(letter={"language": "de"}, **marked)
    assert finding.rule == "LANGUAGE-MARK"
    assert '[newsletter] language = "en"' in finding.message


def test_an_email_from_elsewhere_is_held_to_what_it_says_of_itself() -> None:
    german = ascii_of(f"<p>{STORIES['de']}</p><h2>Noch einmal</h2><p>{STORIES['de']}</p>")
    letter = '<!DOCTYPE html><html lang="{}" dir="ltr"><body>{}</body></html>'

    def marks(language: str, body: str) -> list[str]:
        read = read_html(letter.format(language, body).encode(), "letter.html")
        return [f.message for f in judge(read, {}) if f.rule == "LANGUAGE-MARK"]

    assert marks("de-AT", german) == []
    assert marks("en", german) == ['lang="en", but the words are German. Write lang="de"']
    both = f"<h2>In English</h2><p>{ENGLISH}</p>{german}"
    assert marks("en", both) == ['it reads as German, marked as "en". Put lang="de" on it']
