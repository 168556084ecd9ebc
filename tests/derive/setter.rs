//! `setter = other_name`

use manufactory::Factory;

#[derive(Factory)]
struct Job {
    #[factory(setter = build_number, value(1))]
    build: u32,
    #[factory(setter = repeats, lazy(|build| build + 1))]
    times: u32,
}

#[test]
fn a_setter_can_have_another_name_than_its_field() {
    let job = Job::factory().build_number(4).build();
    assert_eq!((job.build, job.times), (4, 5));
    assert_eq!(Job::factory().repeats(9).build().times, 9);
}
