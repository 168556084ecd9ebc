use manufactory::Auto;

#[derive(Auto)]
enum Tree {
    Node(Box<Tree>, u8),
    Leaf,
}

#[derive(Auto)]
struct Chain {
    next: std::sync::Arc<Self>,
}

fn main() {}
