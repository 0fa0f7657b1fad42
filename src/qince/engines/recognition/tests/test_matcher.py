"""The real matcher, where it is installed; what the answer is where it is not."""

from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from qince.engines.recognition import faces


def test_switched_off_or_not_installed_nothing_is_assessed(settings, monkeypatch):
    settings.FACES = "off"
    assert faces.matcher() is None
    settings.FACES = "auto"
    monkeypatch.setattr(faces, "_installed", lambda: None)
    assert faces.matcher() is None


def test_a_drawn_scene_has_no_face(matcher, jpeg):
    scene = Image.new("RGB", (400, 300), (200, 210, 220))
    pen = ImageDraw.Draw(scene)
    pen.rectangle((40, 120, 360, 280), fill=(90, 60, 40))
    pen.ellipse((300, 20, 360, 80), fill=(250, 220, 90))
    assert matcher.faces(jpeg(scene)) == []


def test_one_person_stays_one_person_in_another_light_size_and_mirror(matcher, portrait, jpeg):
    [shown] = [each.features for each in matcher.faces(jpeg(portrait))]
    assert len(shown) == 128
    others = [
        ImageEnhance.Brightness(portrait).enhance(0.7),
        portrait.resize((380, 380)),
        ImageOps.mirror(portrait),
        portrait.rotate(8),
    ]
    for other in others:
        [seen] = [each.features for each in matcher.faces(jpeg(other))]
        assert matcher.distance(shown, seen) <= faces.PASS
    assert matcher.distance(shown, shown) == 0.0


def test_two_faces_in_a_picture_are_two(matcher, portrait, jpeg):
    both = Image.new("RGB", (portrait.width * 2, portrait.height))
    both.paste(portrait, (0, 0))
    both.paste(ImageOps.mirror(portrait), (portrait.width, 0))
    assert len(matcher.faces(jpeg(both))) == 2
