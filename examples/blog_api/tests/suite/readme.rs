//! What README.md shows of the suite is in it.

#[test]
fn its_samples_are_from_here() {
    let page = include_str!("../../README.md");
    let sources = [include_str!("factories.rs"), include_str!("comments.rs")];
    let samples: Vec<_> = page.split("```rust\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert!(!samples.is_empty());
    // Between its items a sample leaves something out.
    for part in samples.iter().flat_map(|sample| sample.split("\n\n")) {
        assert!(sources.iter().any(|source| source.contains(part)), "not in tests/suite/:\n{part}");
    }
}
