use manufactory::Factory;

#[derive(Factory)]
struct Ticket {
    #[factory(weighted([(0, "open"), (0, "closed")]))]
    state: String,
}

fn main() {}
