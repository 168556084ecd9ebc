use manufactory::{Auto, Factory};

#[derive(Auto)]
union Number {
    whole: u32,
    part: f32,
}

#[derive(Factory)]
struct User {
    number: Number,
}

fn main() {}
