use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(high: level = value(1)))]
enum Level {
    Low,
    High,
}

fn main() {
    Level::factory().build();
}
