//! Pictures are in the colours of the page, are read out, and are shown somewhere.

use super::page::{Page, pages, root, target};

#[test]
fn pictures_fit_into_a_page() {
    for entry in root().join("docs/pictures").read_dir().unwrap() {
        let path = entry.unwrap().path();
        let (name, svg) = (path.display(), std::fs::read_to_string(&path).unwrap());
        assert!(
            svg.lines().all(|line| !line.trim().is_empty()),
            "{name}: an empty line ends a block of HTML in Markdown"
        );
        for part in ["<svg ", "role=\"img\"", "aria-label=\"", "viewBox=\"0 0 ", "<title>", "currentColor"] {
            assert!(svg.contains(part), "{name} has no {part}");
        }
        let wide = svg.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<u32>().ok());
        assert!(wide.is_some_and(|wide| wide <= 720), "{name}: {wide:?} wide, and a page has 720");
        for colour in ["#000", "#fff", "black", "white"] {
            assert!(!svg.contains(colour), "{name}: {colour} is not seen on every page");
        }
    }
}

#[test]
fn pictures_are_shown() {
    let docs = root().join("docs");
    let shown: Vec<_> = pages()
        .iter()
        .map(|page| docs.join(page))
        .flat_map(|page| Page::read(&page).included.into_iter().map(move |file| target(&page, &file)))
        .collect();
    for entry in docs.join("pictures").read_dir().unwrap() {
        let path = entry.unwrap().path();
        assert!(shown.contains(&path), "no page shows {}", path.display());
    }
}
