//! The plot of statements against rows, drawn of what `examples/statements.rs` has counted.
//!
//! After a change of those numbers: `MANUFACTORY_PICTURES=overwrite cargo test --test guide`.

use super::page::root;
use std::env;
use std::fmt::Write;

/// Where the decades of comments and of statements are.
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 312.0;
const DECADE_ACROSS: f64 = 116.0;
const DECADE_UP: f64 = 58.0;

const BATCH: Line = Line { colour: "#1f7ae0", name: "in one batch", label: 20.0 };
const SINGLE: Line = Line { colour: "#c2620a", name: "one by one", label: -10.0 };

/// One of the curves.
struct Line {
    colour: &'static str,
    name: &'static str,
    /// How far below its points their numbers stand.
    label: f64,
}

/// A row of the example's table.
struct Counted {
    comments: u32,
    batch: u32,
    single: u32,
}

fn counted(table: &str) -> Vec<Counted> {
    let rows = table.lines().skip(2).map(|line| {
        let numbers: Vec<u32> = line.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let [comments, _, batch, _, single] = numbers[..] else { panic!("`{line}` has not five numbers") };
        Counted { comments, batch, single }
    });
    rows.collect()
}

fn x(comments: u32) -> f64 {
    LEFT + f64::from(comments).log10() * DECADE_ACROSS
}

fn y(statements: u32) -> f64 {
    BOTTOM - f64::from(statements).log10() * DECADE_UP
}

/// `40,000`.
fn spelt(number: u32) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}

fn picture(rows: &[Counted]) -> String {
    let last = rows.last().expect("the example has counted something");
    let said = format!(
        "{} comments take {} statements in one batch, and {} one by one.",
        spelt(last.comments),
        spelt(last.batch),
        spelt(last.single)
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 660 372\" role=\"img\" aria-label=\"{said}\" \
         font-family=\"inherit, sans-serif\" font-size=\"13\" fill=\"currentColor\">\n\
         <title>Statements against comments. {said}</title>\n"
    );
    axes(&mut svg);
    curve(&mut svg, &SINGLE, rows.iter().map(|row| (row.comments, row.single)));
    curve(&mut svg, &BATCH, rows.iter().map(|row| (row.comments, row.batch)));
    svg.push_str("</svg>\n");
    svg
}

fn axes(svg: &mut String) {
    let (right, top) = (x(10_000), y(100_000));
    let grid = "stroke=\"currentColor\" stroke-opacity=\"0.18\"";
    for power in 0..=5 {
        let (number, at) = (10_u32.pow(power), y(10_u32.pow(power)));
        writeln!(svg, "<path d=\"M{LEFT:.0} {at:.0}H{right:.0}\" {grid}/>").unwrap();
        writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            at + 4.0,
            spelt(number)
        )
        .unwrap();
    }
    for power in 0..=4 {
        let (number, at) = (10_u32.pow(power), x(10_u32.pow(power)));
        writeln!(svg, "<path d=\"M{at:.0} {BOTTOM:.0}V{top:.0}\" {grid}/>").unwrap();
        let below = BOTTOM + 20.0;
        writeln!(svg, "<text x=\"{at:.0}\" y=\"{below:.0}\" text-anchor=\"middle\">{}</text>", spelt(number)).unwrap();
    }
    let (middle, below) = (x(100), BOTTOM + 46.0);
    writeln!(svg, "<text x=\"{middle:.0}\" y=\"{below:.0}\" text-anchor=\"middle\">comments, each with a post and two users</text>").unwrap();
    writeln!(svg, "<text x=\"8\" y=\"14\">statements</text>").unwrap();
}

fn curve(svg: &mut String, line: &Line, points: impl Iterator<Item = (u32, u32)>) {
    let points: Vec<_> = points.map(|(comments, statements)| (x(comments), y(statements), statements)).collect();
    let Line { colour, name, label } = line;
    let way: Vec<_> = points.iter().map(|(x, y, _)| format!("{x:.0},{y:.1}")).collect();
    writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"/>", way.join(" "))
        .unwrap();
    for (x, y, statements) in &points {
        writeln!(svg, "<circle cx=\"{x:.0}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>").unwrap();
        let number = spelt(*statements);
        writeln!(
            svg,
            "<text x=\"{x:.0}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{colour}\">{number}</text>",
            y + label
        )
        .unwrap();
    }
    if let Some((x, y, _)) = points.last() {
        writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.1}\" font-weight=\"bold\" fill=\"{colour}\">{name}</text>",
            x + 14.0,
            y + 4.0
        )
        .unwrap();
    }
}

#[test]
fn the_plot_shows_what_was_counted() {
    let table = std::fs::read_to_string(root().join("examples/expected/statements.txt")).unwrap();
    let (path, drawn) = (root().join("docs/pictures/statements.svg"), picture(&counted(&table)));
    if env::var_os("MANUFACTORY_PICTURES").is_some_and(|what| what == "overwrite") {
        std::fs::write(&path, &drawn).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed.replace("\r\n", "\n") == drawn,
        "docs/pictures/statements.svg is not the plot of examples/expected/statements.txt: draw it again by \
         `MANUFACTORY_PICTURES=overwrite cargo test --test guide`, and look at it"
    );
}

#[test]
fn numbers_are_spelt_in_groups() {
    assert_eq!([1, 999, 1_000, 40_000, 1_234_567].map(spelt), ["1", "999", "1,000", "40,000", "1,234,567"]);
}
