//! Links lead somewhere, and every page is led to: from the table of contents, and from the tests of its samples.

use super::page::{Page, pages, root, target};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Pages of rustdoc, too, where relative links lead nowhere. Their samples are tests there.
const RUSTDOC: [&str; 3] = ["attributes.md", "seeding.md", "stores.md"];
/// The page whose samples are the tests of `tests/runners/`.
const RUNNERS: &str = "testing.md";

fn docs() -> PathBuf {
    root().join("docs")
}

fn is_elsewhere(link: &str) -> bool {
    link.contains("://") || link.starts_with("mailto:")
}

#[test]
fn every_page_is_in_the_table_of_contents_and_the_other_way_round() {
    let listed = Page::read(&docs().join("SUMMARY.md")).links;
    let unique: BTreeSet<_> = listed.iter().cloned().collect();
    assert_eq!(unique.len(), listed.len(), "a page is listed twice");
    assert_eq!(unique, pages().into_iter().collect());
}

#[test]
fn the_samples_of_every_page_are_tests() {
    let guide = std::fs::read_to_string(root().join("src/guide.rs")).unwrap();
    let tested: BTreeSet<_> =
        guide.lines().filter_map(|line| Some(line.split_once(" = \"")?.1.split_once('"')?.0)).collect();
    let elsewhere: BTreeSet<_> = RUSTDOC.into_iter().chain([RUNNERS]).collect();
    for page in pages() {
        assert!(
            tested.contains(&*page) != elsewhere.contains(&*page),
            "docs/{page} has to be in src/guide.rs, or among those that are tested elsewhere"
        );
    }
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let others = ["README.md", "CONTRIBUTING.md"].map(|name| root().join(name));
    let pages = pages().into_iter().map(|page| docs().join(page));
    let dead: Vec<_> =
        pages.chain([docs().join("SUMMARY.md")]).chain(others).flat_map(|page| dead_links(&page)).collect();
    assert!(dead.is_empty(), "dead links:\n{}", dead.join("\n"));
}

fn dead_links(path: &Path) -> Vec<String> {
    let page = Page::read(path);
    let place = path.strip_prefix(root()).unwrap().display();
    let is_rustdoc = RUSTDOC.iter().any(|name| *path == docs().join(name));
    let is_item = |link: &str| is_rustdoc && link.contains("::");
    let links = page.links.iter().filter(|link| !is_elsewhere(link) && !is_item(link));
    let dead = links.filter_map(|link| Some(format!("{place}: {link}: {}", why_dead(path, &page, link, is_rustdoc)?)));
    let lost = page.included.iter().filter(|file| !target(path, file).is_file());
    dead.chain(lost.map(|file| format!("{place}: {file}: there is no such file to include"))).collect()
}

fn why_dead(path: &Path, page: &Page, link: &str, is_rustdoc: bool) -> Option<String> {
    let (file, fragment) = link.split_once('#').map_or((link, None), |(file, fragment)| (file, Some(fragment)));
    if is_rustdoc && !file.is_empty() {
        return Some("this page is also one of rustdoc, where no relative link leads anywhere".to_owned());
    }
    let target = target(path, file);
    if !target.exists() {
        return Some("there is no such file".to_owned());
    }
    if path.starts_with(docs()) && !target.starts_with(docs()) {
        return Some("the guide ends at docs/".to_owned());
    }
    let fragment = fragment?;
    let anchors = if file.is_empty() { page.anchors.clone() } else { Page::read(&target).anchors };
    if anchors.iter().any(|anchor| anchor == fragment) {
        return None;
    }
    Some(format!("there is no such heading, only {}", anchors.join(", ")))
}
