use manufactory::Factory;

#[derive(Factory)]
union Number {
    whole: u32,
    part: f32,
}

fn main() {}
