"""The order of Chinese names."""

import pytest

from qince.kit.spelling import LENGTH, spelled


def test_names_stand_in_the_order_of_their_sound():
    names = ["张伟", "王芳", "李娜", "陈晓东", "欧阳雪", "Anna", "爱新觉罗"]
    in_order = ["爱新觉罗", "Anna", "陈晓东", "李娜", "欧阳雪", "王芳", "张伟"]
    assert sorted(names, key=spelled) == in_order


def test_a_shorter_syllable_comes_first_and_the_tone_decides():
    assert sorted(["仙林", "西安"], key=spelled) == ["西安", "仙林"]  # xi an before xian lin
    assert sorted(["王", "汪", "望"], key=spelled) == ["汪", "王", "望"]


@pytest.mark.parametrize(
    ("name", "sound"), [("单雄信", "shan4"), ("曾国强", "zeng1"), ("尉迟恭", "yu4 chi2")]
)
def test_family_names_sound_as_family_names(name, sound):
    assert spelled(name, is_person=True).startswith(f"{sound} ")


def test_the_same_character_of_a_shop_sounds_as_elsewhere():
    assert spelled("单", is_person=True) != spelled("单")


def test_a_character_sounds_as_its_word_asks():
    assert spelled("重庆路店").startswith("chong2 qing4 lu4 dian4")


def test_people_of_the_same_sound_are_told_apart():
    assert spelled("王芳") != spelled("王方")
    assert spelled("王芳").split()[:2] == spelled("王方").split()[:2]


@pytest.mark.parametrize("text", ["", " ", "😀", "\u3400", "a" * 300, "店" * 100, "门店 12 号（A）"])
def test_any_text_has_a_key_that_fits(text):
    assert len(spelled(text)) <= LENGTH
