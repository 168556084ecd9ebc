use manufactory::Factory;

#[derive(Factory)]
struct Ticket {
    #[factory(weighted([]))]
    a: String,
    #[factory(weighted(["open", "closed"]))]
    b: String,
    #[factory(weighted((3, "open")))]
    c: String,
}

fn main() {}
