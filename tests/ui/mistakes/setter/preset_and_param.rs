use manufactory::Factory;

#[derive(Factory)]
#[factory(param(draft: bool))]
#[factory(preset(draft: title = value("x")), preset(title: title = value("y")))]
#[factory(preset(long: title = value("z")), preset(long: title = value("zz")))]
struct Post {
    title: String,
}

fn main() {}
