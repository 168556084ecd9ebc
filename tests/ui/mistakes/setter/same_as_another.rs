use manufactory::Factory;

#[derive(Factory)]
struct Job {
    name: String,
    #[factory(setter = name)]
    title: String,
    #[factory(setter = "x")]
    text: String,
    #[factory(settr = y)]
    code: String,
}

fn main() {
    Job::factory().y("x").build();
}
