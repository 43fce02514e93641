"""Which language a text is in: other languages are named, and English is never refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from legation.loaders.article import read
from legation.loaders.language import find_other_language
from legation.loaders.reading import Given

OTHERS = {
    "Turkish": "Türkiye Polonya'ya 24 insansız hava aracı sattı, bakanlık pazartesi günü açıkladı.",
    "Russian": "Россия поставила Индии первые зенитные ракетные системы, сообщило министерство обороны.",
    "Ukrainian": "Україна отримала від Туреччини дванадцять безпілотників, повідомило міністерство оборони.",
    "German": "Die Türkei hat 24 Drohnen an Polen verkauft, teilte das Ministerium am Montag mit.",
    "French": "La Turquie a vendu 24 drones à la Pologne, a déclaré lundi le ministère de la Défense.",
    "Spanish": "Turquía ha vendido 24 drones a Polonia, dijo el lunes el ministerio de Defensa del país.",
    "Dutch": "Turkije heeft 24 drones aan Polen verkocht, zei het ministerie maandag in een verklaring.",
    "Polish": "Turcja sprzedała Polsce 24 drony, poinformowało w poniedziałek ministerstwo obrony.",
    "Arabic": "باعت تركيا أربعا وعشرين طائرة مسيرة إلى بولندا، حسبما أعلنت الوزارة يوم الاثنين.",
    "Chinese": "中国向巴基斯坦交付了第一批歼击机，国防部周二表示。双方签署了新的合同，价值两亿美元。",
}


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_named(language: str) -> None:
    assert find_other_language(OTHERS[language] * 3) == language


@pytest.mark.parametrize(
    "text",
    [
        "Poland ordered 24 drones from Turkey, the ministry said.",
        "Turkey to Poland has made sale of drones. It became known about this from the statement of head of firm.",
        "12 F-16C Block 52, 24 AIM-120C-7, 3 Bayraktar TB2; Lockheed Martin, Baykar; Konya, Doha",
        "TB2",
        "24, 12.6",
        "Poland",
        "– – –",
        "",
    ],
)
def test_english_however_bad_and_what_is_too_short_to_tell_are_read(text: str) -> None:
    assert find_other_language(text) is None


def test_a_text_with_an_english_part_is_read() -> None:
    english = "Poland ordered 24 drones from Turkey, the ministry said, and it has paid for them. " * 25
    assert find_other_language(OTHERS["Polish"] * 200 + english) is None


def test_nothing_is_extracted_from_another_language_and_the_user_is_told_why() -> None:
    reading = read(Path("x.txt"), OTHERS["German"] + " Turkey sold 24 Bayraktar TB2 drones to Poland.", Given())
    assert list(reading.claims) == []
    assert list(reading.remarks(9)) == [
        "the text is in another language, it seems German; only English is read, so nothing was extracted."
    ]


@pytest.mark.real_data
def test_every_real_article_is_english(real_data: Path) -> None:
    files = list((real_data / "gold" / "dev").glob("*.txt"))
    assert files
    assert [path.name for path in files if find_other_language(path.read_text(encoding="utf-8"))] == []
