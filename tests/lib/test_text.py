import re
import time
from contextlib import suppress

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import text

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java&#115;cript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<form action='//evil.example'><button formaction='javascript:alert(1)'>x</button></form>",
    "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<table><td background='javascript:alert(1)'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](<javascript:alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://a.example "\\" onmouseover=alert(1) x=\\"")',
    "<javascript:alert(1)>",
    '<https://a.example/"onmouseover=alert(1)>',
    'https://a.example/"onmouseover="alert(1)',
    "![x](javascript:alert(1))",
    '![" onerror="alert(1)](x)',
    "`<script>alert(1)</script>`",
    '```"><script>alert(1)</script>\nx\n```',
    "### <img src=x onerror=alert(1)>",
    "| a |\n|:-:|\n| <script>alert(1)</script> |",
    '[^x" onclick=alert(1)]',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
ELEMENTS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "s", "del", "b", "i", "u", "sub", "sup", "a", "div", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
}
ATTRIBUTES = {
    "a": {"href", "title", "id", "rel", "aria-label"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "ol": {"start"},
    "sup": {"class"},
    "th": {"class", "colspan", "rowspan"},
    "td": {"class", "colspan", "rowspan"},
    **{f"h{level}": {"id"} for level in range(3, 7)},
}


def assert_inert(html: str) -> None:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in tree.iter():
        if element is tree:
            continue
        assert element.tag in ELEMENTS, html
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()), html
        if "href" in element.attrib:
            assert re.match(r"https?://|mailto:|#|/|[\w%.-]+$", element.attrib["href"]), html
            assert "script:" not in element.attrib["href"].lower(), html


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_active_markup_comes_out_of_markdown(attack):
    assert_inert(text.render(attack).html)
    assert_inert(text.render(f"> - {attack}\n\ntext {attack} text", notes={"x": 1}).html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_active_markup_comes_out_of_imported_html(attack):
    assert_inert(text.clean_html(attack))
    assert_inert(text.clean_html(f"<div><table><tr><td>{attack}"))


@given(st.text(alphabet="<>/\"'=&;:#[]()!`*_|\\^- \nabdhijnoprstvx", max_size=120))
def test_no_active_markup_comes_out_of_anything(source):
    assert_inert(text.render(source, notes={"a": 1}).html)
    assert_inert(text.clean_html(source))


@pytest.mark.parametrize(
    "piece",
    ["[", "](", "![", "[a](", "`", "``` ", "*a_", "**a", "> ", "- ", "1. ", "<", "<a ", "&", "~~a",
     "|", "| a | b |\n", "a@b.", "http://a.b/(", "[^a]", "[a]: ", "\\", "(", "<!--", "#", "_ _",
     "![[", "www.a.b", "[a][", "* a\n  "],
)  # fmt: skip
def test_rendering_takes_linear_time_or_is_refused(piece):
    source = (piece * 50_000)[:50_000]
    started = time.perf_counter()
    with suppress(ValueError):
        text.render(source, notes={"a": 1})
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000, "<b>" * 100_000, "".join(f"<b class={n}><p>" for n in range(20_000)),
     "<table><tr><td>" * 30_000, "<a href=x>" * 50_000, "<ul><li>" * 60_000, "<" * 500_000,
     "<svg>" * 50_000, "&#" * 300_000, "&a" * 300_000, "<b></i>" * 50_000,
     "<p" * 200_000, "<h1>" * 90_000],
    ids=range(13),
)  # fmt: skip
def test_cleaning_takes_linear_time(html):
    started = time.perf_counter()
    text.clean_html(html)
    text.plain(html)
    assert time.perf_counter() - started < 20


def test_a_text_beyond_the_limit_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="50 kB of Markdown are the most"):
        text.render("é" * 25_001)
    with pytest.raises(ValueError, match="too long"):
        text.clean_html("x" * 1_000_001)


def test_headings_start_at_h3_and_have_unique_anchors():
    rendered = text.render("# Über uns\n\n### Tools & more\n\n### Tools & more", prefix="p-")
    assert [(h.level, h.anchor) for h in rendered.headings] == [
        (3, "p-uber-uns"),
        (3, "p-tools-more"),
        (3, "p-tools-more-2"),
    ]
    assert rendered.headings[1].text == "Tools & more"
    for heading in rendered.headings:
        assert f'<h3 id="{heading.anchor}">' in rendered.html


def test_a_note_reference_links_its_number_and_is_an_anchor_once():
    rendered = text.render("One.[^b] Two.[^a] Again.[^b]", notes={"a": 1, "b": 2}, prefix="s--")
    assert rendered.notes == ("b", "a")
    assert rendered.html.count('href="#note-2"') == 2
    assert rendered.html.count('id="s--ref-2"') == 1


def test_an_unknown_note_stays_as_typed_and_is_named():
    rendered = text.render("One.[^nope] `[^code]`", notes={"a": 1})
    assert rendered.unknown_notes == ("nope",)
    assert "[^nope]" in rendered.html


def test_tables_align_by_class_and_can_be_scrolled_by_keyboard():
    html = text.render("| a | b |\n|:-|-:|\n| 1 | 2 |").html
    assert '<td class="align-right">2</td>' in html
    assert "style" not in html
    assert html.startswith("<div ")
    assert 'tabindex="0"' in html


def test_bare_addresses_become_links_and_strikes_are_kept():
    html = text.render("See https://example.org/a and ~~not~~ this.").html
    assert '<a href="https://example.org/a" rel="noopener">' in html
    assert "<s>not</s>" in html


def test_words_count_what_is_read():
    assert text.render("### Two words\n\nAnd *three* [more](https://x.example).").words == 5


def test_imported_html_keeps_structure_and_loses_the_rest():
    html = text.clean_html(
        '<h1 id="x">Us</h1><h4>Role</h4><p class="c">A<br>b <a href="/admin/">in</a> '
        '<a href="https://x.example">out</a></p><ul><li>one</ul><img src=x><script>1</script>'
    )
    assert html == (
        '<h3>Us</h3><h4>Role</h4><p>A<br>b <a rel="nofollow ugc noopener">in</a> '
        '<a href="https://x.example" rel="nofollow ugc noopener">out</a></p>'
        "<ul><li>one</li></ul>"
    )


def test_plain_text_keeps_the_lines():
    html = (
        "<div>Pay<p>USD 5&nbsp;000\n a <b>month</b></p><ul><li>one<li>two</ul>end<br>of"
        "<table><tr><td>a</td><td>b</td></tr></table><style>x{}</style><script>y</script></div>"
    )
    assert text.plain(html) == "Pay\nUSD 5 000 a month\none\ntwo\nend\nof\na\nb"


def test_a_nest_too_deep_becomes_its_text():
    assert text.plain("<div>" * 500 + "deep") == "deep"
    assert text.clean_html("<div>" * 500 + "deep <b>text</b>") == "deep  text"


def test_trusted_prints_parts_in_order_and_skips_what_is_not_html():
    parts = [{"html": "<p>a</p>"}, {"figure": "pay"}, {"html": "<p>b</p>"}]
    assert text.trusted(parts) == "<p>a</p><p>b</p>"
    assert hasattr(text.trusted("<b>"), "__html__")


def test_words_are_counted_without_the_notes_and_links_without_code():
    source = "Two words.[^a] [Three](/x/) `[no](/y/)` <https://a.example> [^b]\n\n[r]\n\n[r]: /z/"
    assert text.count_words("Two words.[^a] [Three](/x/)[^b]") == 3
    assert text.links(source) == ("/x/", "https://a.example", "/z/")
    assert text.links("[a](/x/) [b](/x/) [c](javascript:x)") == ("/x/",)


def test_a_paragraph_that_is_an_image_alone_becomes_a_figure_between_whole_html():
    source = "# A\n\n> b\n\n![What & why](chart-1)\n\n# A\n\n![](chart-2)"
    rendered = text.render(source, prefix="p-", figures={"chart-1", "chart-2"})
    assert rendered.parts == [
        {"html": '<h3 id="p-a">A</h3><blockquote>\n<p>b</p>\n</blockquote>\n'},
        {"figure": "chart-1", "caption": "What & why"},
        {"html": '<h3 id="p-a-2">A</h3>'},
        {"figure": "chart-2", "caption": ""},
    ]
    assert text.figure_keys(source) == ("chart-1", "chart-2")
    assert text.links(source) == ()


@pytest.mark.parametrize(
    "source",
    [
        "So ![a](chart) there", "![a](chart) ![b](chart)", "- ![a](chart)", "> ![a](chart)",
        "`![a](chart)`", "    ![a](chart)", "# ![a](chart)", "![a](https://example.org/x.png)",
        "![a](../chart)", "![a](Chart)", '![a](chart "title")', "![a](javascript:x)",
    ],
)  # fmt: skip
def test_no_other_image_is_shown(source):
    rendered = text.render(source, figures={"chart"})
    assert [list(part) for part in rendered.parts] == [["html"]]
    assert "<img" not in rendered.html
    assert rendered.unknown_figures == ()


def test_a_figure_without_its_image_stays_as_typed():
    rendered = text.render("![a](chart)", figures={"other"})
    assert rendered.unknown_figures == ("chart",)
    assert text.plain(rendered.html) == "!a"
