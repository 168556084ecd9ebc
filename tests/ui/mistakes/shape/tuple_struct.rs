use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "names")]
struct Name(String, #[factory(value(3))] u8);

fn main() {
    Name::factory().build();
}
