use manufactory::Factory;

#[derive(Factory)]
#[factory(param(create: bool))]
#[factory(preset(times: number = value(1)))]
struct Job {
    build: u32,
    #[factory(sub_factory(JobFactory, optional))]
    new_id: Option<i64>,
    #[factory(setter = create_batch)]
    number: u32,
}

fn main() {
    Job::factory().number(3).build();
}
