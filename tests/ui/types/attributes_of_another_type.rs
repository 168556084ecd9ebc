use manufactory::Factory;

struct Secret;

#[derive(Factory)]
struct Page<T> {
    #[factory(value(None))]
    item: Option<T>,
    number: u32,
}

impl Clone for Secret {
    fn clone(&self) -> Self {
        Self
    }
}

fn main() {
    let _: u32 = Page::<Secret>::factory().build().number;
    Page::<u8>::factory().attributes().unwrap();
    Page::<Secret>::factory().attributes().unwrap();
}
