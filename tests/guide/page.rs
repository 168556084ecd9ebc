//! A page as Markdown: its headings and its links. Knows how mdBook names headings, and not what links should point at.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The paths of the guide's pages, from `docs/` on, without that of their table of contents.
pub(crate) fn pages() -> Vec<String> {
    let docs = root().join("docs");
    let (mut pages, mut open) = (Vec::new(), vec![docs.clone()]);
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path.strip_prefix(&docs).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    pages.retain(|page| page != "SUMMARY.md");
    pages.sort();
    pages
}

/// What a page has and points at.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// What a `#fragment` may name.
    pub(crate) anchors: Vec<String>,
    /// Where its links and images lead.
    pub(crate) links: Vec<String>,
    /// The files that mdBook puts in.
    pub(crate) included: Vec<String>,
}

impl Page {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::of(&text)
    }

    fn of(text: &str) -> Self {
        let mut page = Self::default();
        let (mut heading, mut known) = (None, BTreeMap::new());
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
        for event in Parser::new_ext(text, options) {
            match event {
                Event::Start(Tag::Heading { id, .. }) => heading = Some((id, String::new())),
                Event::End(TagEnd::Heading(_)) => {
                    let (id, text) = heading.take().unwrap_or_default();
                    page.anchors.push(id.map_or_else(|| unique(anchor(&text), &mut known), |id| id.to_string()));
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some((_, heading)) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Html(html) => page.included.extend(included(&html)),
                _ => {}
            }
        }
        page
    }
}

/// What mdBook calls a heading with this text.
fn anchor(heading: &str) -> String {
    let name = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_ascii_lowercase()),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    heading.trim().chars().filter_map(name).collect()
}

/// Headings of the same text are numbered from the second one on.
fn unique(anchor: String, known: &mut BTreeMap<String, usize>) -> String {
    let times = known.entry(anchor.clone()).or_default();
    *times += 1;
    if *times == 1 { anchor } else { format!("{anchor}-{}", *times - 1) }
}

fn included(html: &str) -> impl Iterator<Item = String> + '_ {
    html.split("{{#include ").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim().to_owned()))
}

/// The file that a link of a page names; itself, where it names none.
pub(crate) fn target(page: &Path, link: &str) -> PathBuf {
    let mut target = page.to_owned();
    if link.is_empty() {
        return target;
    }
    target.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                target.pop();
            }
            part => target.push(part),
        }
    }
    target
}

#[test]
fn headings_are_called_as_mdbook_calls_them() {
    let page = Page::of("# `has_many`, and `has_one`\n\n## What's *new*?\n\n## A\n\n## A\n\n## Named {#so}\n");
    assert_eq!(page.anchors, ["has_many-and-has_one", "whats-new", "a", "a-1", "so"]);
}

#[test]
fn links_are_those_that_a_reader_sees() {
    let page =
        Page::of("[a](b.md#c) `[no](d.md)`\n\n```text\n[no](e.md)\n```\n\n<figure>\n{{#include f.svg}}\n</figure>\n");
    assert_eq!((&page.links[..], &page.included[..]), (&["b.md#c".to_owned()][..], &["f.svg".to_owned()][..]));
    assert_eq!(target(Path::new("docs/a/b.md"), "../c.md"), Path::new("docs/c.md"));
}
