use manufactory::Factory;

#[derive(Factory)]
struct Product {
    attributes: Vec<String>,
}

fn main() {
    Product::factory().attributes().unwrap();
    let _: Vec<String> = Product::factory().times(2).attributes_as().unwrap();
}
