use manufactory::Factory;

#[derive(Factory)]
#[factory(get_or_create(score))]
struct Game {
    #[factory(skip)]
    score: u32,
}

fn main() {}
