use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(short: net = lazy(|gross| gross / 2)))]
struct Order {
    #[factory(lazy(|gross| gross - 1))]
    net: u32,
    #[factory(lazy(|net| net + 1))]
    gross: u32,
}

fn main() {
    Order::factory().net(1).short().build();
}
