"""Completes what the generator has made, and checks it.

finish.py SITE lets the search work in pages that are opened as files, where a browser starts no worker from another file:
the code of the worker becomes part of a script, in place of one that the generator would take from the network. Then it looks
at every link of every page, for anything that a page would fetch from elsewhere, and whether the search finds what readers
look for.
"""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

SHIM = "https://unpkg.com/iframe-worker/shim"
SCRIPT = """if (location.protocol === "file:") {
  const url = URL.createObjectURL(new Blob([%s], { type: "text/javascript" }));
  const FromAddress = Worker;
  window.Worker = class extends FromAddress {
    constructor() { super(url); }
  };
}
"""
ELSEWHERE = re.compile(r"[a-z]+:|//")
TAG = re.compile(r"<[^>]*>")
# What readers type, and a page that has to be among the results.
SOUGHT = {
    "mtime": "docs/host.html",
    "inode": "docs/remote-systems.html",
    "excludes": "docs/remote-systems.html",
    "hard links": "docs/integrations/files.html",
    "jdbc": "docs/integrations/jdbc.html",
    "kafka": "docs/integrations/kafka.html",
    "hadoop": "docs/integrations/hadoop.html",
    "HDFS": "docs/integrations/hadoop.html",
    "keytab": "docs/integrations/hadoop.html",
    "doctor": "docs/doctor.html",
    "KLOSET_LOG": "docs/reference/environment.html",
    "exit code": "docs/reference/exit-codes.html",
    "ParallelListing": "javadoc/dev/kloset/ParallelListing.html",
}


def make_search_work(site: Path):
    workers = list((site / "assets/javascripts/workers").glob("search*.js"))
    if len(workers) != 1:
        sys.exit(f"finish.py: the generator made {len(workers)} workers for the search, and not one")
    (site / "assets/search-worker.js").write_text(SCRIPT % json.dumps(workers[0].read_text()))
    changed = 0
    for page in site.rglob("*.html"):
        text = page.read_text()
        if SHIM in text:
            page.write_text(text.replace(SHIM, "../" * (len(page.relative_to(site).parts) - 1) + "assets/search-worker.js"))
            changed += 1
    if not changed:
        sys.exit("finish.py: no page has the script that is to be replaced; has the generator changed?")


class Page(HTMLParser):
    """The names, the links and the fetched files of one page."""

    def __init__(self, file: Path):
        super().__init__()
        self.names = set()
        self.links = set()
        self.fetched = set()
        self.feed(file.read_text())

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if values.get("id"):
            self.names.add(values["id"])
        if tag in ("a", "area") and values.get("href"):
            self.links.add(values["href"])
        elif tag == "link" and values.get("rel") not in ("canonical", "next", "prev") and values.get("href"):
            self.fetched.add(values["href"])
        if values.get("src"):
            self.fetched.add(values["src"])


def faults(site: Path):
    pages = {file.resolve(): Page(file) for file in site.rglob("*.html") if file.name != "404.html"}
    for file, page in sorted(pages.items()):
        for address in sorted(page.fetched):
            if ELSEWHERE.match(address) and not address.startswith("data:"):
                yield f"{file}: fetches {address}"
        for link in sorted(page.links | page.fetched):
            if ELSEWHERE.match(link):
                continue
            path, _, name = link.partition("#")
            target = (file.parent / unquote(path)).resolve() if path else file
            if target.is_dir():
                target = target / "index.html"
            if not target.exists():
                yield f"{file}: {link} leads nowhere"
            elif name and target in pages and not {name, unquote(name)} & (pages[target].names | {"only-light", "only-dark"}):
                yield f"{file}: {link} leads to no place in that page"


def search_faults(site: Path):
    """What is wrong with the index, which the search reads from search.json with a server and from search.js without."""
    index = json.loads((site / "search.json").read_text())
    script = (site / "search.js").read_text()
    if json.loads(script[script.index("{"):script.rindex("}") + 1]) != index:
        yield "search.js has another index than search.json"
    separator = re.compile(index["config"]["separator"])
    sections = [(entry["location"].partition("#")[0], words(entry, separator)) for entry in index["items"]]
    found = {page for page, _ in sections}
    for file in site.rglob("*.html"):
        page = file.relative_to(site).as_posix()
        # Pages that show a source are left out of the index.
        if page != "404.html" and not page.startswith("source/") and page not in found:
            yield f"{file}: the search does not know this page"
    for query, page in SOUGHT.items():
        sought = set(separator.split(query.lower()))
        if not any(sought <= known for where, known in sections if where == page):
            yield f"{site / page}: the search for \"{query}\" does not find it"


def words(entry, separator):
    return set(separator.split(TAG.sub(" ", f"{entry['title']} {entry['text']}").lower()))


if __name__ == "__main__":
    make_search_work(Path(sys.argv[1]))
    found = [*faults(Path(sys.argv[1])), *search_faults(Path(sys.argv[1]))]
    sys.exit("\n".join(found) if found else 0)
