use manufactory::{Auto, Factory};

#[derive(Auto, Factory)]
#[factory(auto(from), tabel = "codes")]
struct Code {
    text: String,
}

fn main() {}
