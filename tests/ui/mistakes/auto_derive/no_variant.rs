use manufactory::{Auto, Variants};

#[derive(Auto)]
enum Never {}

fn needs<T: Auto + Variants>() {}

fn main() {
    needs::<Never>();
}
