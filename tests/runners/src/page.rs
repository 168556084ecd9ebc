//! What docs/testing.md shows is what runs here.

#[test]
fn its_samples_are_these_tests() {
    let page = include_str!("../../../docs/testing.md");
    let sources = [
        include_str!("cases.rs"),
        include_str!("own_database.rs"),
        include_str!("plain.rs"),
        include_str!("processes.rs"),
        include_str!("with_tokio.rs"),
    ];
    let samples: Vec<_> = page.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(samples.len() >= sources.len());
    // Between its functions a sample may leave something out.
    for part in samples.iter().flat_map(|sample| sample.split("\n\n")) {
        assert!(sources.iter().any(|source| source.contains(part.trim_end())), "not in tests/runners/:\n{part}");
    }
}
