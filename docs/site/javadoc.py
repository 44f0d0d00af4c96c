"""Turns the pages of the JDK's Javadoc into Markdown, so that they get the navigation, the search and the look of all others."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

# The layout of Javadoc's own pages. Without it, headings lie at the top level, where the contents of a page and its search find them.
LAYOUT = {"main", "div.header", "section", "ul.summary-list", "ul.details-list", "ul.member-list", "ul.inheritance-list"}
# Buttons that choose some of the methods: they need Javadoc's scripts.
LEFT_OUT = {"table-tabs", "copy"}
# Pages that are not converted, and names that Javadoc links to but does not have: only the words stay.
DEAD = re.compile(r'<a href="[^"]*(?:(?:serialized-form|constant-values)\.html|#type-param-|\binternal/)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
VOID = {"br", "hr", "img", "wbr", "input"}


class Body(HTMLParser):
    """Collects what is inside the element main."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.blocks = []  # Markdown headings, and HTML between them
        self.open = []  # what to write at the end of each open element; None: nothing
        self.inside = False
        self.skipped = 0
        self.ids = []  # of left-out elements: they become those of the next heading
        self.heading = None

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        kinds = (values.get("class") or "").split()
        if tag == "main":
            self.inside = True
        if not self.inside or tag == "main":
            return
        if self.skipped or LEFT_OUT & set(kinds):
            self.skipped += tag not in VOID
            return
        if tag in ("h1", "h2", "h3"):
            self.heading = (tag, [])
            self.ids += [values["id"]] if "id" in values else []
        elif self.heading:
            pass
        elif tag == "section" or any(f"{tag}.{kind}" in LAYOUT for kind in kinds) or tag == "li" and self.in_layout():
            self.ids += [values["id"]] if "id" in values else []
            self.open.append((tag, False))
        else:
            # Roles of the buttons that are gone.
            for name in [name for name in values if name == "role" or name.startswith("aria-")]:
                del values[name]
            written = "".join(f' {name}="{html.escape(value or "")}"' for name, value in values.items())
            self.write(f"<{tag}{written}>")
            if tag not in VOID:
                self.open.append((tag, True))

    def in_layout(self):
        lists = [written for tag, written in self.open if tag in ("ul", "ol")]
        return bool(lists) and not lists[-1]

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = False
        if not self.inside:
            return
        if self.skipped:
            self.skipped -= tag not in VOID
        elif self.heading and tag == self.heading[0]:
            self.finish_heading()
        elif not self.heading and self.open and tag not in VOID:
            name, written = self.open.pop()
            if written:
                self.write(f"</{name}>")

    def finish_heading(self):
        tag, words = self.heading
        self.heading = None
        text = html.unescape("".join(words)).replace("\xa0", " ").strip()
        # A heading inside of an element that is written stays where it is.
        if any(written for _, written in self.open):
            ids = "".join(f' id="{html.escape(i)}"' for i in self.ids[-1:])
            self.write(f"<p{ids}><strong>{html.escape(text)}</strong></p>")
        else:
            ids = self.ids or [re.sub(r"\W+", "-", text).lower()]
            anchors = "".join(f'<a id="{html.escape(i)}"></a>' for i in ids[:-1])
            self.blocks.append(("#" * int(tag[1]), text, ids[-1], anchors))
        self.ids = []

    def handle_data(self, data):
        self.text(data)

    def handle_entityref(self, name):
        self.text(f"&{name};")

    def handle_charref(self, name):
        self.text(f"&#{name};")

    def text(self, text):
        if self.inside and not self.skipped:
            if self.heading:
                self.heading[1].append(text)
            else:
                self.write(text)

    def write(self, text):
        if not self.blocks or not isinstance(self.blocks[-1], list):
            self.blocks.append([])
        self.blocks[-1].append(text)


def escaped(text):
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


def markdown(page):
    body = Body()
    page = DEAD.sub(r"\1", page)
    # Angle brackets in the name of an anchor are more than a reader of Markdown takes.
    body.feed(page.replace("&lt;init&gt;(", "init(").replace("%3Cinit%3E(", "init("))
    lines = []
    for block in body.blocks:
        if isinstance(block, list):
            content = "".join(block).strip()
            if content:
                # An empty line inside of pre would end it for some readers of Markdown.
                lines.append('<div class="javadoc">\n' + content + "\n</div>")
        else:
            signs, text, name, anchors = block
            lines.append((anchors + "\n\n" if anchors else "") + f'{signs} {escaped(text)} {{: id="{name}" }}')
    return "\n\n".join(lines) + "\n"


def convert(source: Path, target: Path):
    """Write a Markdown page for each package and each type; return the navigation: package, and its pages in order."""
    packages = {}
    for file in sorted(source.glob("dev/**/*.html")):
        name = file.stem
        if name in ("package-tree", "package-use") or {"class-use", "internal"} & set(file.parts):
            continue
        page = file.relative_to(source).with_suffix(".md")
        text = markdown(file.read_text())
        (target / page).parent.mkdir(parents=True, exist_ok=True)
        package = ".".join(page.parent.parts)
        title = package if name == "package-summary" else name
        (target / page).write_text(f"---\ntitle: {title}\n---\n\n{text}")
        pages = packages.setdefault(package, [])
        pages.insert(0 if name == "package-summary" else len(pages), (title, page.as_posix()))
    return packages
