"""Prepares the documents of the repository, the sources that they link to, and the Javadoc for the generator.

pages.py REPOSITORY JAVADOC TARGET writes TARGET/source and TARGET/mkdocs.yml. The pages lie as the documents do, so that
links lead where they lead in the repository.
"""

import json
import re
import shutil
import sys
from pathlib import Path

import javadoc

LINK = re.compile(r"(\]\()(?!https?:|#)([^)#\s]+)")
IMAGE = re.compile(r"^!\[([^\]]*)\]\((\S+)\.svg\)", re.MULTILINE)
DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\n(.*?)\n\}\n", re.DOTALL)
ROW = re.compile(r"^\|.*", re.MULTILINE)
CODE = re.compile(r"`[^`]+`")
LANGUAGES = {".java": "java", ".xml": "xml", ".sh": "sh", ".kt": "kotlin", ".yaml": "yaml", ".py": "python", "": "text"}


def documents(repository):
    yield from (repository / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"))
    yield repository / "it/interop/README.md"
    for document in sorted((repository / "docs").rglob("*.md")):
        if "site" not in document.relative_to(repository / "docs").parts:
            yield document


def shown(source: Path, repository: Path, target: Path):
    """Write a page that shows a file which is no document; return it."""
    name = source.relative_to(repository).as_posix()
    page = target / "source" / (name + ".md")
    if not page.exists():
        page.parent.mkdir(parents=True, exist_ok=True)
        language = LANGUAGES.get(source.suffix, "text")
        text = source.read_text()
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        page.write_text(f"---\ntitle: {source.name}\nsearch:\n  exclude: true\n---\n\n# {source.name}\n\n`{name}`\n\n"
                        f"{fence}{language}\n{text}{fence}\n")
    return page


def relative(page: Path, start: Path):
    up = 0
    while start not in page.parents:
        start = start.parent
        up += 1
    return "../" * up + page.relative_to(start).as_posix()


def linked(text, document, repository, target):
    place = (target / document.relative_to(repository)).parent

    def replace(match):
        file = (document.parent / match[2]).resolve()
        if file.suffix in (".md", ".svg") or not file.is_file():
            return match[0]
        return match[1] + relative(shown(file, repository, target), place)

    return LINK.sub(replace, text)


def drawn(text, document, repository, target):
    """The plots follow the system; on a page they have to follow what the reader has chosen there."""
    def replace(match):
        svg = (document.parent / (match[2] + ".svg")).read_text()
        dark = DARK.search(svg)
        for scheme, rules in (("light", ""), ("dark", dark[1] + "\n")):
            file = target / document.relative_to(repository).parent / f"{match[2]}.{scheme}.svg"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(svg.replace(dark[0], rules))
        return f"![{match[1]}]({match[2]}.light.svg#only-light)\n![{match[1]}]({match[2]}.dark.svg#only-dark)"

    return IMAGE.sub(replace, text)


def tabled(text):
    """In a cell, a viewer of a repository wants a backslash before a bar even in code; the generator would show it."""
    return ROW.sub(lambda row: CODE.sub(lambda code: code[0].replace("\\|", "|"), row[0]), text)


def navigation(packages, indent):
    for package, pages in packages.items():
        yield f"{indent}- {package}:"
        for title, page in pages:
            # The page of the package stands for the section, so it has no title of its own.
            yield f"{indent}    - " + ("" if title == package else f"{title}: ") + f"javadoc/{page}"


def unnamed(config, repository):
    """The documents that the navigation does not name come at its end, by their headings; design notes have a list of their own."""
    for document in documents(repository):
        name = document.relative_to(repository).as_posix()
        if document.exists() and f" {name}\n" not in config and not name.startswith(("docs/design/", "it/")):
            heading = next(line[2:] for line in document.read_text().splitlines() if line.startswith("# "))
            yield f"      - {json.dumps(heading.replace('`', ''))}: {name}\n"


def main(repository: Path, made: Path, work: Path):
    target = work / "source"
    shutil.rmtree(target, ignore_errors=True)
    for document in documents(repository):
        if document.exists():
            page = target / document.relative_to(repository)
            page.parent.mkdir(parents=True, exist_ok=True)
            text = drawn(tabled(document.read_text()), document, repository, target)
            page.write_text(linked(text, document, repository, target))
    packages = javadoc.convert(made, target / "javadoc")
    overview = "".join(f"- [{name}]({pages[0][1]})\n" for name, pages in packages.items())
    (target / "javadoc/index.md").write_text(
        "# Javadoc\n\nThe packages that authors of plugins, of hosts and of tests compile against.\n\n" + overview)
    site = Path(__file__).parent
    shutil.copytree(site / "assets", target / "assets")
    config = (site / "mkdocs.yml").read_text()
    marker = "      - javadoc/index.md\n"
    complete = config.replace(marker, marker + "\n".join(navigation(packages, "      ")) + "\n")
    (work / "mkdocs.yml").write_text(complete + "".join(unnamed(config, repository)))


if __name__ == "__main__":
    main(*(Path(argument).resolve() for argument in sys.argv[1:]))
