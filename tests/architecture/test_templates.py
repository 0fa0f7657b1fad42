"""Templates: what a page says for its layout is really shown."""

from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.loader_tags import BlockNode, ExtendsNode

SOURCE = Path(settings.ROOT) / "src" / "qince"


def page_names():
    """Every template of ours that has a layout, by the name it is loaded by; one may choose it when it is shown."""
    return sorted(
        path.relative_to(folder).as_posix()
        for folder in SOURCE.rglob("templates")
        for path in folder.rglob("*.html")
        if path.read_text(encoding="utf-8").startswith('{% extends "')
    )


def unheard(template):
    """Blocks that a page fills in and no layout above it has: what stands in them is never shown."""
    own = template.nodelist.get_nodes_by_type(ExtendsNode)
    filled = {node.name for node in own[0].nodelist if isinstance(node, BlockNode)}
    return filled - offered(template.engine, own[0])


def offered(engine, extends):
    parent = engine.get_template(extends.parent_name.var)
    names = {node.name for node in parent.nodelist.get_nodes_by_type(BlockNode)}
    above = parent.nodelist.get_nodes_by_type(ExtendsNode)
    return names | (offered(engine, above[0]) if above else set())


def test_every_block_of_a_page_is_one_of_its_layout():
    engine = engines["django"].engine
    names = page_names()
    found = {name: blocks for name in names if (blocks := unheard(engine.get_template(name)))}
    assert len(names) > 100
    assert not found


def test_a_block_that_no_layout_has_is_found():
    text = '{% extends "layouts/console.html" %}{% block scripts %}{% endblock %}{% block content %}{% endblock %}'
    assert unheard(engines["django"].engine.from_string(text)) == {"scripts"}
