//! Types that are not `Clone`, not `Send`, not `Debug`.

use manufactory::Factory;
use std::rc::Rc;

struct Handle(u8);

#[derive(Factory)]
struct Holder {
    #[factory(value(Handle(1)))]
    handle: Handle,
    #[factory(value(Rc::new(1)))]
    shared: Rc<u8>,
}

#[derive(Factory)]
struct Outer {
    #[factory(sub_factory(HolderFactory))]
    holder: Holder,
}

#[test]
fn nothing_is_asked_of_a_type_that_is_not_needed() {
    assert_eq!(Holder::factory().handle(Handle(2)).build().handle.0, 2);
    assert_eq!(Holder::factory().build_batch(2).len(), 2);
    assert_eq!(*Outer::factory().holder_with(|h| h.handle(Handle(3))).build().holder.shared, 1);
    let holders = Holder::factory().times(2).each(|i, h| h.handle(Handle(u8::try_from(i).unwrap()))).build();
    assert_eq!(holders[1].handle.0, 1);
}

#[test]
#[should_panic(expected = "derive `Clone` for it, or give every row its own")]
fn one_override_cannot_serve_two_rows() {
    Holder::factory().handle(Handle(2)).build_batch(2);
}
