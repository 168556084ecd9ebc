//! Which factory a name stands for: its own where it is a factory's, and where it is a model's, that of the model. The
//! derive asks this of names that do not end like a factory's, so that a model in the place of its factory is one error.

use super::{Draft, IntoModel, IntoParent};

/// What is made by a factory, or is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a factory",
    label = "not a factory",
    note = "name a factory: `#[derive(Factory)]` on `User` makes `UserFactory`"
)]
pub trait MadeBy {
    /// The factory.
    type Factory: Draft;
}

#[diagnostic::do_not_recommend]
impl<F: Draft> MadeBy for F {
    type Factory = F;
}

/// [`IntoParent`] whose model can be kept. Of a factory that was asked for, rustc cannot see the two conditions one by one.
pub trait IntoHeld<F: Draft, M>: IntoParent<F> {
    /// The model to keep.
    fn held(model: Self::Model) -> M;
}

#[diagnostic::do_not_recommend]
impl<F: Draft, M, P: IntoParent<F>> IntoHeld<F, M> for P
where
    P::Model: IntoModel<M>,
{
    #[inline]
    fn held(model: Self::Model) -> M {
        model.into_model()
    }
}
