use manufactory::Factory;

enum Status {
    Draft,
    Published,
}

#[derive(Factory)]
#[factory(preset(published: status = Status::Published))]
#[factory(preset(named: title = "x".to_owned()))]
#[factory(preset(counted: title = (0..3).map(|n| n.to_string()).collect()))]
struct Post {
    #[factory(value(Status::Draft))]
    status: Status,
    title: String,
}

fn main() {}
