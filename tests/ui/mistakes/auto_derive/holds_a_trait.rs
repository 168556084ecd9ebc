use manufactory::Auto;

#[derive(Auto)]
struct Failure(dyn std::error::Error + Send);

fn main() {}
